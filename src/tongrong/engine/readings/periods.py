"""Calendar periods of the assessment year, and which of them count for a unit."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tongrong.engine.readings.world import World

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included; `warning` names its warning days.

    What it asks may be done until `last`, or until `until` where that is given.
    """

    first: dt.date
    last: dt.date
    label: str
    warning: str
    until: dt.date | None = None

    @property
    def due(self) -> dt.date:
        """The last day to do what it asks."""
        return self.until or self.last

    @property
    def days(self) -> frozenset[dt.date]:
        """Every day of the period."""
        return days_from(self.first, self.last)


@lru_cache(maxsize=4096)
def days_from(first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Every day from one to another, both included; none where the other comes before."""
    count = (last - first).days + 1
    return frozenset(first + dt.timedelta(days=n) for n in range(count))


def is_periodic(part: Mapping[str, Any]) -> bool:
    """Whether a part is judged period by period."""
    return any(key in part for key in ("per", "window", "years", "of_year"))


def periods_of_year(part: Mapping[str, Any], world: World, year: int) -> list[Period]:
    """The periods of a year the part speaks of, in order: those that end while it is in force."""
    return [
        period for period in calendar_of(part, world, year) if _ends_in_force(world, period.last)
    ]


def _ends_in_force(world: World, last: dt.date) -> bool:
    begun = world.since is None or world.since <= last
    return begun and (world.until is None or last < world.until)


def calendar_of(part: Mapping[str, Any], world: World, year: int) -> list[Period]:
    """The periods of a year the part speaks of, in order, whichever checklist is in force."""
    if "window" in part:
        first = world.day_of_year(part["window"]["from"], year)
        last = world.day_of_year(part["window"]["to"], year)
        return [Period(first, last, str(year), "warning_quarter")]
    if "years" in part:
        last = dt.date(year, 12, 31)
        since = year + 1 - world.whole(part["years"], last)
        return [Period(dt.date(since, 1, 1), last, f"{since}-{year}", "warning_year")]
    if is_of_closed_year(part):
        # The year before, or this one on its own last day.
        closed = year if dt.date(year, 12, 31) <= world.as_of else year - 1
        first, last = dt.date(closed, 1, 1), dt.date(closed, 12, 31)
        return [Period(first, last, str(closed), "warning_quarter", _settled(part, world, closed))]
    if "by" in part:
        until = world.day_of_year(part["by"], year)
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        return [Period(first, last, str(year), "warning_quarter", until)]
    per = part.get("per", "year")
    length = MONTHS[per]
    found = []
    for number in range(1, 12 // length + 1):
        first_month, last_month = (number - 1) * length + 1, number * length
        label = {
            "month": f"{year}-{number:02}",
            "quarter": f"{year}Q{number}",
            "half_year": f"{year}H{number}",
            "year": f"{year}",
        }[per]
        first = dt.date(year, first_month, 1)
        last = dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
        found.append(Period(first, last, label, f"warning_{per}"))
    return found


def is_of_closed_year(part: Mapping[str, Any]) -> bool:
    """Whether a part speaks of the latest year that is over."""
    return part.get("per") == "closed_year" or part.get("of_year") == "closed_year"


def _settled(part: Mapping[str, Any], world: World, closed: int) -> dt.date:
    """The day until which a closed year may be settled: the figures' day, or one of its own."""
    if "by" not in part:
        return world.figures_due(closed + 1)
    month_day = world.threshold(part["by"], dt.date(closed, 12, 31))
    return world.day_of_year(month_day, closed + 1)


def counted_periods(part: Mapping[str, Any], world: World, subject: str) -> list[Period]:
    """The periods of Y begun by D throughout which the unit existed."""
    unit = world.unit_row(subject)
    founded, dissolved = unit["founded_on"], unit["dissolved_on"]
    return [
        period
        for period in periods_of_year(part, world, world.year)
        if period.first <= world.as_of
        and founded <= period.first
        and (dissolved is None or dissolved > period.last)
    ]


def next_due(part: Mapping[str, Any], world: World) -> dt.date | None:
    """The last day of the next period to satisfy, all of those begun by D being dealt with.

    None where the checklist is not in force on the last day of any such period.
    """
    if "years" in part:
        last = dt.date(world.year + 1, 12, 31)
        return last if _ends_in_force(world, last) else None
    if is_of_closed_year(part):
        following = world.closed_year + 1
        settled = _ends_in_force(world, dt.date(following, 12, 31))
        return _settled(part, world, following) if settled else None
    coming = periods_of_year(part, world, world.year) + periods_of_year(part, world, world.year + 1)
    return min((one.due for one in coming if one.first > world.as_of), default=None)


def month_later(day: dt.date, months: int) -> dt.date:
    """The day some months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
