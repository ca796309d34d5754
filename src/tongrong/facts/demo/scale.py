"""Many groups out of one: the demo's rows again under other codes, column by column."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.columns import Code, Reference, Text
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot, conform
from tongrong.facts.spool import Tables

_JUDGED = ("enterprises", "party_organizations")


def scaled(base: Snapshot, units: int) -> Snapshot:
    """The snapshot so often that it has at least `units` enterprises and Party organizations.

    The first keeps its codes, the n-th has `Jnnn-` before each. Groups are whole and know
    nothing of each other, so every verdict of the first comes out again in each. Columns
    without codes share their memory.
    """
    one = sum(base[code].num_rows for code in _JUDGED)
    groups = max(1, -(-units // one))
    known = _codes(base)
    tables = {}
    for code, ledger in LEDGERS.items():
        prefixes = [f"J{n:03d}-" for n in range(2, groups + 1)]
        again = [_again(ledger, base[code], known, prefix) for prefix in prefixes]
        tables[code] = pa.concat_tables([base[code], *again])
    return Snapshot(Tables(tables))


def _codes(snapshot: Snapshot) -> Any:
    """Every code of every ledger: a key text that is one of them stands for its record."""
    found: set[Any] = set()
    for code, ledger in LEDGERS.items():
        for name, column in ledger.columns.items():
            if isinstance(column, Code):
                found.update(snapshot[code][name].to_pylist())
    return pa.array(sorted(found), pa.string())


def _again(ledger: type[Ledger], table: pa.Table, known: Any, prefix: str) -> pa.Table:
    """The table's rows under other codes."""
    join: Any = pc.binary_join_element_wise
    for name, column in ledger.columns.items():
        texts = table[name]
        if isinstance(column, Code | Reference):
            texts = join(pa.scalar(prefix), texts, "")
        elif isinstance(column, Text) and column.key:
            named: Any = pc.is_in(texts, value_set=known)
            texts = pc.if_else(named, join(pa.scalar(prefix), texts, ""), texts)
        table = table.set_column(table.schema.get_field_index(name), table.field(name), texts)
    return conform(ledger, table.drop_columns([RECORD]))
