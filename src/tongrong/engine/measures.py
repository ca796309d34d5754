"""Measures: what clauses ask of a ledger, gathered so that many share one pass over it.

A kind asks here for a table; `plan.py` turns everything asked over one ledger at one grain
into a single statement.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from tongrong.engine.selection import Selection
from tongrong.engine.tables import fact_columns
from tongrong.vocabulary.verdicts import Scope


@dataclass(frozen=True)
class Pass:
    """One statement to be: a ledger, a grain, whose rows, and the day column of events."""

    ledger: str
    grain: str
    owner: str
    dated: str

    @property
    def table(self) -> str:
        """The name of the table it makes."""
        return "_".join(filter(None, (self.grain, self.ledger, self.owner, self.dated)))


@dataclass(frozen=True)
class Measure:
    """One column of a pass: how many rows, distinct values or how much, of which rows."""

    selection: Selection
    scope: Scope
    how: str
    of: str = ""

    @property
    def name(self) -> str:
        """A column name that is the same for the same question."""
        text = f"{self.selection.model_dump_json()}|{self.scope}|{self.how}|{self.of}"
        return "m_" + hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass
class Measures:
    """Everything asked of the ledgers by the parts of a run."""

    asked: dict[Pass, dict[str, Measure]] = field(default_factory=dict)
    kept_tables: dict[str, ir.Table] = field(default_factory=dict)

    def keep(self, name: str, expression: Callable[[], ir.Table]) -> ir.Table:
        """A result several expressions read, made once as a table under `name`."""
        if name not in self.kept_tables:
            self.kept_tables[name] = expression()
        return ibis.table(self.kept_tables[name].schema(), name=name)

    def _ask(self, grain: str, measure: Measure) -> Pass:
        selection = measure.selection
        owner = (selection.owner_column(measure.scope) or "").removeprefix("of_")
        wanted = Pass(selection.ledger, grain, owner, selection.dated or "")
        self.asked.setdefault(wanted, {})[measure.name] = measure
        return wanted

    def monthly(
        self, selection: Selection, scope: Scope, how: str = "rows", of: str = ""
    ) -> tuple[ir.Table, str]:
        """Events of a unit by month: a table of subject, month and the named column.

        `how` is rows, distinct (values of `of`) or sum (of `of`).
        """
        measure = Measure(selection, scope, how, of)
        schema = {"subject": "string", "month": "date", measure.name: "int64"}
        return ibis.table(schema, name=self._ask("monthly", measure).table), measure.name

    def standing(self, selection: Selection, scope: Scope, of: str) -> tuple[ir.Table, str]:
        """States of a unit that hold at D: distinct values of `of` (rows for `record`)."""
        measure = Measure(selection, scope, "distinct", of)
        schema = {"subject": "string", measure.name: "int64"}
        return ibis.table(schema, name=self._ask("standing", measure).table), measure.name

    def hits(self, selection: Selection, scope: Scope, columns: set[str]) -> ir.Table:
        """The events a selection matches: subject, day, record and the columns asked for."""
        measure = Measure(selection, scope, "hits", ",".join(sorted(columns)))
        from_pass = self._ask("hits", measure)
        types = fact_columns(selection.ledger)
        schema = {"subject": "string", "day": "date", "record": "string"}
        schema |= {name: types[name] for name in sorted(columns)} | {measure.name: "boolean"}
        table = ibis.table(schema, name=from_pass.table)
        return table.filter(table[measure.name]).drop(measure.name)

    def kept(self, selection: Selection, scope: Scope) -> ir.Table:
        """The units that keep the register: it has rows, or a nil declaration of the year."""
        register = Selection(ledger=selection.ledger, whose=selection.whose)
        wanted = self._ask("kept", Measure(register, scope, "kept"))
        return ibis.table({"kept_unit": "string"}, name=wanted.table)
