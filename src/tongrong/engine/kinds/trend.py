"""趋势 (trend): a share at the end of the latest closed year is higher than a year before.

Equal is met only at or above `target`. Compared by cross-multiplication. Where attributes that
were not recorded could turn the result it is no data.

Example:
    kind: trend
    numerator: {ledger: posts, where: {post: [总经理, 副总经理], market_hired: true}, count: person}
    denominator: {ledger: posts, where: {post: [总经理, 副总经理]}, count: person}
    target: market_hired_target
"""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.amounts import Amount
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import REASONS, Asked, Kind, Part, cells_of, open_due, reached
from tongrong.engine.selection import at_day, hold, select
from tongrong.engine.tables import DAYS, as_column, clock
from tongrong.vocabulary.verdicts import Reason, Severity


class Trend(Kind):
    """A measure rises from one closed year to the next, or has reached its target."""

    kind: Literal["trend"]
    numerator: Amount
    denominator: Amount
    target: str | None = None

    def thresholds(self) -> Iterator[Asked]:
        """The share at which standing still is enough."""
        if self.target:
            yield Asked("low", self.target, "at_least", of_whole=True)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """The last days of the closed year and of the one before, and when figures are due."""
        return {
            "closed_on": dt.date(moment.closed, 12, 31),
            "before_on": dt.date(moment.closed - 1, 12, 31),
            "figures_due": moment.figures_due(moment.closed + 1),
        }

    def _rows(self, amount: Amount, part: Part, day: str) -> ir.Table:
        """The states that held on the closed year's last day (`closed_on`) or a year before."""
        on = _year_end(part, day)
        rows = at_day(select(amount.base, part.scope), on).mutate(reference=as_column(on))
        return hold(rows, amount.base, part.scope, "reference")

    def _with(self, frame: ir.Table, name: str, amount: Amount, part: Part, day: str) -> ir.Table:
        rows = self._rows(amount, part, day)
        counted = rows.group_by(n_unit="subject").agg(n=rows[amount.count or "record"].nunique())
        joined = frame.left_join(counted, frame["unit"] == counted["n_unit"])
        value = joined["n"].fill_null(0).cast("int64")
        return joined.mutate(**{name: value}).drop("n", "n_unit")

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit: `num` and `den` of the closed year."""
        rows = self._with(part.judged(measures), "num", self.numerator, part, "closed_on")
        rows = self._with(rows, "den", self.denominator, part, "closed_on")
        rows = self._with(rows, "num_before", self.numerator, part, "before_on")
        rows = self._with(rows, "den_before", self.denominator, part, "before_on")
        most = self.numerator.at_most_of(self.denominator) or self.numerator
        rows = self._with(rows, "most", most, part, "closed_on")
        rows = self._with(rows, "most_before", most, part, "before_on")
        if self.target:
            asked = part.asked()
            rows = rows.join(asked, rows["period"] == asked["r_period"])
        surely = self._risen(rows, "num", "most_before")
        possibly = self._risen(rows, "most", "num_before")
        missing = (rows["den"] == 0) | (rows["den_before"] == 0)
        due = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "figures_due"))
        severity = ibis.cases(
            (missing & (clock("today") <= due["on"].as_scalar()), int(Severity.PENDING)),
            (missing, int(Severity.NO_DATA)),
            (surely, int(Severity.MET)),
            (possibly, int(Severity.NO_DATA)),
            else_=int(Severity.UNMET),
        )
        reason = ibis.ifelse(
            severity == int(Severity.NO_DATA), REASONS.index(Reason.MEASURE_MISSING), 0
        )
        return cells_of(
            rows, severity=severity, reason=reason, due=open_due(severity, due["on"].as_scalar())
        )

    def _risen(self, rows: ir.Table, now: str, before: str) -> ir.BooleanValue:
        """Whether the share rose, or stands still at or above the target."""
        here, there = rows[now] * rows["den_before"], rows[before] * rows["den"]
        if not self.target:
            return here > there
        at_target = reached(rows[now], rows["den"], rows["k"], rows["p"], rows["q"])
        return (here > there) | ((here == there) & at_target)

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The states counted at both year ends."""
        frame = part.judged(measures)
        found = [
            frame.join(rows, frame["unit"] == rows["subject"]).select("unit", "record")
            for amount in (self.numerator, self.denominator)
            for rows in (
                self._rows(amount, part, "closed_on"),
                self._rows(amount, part, "before_on"),
            )
        ]
        return ibis.union(*found)


def _year_end(part: Part, label: str) -> ir.DateValue:
    return DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == label))["on"].as_scalar()
