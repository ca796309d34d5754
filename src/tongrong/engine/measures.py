"""Measures: what parts ask of a ledger, gathered so that many share one pass over it.

A kind asks here for a table; `plan.py` turns everything asked over one ledger at one grain
into a single statement.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

import ibis
import ibis.expr.types as ir

from tongrong.engine.selection import Asks, Selection, one_of
from tongrong.engine.since import Since
from tongrong.engine.tables import fact_columns
from tongrong.vocabulary.verdicts import Scope


class Role(IntEnum):
    """What a part asks a measure for; with the part it names the measure."""

    COUNTED = 0
    WHOLE = 1
    AT_BEST = 2


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


@dataclass
class Asking:
    """What is asked of one pass: rows by part and role, columns to count or to show, since when."""

    rows: dict[tuple[int, Role], tuple[Selection, Scope]] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    scopes: set[Scope] = field(default_factory=set)
    since: Since = Since.YEAR


@dataclass
class Measures:
    """Everything asked of the ledgers by the parts of a run.

    `details`: whether anybody will ask which records were counted.
    """

    details: bool
    asked: dict[Pass, Asking] = field(default_factory=dict)
    kept_tables: dict[str, ir.Table] = field(default_factory=dict)

    def keep(self, name: str, expression: Callable[[], ir.Table]) -> ir.Table:
        """A result several expressions read, made once as a table under `name`."""
        if name not in self.kept_tables:
            self.kept_tables[name] = expression()
        return ibis.table(self.kept_tables[name].schema(), name=name)

    def _of(self, grain: str, like: Selection, scope: Scope) -> tuple[Pass, Asking]:
        wanted = Pass(like.ledger, grain, like.owner(scope), like.dated or "")
        asking = self.asked.setdefault(wanted, Asking())
        asking.scopes.add(scope)
        return wanted, asking

    def _ask(
        self, grain: str, asks: Asks, scope: Scope, role: Role, columns: set[str],
        since: Since = Since.EVER,
    ) -> Pass:  # fmt: skip
        wanted, asking = self._of(grain, one_of(asks), scope)
        asking.columns |= columns
        asking.since = min(asking.since, since)
        for part, selection in asks.items():
            asking.rows[part, role] = (selection, scope)
        return wanted

    def monthly(
        self, asks: Asks, scope: Scope, since: Since, distinct: str | None = None,
        role: Role = Role.COUNTED,
    ) -> ir.Table:  # fmt: skip
        """Events of a unit by month: part, subject, month and `n`, rows or distinct values."""
        counted = f"n_{distinct or 'record'}"
        wanted = self._ask("monthly", asks, scope, role, {distinct or "record"}, since)
        schema = {"part": "int64", "role": "int64", "subject": "string", "month": "date"}
        return _of_role(ibis.table({**schema, counted: "int64"}, name=wanted.table), role, counted)

    def standing(self, asks: Asks, scope: Scope, of: str, role: Role = Role.COUNTED) -> ir.Table:
        """States of a unit that hold at D: part, subject, `n` distinct values of `of`."""
        wanted = self._ask("standing", asks, scope, role, {of})
        schema = {"part": "int64", "role": "int64", "subject": "string", f"n_{of}": "int64"}
        return _of_role(ibis.table(schema, name=wanted.table), role, f"n_{of}")

    def hits(self, asks: Asks, scope: Scope, columns: set[str], since: Since) -> ir.Table:
        """The events selected: part, subject, day, record and the columns asked for.

        Without details `record` is empty unless it is asked for, too: long, and unread. The
        owner the rows are found by is their subject, and not kept a second time.
        """
        if self.details:
            columns = {*columns, "record"}
        owner = f"of_{one_of(asks).owner(scope)}"
        kept = columns - {owner}
        wanted = self._ask("hits", asks, scope, Role.COUNTED, kept, since)
        types = fact_columns(wanted.ledger)
        schema = {"part": "int64", "subject": "string", "day": "date"}
        schema |= {name: types[name] for name in sorted(kept)}
        rows = ibis.table(schema, name=wanted.table)
        if "record" not in columns:
            rows = rows.mutate(record=ibis.literal(""))
        return rows.mutate(**{owner: rows["subject"]}) if owner in columns else rows

    def kept(self, like: Selection, scope: Scope) -> ir.Table:
        """The units that keep the register: it has rows, or a nil declaration of the year."""
        register = Selection(ledger=like.ledger, whose=like.whose, by=like.by)
        wanted, _ = self._of("kept", register, scope)
        return ibis.table({"kept_unit": "string"}, name=wanted.table)


def _of_role(table: ir.Table, role: Role, counted: str) -> ir.Table:
    rows = table.filter(table["role"] == int(role))
    return rows.drop("role").rename(n=counted).view()
