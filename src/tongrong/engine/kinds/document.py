"""文件 (document): a document of a type is in force and contains every listed element.

Of the documents in force at D, the one that contains most of the elements is judged. `by`
asks that it was in force by a day of the year; until that day the duty is open.

Example:
    kind: document
    type: 公司章程
    contains: [职责权限, 机构设置, 运行机制, 基础保障]
"""

import datetime as dt
from typing import Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import Kind, Part, cells_of, open_due
from tongrong.engine.selection import Selection, contains, select
from tongrong.engine.standing import held_at_d
from tongrong.engine.tables import DAYS, LISTS, clock
from tongrong.vocabulary.verdicts import Severity


class Document(Kind):
    """A document of a type is in force and contains every listed element."""

    kind: Literal["document"]
    type: str
    of_year: Literal["current_year"] | None = None
    contains: tuple[str, ...] = ()
    by: str | None = None

    def listed_values(self) -> list[str]:
        """The members of its cells: the elements, or the document itself."""
        return list(self.contains) or [self.type]

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """`by`, and `warn`: from the day after it, what is missing is at risk."""
        if not self.by:
            return {}
        by = moment.day_of_year(self.by, moment.year)
        return {"by": by, "warn": by - moment.days("warning_quarter")}

    def taken_up(self, part: Part, measures: Measures) -> ir.Table:
        """The units that ever had such a document, in force or not."""
        rows, frame = select(self.selection(), part.scope), part.judged(measures)
        return frame.semi_join(rows, frame["unit"] == rows["subject"]).select("unit").distinct()

    def selection(self) -> Selection:
        """Documents of the type; of the assessment year where asked."""
        where: dict[str, str] = {"type": self.type}
        if self.of_year:
            where["year"] = self.of_year
        return Selection(ledger="documents", where=where)

    def _chosen(self, part: Part, measures: Measures) -> ir.Table:
        """The best document of each unit, made once: `c_unit`, `record`, `elements`, `rank`."""
        return measures.keep(f"chosen_{part.index}", lambda: self._choose(part))

    def _choose(self, part: Part) -> ir.Table:
        rows = held_at_d(self.selection(), part.scope)
        if self.by:
            by = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "by"))
            rows = rows.filter(rows["effective_on"] <= by["on"].as_scalar())
        found: ir.IntegerValue = ibis.literal(0, "int64")
        for element in self.contains:
            found = found + contains(rows["elements"], element).cast("int64")
        rows = rows.select(
            "record", "elements", c_unit="subject", rank=ibis.literal(1000, "int64") - found
        )
        most = rows.group_by("c_unit").agg(least_rank=rows["rank"].min()).view()
        best = rows.join(most, "c_unit")
        best = best.filter(best["rank"] == best["least_rank"])
        first = best.group_by("c_unit").agg(first_record=best["record"].min()).view()
        chosen = best.join(first, "c_unit")
        chosen = chosen.filter(chosen["record"] == chosen["first_record"])
        return chosen.select("c_unit", "record", "elements", "rank")

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell an element (or one for the document): `num` 1 where the chosen one has it."""
        chosen, frame = self._chosen(part, measures), part.judged(measures)
        wanted = LISTS.filter(LISTS["part"] == part.index).select("listed")
        rows = frame.cross_join(wanted)
        rows = rows.left_join(chosen, rows["unit"] == chosen["c_unit"])
        if self.contains:
            needle = ibis.literal("、") + rows["listed"] + "、"
            ok = rows["elements"].contains(needle).fill_null(False)
        else:
            ok = rows["record"].notnull()
        rows = rows.mutate(ok=ok)
        period, severity, due = ibis.literal(""), self._state(rows["ok"]), ibis.null("date")
        if self.by:
            by = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "by"))
            warn = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "warn"))
            period = clock("year").cast("string")
            severity = ibis.cases(
                (rows["ok"], int(Severity.MET)),
                (by["on"].as_scalar() <= clock("today"), int(Severity.UNMET)),
                (warn["on"].as_scalar() < clock("today"), int(Severity.AT_RISK)),
                else_=int(Severity.PENDING),
            )
            due = open_due(severity, by["on"].as_scalar())
        return cells_of(
            rows,
            period=period,
            member=rows["listed"],
            severity=severity,
            num=rows["ok"].cast("int64"),
            den=ibis.literal(1),
            due=due,
        )

    @staticmethod
    def _state(ok: ir.BooleanValue) -> ir.IntegerValue:
        return ibis.ifelse(ok, int(Severity.MET), int(Severity.UNMET))

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The chosen document, if it has at least one of the elements."""
        chosen, frame = self._chosen(part, measures), part.judged(measures)
        if self.contains:
            chosen = chosen.filter(chosen["rank"] < 1000)
        return frame.join(chosen, frame["unit"] == chosen["c_unit"]).select("unit", "record")
