"""The days of the demo: which months it records, and on which of their days people work."""

import datetime as dt
import functools
from collections.abc import Iterator
from random import Random

AS_OF = dt.date(2026, 9, 25)
"""The day the demo is evaluated for; nothing in it is dated later."""
FIRST_MONTH = dt.date(2025, 2, 1)
"""The demo records what happened from this month on."""
THIS_YEAR, LAST_YEAR = 2026, 2025

_HOLIDAYS = (
    (dt.date(2025, 1, 28), dt.date(2025, 2, 4)),
    (dt.date(2025, 5, 1), dt.date(2025, 5, 5)),
    (dt.date(2025, 10, 1), dt.date(2025, 10, 8)),
    (dt.date(2026, 1, 1), dt.date(2026, 1, 3)),
    (dt.date(2026, 2, 15), dt.date(2026, 2, 23)),
    (dt.date(2026, 5, 1), dt.date(2026, 5, 5)),
)
_SATURDAY = 5


def on(text: str) -> dt.date:
    """The day written as 2026-03-05."""
    return dt.date.fromisoformat(text)


def months() -> Iterator[dt.date]:
    """The first day of every month the demo records, oldest first."""
    month = FIRST_MONTH
    while month <= AS_OF:
        yield month
        month = next_month(month)


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after."""
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)


def quarters() -> Iterator[tuple[dt.date, dt.date, dt.date]]:
    """The three months of every quarter recorded throughout, and of the running one."""
    for month in months():
        if month.month in {1, 4, 7, 10}:
            second = next_month(month)
            yield month, second, next_month(second)


def is_workday(day: dt.date) -> bool:
    """Whether people are at work: no weekend and no long holiday."""
    return day.weekday() < _SATURDAY and not any(a <= day <= b for a, b in _HOLIDAYS)


def workday(rng: Random, month: dt.date, low: int, high: int) -> dt.date:
    """Some workday of the month between two of its days; after a holiday that fills them all."""
    return rng.choice(_workdays(month, low, high))


@functools.cache
def _workdays(month: dt.date, low: int, high: int) -> tuple[dt.date, ...]:
    days = [month.replace(day=n) for n in range(low, high + 1)]
    open_days = tuple(day for day in days if is_workday(day))
    if open_days:
        return open_days
    day = days[-1]
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return (day,)
