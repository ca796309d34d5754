"""From the rows of the operational database to a snapshot."""

from collections.abc import Mapping

import pyarrow as pa

from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot


def snapshot_of_rows(tables: Mapping[str, pa.Table]) -> Snapshot:
    """The snapshot made of these tables, one per ledger code.

    Each table holds the current versions of a ledger: `record`, `status` and every column;
    the order of rows and columns says nothing.

    Raises:
        ValueError: a ledger or a column is missing, which only a programming error can cause.
    """
    missing = [code for code in LEDGERS if code not in tables]
    missing += [
        f"{code}.{name}"
        for code, table in tables.items()
        for name in LEDGERS[code].arrow_schema().names
        if name not in table.column_names
    ]
    if missing:
        raise ValueError(f"not read from the database: {', '.join(missing)}")
    return Snapshot.of(tables)
