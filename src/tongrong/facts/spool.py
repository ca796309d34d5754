"""The tables of all ledgers; long ones may lie in files and need little memory then."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq

from tongrong.facts.registry import LEDGERS
from tongrong.facts.temporary import Temporary

# As many as DuckDB takes at a time.
_ROWS_PER_GROUP = 122_880


class Tables(Mapping[str, pa.Table]):
    """The ledgers by code: in memory, or in a file that is read each time it is asked for.

    Each is in its ledger's own schema, files as `write_ledger` leaves them. What is named in
    neither is empty. A temporary `folder` of the files goes with the tables.
    """

    def __init__(
        self,
        tables: Mapping[str, pa.Table],
        files: Mapping[str, Path] = MappingProxyType({}),
        folder: Temporary | None = None,
    ) -> None:
        self._tables, self._files, self._folder = tables, files, folder

    @classmethod
    def of_folder(cls, folder: Path) -> "Tables":
        """The ledgers whose files, each under its code, lie in a folder."""
        files = {code: folder / f"{code}.parquet" for code in LEDGERS}
        return cls({}, {code: file for code, file in files.items() if file.is_file()})

    def __getitem__(self, code: str) -> pa.Table:
        schema = LEDGERS[code].arrow_schema()
        if code in self._files:
            return pq.ParquetFile(self._files[code]).read().cast(schema)
        return self._tables[code] if code in self._tables else schema.empty_table()

    def __iter__(self) -> Iterator[str]:
        return iter(LEDGERS)

    def __len__(self) -> int:
        return len(LEDGERS)

    def rows(self, code: str) -> int:
        """How many rows a ledger has; of a file its own word."""
        if code in self._files:
            return int(pq.read_metadata(self._files[code]).num_rows)
        return self[code].num_rows

    def source(self, code: str) -> pa.Table | Path:
        """Where a backend finds a ledger: in memory, or the file it is kept in."""
        return self._files.get(code) or self[code]


def write_ledger(folder: Path, code: str, batches: Iterable[pa.RecordBatch]) -> Path:
    """Keep a ledger's rows, in its schema, in a folder; gives the file."""
    file = folder / f"{code}.parquet"
    with pq.ParquetWriter(file, LEDGERS[code].arrow_schema()) as writer:
        for group in _groups(batches):
            writer.write_table(group, row_group_size=_ROWS_PER_GROUP)
    return file


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together to whole groups of a file: its readers open each group by itself."""
    some: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        some.append(batch)
        rows += batch.num_rows
        if rows >= _ROWS_PER_GROUP:
            gathered, over = pa.Table.from_batches(some), rows % _ROWS_PER_GROUP
            yield gathered.slice(0, rows - over)
            some, rows = gathered.slice(rows - over).to_batches(), over
    if some:
        yield pa.Table.from_batches(some)
