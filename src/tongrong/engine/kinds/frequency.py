"""频次 (frequency): in every period, at least so many records.

Measured is the number of rows, or of distinct values of `distinct`, dated in the period; of
states (a project that runs) those that held on any of its days. `also` counts rows of further
registers. An encouraged matter is taken up with a record counted, or one that was `tried`.

Example:
    kind: frequency
    of: {ledger: agenda_items, where: {meeting_kind: [党委会, 党组会], topic: 党建工作}}
    distinct: meeting
    per: month
    at_least: party_work_studies_a_month
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.amounts import Amount, by_month, events_in, with_rows_in_period
from tongrong.engine.cells import cells_of, open_due, reached, severity_in_time
from tongrong.engine.measures import Measures
from tongrong.engine.part import Asked, Bundle, Periodic
from tongrong.engine.selection import Asks, Selection
from tongrong.facts.ledger import Happens
from tongrong.vocabulary.periods import Per


class Frequency(Periodic):
    """In every period at least n records."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "of": {"where"}, "at_least": True, "per_": True, "window": True, "years": True
    }  # fmt: skip

    kind: Literal["frequency"]
    of: Selection
    distinct: str | None = None
    also: tuple[Selection, ...] = ()
    tried: Selection | None = None
    at_least: str

    def thresholds(self) -> Iterator[Asked]:
        """The number asked of each period."""
        yield Asked("low", self.at_least, "at_least", of_whole=False)

    @property
    def shape(self) -> str:
        """Whether counts by month add up is part of it."""
        return f"{super().shape}|{self._adds_up}"

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit and period: `num` records counted, `den` records asked."""
        rows = bundle.with_asked(self._counted(bundle, measures))
        severity = severity_in_time(reached(rows["num"], ibis.literal(0), rows), rows)
        return cells_of(
            rows, severity=severity, den=rows["q"], due=open_due(severity, rows["due_by"])
        )

    def _counted(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The units and periods with `num`, from the counts by month where these add up."""
        frame = bundle.units()
        if not self._adds_up:
            rows = with_rows_in_period(frame, "num", self._amounts(bundle, self.of), bundle)
            for further in self.also:
                rows = with_rows_in_period(rows, "more", self._amounts(bundle, further), bundle)
                rows = rows.mutate(num=rows["num"] + rows["more"]).drop("more")
            return rows
        monthly = measures.monthly(self._asks(bundle), bundle.scope, bundle.since, self.distinct)
        months = monthly.select("n", "month", m_part="part", m_unit="subject")
        joined = frame.left_join(
            months,
            [
                frame["part"] == months["m_part"],
                frame["unit"] == months["m_unit"],
                months["month"] >= frame["first"],
                months["month"] <= frame["last"],
            ],
        )
        keys = ("part", "unit", "period", "due_by", "elapsed", "warned")
        return joined.group_by(*keys).agg(num=joined["n"].sum().fill_null(0).cast("int64"))

    def _amounts(self, bundle: Bundle, of: Selection) -> dict[int, Amount]:
        """What is counted of a register: of the first by `distinct`, of any further one rows."""
        asks = self._asks(bundle) if of is self.of else dict.fromkeys(self._asks(bundle), of)
        count = self.distinct if of is self.of else None
        return {part: Amount(**one.model_dump(), count=count) for part, one in asks.items()}

    def taken_up(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The units with a record counted, or with one of what was tried."""
        if self.tried is None:
            return super().taken_up(bundle, measures)
        asks = dict.fromkeys(self._asks(bundle), self.tried)
        return events_in(bundle.units(), asks, bundle.scope).select("part", "unit").distinct()

    @staticmethod
    def _asks(bundle: Bundle) -> Asks:
        return bundle.asks(lambda rule: rule.of)

    @property
    def _adds_up(self) -> bool:
        """Whether counts by month add up: no distinct value stands in two months of a period."""
        if self.also or not self.of.is_event or not by_month(self.of, self):
            return False
        if self.distinct is None or self.per_ is Per.MONTH:
            return True
        time = self.of.declared.time
        on = time.on if isinstance(time, Happens) and self.of.dated is None else ""
        return self.distinct in self.of.declared.references() and on.startswith(f"{self.distinct}_")

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:  # noqa: ARG002
        """The records dated in a counted period."""
        every = [self._asks(bundle), *(dict.fromkeys(self._asks(bundle), of) for of in self.also)]
        found = [events_in(bundle.units(), asks, bundle.scope) for asks in every]
        return ibis.union(*[one.select("part", "unit", "record") for one in found])
