"""Persons whose data were erased on lawful request, and what stands in place of words on them."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.columns import Code, Text
from tongrong.facts.content import erasable
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables

PERSONS = "persons"


def pseudonym(number: int) -> str:
    """What a person is called whose data were erased by the audit entry of this number."""
    return f"已删除{number}"


def names_person(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns that say, by number, which person a row of the ledger is about."""
    if ledger.code == PERSONS:
        return tuple(name for name, c in ledger.columns.items() if isinstance(c, Code))
    return tuple(name for name, c in ledger.references().items() if c.to == PERSONS)


def ledgers_with_words() -> tuple[type[Ledger], ...]:
    """The ledgers whose rows hold words about a person named by number."""
    return tuple(one for one in LEDGERS.values() if erasable(one) and names_person(one))


def with_pseudonyms(
    snapshot: Snapshot, erased: Mapping[str, str]
) -> tuple[Snapshot, Mapping[str, int]]:
    """The snapshot with the words about erased persons replaced; and in how many rows, by ledger.

    `erased` gives the pseudonym of each person by number. A file written before the erasure
    says the old words again: they must not come back by it.
    """
    if not erased:
        return snapshot, {}
    tables, touched = dict(snapshot.tables), dict[str, int]()
    for ledger in ledgers_with_words():
        table = tables[ledger.code]
        for column in names_person(ledger):
            names = _pseudonyms(table[column], erased)
            if names.null_count == len(names):
                continue
            replaced = _replaced(ledger, table, names)
            pairs = zip(_rows(ledger, table), _rows(ledger, replaced), strict=True)
            rows = sum(before != after for before, after in pairs)
            if rows:
                touched[ledger.code] = touched.get(ledger.code, 0) + rows
            table = replaced
        tables[ledger.code] = table
    return Snapshot(Tables(tables)), touched


def _pseudonyms(persons: Any, erased: Mapping[str, str]) -> Any:
    """The pseudonym for each row's person, null where it is not erased."""
    found: Any = pc.index_in(persons, value_set=pa.array(list(erased), pa.string()))
    return pa.array(list(erased.values()), pa.string()).take(found.combine_chunks())


def _replaced(ledger: type[Ledger], table: pa.Table, names: Any) -> pa.Table:
    gone = names.is_valid()
    for name in erasable(ledger):
        at = table.column_names.index(name)
        text = isinstance(ledger.columns[name], Text)
        stands: Any = names if text else pa.nulls(table.num_rows, pa.string())
        had = table[name].is_valid().combine_chunks()
        kept = pc.if_else(pc.and_(gone, had), stands, table[name].combine_chunks())
        table = table.set_column(at, table.schema.field(name), kept)
    return table


def _rows(ledger: type[Ledger], table: pa.Table) -> list[Any]:
    return table.select(erasable(ledger)).to_pylist()
