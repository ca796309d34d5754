"""人数 (headcount): how many persons, bodies or things a register holds at D lies in a range.

The upper bound is a threshold, or a number that a register sets (核定职数). Where attributes
that were not recorded could turn the result it is no data.

Example:
    kind: headcount
    of: {ledger: posts, where: {post: [党委书记, 专职副书记, 党委副书记, 党委委员]}}
    count: person
    at_least: committee_least
    at_most: committee_most
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.cells import REASONS, cells_of, reached
from tongrong.engine.measures import Measures, Role
from tongrong.engine.part import Asked, Bundle, Kind
from tongrong.engine.selection import Selection
from tongrong.engine.standing import count_at_d, held_at_d, records_at_d, with_kept
from tongrong.vocabulary.verdicts import Reason, Severity


class Quota(Selection):
    """A number set in a register: the sum of a column over the rows that hold at D."""

    sum: str


class Headcount(Kind):
    """The number in a register at D lies in a range."""

    DATA: ClassVar[Mapping[str, Any]] = {"of": {"where"}, "at_least": True, "at_most": True}

    kind: Literal["headcount"]
    of: Selection
    count: str
    at_least: str | None = None
    at_most: str | Quota | None = None

    def thresholds(self) -> Iterator[Asked]:
        """The bounds that are thresholds; a bound set in a register is read there."""
        if self.at_least:
            yield Asked("low", self.at_least, "at_least", of_whole=False)
        if isinstance(self.at_most, str):
            yield Asked("high", self.at_most, "at_most", of_whole=False)

    @property
    def shape(self) -> str:
        """A bound that is a threshold is data; a register that sets it is not."""
        bound = "" if isinstance(self.at_most, str) else repr(self.at_most)
        return f"{super().shape}|{bound}"

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit: `num` counted at D."""
        asks, unbound = bundle.asks(lambda rule: rule.of), ibis.literal(True)
        rows = count_at_d(bundle.units(), "num", asks, self.count, bundle, measures)
        rows = with_kept(rows, bundle, measures, self.of).mutate(inside=unbound)
        best = {part: one.supposing() or one for part, one in asks.items()}
        rows = count_at_d(rows, "most", best, self.count, bundle, measures, Role.AT_BEST)
        rows = rows.mutate(turned=ibis.literal(False))
        for side in ("low", "high"):
            rows = bundle.with_asked(rows, side)
            one = reached(rows["num"], ibis.literal(0), rows).fill_null(True)
            other = reached(rows["most"], ibis.literal(0), rows).fill_null(True)
            inside, turned = rows["inside"] & one, rows["turned"] | (one != other)
            rows = rows.mutate(inside=inside, turned=turned).drop("k", "p", "q")
        if isinstance(self.at_most, Quota):
            held = held_at_d({bundle.index: self.at_most}, bundle.scope, self.at_most.sum)
            quota = held.group_by("subject").agg(quota=held[self.at_most.sum].sum())
            rows = rows.left_join(quota, rows["unit"] == quota["subject"])
            rows = rows.mutate(inside=rows["inside"] & (rows["num"] <= rows["quota"]))
        unkept = (rows["num"] == 0) & ~rows["kept"]
        unsure = rows["inside"].isnull() | rows["turned"]
        severity = ibis.cases(
            (unkept | unsure, int(Severity.NO_DATA)),
            (rows["inside"], int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        reason = ibis.cases(
            (unkept, REASONS.index(Reason.REGISTER_NOT_KEPT)),
            (unsure, REASONS.index(Reason.MEASURE_MISSING)),
            else_=REASONS.index(Reason.NONE),
        )
        return cells_of(rows, severity=severity, reason=reason)

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The rows counted, and those that set the number."""
        found = records_at_d(bundle, bundle.asks(lambda rule: rule.of))
        if isinstance(self.at_most, Quota):
            found = found.union(records_at_d(bundle, bundle.asks(lambda rule: rule.at_most)))
        return found
