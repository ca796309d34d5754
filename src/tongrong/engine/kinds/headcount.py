"""人数 (headcount): how many persons, bodies or things a register holds at D lies in a range.

The upper bound is a threshold, or a number that a register sets (核定职数).

Example:
    kind: headcount
    of: {ledger: posts, where: {post: [党委书记, 专职副书记, 党委副书记, 党委委员]}}
    count: person
    at_least: committee_least
    at_most: committee_most
"""

from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.measures import Measures
from tongrong.engine.part import REASONS, Asked, Kind, Part, cells_of, reached
from tongrong.engine.selection import Selection
from tongrong.engine.standing import count_at_d, held_at_d, records_at_d, with_kept
from tongrong.vocabulary.verdicts import Reason, Severity


class Quota(Selection):
    """A number set in a register: the sum of a column over the rows that hold at D."""

    sum: str


class Headcount(Kind):
    """The number in a register at D lies in a range."""

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

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit: `num` counted at D."""
        rows = count_at_d(part.judged(measures), "num", part, measures, self.of, self.count)
        rows = with_kept(rows, part, measures, self.of)
        rows = rows.mutate(inside=ibis.literal(True))
        for side in [asked.side for asked in self.thresholds()]:
            asked = part.asked(side)
            rows = rows.join(asked, rows["period"] == asked["r_period"])
            one = reached(rows["num"], ibis.literal(0), rows["k"], rows["p"], rows["q"])
            rows = rows.mutate(inside=rows["inside"] & one).drop("r_period", "k", "p", "q")
        if isinstance(self.at_most, Quota):
            held = held_at_d(self.at_most, part.scope)
            quota = held.group_by("subject").agg(quota=held[self.at_most.sum].sum())
            rows = rows.left_join(quota, rows["unit"] == quota["subject"])
            rows = rows.mutate(inside=rows["inside"] & (rows["num"] <= rows["quota"]))
        unkept = (rows["num"] == 0) & ~rows["kept"]
        severity = ibis.cases(
            (unkept | rows["inside"].isnull(), int(Severity.NO_DATA)),
            (rows["inside"], int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        reason = ibis.cases(
            (unkept, REASONS.index(Reason.REGISTER_NOT_KEPT)),
            (rows["inside"].isnull(), REASONS.index(Reason.MEASURE_MISSING)),
            else_=REASONS.index(Reason.NONE),
        )
        return cells_of(rows, severity=severity, reason=reason)

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The rows counted, and those that set the number."""
        found = records_at_d(part, measures, self.of)
        if isinstance(self.at_most, Quota):
            found = found.union(records_at_d(part, measures, self.at_most))
        return found
