"""趋势 (trend): a share at the end of the latest closed year is higher than a year before.

Equal is met only at or above `target`; `goes: not_down` is content with equal, `not_up` with
equal or less (a rank). Compared by cross-multiplication. States are counted at both year ends,
`figures` summed over both years; without a denominator the sum itself is compared. A
denominator of zero or less (a debt) compares with nothing, nor do years that differ in the
column `same` (a ranking): no data, as where attributes not recorded could turn the result.
A unit that was not there for both years, or at both year ends, is not judged.

Example:
    kind: trend
    numerator: {ledger: posts, where: {post: [总经理, 副总经理], market_hired: true}, count: person}
    denominator: {ledger: posts, where: {post: [总经理, 副总经理]}, count: person}
    target: market_hired_target
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.amounts import Amount, bases, figure_rows, records_of, with_figure
from tongrong.engine.cells import cells_of, figure_reason, open_due, reached
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import Asked, Bundle, Kind, with_day
from tongrong.engine.selection import at_day, hold, select
from tongrong.engine.standing import records_among, with_count, with_lived
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Severity

Amounts = Mapping[int, Amount]
BEFORE = "_before"


class Trend(Kind):
    """A measure rises from one closed year to the next, or has reached its target."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "numerator": {"where"}, "denominator": {"where"}, "target": True
    }  # fmt: skip

    kind: Literal["trend"]
    numerator: Amount
    denominator: Amount | None = None
    target: str | None = None
    figures: bool = False
    goes: Literal["up", "not_down", "not_up"] = "up"
    same: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Trend":
        if self.figures != self.numerator.is_yearly:
            raise ValueError("figures: true 与按年度登记的台账一起用")
        if self.denominator is None and not self.figures:
            raise ValueError("状态的趋势写 denominator")
        if self.same and not self.figures:
            raise ValueError("same 与 figures: true 一起用")
        if self.target and self.goes != "up":
            raise ValueError("target 只与 goes: up 一起用")
        return self

    def thresholds(self) -> Iterator[Asked]:
        """The share at which standing still is enough."""
        if self.target:
            yield Asked("low", self.target, "at_least", of_whole=True)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """The last days of the closed year and of the one before, and when figures are due.

        And from when on the unit must have been there: for figures of two years on their first
        day, for states at two year ends on the first of these.
        """
        before_on = dt.date(moment.closed - 1, 12, 31)
        return {
            "closed_on": dt.date(moment.closed, 12, 31),
            "before_on": before_on,
            "since": before_on.replace(month=1, day=1) if self.figures else before_on,
            "figures_due": moment.figures_due(moment.closed + 1),
        }

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """One cell a unit: `num` and `den` of the closed year."""
        if self.figures:
            return self._of_figures(bundle)
        upper = bundle.asks(lambda rule: rule.numerator)
        lower = bundle.asks(lambda rule: rule.denominator)
        most = {part: one.supposing(lower[part].where) or one for part, one in upper.items()}
        rows = bundle.units()
        for name, amounts in (("num", upper), ("den", lower), ("most", most)):
            rows = _with(rows, name, amounts, bundle, "closed_on")
            rows = _with(rows, f"{name}_before", amounts, bundle, "before_on")
        rows = with_day(with_day(bundle.with_asked(rows), "figures_due"), "since")
        rows = with_lived(rows, rows["since"])
        surely = self._gone(rows, "num", "most_before")
        possibly = self._gone(rows, "most", "num_before")
        missing = (rows["den"] == 0) | (rows["den_before"] == 0)
        severity = ibis.cases(
            (~rows["lived"], int(Severity.NOT_APPLICABLE)),
            (missing & (clock("today") <= rows["figures_due"]), int(Severity.PENDING)),
            (missing, int(Severity.NO_DATA)),
            (surely, int(Severity.MET)),
            (possibly, int(Severity.NO_DATA)),
            else_=int(Severity.UNMET),
        )
        return cells_of(
            rows,
            severity=severity,
            reason=figure_reason(severity, rows["lived"]),
            due=open_due(severity, rows["figures_due"]),
        )

    def _of_figures(self, bundle: Bundle) -> ir.Table:
        rows = bundle.units()
        for name, amounts in self._amounts(bundle).items():
            rows = with_figure(rows, name, amounts, "closed", bundle.scope)
            rows = with_figure(rows, f"{name}_before", amounts, "before", bundle.scope)
        if self.denominator is None:
            rows = rows.mutate(den=ibis.literal(1, "int64"), den_before=ibis.literal(1, "int64"))
        rows = with_day(bundle.with_asked(self._with_apart(rows, bundle)), "figures_due")
        rows = with_day(rows, "since")
        rows = with_lived(rows, rows["since"])
        missing = ibis.or_(
            *[rows[f"{n}{b}"].isnull() for n in ("num", "den") for b in ("", BEFORE)]
        )
        empty = rows["apart"] | (rows["den"] <= 0) | (rows["den_before"] <= 0)
        severity = ibis.cases(
            (~rows["lived"], int(Severity.NOT_APPLICABLE)),
            (missing & (clock("today") <= rows["figures_due"]), int(Severity.PENDING)),
            (missing | empty, int(Severity.NO_DATA)),
            (self._gone(rows, "num", "num_before"), int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        return cells_of(
            rows,
            severity=severity,
            reason=figure_reason(severity, rows["lived"]),
            due=open_due(severity, rows["figures_due"]),
        )

    def _with_apart(self, rows: ir.Table, bundle: Bundle) -> ir.Table:
        """The rows with `apart`: the two years were measured in ways that do not compare."""
        if self.same is None:
            return rows.mutate(apart=ibis.literal(False))
        asks = bases(bundle.asks(lambda rule: rule.numerator))
        years = [figure_rows(asks, year, bundle.scope, self.same) for year in ("closed", "before")]
        both = ibis.union(*[one.select("part", "subject", way=one[self.same]) for one in years])
        ways = both.group_by(w_part="part", w_unit="subject").agg(ways=both["way"].nunique())
        ways = ways.view()
        joined = rows.left_join(
            ways, (rows["part"] == ways["w_part"]) & (rows["unit"] == ways["w_unit"])
        )
        apart = (joined["ways"] > 1).fill_null(False)
        return joined.mutate(apart=apart).drop("ways", "w_part", "w_unit")

    def _amounts(self, bundle: Bundle) -> dict[str, Amounts]:
        found: dict[str, Amounts] = {"num": bundle.asks(lambda rule: rule.numerator)}
        if self.denominator is not None:
            found["den"] = bundle.asks(lambda rule: rule.denominator)
        return found

    def _gone(self, rows: ir.Table, now: str, before: str) -> ir.BooleanValue:
        """Whether the measure went the way asked from the year before."""
        here, there = rows[now] * rows["den_before"], rows[before] * rows["den"]
        if self.goes == "not_down":
            return here >= there
        if self.goes == "not_up":
            return here <= there
        at_target = reached(rows[now], rows["den"], rows).fill_null(False)
        return (here > there) | ((here == there) & at_target)

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The states counted at both year ends, or the figures of both years."""
        if self.figures:
            found = [
                records_of(bundle.units(), amounts, bundle.scope, year)
                for amounts in self._amounts(bundle).values()
                for year in ("closed", "before")
            ]
            return ibis.union(*found)
        upper = bundle.asks(lambda rule: rule.numerator)
        lower = bundle.asks(lambda rule: rule.denominator)
        found = [
            records_among(bundle.units(), _held(amounts, bundle, day))
            for amounts in (upper, lower)
            for day in ("closed_on", "before_on")
        ]
        return ibis.union(*found)


def _held(amounts: Amounts, bundle: Bundle, day: str) -> ir.Table:
    """The states that held on the closed year's last day (`closed_on`) or a year before."""
    like = next(iter(amounts.values()))
    rows = with_day(select(bases(amounts), bundle.scope, like.read), day)
    rows = at_day(rows, rows[day]).mutate(reference=rows[day])
    return hold(rows, like.base, bundle.scope, "reference")


def _with(rows: ir.Table, name: str, amounts: Amounts, bundle: Bundle, day: str) -> ir.Table:
    held = _held(amounts, bundle, day)
    count = next(iter(amounts.values())).count or "record"
    counted = held.group_by("part", "subject").agg(n=held[count].nunique().cast("int64"))
    return with_count(rows, name, counted)
