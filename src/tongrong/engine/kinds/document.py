"""文件 (document): a document of a type is in force and contains every listed element.

Of the documents in force at D, the one that contains most of the elements is judged. A document
`of_year` is a duty of that year: open until the year's end, or until its day `by`, and judged
as it stood at the year's end whatever became of it later. `by` (MM-DD, or a threshold that is) asks
that one was in force on that day; of a closed year's document, that of the year after.

Example:
    kind: document
    type: 公司章程
    contains: [职责权限, 机构设置, 运行机制, 基础保障]
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.cells import cells_of, open_due, severity_in_time
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, Kind
from tongrong.engine.selection import Selection, select
from tongrong.engine.standing import records_among
from tongrong.engine.tables import LISTS, clock
from tongrong.vocabulary.periods import Per

YEARS = {"current_year": Per.YEAR, "closed_year": Per.CLOSED_YEAR}


class Document(Kind):
    """A document of a type is in force and contains every listed element."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "type": True, "of_year": True, "contains": True, "by": True
    }  # fmt: skip

    kind: Literal["document"]
    type: str
    of_year: Literal["current_year", "closed_year"] | None = None
    contains: tuple[str, ...] = ()
    by: str | None = None

    @model_validator(mode="after")
    def _day_of_a_year(self) -> "Document":
        if self.by and not self.of_year:
            raise ValueError("by 与 of_year 一起用")
        return self

    @property
    def per(self) -> str:
        """The year it is of, with the name of its own due day; empty for a state judged at D."""
        if not self.of_year:
            return ""
        return f"{YEARS[self.of_year]}:{self.by}" if self.by else YEARS[self.of_year].value

    def named_days(self) -> list[str]:
        """Its own due day."""
        return [self.by] if self.by else []

    def listed_values(self) -> list[str]:
        """The members of its cells: the elements, or the document itself."""
        return list(self.contains) or [self.type]

    def taken_up(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The units that ever had such a document, in force or not."""
        rows = select(bundle.asks(lambda rule: rule.selection()), bundle.scope)
        return records_among(bundle.units(), rows).select("part", "unit").distinct()

    def also_reads(self) -> Iterator[Selection]:
        """The documents of the type."""
        yield self.selection()

    def selection(self) -> Selection:
        """Documents of the type; of the year where asked."""
        where: dict[str, str] = {"type": self.type}
        if self.of_year:
            where["year"] = self.of_year
        return Selection(ledger="documents", where=where)

    def _chosen(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The best document of each unit, made once: part, subject, record, elements, found."""
        return measures.keep(f"chosen_{bundle.index}", lambda: self._choose(bundle))

    @staticmethod
    def _choose(bundle: Bundle) -> ir.Table:
        rows = _in_force(bundle).select("part", "subject", "record", "elements")
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
        whole = rows["part"].isin(_whole(bundle))
        ok = rows["record"].notnull() & (whole | has_element(rows))
        severity = severity_in_time(ok, rows)
        return cells_of(
            rows,
            member=rows["listed"],
            severity=severity,
            num=ok.cast("int64"),
            den=ibis.literal(1),
            due=open_due(severity, rows["due_by"]),
        )

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The chosen document, if it has at least one of the elements."""
        chosen = self._chosen(bundle, measures)
        chosen = chosen.filter(chosen["part"].isin(_whole(bundle)) | (chosen["found"] > 0))
        return records_among(bundle.units(), chosen)


def _in_force(bundle: Bundle) -> ir.Table:
    """The documents in force on the day judged, of units that had one on the due day.

    Judged is D, and of a year no day after its end or, where that is later, its due day.
    """
    frame = bundle.units().select("part", "unit", "last", "due_by")
    rows = select(bundle.asks(lambda rule: rule.selection()), bundle.scope, ["elements"])
    rows = rows.rename(m_part="part")
    rows = frame.join(rows, (frame["part"] == rows["m_part"]) & (frame["unit"] == rows["subject"]))
    today = clock("today")
    due, judged = rows["due_by"], ibis.greatest(rows["last"], rows["due_by"])
    in_time = rows.filter(
        (rows["start"] <= ibis.least(today, due)) & (rows["stop"] > ibis.least(today, due))
    )
    in_time = in_time.select(t_part="part", t_unit="unit").distinct().view()
    held = rows.filter(
        (rows["start"] <= ibis.least(today, judged)) & (rows["stop"] > ibis.least(today, judged))
    )
    return held.semi_join(
        in_time, (held["part"] == in_time["t_part"]) & (held["unit"] == in_time["t_unit"])
    )


def has_element(rows: ir.Table) -> ir.BooleanValue:
    """Whether the document of a row contains the element `listed` of its part."""
    needle = ibis.literal("、") + rows["listed"] + "、"
    return rows["elements"].contains(needle).fill_null(False)


def _whole(bundle: Bundle) -> list[int]:
    """The parts that ask for the document alone."""
    asks = bundle.asks(lambda rule: rule.contains)
    return [part for part, elements in asks.items() if not elements]
