"""A spool: ledgers kept in Parquet files of a folder, so that many rows need little memory."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tongrong.facts.registry import LEDGERS

_ROWS_PER_GROUP = 122_880
"""As many as DuckDB takes at a time."""


class Spool(Mapping[str, pa.Table]):
    """The ledgers in a folder, one file each under its code; a ledger is read when asked for.

    Files are in the ledgers' own schemas, as `write_ledger` leaves them; what has none is empty.
    """

    def __init__(self, folder: Path) -> None:
        files = {code: folder / f"{code}.parquet" for code in LEDGERS}
        self.files: Mapping[str, Path] = {c: file for c, file in files.items() if file.is_file()}

    def __getitem__(self, code: str) -> pa.Table:
        schema = LEDGERS[code].arrow_schema()
        file = self.files.get(code)
        return pq.ParquetFile(file).read().cast(schema) if file else schema.empty_table()

    def __iter__(self) -> Iterator[str]:
        return iter(LEDGERS)

    def __len__(self) -> int:
        return len(LEDGERS)

    def rows(self, code: str) -> int:
        """How many rows a ledger has; its file's own word."""
        file = self.files.get(code)
        return pq.read_metadata(file).num_rows if file else 0


def write_ledger(folder: Path, code: str, batches: Iterable[pa.RecordBatch]) -> None:
    """Keep a ledger's rows, in its schema, in the folder of a spool."""
    schema = LEDGERS[code].arrow_schema()
    with pq.ParquetWriter(folder / f"{code}.parquet", schema) as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=_ROWS_PER_GROUP)
