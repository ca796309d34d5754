"""频次 (frequency): in every period, at least so many records.

Measured is the number of rows, or of distinct values of `distinct`, dated in the period.

Example:
    kind: frequency
    of: {ledger: agenda_items, where: {meeting_kind: [党委会, 党组会], topic: 党建工作}}
    distinct: meeting
    per: month
    at_least: party_work_studies_a_month
"""

from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.amounts import Amount, by_month, with_amount
from tongrong.engine.measures import Measures
from tongrong.engine.part import (
    Asked,
    Part,
    Periodic,
    cells_of,
    open_due,
    reached,
    severity_in_time,
)
from tongrong.engine.selection import Selection, hold, select
from tongrong.facts.ledger import Happens
from tongrong.vocabulary.periods import Per


class Frequency(Periodic):
    """In every period at least n records."""

    kind: Literal["frequency"]
    of: Selection
    distinct: str | None = None
    at_least: str

    def thresholds(self) -> Iterator[Asked]:
        """The number asked of each period."""
        yield Asked("low", self.at_least, "at_least", of_whole=False)

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit and period: `num` records counted, `den` records asked."""
        counted, asked = self._counted(part, measures), part.asked()
        rows = counted.join(asked, counted["period"] == asked["r_period"])
        ok = reached(rows["num"], ibis.literal(0), rows["k"], rows["p"], rows["q"])
        severity = severity_in_time(ok, rows)
        return cells_of(
            rows, severity=severity, den=rows["q"], due=open_due(severity, rows["last"])
        )

    def _counted(self, part: Part, measures: Measures) -> ir.Table:
        """The frame with `num`, from the counts by month where these add up."""
        frame = part.judged(measures)
        if not (by_month(self.of, part) and self._once_a_period()):
            amount = Amount(**self.of.model_dump(), count=self.distinct)
            return with_amount(frame, "num", amount, part, measures)
        how = ("distinct", self.distinct) if self.distinct else ("rows", "")
        monthly, name = measures.monthly(self.of, part.scope, *how)
        joined = frame.left_join(
            monthly,
            (frame["unit"] == monthly["subject"])
            & (monthly["month"] >= frame["first"])
            & (monthly["month"] <= frame["last"]),
        )
        keys = ("unit", "period", "last", "elapsed", "warned")
        return joined.group_by(*keys).agg(num=joined[name].sum().fill_null(0).cast("int64"))

    def _once_a_period(self) -> bool:
        """Whether no distinct value is counted in two months of one period."""
        if self.distinct is None or self.per_ is Per.MONTH:
            return True
        time = self.of.declared.time
        on = time.on if isinstance(time, Happens) and self.of.dated is None else ""
        return self.distinct in self.of.declared.references() and on.startswith(f"{self.distinct}_")

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The records dated in a counted period."""
        frame, rows = (
            part.judged(measures),
            hold(select(self.of, part.scope), self.of, part.scope, "day"),
        )
        return frame.join(
            rows,
            (frame["unit"] == rows["subject"])
            & (rows["day"] >= frame["first"])
            & (rows["day"] <= frame["last"]),
        ).select("unit", "record")
