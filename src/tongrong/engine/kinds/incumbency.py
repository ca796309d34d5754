"""任职 (incumbency): one person must hold, or must not hold, several posts at once at D.

Examples:
    kind: incumbency
    one_person_holds: [[党委书记], [董事长, 执行董事]]
    ---
    kind: incumbency
    holders_of: [副总经理, 总会计师]
    never_hold: [董事长, 董事]
"""

from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.measures import Measures
from tongrong.engine.part import REASONS, Kind, Part, cells_of, empties
from tongrong.engine.selection import Selection
from tongrong.engine.standing import held_at_d, with_kept
from tongrong.vocabulary.verdicts import Reason, Severity


class Incumbency(Kind):
    """One person must, or must not, hold posts at once."""

    kind: Literal["incumbency"]
    one_person_holds: list[list[str]] | None = None
    holders_of: list[str] | None = None
    never_hold: list[str] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Incumbency":
        if (self.one_person_holds is None) == (self.holders_of is None):
            raise ValueError("写 one_person_holds，或 holders_of 与 never_hold")
        if (self.holders_of is None) != (self.never_hold is None):
            raise ValueError("holders_of 与 never_hold 要一起写")
        for posts in [*(self.one_person_holds or []), self.holders_of or [], self.never_hold or []]:
            _posts(posts)
        return self

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit, `num` the persons who hold one of each list; or a cell a holder."""
        if self.one_person_holds is not None:
            return self._one_person(part, measures, self.one_person_holds)
        return self._never(part, measures)

    def _one_person(self, part: Part, measures: Measures, lists: list[list[str]]) -> ir.Table:
        both = _who_holds_each(part, lists)
        counted = both.group_by("subject").agg(num=both["person"].nunique().cast("int64"))
        rows = part.judged(measures)
        rows = rows.left_join(counted, rows["unit"] == counted["subject"]).drop("subject")
        rows = with_kept(rows, part, measures, _posts([]))
        num = rows["num"].fill_null(0)
        severity = ibis.cases(
            (num >= 1, int(Severity.MET)),
            (~rows["kept"], int(Severity.NO_DATA)),
            else_=int(Severity.UNMET),
        )
        unkept = (num == 0) & ~rows["kept"]
        reason = ibis.ifelse(unkept, REASONS.index(Reason.REGISTER_NOT_KEPT), 0)
        return cells_of(rows, severity=severity, num=num, den=ibis.literal(1), reason=reason)

    def _never(self, part: Part, measures: Measures) -> ir.Table:
        frame, holders = part.judged(measures), _holders(part, self.holders_of or [])
        others = _holders(part, self.never_hold or [])
        others = others.select(x_subject="subject", x_person="person").distinct().view()
        people = frame.join(holders, frame["unit"] == holders["subject"])
        people = people.select("unit", "person").distinct()
        rows = people.left_join(
            others,
            (people["unit"] == others["x_subject"]) & (people["person"] == others["x_person"]),
        )
        ok = rows["x_person"].isnull()
        found = cells_of(
            rows,
            member=rows["person"],
            severity=ibis.ifelse(ok, int(Severity.MET), int(Severity.UNMET)),
            num=ok.cast("int64"),
            den=ibis.literal(1),
        )
        people = people.view()
        nobody = frame.anti_join(people, frame["unit"] == people["unit"])
        return found.union(empties(nobody, measures.kept(_posts([]), part.scope)))

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The appointments of the persons found, to the posts named."""
        frame = part.judged(measures)
        if self.one_person_holds is not None:
            who = _who_holds_each(part, self.one_person_holds)
            named = [post for posts in self.one_person_holds for post in posts]
            rows = _holders(part, named)
            rows = rows.semi_join(who.view(), ["subject", "person"])
        else:
            rows = _holders(part, self.holders_of or [])
            others = _holders(part, self.never_hold or []).semi_join(
                rows.view(), ["subject", "person"]
            )
            rows = rows.union(others)
        return frame.join(rows, frame["unit"] == rows["subject"]).select("unit", "record")


def _posts(posts: list[str]) -> Selection:
    return Selection(ledger="posts", where={"post": posts} if posts else {})


def _holders(part: Part, posts: list[str]) -> ir.Table:
    return held_at_d(_posts(posts), part.scope).select("subject", "person", "record")


def _who_holds_each(part: Part, lists: list[list[str]]) -> ir.Table:
    both = _holders(part, lists[0]).select("subject", "person").distinct()
    for posts in lists[1:]:
        both = both.semi_join(_holders(part, posts).view(), ["subject", "person"])
    return both
