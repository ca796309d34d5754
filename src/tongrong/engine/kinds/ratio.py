"""比例 (ratio): numerator ÷ denominator compared with a threshold, in whole numbers.

States are counted at D, events over each period, figures over a year, of which a unit must
have lived the whole. A denominator of zero
is an empty population; a missing figure is open until figures are due, then no data. Where
attributes that were not recorded could turn the result, or a record summed lacks its number,
a closed period or a state is no data.

Example:
    kind: ratio
    at: today
    numerator: {ledger: posts, where: {post: [外部董事]}, count: person}
    denominator: {ledger: posts, where: {post: [董事长, 董事, 职工董事, 外部董事]}, count: person}
    more_than: external_directors_share
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.amounts import (
    Amount,
    Figures,
    by_month,
    records_of,
    with_amount,
    with_figure,
    with_gaps,
)
from tongrong.engine.cells import (
    REASONS,
    cells_of,
    figure_reason,
    open_due,
    reached,
    severity_in_time,
)
from tongrong.engine.measures import Measures, Role
from tongrong.engine.moment import Moment
from tongrong.engine.part import Asked, Bundle, Periodic, with_day
from tongrong.engine.standing import with_kept, with_lived
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Reason, Severity


class Ratio(Periodic):
    """Numerator ÷ denominator compared with a threshold."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "numerator": {"where"}, "denominator": {"where"}, "per_": True, "window": True,
        "years": True, "at_least": True, "more_than": True, "at_most": True,
    }  # fmt: skip

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
        """When the figures it reads are due, and from when on the unit must have lived."""
        if not self.figures:
            return {}
        sides = {self.figures.numerator, self.figures.denominator}
        due = moment.figures_due(moment.closed + 1 if "closed" in sides else moment.year)
        years = {"closed": moment.closed, "current": moment.year, "last": moment.year - 1}
        return {"figures_due": due, "since": dt.date(min(years[one] for one in sides), 1, 1)}

    @property
    def shape(self) -> str:
        """Whether counts by month add up is part of it."""
        adds_up = by_month(self.numerator, self), by_month(self.denominator, self)
        return f"{super().shape}|{adds_up}"

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit and period: `num` and `den` as counted or summed."""
        if self.figures:
            return self._of_figures(bundle, self.figures)
        upper, lower = _sides(bundle)
        most = {part: one.supposing(lower[part].where) or one for part, one in upper.items()}
        rows = with_amount(bundle.units(), "num", upper, bundle, measures)
        rows = with_amount(rows, "den", lower, bundle, measures, Role.WHOLE)
        rows = with_amount(rows, "most", most, bundle, measures, Role.AT_BEST)
        rows = with_gaps(with_gaps(rows, "num_gap", upper, bundle), "den_gap", lower, bundle)
        rows = with_kept(rows, bundle, measures, self.denominator.base)
        rows = bundle.with_asked(rows)
        gap = rows["num_gap"] | rows["den_gap"]
        ok, at_best = (
            reached(rows["num"], rows["den"], rows) & ~gap,
            reached(rows["most"], rows["den"], rows),
        )
        unsure = (gap | (ok != at_best)) & rows["elapsed"]
        empty = (rows["den"] == 0) & ~gap
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
            rows, severity=severity, reason=reason, due=open_due(severity, rows["due_by"])
        )

    @staticmethod
    def _of_figures(bundle: Bundle, years: Figures) -> ir.Table:
        upper, lower = _sides(bundle)
        rows = with_figure(bundle.units(), "num", upper, years.numerator, bundle.scope)
        rows = with_figure(rows, "den", lower, years.denominator, bundle.scope)
        rows = with_day(with_day(bundle.with_asked(rows), "figures_due"), "since")
        rows = with_lived(rows, rows["since"])
        missing = rows["num"].isnull() | rows["den"].isnull()
        severity = ibis.cases(
            (~rows["lived"], int(Severity.NOT_APPLICABLE)),
            (missing & (clock("today") <= rows["figures_due"]), int(Severity.PENDING)),
            (missing | (rows["den"] <= 0), int(Severity.NO_DATA)),
            (reached(rows["num"], rows["den"], rows), int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        return cells_of(
            rows,
            severity=severity,
            reason=figure_reason(severity, rows["lived"]),
            due=open_due(severity, rows["figures_due"]),
        )

    def taken_up(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The units with a record in the numerator."""
        upper, years = _sides(bundle)[0], self.figures
        above = years.numerator if years else None
        rows = records_of(bundle.units(), upper, bundle.scope, above)
        return rows.select("part", "unit").distinct()

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The records of the numerator and of the denominator."""
        (upper, lower), years, units = _sides(bundle), self.figures, bundle.units()
        above, below = (years.numerator, years.denominator) if years else (None, None)
        return records_of(units, upper, bundle.scope, above).union(
            records_of(units, lower, bundle.scope, below)
        )


def _sides(bundle: Bundle) -> tuple[dict[int, Amount], dict[int, Amount]]:
    """The numerator and the denominator of each part."""
    return bundle.asks(lambda rule: rule.numerator), bundle.asks(lambda rule: rule.denominator)
