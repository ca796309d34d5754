"""全覆盖 (coverage): every member of a population is covered.

`each` is the population (with the column that names the `member`) or a fixed list. A member
is covered by a record (`has`), by its own row (`complete`, `meets`), or by dues paid in full
(`enough`). Timing: `per` or `window`, `at: today`, or a due day of each member's own (`due`).

Example:
    kind: coverage
    each: {ledger: posts, where: {post: [党委委员]}, member: person}
    per: year
    has: {ledger: reports, where: {kind: 一岗双责报告}, on: {person: person}}
"""

import datetime as dt
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.dues import Enough, dues_cells, payments, with_deadline
from tongrong.engine.matches import KEYS, Has, covered, covered_at_d, in_assessment_year
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.obligations import Due, obligation_cells, obligations, settled
from tongrong.engine.part import (
    REASONS,
    Part,
    Periodic,
    cells_of,
    empties,
    open_due,
    severity_in_time,
)
from tongrong.engine.population import Listed, Population, at_d, in_periods, listed
from tongrong.engine.selection import Strict, column, contains, passes
from tongrong.engine.tables import DAYS, clock
from tongrong.facts.ledger import Holds
from tongrong.vocabulary.verdicts import Reason, Severity


class Complete(Strict):
    """The member's own row contains all these elements."""

    column: str
    of: list[str]


class Coverage(Periodic):
    """Every member of a population is covered."""

    kind: Literal["coverage"]
    each: Population | Listed
    at: Literal["today"] | None = None
    due: Due | None = None
    has: Has | None = None
    complete: Complete | None = None
    meets: dict[str, Any] | None = None
    enough: Enough | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> "Coverage":
        if sum(map(bool, (self.has, self.complete, self.meets, self.enough))) != 1:
            raise ValueError("写 has、complete、meets、enough 之一")
        if sum(map(bool, (self.per, self.at, self.due))) != 1:
            raise ValueError("写 per、window、at: today、due 之一")
        if self.due and (self.has is None or isinstance(self.each, Listed)):
            raise ValueError("due 与 has 一起用，each 为台账")
        if self.per and not (self.has or self.enough):
            raise ValueError("按期间的全覆盖写 has")
        if self.has and not self.at and not self.has.is_event:
            raise ValueError("按期间或按期限的 has 应为有日期的记录；状态与 at: today 一起用")
        return self

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """When yearly figures are due."""
        return {"figures_due": moment.figures_due(moment.year)}

    def listed_values(self) -> list[str]:
        """The members of a fixed list."""
        return self.each.values if isinstance(self.each, Listed) else []

    def rate_table(self) -> str | None:
        """The table of dues rates."""
        return self.enough.rates if self.enough else None

    def _rows(self, part: Part, measures: Measures) -> ir.Table:
        """The population, made once: its keys and times, and the columns the rule reads."""
        return measures.keep(f"members_{part.index}", lambda: self._members(part, measures))

    def _members(self, part: Part, measures: Measures) -> ir.Table:
        if isinstance(self.each, Listed):
            rows = listed(self.each, part, measures)
        elif self.due:
            rows = obligations(self.each, self.due, part, measures)
        elif self.per:
            rows = in_periods(self.each, part, measures)
        else:
            rows = at_d(self.each, part, measures)
        read = set(self.meets or {}) | ({self.complete.column} if self.complete else set())
        ties = self.has.on if self.has else self.enough.on if self.enough else {}
        times = [c for c in ("start", "stop", "day", "due_on", "settled_by") if c in rows.columns]
        frame = ("period", "first", "last", "elapsed", "warned")
        return rows.select(
            "unit_judged",
            "member",
            "record",
            *frame,
            *times,
            **{name: column(rows, name, part.scope) for name in {*read, *ties} - {"record"}},
        )

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit, period and member: `num` 1 where covered."""
        rows = self._rows(part, measures)
        if self.due and self.has:
            found = obligation_cells(rows, self.has, part, measures)
        elif self.enough:
            found = dues_cells(rows, self.enough, part)
        else:
            found = self._in_time(rows, part, measures)
        if isinstance(self.each, Listed):
            return found
        frame, rows = part.judged(measures), rows.select(*KEYS).view()
        nobody = frame.anti_join(
            rows, (frame["unit"] == rows["unit_judged"]) & (frame["period"] == rows["period"])
        )
        return found.union(self._nobody(nobody, self.each, part, measures))

    def _in_time(self, rows: ir.Table, part: Part, measures: Measures) -> ir.Table:
        keys = (*KEYS, "last", "elapsed", "warned")
        if self.has:
            matched = self._matched(rows, self.has, part, measures)
            hit = matched.select(h_unit="unit_judged", h_period="period", h_member="member")
            people, hit = rows.select(*keys).distinct(), hit.distinct().view()
            judged = people.left_join(
                hit,
                (people["unit_judged"] == hit["h_unit"])
                & (people["period"] == hit["h_period"])
                & (people["member"] == hit["h_member"]),
            )
            judged = judged.mutate(ok=judged["h_unit"].notnull())
        else:
            judged = rows.mutate(row_ok=self._own_row(rows, part))
            judged = judged.group_by(*keys).agg(ok=judged["row_ok"].all())
        severity = severity_in_time(judged["ok"], judged)
        return cells_of(
            judged,
            unit=judged["unit_judged"],
            severity=severity,
            num=judged["ok"].cast("int64"),
            den=ibis.literal(1),
            due=open_due(severity, judged["last"]),
        )

    def _matched(self, rows: ir.Table, has: Has, part: Part, measures: Measures) -> ir.Table:
        """Rows with the records that cover them, made once: KEYS and `record`."""

        def matched() -> ir.Table:
            return self._match(rows, has, part, measures).select(*KEYS, "record")

        return measures.keep(f"matched_{part.index}", matched)

    def _match(self, rows: ir.Table, has: Has, part: Part, measures: Measures) -> ir.Table:
        if self.per:
            found = covered(rows, has, part, measures, rows["first"], rows["last"])
            if "stop" not in rows.columns:
                return found
            spans = (
                rows.select(*KEYS, member_record="record", s_start="start", s_stop="stop")
                .distinct()
                .view()
            )
            inside = found.join(spans, [*KEYS, "member_record"])
            held = (inside["day"] >= inside["s_start"]) & (inside["day"] < inside["s_stop"])
            return inside.filter(held)
        if isinstance(has.declared.time, Holds) and not has.dated:
            return covered_at_d(rows, has, part)
        return covered(rows, has, part, measures, *in_assessment_year())

    def _own_row(self, rows: ir.Table, part: Part) -> ir.BooleanValue:
        if self.complete:
            result: ir.BooleanValue = ibis.literal(True)
            for element in self.complete.of:
                result = result & contains(rows[self.complete.column], element)
            return result
        return passes(rows, self.meets or {}, part.scope)

    def _nobody(
        self, frame: ir.Table, each: Population, part: Part, measures: Measures
    ) -> ir.Table:
        if not each.is_yearly:
            return empties(frame, measures.kept(each.base, part.scope))
        due = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "figures_due"))
        still_open = clock("today") <= due["on"].as_scalar()
        severity = ibis.ifelse(still_open, int(Severity.PENDING), int(Severity.NO_DATA))
        reason = ibis.ifelse(still_open, 0, REASONS.index(Reason.MEASURE_MISSING))
        return cells_of(
            frame, severity=severity, reason=reason, due=open_due(severity, due["on"].as_scalar())
        )

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The records that cover members; of `complete` and `meets` the members' own rows."""
        rows = self._rows(part, measures)
        if self.enough:
            paid = payments(with_deadline(rows), self.enough, part)
            return paid.filter(paid["full"].fill_null(False)).select("record", unit="unit_judged")
        if self.has and self.due:
            rows = settled(rows, self.has, part, measures)
        elif self.has:
            rows = self._matched(rows, self.has, part, measures)
        return rows.select("record", unit="unit_judged")
