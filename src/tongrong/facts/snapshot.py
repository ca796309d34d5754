"""A snapshot: the rows of every ledger at one moment, as Arrow tables, ready for the engine."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.columns import Month
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Happens, Holds, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.spool import Tables


@dataclass(frozen=True)
class Snapshot:
    """One Arrow table per ledger code, each of the ledger's `arrow_schema()`; none missing.

    In memory, or in a file, where a table is read each time it is asked for.
    """

    tables: Tables

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> "Snapshot":
        """A snapshot of these tables; ledgers not named are empty.

        Each table needs the ledger's columns it has values for, in any order; `record`
        is computed from the keys and `status` is 有效 where they are missing.
        """
        named = {code: ledger for code, ledger in LEDGERS.items() if code in tables}
        return cls(Tables({code: conform(ledger, tables[code]) for code, ledger in named.items()}))

    @classmethod
    def of_rows(cls, rows: Mapping[str, list[dict[str, Any]]]) -> "Snapshot":
        """A snapshot of plain rows with typed values, for tests and scenarios.

        Dates, ints, bools and text; `Choices` values in their kept form `、a、b、`.
        """
        tables = {}
        for code, ledger_rows in rows.items():
            schema = LEDGERS[code].arrow_schema()
            named = [f for f in schema if any(f.name in row for row in ledger_rows)]
            columns = [pa.array([r.get(f.name) for r in ledger_rows], f.type) for f in named]
            tables[code] = pa.Table.from_arrays(columns, schema=pa.schema(named))
        return cls.of(tables)

    def __getitem__(self, code: str) -> pa.Table:
        return self.tables[code]

    @property
    def row_count(self) -> int:
        """Rows of all ledgers together."""
        return sum(map(self.tables.rows, self.tables))

    def source(self, code: str) -> pa.Table | Path:
        """Where a backend finds a ledger: in memory, or the file it is kept in."""
        return self.tables.source(code)

    def not_in(self, other: "Snapshot") -> list[str]:
        """The records here that the other does not have, or of which it says something else."""
        found: list[str] = []
        for code, table in self.tables.items():
            mine = table.sort_by(RECORD)
            held: Any = pc.is_in(other[code][RECORD], value_set=mine[RECORD].combine_chunks())
            theirs = other[code].filter(held).sort_by(RECORD)
            if not mine.equals(theirs):
                said = {row[RECORD]: row for row in theirs.to_pylist()}
                found += [r[RECORD] for r in mine.to_pylist() if said.get(r[RECORD]) != r]
        return found

    def dated_after(self, day: dt.date) -> int:
        """Effective records that happen, or begin to hold, after a day: they do not count on it.

        What bears its date through another record, such as an agenda item, counts with that.
        """
        found = 0
        for code, ledger in LEDGERS.items():
            name = {Happens: "on", Holds: "start"}.get(type(ledger.time))
            column = getattr(ledger.time, name) if name else ""
            if column in ledger.columns:
                days: Any = self.tables[code][column]
                later: Any = pc.greater(days, pa.scalar(day))
                status: Any = self.tables[code][STATUS]
                effective: Any = pc.equal(status, pa.scalar(EFFECTIVE))
                found += pc.sum(pc.and_(later, effective)).as_py() or 0
        return found


def conform(ledger: type[Ledger], table: pa.Table | None) -> pa.Table:
    """The table in the ledger's own schema, with `record` and `status` filled in."""
    schema = ledger.arrow_schema()
    if table is None:
        return schema.empty_table()
    columns: list[Any] = []
    for field in schema:
        if field.name == RECORD and RECORD not in table.column_names:
            columns.append(record_ids(ledger, table))
        elif field.name not in table.column_names:
            columns.append(pa.nulls(table.num_rows, field.type))
        else:
            columns.append(table[field.name].cast(field.type))
        if field.name == STATUS:
            columns[-1] = pc.fill_null(columns[-1], EFFECTIVE)
    return pa.Table.from_arrays(columns, schema=schema)


def record_ids(ledger: type[Ledger], table: pa.Table) -> Any:
    """The stable id of each row: `<ledger>/<key>|<key>|…`, months as 2026-03, empty for none."""
    parts: list[Any] = []
    names = ledger.keys()
    for name in names:
        if name not in table.column_names:
            parts.append(pa.nulls(table.num_rows, pa.string()))
            continue
        text: Any = table[name].cast(ledger.columns[name].arrow).cast(pa.string())
        if isinstance(ledger.columns[name], Month):
            text = pc.utf8_slice_codeunits(text, 0, 7)
        parts.append(text)
    join: Any = pc.binary_join_element_wise
    joined = join(*parts, "|", null_handling="replace", null_replacement="")
    return join(f"{ledger.code}/", joined, "")
