"""The moment of an evaluation: the day D, the assessment year Y, and what they imply."""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from tongrong.norms.thresholds import Thresholds
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.periods import (
    ALWAYS,
    Per,
    Period,
    Span,
    month_end,
    periods_of,
    years_until,
)
from tongrong.vocabulary.quantities import parse_quantity

_WARNING = {
    Per.MONTH: "warning_month",
    Per.QUARTER: "warning_quarter",
    Per.HALF_YEAR: "warning_half_year",
    Per.YEAR: "warning_year",
}


@dataclass(frozen=True)
class Moment:
    """The end of day `today`, the assessment year, and the thresholds in force.

    Periods whose last day lies outside of `span` are not this checklist's to judge.
    """

    today: dt.date
    year: int
    thresholds: Thresholds
    span: Span = ALWAYS

    @classmethod
    def of(cls, today: dt.date, year: int | None, thresholds: Thresholds) -> "Moment":
        """The moment of a day; the year is that of the day unless named.

        Raises TongrongError (E010) for a year that has not begun.
        """
        year = today.year if year is None else year
        if year > today.year:
            raise refuse(
                "E010", "--year", str(year), f"不晚于截至日期 {today} 的年度",
                "改 --year，或把 --as-of 改到该年度之内",
            )  # fmt: skip
        return cls(today, year, thresholds)

    @property
    def year_first(self) -> dt.date:
        """The first day of the assessment year."""
        return dt.date(self.year, 1, 1)

    @property
    def year_last(self) -> dt.date:
        """The last day of the assessment year."""
        return dt.date(self.year, 12, 31)

    @property
    def closed(self) -> int:
        """The latest year, not after the assessment year, whose last day is not after today."""
        over = self.today.year if (self.today.month, self.today.day) == (12, 31) else None
        return min(self.year, over or self.today.year - 1)

    def number(self, name: str, day: dt.date | None = None) -> Fraction:
        """A threshold as an exact number on a day (today unless given)."""
        return parse_quantity(self.thresholds.value(name, day or self.today))

    def days(self, name: str, day: dt.date | None = None) -> dt.timedelta:
        """A threshold as a number of days, in force on a day (today unless given)."""
        return dt.timedelta(days=int(self.number(name, day)))

    def day_of_year(self, month_day: str, year: int) -> dt.date:
        """`MM-DD` of a year; the 29th of February is the 28th in a common year."""
        month, day = map(int, month_day.split("-"))
        return min(dt.date(year, month, 1) + dt.timedelta(day - 1), month_end(year, month))

    def named_day(self, name: str, year: int) -> dt.date:
        """`MM-DD` of a year, or the one a threshold of that name is on the year's last day."""
        if name in self.thresholds:
            name = self.thresholds.value(name, dt.date(year, 12, 31))
        return self.day_of_year(name, year)

    def figures_due(self, year: int) -> dt.date:
        """The day in `year` by which annual figures are due."""
        return self.day_of_year(self.thresholds.value("figures_due", self.today), year)

    def periods(self, per: str) -> list[tuple[Period, dt.timedelta]]:
        """The periods of the year under a calendar key, each with its warning days."""
        return [one for one in self._calendar(per) if self.span.holds(one[0].last)]

    def _calendar(self, per: str) -> list[tuple[Period, dt.timedelta]]:
        if per.startswith("window:"):
            _, since, to = per.split(":")
            first, last = self.named_day(since, self.year), self.named_day(to, self.year)
            return [(Period(first, last, str(self.year)), self.days("warning_quarter", last))]
        if per.startswith("years:"):
            count = int(self.number(per.removeprefix("years:"), self.year_last))
            return [(years_until(self.year, count), self.days("warning_year", self.year_last))]
        if per.startswith(Per.CLOSED_YEAR):
            return [(self._settled(self.closed, per), self.days("warning_quarter"))]
        if per.startswith(f"{Per.YEAR}:"):
            (whole,) = periods_of(self.year, Per.YEAR)
            due = self.named_day(per.partition(":")[2], self.year)
            return [(replace(whole, due=due), self.days("warning_quarter"))]
        return [(p, self.days(_WARNING[Per(per)], p.last)) for p in periods_of(self.year, Per(per))]

    def _settled(self, year: int, per: str) -> Period:
        """A closed year, which may be settled until its figures or what it names are due."""
        (whole,) = periods_of(year, Per.YEAR)
        named = per.partition(":")[2]
        if not named:
            return replace(whole, due=self.figures_due(year + 1))
        month_day = self.thresholds.value(named, whole.last)
        return replace(whole, due=self.day_of_year(month_day, year + 1))

    def running_due(self, per: str) -> dt.date | None:
        """The last day to do what the period that runs at D asks; empty where none does."""
        if not per:
            return None
        running = [p.due_by for p, _ in self.periods(per) if p.begun(self.today)]
        return min((last for last in running if last > self.today), default=None)

    def next_due(self, per: str) -> dt.date | None:
        """The last day of the period after the running one, while the year is not over.

        Of a window that has not begun, its own last day.
        """
        if self.today >= self.year_last or not per:
            return None
        if per.startswith(Per.CLOSED_YEAR):
            following = self._settled(self.closed + 1, per)
            return following.due_by if self.span.holds(following.last) else None
        ahead = self._ahead(per)
        if ahead and ahead[0].begun(self.today):
            ahead = ahead[1:]
        return ahead[0].due_by if ahead else None

    def first_due(self, per: str) -> dt.date | None:
        """The last day of the first period that has not begun; empty where none is left."""
        no_more = not per or per.startswith(Per.CLOSED_YEAR)
        coming = [] if no_more else self._ahead(per)
        return min((one.due_by for one in coming if not one.begun(self.today)), default=None)

    def _ahead(self, per: str) -> list[Period]:
        """The periods of this year and the next that are not over."""
        both = [*self.periods(per), *replace(self, year=self.year + 1).periods(per)]
        return sorted(period for period, _ in both if period.last > self.today)
