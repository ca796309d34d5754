"""Calendar periods. A period has elapsed when its last day is not after the day D."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""The years records and days asked for lie in."""


class Per(StrEnum):
    """How often a duty recurs.

    `closed_year` is the latest year that is over, which may be settled until annual figures
    are due.
    """

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    CLOSED_YEAR = "closed_year"

    @property
    def label(self) -> str:
        """The name users read."""
        return _PER_LABELS[self]


_PER_LABELS = {
    Per.MONTH: "每月",
    Per.QUARTER: "每季度",
    Per.HALF_YEAR: "每半年",
    Per.YEAR: "每年",
    Per.CLOSED_YEAR: "每个已结束的年度",
}
_MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.HALF_YEAR: 6, Per.YEAR: 12, Per.CLOSED_YEAR: 12}


@dataclass(frozen=True)
class Span:
    """The days from `since` until the day before `until`; empty: without a bound."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies within."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    @property
    def words(self) -> str:
        """As people say it: `2018-01-01至2026-06-30`, `2026-07-01起`."""
        last = self.until and self.until - dt.timedelta(days=1)
        return f"{self.since or ''}至{last}" if last else f"{self.since or ''}起"


ALWAYS = Span()


_LABEL = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|Q[1-4]|H[12]|-(\d{4}))?", re.ASCII)


def is_period_label(text: str) -> bool:
    """Whether text is a period as files write it: `2026-03`, `2026Q1`, `2026H1`, `2024-2026`."""
    found = _LABEL.fullmatch(text)
    if found is None:
        return False
    first, last = int(found[1]), int(found[3] or found[1])
    return FIRST_YEAR <= first <= last <= LAST_YEAR


def is_month_day(text: str) -> bool:
    """Whether text is a day of some year as `MM-DD`; the 29th of February is."""
    return _is_day(f"2000-{text}")


def is_day(text: str) -> bool:
    """Whether text is a day as `YYYY-MM-DD`, in the years records lie in."""
    return _is_day(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def _is_day(text: str) -> bool:
    try:
        return str(dt.date.fromisoformat(text)) == text
    except ValueError:
        return False


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days, first and last included, with the label written in files.

    What it asks may be done until its last day, or until `due` where that is later.
    """

    first: dt.date
    last: dt.date
    label: str
    due: dt.date | None = None

    @property
    def due_by(self) -> dt.date:
        """The last day to do what it asks."""
        return self.due or self.last

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.last - self.first).days + 1

    def elapsed(self, day: dt.date) -> bool:
        """Whether it is over at the end of `day`."""
        return self.due_by <= day

    def begun(self, day: dt.date) -> bool:
        """Whether it has started by the end of `day`."""
        return self.first <= day


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month, 29 February included."""
    return dt.date(year, month, monthrange(year, month)[1])


def years_until(year: int, count: int) -> Period:
    """One period of so many calendar years, the assessment year the last of them."""
    first = year - count + 1
    return Period(dt.date(first, 1, 1), dt.date(year, 12, 31), f"{first}-{year}")


def period_of(label: str) -> Period | None:
    """The period of one year with a label; None: it is none's."""
    if not is_period_label(label):
        return None
    named = (one for per in _MONTHS for one in periods_of(int(label[:4]), per))
    return next((one for one in named if one.label == label), None)


def periods_of(year: int, per: Per) -> Iterator[Period]:
    """The periods of an assessment year: 12 months, 4 quarters, 2 half-years or the year."""
    length = _MONTHS[per]
    for index, start in enumerate(range(1, 13, length), start=1):
        label = {
            Per.MONTH: f"{year}-{start:02d}",
            Per.QUARTER: f"{year}Q{index}",
            Per.HALF_YEAR: f"{year}H{index}",
            Per.YEAR: str(year),
            Per.CLOSED_YEAR: str(year),
        }[per]
        yield Period(dt.date(year, start, 1), month_end(year, start + length - 1), label)
