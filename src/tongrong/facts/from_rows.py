"""From the rows of the operational database to a snapshot."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables, write_ledger
from tongrong.facts.temporary import Temporary

LONG = 200_000
"""From so many rows on a ledger is kept in a file."""


class Rows:
    """Takes the ledgers' rows as they are read, and gives the snapshot made of them.

    Batches are in the ledger's `arrow_schema()`; their order says nothing. Long ledgers are
    never whole in memory: they go to files of a temporary folder, which goes with the snapshot.
    """

    def __init__(self) -> None:
        self._tables: dict[str, pa.Table] = {}
        self._files: dict[str, Path] = {}
        self._folder: Temporary | None = None

    def take(self, code: str, batches: Iterator[pa.RecordBatch]) -> None:
        """All rows of a ledger, to the last batch."""
        first: list[pa.RecordBatch] = []
        rows = 0
        for batch in batches:
            first.append(batch)
            rows += batch.num_rows
            if rows >= LONG:
                break
        else:
            self._tables[code] = pa.Table.from_batches(first, LEDGERS[code].arrow_schema())
            return
        self._folder = self._folder or Temporary()
        self._files[code] = write_ledger(self._folder.path, code, chain(first, batches))

    def snapshot(self) -> Snapshot:
        """What was taken.

        Raises:
            ValueError: a ledger was not, which only a programming error can cause.
        """
        missing = LEDGERS.keys() - self._tables.keys() - self._files.keys()
        if missing:
            raise ValueError(f"not read from the database: {', '.join(sorted(missing))}")
        return Snapshot(Tables(self._tables, self._files, self._folder))
