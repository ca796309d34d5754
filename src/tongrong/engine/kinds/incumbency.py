"""任职 (incumbency): one person must hold, or must not hold, several posts at once at D.

Examples:
    kind: incumbency
    one_person_holds: [[党委书记], [董事长, 执行董事]]
    ---
    kind: incumbency
    holders_of: [副总经理, 总会计师]
    but_not: [总经理]
    never_hold: [董事长, 董事]
"""

from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.cells import cells_of, empties, reason_if
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, Kind
from tongrong.engine.selection import Selection
from tongrong.engine.standing import held_at_d, records_among, with_count, with_kept
from tongrong.vocabulary.verdicts import Reason, Severity


class Incumbency(Kind):
    """One person must, or must not, hold posts at once."""

    kind: Literal["incumbency"]
    one_person_holds: list[list[str]] | None = None
    holders_of: list[str] | None = None
    but_not: tuple[str, ...] = ()
    never_hold: list[str] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Incumbency":
        if (self.one_person_holds is None) == (self.holders_of is None):
            raise ValueError("写 one_person_holds，或 holders_of 与 never_hold")
        if (self.holders_of is None) != (self.never_hold is None):
            raise ValueError("holders_of 与 never_hold 要一起写")
        for posts in [
            *(self.one_person_holds or []),
            self.holders_of or [],
            self.never_hold or [],
            list(self.but_not),
        ]:
            _posts(posts)
        return self

    def also_reads(self) -> Iterator[Selection]:
        """Every post held in the unit."""
        yield Selection(ledger="posts")

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit, `num` the persons who hold one of each list; or a cell a holder."""
        if self.one_person_holds is not None:
            return self._one_person(bundle, measures, self.one_person_holds)
        return self._never(bundle, measures)

    @staticmethod
    def _one_person(bundle: Bundle, measures: Measures, lists: list[list[str]]) -> ir.Table:
        both = _who_holds_each(bundle, lists)
        counted = both.group_by("part", "subject").agg(n=both["person"].nunique().cast("int64"))
        rows = with_count(bundle.units(), "num", counted)
        rows = with_kept(rows, bundle, measures, _posts([]))
        unkept = (rows["num"] == 0) & ~rows["kept"]
        severity = ibis.cases(
            (rows["num"] >= 1, int(Severity.MET)),
            (unkept, int(Severity.NO_DATA)),
            else_=int(Severity.UNMET),
        )
        reason = reason_if(unkept, Reason.REGISTER_NOT_KEPT)
        return cells_of(rows, severity=severity, den=ibis.literal(1), reason=reason)

    def _never(self, bundle: Bundle, measures: Measures) -> ir.Table:
        frame, holders = bundle.units(), self._spoken_of(bundle)
        others = _holders(bundle, self.never_hold or [])
        others = others.select(x_part="part", x_subject="subject", x_person="person")
        others = others.distinct().view()
        holders = holders.select("person", h_part="part", h_unit="subject").distinct()
        people = frame.join(
            holders, (frame["part"] == holders["h_part"]) & (frame["unit"] == holders["h_unit"])
        )
        rows = people.left_join(
            others,
            (people["part"] == others["x_part"])
            & (people["unit"] == others["x_subject"])
            & (people["person"] == others["x_person"]),
        )
        ok = rows["x_person"].isnull()
        found = cells_of(
            rows,
            member=rows["person"],
            severity=ibis.ifelse(ok, int(Severity.MET), int(Severity.UNMET)),
            num=ok.cast("int64"),
            den=ibis.literal(1),
        )
        nobody = frame.anti_join(people.select("part", "unit").view(), ["part", "unit"])
        return found.union(empties(nobody, measures.kept(_posts([]), bundle.scope)))

    def _spoken_of(self, bundle: Bundle) -> ir.Table:
        """The holders of the posts, but for those who hold a post of `but_not` too."""
        rows = _holders(bundle, self.holders_of or [])
        if not self.but_not:
            return rows
        return rows.anti_join(
            _holders(bundle, list(self.but_not)).view(), ["part", "subject", "person"]
        )

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The appointments of the persons found, to the posts named."""
        if self.one_person_holds is not None:
            who = _who_holds_each(bundle, self.one_person_holds)
            named = [post for posts in self.one_person_holds for post in posts]
            rows = _holders(bundle, named)
            rows = rows.semi_join(who.view(), ["part", "subject", "person"])
        else:
            rows = self._spoken_of(bundle)
            others = _holders(bundle, self.never_hold or []).semi_join(
                rows.view(), ["part", "subject", "person"]
            )
            rows = rows.union(others)
        return records_among(bundle.units(), rows)


def _posts(posts: list[str]) -> Selection:
    return Selection(ledger="posts", where={"post": posts} if posts else {})


def _holders(bundle: Bundle, posts: list[str]) -> ir.Table:
    asks = {part.index: _posts(posts) for part in bundle.parts}
    held = held_at_d(asks, bundle.scope, "person")
    return held.select("part", "subject", "person", "record")


def _who_holds_each(bundle: Bundle, lists: list[list[str]]) -> ir.Table:
    both = _holders(bundle, lists[0]).select("part", "subject", "person").distinct()
    for posts in lists[1:]:
        both = both.semi_join(_holders(bundle, posts).view(), ["part", "subject", "person"])
    return both
