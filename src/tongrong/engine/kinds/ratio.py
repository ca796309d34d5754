"""比例 (ratio): numerator ÷ denominator compared with a threshold, in whole numbers.

States are counted at D, events over each period, figures over a year. A denominator of zero
is an empty population; a missing figure is open until figures are due, then no data. Where
attributes that were not recorded could turn the result, a closed period or a state is no data.

Example:
    kind: ratio
    at: today
    numerator: {ledger: posts, where: {post: [外部董事]}, count: person}
    denominator: {ledger: posts, where: {post: [董事长, 董事, 职工董事, 外部董事]}, count: person}
    more_than: external_directors_share
"""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.amounts import Amount, Figures, records_of, with_amount, with_figure
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import (
    REASONS,
    Asked,
    Part,
    Periodic,
    cells_of,
    open_due,
    reached,
    severity_in_time,
)
from tongrong.engine.standing import with_kept
from tongrong.engine.tables import DAYS, clock
from tongrong.vocabulary.verdicts import Reason, Severity


class Ratio(Periodic):
    """Numerator ÷ denominator compared with a threshold."""

    kind: Literal["ratio"]
    numerator: Amount
    denominator: Amount
    at: Literal["today"] | None = None
    figures: Figures | None = None
    at_least: str | None = None
    more_than: str | None = None
    at_most: str | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> "Ratio":
        if sum(map(bool, (self.at_least, self.more_than, self.at_most))) != 1:
            raise ValueError("写 at_least、more_than、at_most 之一")
        if sum(map(bool, (self.per, self.at, self.figures))) != 1:
            raise ValueError("写 per、window、at: today、figures 之一")
        events = (self.numerator.is_event, self.denominator.is_event)
        if any(events) != bool(self.per) or (self.per and not all(events)):
            raise ValueError("分子分母同为期间内的事项（per），或同为状态（at: today）")
        return self

    def thresholds(self) -> Iterator[Asked]:
        """The share asked for."""
        how = "at_least" if self.at_least else "more_than" if self.more_than else "at_most"
        name = self.at_least or self.more_than or self.at_most or ""
        yield Asked("low", name, how, of_whole=True)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """When the figures it reads are due."""
        if not self.figures:
            return {}
        closed = "closed" in (self.figures.numerator, self.figures.denominator)
        return {"figures_due": moment.figures_due(moment.closed + 1 if closed else moment.year)}

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit and period: `num` and `den` as counted or summed."""
        if self.figures:
            return self._of_figures(part, self.figures, measures)
        rows = with_amount(part.judged(measures), "num", self.numerator, part, measures)
        rows = with_amount(rows, "den", self.denominator, part, measures)
        most = self.numerator.at_most_of(self.denominator)
        if most is None:
            rows = rows.mutate(most=rows["num"])
        else:
            rows = with_amount(rows, "most", most, part, measures)
        rows = with_kept(rows, part, measures, self.denominator.base)
        asked = part.asked()
        rows = rows.join(asked, rows["period"] == asked["r_period"])
        ok = reached(rows["num"], rows["den"], rows["k"], rows["p"], rows["q"])
        at_best = reached(rows["most"], rows["den"], rows["k"], rows["p"], rows["q"])
        unsure = (ok != at_best) & rows["elapsed"]
        empty = rows["den"] == 0
        severity = ibis.cases(
            (empty & rows["kept"], int(Severity.NOT_APPLICABLE)),
            (empty & ~rows["elapsed"], int(Severity.PENDING)),
            (empty | unsure, int(Severity.NO_DATA)),
            else_=severity_in_time(ok, rows),
        )
        reason = ibis.cases(
            (empty & rows["kept"], REASONS.index(Reason.EMPTY_POPULATION)),
            (empty & rows["elapsed"], REASONS.index(Reason.REGISTER_NOT_KEPT)),
            (~empty & unsure, REASONS.index(Reason.MEASURE_MISSING)),
            else_=REASONS.index(Reason.NONE),
        )
        return cells_of(
            rows, severity=severity, reason=reason, due=open_due(severity, rows["last"])
        )

    def _of_figures(self, part: Part, years: Figures, measures: Measures) -> ir.Table:
        rows = with_figure(part.judged(measures), "num", self.numerator, years.numerator, part)
        rows = with_figure(rows, "den", self.denominator, years.denominator, part)
        asked = part.asked()
        rows = rows.join(asked, rows["period"] == asked["r_period"])
        ok = reached(rows["num"], rows["den"], rows["k"], rows["p"], rows["q"])
        due = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "figures_due"))
        missing = rows["num"].isnull() | rows["den"].isnull()
        severity = ibis.cases(
            (missing & (clock("today") <= due["on"].as_scalar()), int(Severity.PENDING)),
            (missing | (rows["den"] == 0), int(Severity.NO_DATA)),
            (ok, int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        reason = ibis.ifelse(
            severity == int(Severity.NO_DATA), REASONS.index(Reason.MEASURE_MISSING), 0
        )
        return cells_of(
            rows, severity=severity, reason=reason, due=open_due(severity, due["on"].as_scalar())
        )

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The records of the numerator and of the denominator."""
        frame, years = part.judged(measures), self.figures
        upper = records_of(frame, self.numerator, part, years.numerator if years else None)
        lower = records_of(frame, self.denominator, part, years.denominator if years else None)
        return upper.union(lower)
