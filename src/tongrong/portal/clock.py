"""What day and moment it is: the one place that asks."""

import datetime as dt

HELD = "tongrong.day_held"
"""What stands in a request to a server that lets the day of the verdicts be (`--keep-day`)."""
SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")


def today() -> dt.date:
    """The business day in Shanghai."""
    return dt.datetime.now(SHANGHAI).date()


def told(moment: dt.datetime) -> str:
    """A moment as the clock in Shanghai shows it, to the second."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def now() -> dt.datetime:
    """This moment, with its time zone."""
    return dt.datetime.now(SHANGHAI)


def midnight(day: dt.date) -> dt.datetime:
    """The moment a day begins in Shanghai."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI)
