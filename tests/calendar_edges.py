"""Days on which requirements turn: edges and middles of periods, warnings, due days, D itself."""

import datetime as dt
import random
from dataclasses import dataclass
from functools import cache

from tests.read_by_clauses import Read

from tongrong.vocabulary.periods import Per, month_end, periods_of

ABOUT = (0, 0, 0, 1, -1, -15, -14, -60, -59)
"""Days from a fixed day to one on which it has come, or is just warned of."""
AHEAD = (0, 30, 29, 60, 59)
"""Days from D to a due day on which it falls due, is warned of, or has just not been."""


@dataclass(frozen=True)
class Moment:
    """The day D and the assessment year Y."""

    today: dt.date
    year: int


def a_moment(roll: random.Random, read: Read) -> Moment:
    """A day at the edge of a period, a warning or a due day, and its year or the one before."""
    year = roll.choice((2026, 2024, 2028, 2025, 2020, 2021))
    today = roll.choice(days_to_judge(year))
    if read.fixed and roll.randint(0, 1):
        of_year, month_day = roll.choice(sorted(read.fixed))
        today = day_about(roll, of_year or year, month_day)
    return Moment(today, today.year - (roll.randint(0, 9) == 9))


@cache
def days_to_judge(year: int) -> tuple[dt.date, ...]:
    """Days of a year to take for D: around the ends of periods, warnings and fixed days."""
    ends = [month_end(year, month) for month in range(1, 13)]
    found = [*ends[2::3], *ends, *3 * ends[-1:], dt.date(year, 1, 1)]
    found += [end + dt.timedelta(days=1) for end in ends[:-1]]
    found += [end - dt.timedelta(days=d) for end in ends[:6] for d in (7, 6)]
    found += [end - dt.timedelta(days=d) for end in ends[2::3] for d in (15, 14)]
    found += [end - dt.timedelta(days=d) for end in ends[5::6] for d in (30, 29)]
    found += [ends[-1] - dt.timedelta(days=d) for d in (60, 59, 1)]
    found.append(dt.date(year, 2, 28))
    return tuple(found)


def day_about(roll: random.Random, year: int, month_day: str) -> dt.date:
    """A day of a year that a checklist names, one beside it, or the edge of its warning."""
    month, day = map(int, month_day.split("-"))
    named = dt.date(year, month, min(day, month_end(year, month).day))
    return named + dt.timedelta(days=roll.choice(ABOUT))


@cache
def turning_days(year: int) -> tuple[dt.date, ...]:
    """The first and last days of a year's periods, and the days from which half is left."""
    found = []
    for per in (Per.QUARTER, Per.MONTH, Per.HALF_YEAR, Per.YEAR):
        for period in periods_of(year, per):
            middle = period.first + dt.timedelta(days=period.days // 2)
            found += [period.first, period.last, middle, middle + dt.timedelta(days=1)]
    return tuple(found)


@cache
def due_about(today: dt.date) -> tuple[dt.date, ...]:
    """Days from which 90 days, half a year or three years lead to D, or to a warning at D."""
    found = []
    for ahead in AHEAD:
        due = today + dt.timedelta(days=ahead)
        found += [months_before(due, 6), months_before(due, 36), due - dt.timedelta(days=90), due]
    return tuple(found)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months before, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def day_near(roll: random.Random, today: dt.date, of_year: int) -> dt.date:
    """A day on which something may turn, or one beside it."""
    which = roll.choice(("turn", "turn", "turn", "now", "now", "due", "due", "past", "far"))
    if which == "turn":
        return roll.choice(turning_days(of_year)) + _beside(roll)
    if which == "now":
        return today + _beside(roll)
    if which == "due":
        return roll.choice(due_about(today)) + _beside(roll)
    if which == "past":
        return roll.choice(turning_days(of_year - 1 - roll.randint(0, 2)))
    return today + dt.timedelta(days=roll.choice((-10, 14, 40)))


def day_in_month(roll: random.Random, year: int, month: int) -> dt.date:
    """A month's tenth, last or first day."""
    return roll.choice((dt.date(year, month, 10), month_end(year, month), dt.date(year, month, 1)))


def _beside(roll: random.Random) -> dt.timedelta:
    return dt.timedelta(days=roll.choice((0, 0, 1, -1, 0, 3)))
