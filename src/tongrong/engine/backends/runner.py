"""What a backend is: it runs compiled text on Arrow tables.

A module of this room is a backend if it declares

- `DIALECT`, the dialect of SQL that Ibis compiles its text to,
- `connect`, which opens a `Runner` for about so many rows,
- `GAPS`, what it cannot do.

The scenario suite runs on every backend found so. A module that only loads tables, as
`database` does, holds a driver but is no backend: clauses are never run by it.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa

from tongrong.engine.program import Step
from tongrong.vocabulary.progress import Progress

Gaps = Mapping[str, str]
"""What a backend cannot do: a clause kind it cannot run, and why, in a sentence.

The scenarios of such a kind are expected to fail on it; once they no longer do, the gap is
refused, so that none outlives its cause.
"""


class Runner(Protocol):
    """An empty database for one evaluation, closed when the context ends."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def load(self, name: str, source: pa.Table | Path) -> None:
        """Make an Arrow table, or the table in a Parquet file, readable under a name."""

    def run(self, steps: Sequence[Step], progress: Progress | None = None) -> None:
        """Make the tables of these steps, each after those it names; told as they are done."""

    def query(self, select: str) -> pa.Table:
        """The result of a select as an Arrow table: days as date32, whole numbers as int64."""


Connect = Callable[[int], Runner]
"""Opens a runner for about so many rows of facts."""
