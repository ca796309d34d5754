"""文件 (document): a document of a type is in force and contains every listed element.

Of the documents in force at D, the one that contains most of the elements is judged. `by`
asks that it was in force by a day of the year; until that day the duty is open.

Example:
    kind: document
    type: 公司章程
    contains: [职责权限, 机构设置, 运行机制, 基础保障]
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.cells import cells_of, open_due, severity_by_day
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import Bundle, Kind, with_day
from tongrong.engine.selection import Selection, select
from tongrong.engine.standing import held_at_d, records_among
from tongrong.engine.tables import LISTS, clock
from tongrong.vocabulary.verdicts import Severity


class Document(Kind):
    """A document of a type is in force and contains every listed element."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "type": True, "of_year": True, "contains": True, "by": True
    }  # fmt: skip

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

    def taken_up(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The units that ever had such a document, in force or not."""
        rows = select(bundle.asks(lambda rule: rule.selection()), bundle.scope)
        return records_among(bundle.units(), rows).select("part", "unit").distinct()

    def selection(self) -> Selection:
        """Documents of the type; of the assessment year where asked."""
        where: dict[str, str] = {"type": self.type}
        if self.of_year:
            where["year"] = self.of_year
        return Selection(ledger="documents", where=where)

    def _chosen(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The best document of each unit, made once: part, subject, record, elements, found."""
        return measures.keep(f"chosen_{bundle.index}", lambda: self._choose(bundle))

    @staticmethod
    def _choose(bundle: Bundle) -> ir.Table:
        rows = held_at_d(
            bundle.asks(lambda rule: rule.selection()), bundle.scope, "elements", "effective_on"
        )
        rows = with_day(rows, "by")
        rows = rows.filter(rows["by"].isnull() | (rows["effective_on"] <= rows["by"]))
        rows = rows.select("part", "subject", "record", "elements")
        wanted = LISTS.select("listed", l_part="part")
        each = rows.left_join(wanted, rows["part"] == wanted["l_part"])
        each = each.mutate(has=has_element(each).cast("int64"))
        keys = ("part", "subject", "record", "elements")
        rows = each.group_by(*keys).agg(found=each["has"].sum().cast("int64"))
        # Most elements first; of equals the one with the smaller record.
        first = rows.group_by("part", "subject").agg(most=rows["found"].max()).view()
        best = rows.join(first, ["part", "subject"])
        best = best.filter(best["found"] == best["most"])
        one = best.group_by("part", "subject").agg(first_record=best["record"].min()).view()
        chosen = best.join(one, ["part", "subject"])
        chosen = chosen.filter(chosen["record"] == chosen["first_record"])
        return chosen.select(*keys, "found")

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell an element (or one for the document): `num` 1 where the chosen one has it."""
        chosen, rows = self._chosen(bundle, measures), bundle.with_listed(bundle.units())
        chosen = chosen.select("record", "elements", c_part="part", c_unit="subject")
        rows = rows.left_join(
            chosen, (rows["part"] == chosen["c_part"]) & (rows["unit"] == chosen["c_unit"])
        )
        rows = with_day(with_day(rows, "by"), "warn")
        whole = rows["part"].isin(_whole(bundle))
        ok = rows["record"].notnull() & (whole | has_element(rows))
        at_once = ibis.ifelse(ok, int(Severity.MET), int(Severity.UNMET))
        in_time = severity_by_day(ok, rows["by"], rows["warn"])
        severity = ibis.ifelse(rows["by"].isnull(), at_once, in_time)
        return cells_of(
            rows,
            period=ibis.ifelse(rows["by"].isnull(), "", clock("year").cast("string")),
            member=rows["listed"],
            severity=severity,
            num=ok.cast("int64"),
            den=ibis.literal(1),
            due=open_due(severity, rows["by"]),
        )

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The chosen document, if it has at least one of the elements."""
        chosen = self._chosen(bundle, measures)
        chosen = chosen.filter(chosen["part"].isin(_whole(bundle)) | (chosen["found"] > 0))
        return records_among(bundle.units(), chosen)


def has_element(rows: ir.Table) -> ir.BooleanValue:
    """Whether the document of a row contains the element `listed` of its part."""
    needle = ibis.literal("、") + rows["listed"] + "、"
    return rows["elements"].contains(needle).fill_null(False)


def _whole(bundle: Bundle) -> list[int]:
    """The parts that ask for the document alone."""
    asks = bundle.asks(lambda rule: rule.contains)
    return [part for part, elements in asks.items() if not elements]
