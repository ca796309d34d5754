"""DuckDB embedded: the default backend. It runs text and moves Arrow tables, nothing more."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType, TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from tongrong.engine.backends.runner import Connect, Gaps
from tongrong.engine.program import Step
from tongrong.vocabulary.progress import Progress

DIALECT = "duckdb"
GAPS: Gaps = MappingProxyType({})
"""Nothing: every clause kind runs on it. What it could not do no kind would be allowed to ask."""
# A statement is planned by one thread and, over few rows, run by one: so two statements at a
# time. A second thread for one statement only waits for the other where tables are small, and
# where both processors have a statement it costs a fifth more than it brings (0271).
FEW_ROWS = 200_000
AT_ONCE = 2


class Duck:
    """One in-memory database, closed when the context ends."""

    def __init__(self, rows: int) -> None:
        """`rows` is about how many will be loaded."""
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET TimeZone='UTC'")
        self._connection.execute("SET parquet_metadata_cache=true")
        # The system keeps what it has read of a file; DuckDB would keep it a second time.
        self._connection.execute("SET enable_external_file_cache=false")
        processors = self.query("SELECT current_setting('threads') AS n")["n"][0].as_py()
        self._threads = 1 if rows < FEW_ROWS else int(processors)
        self._use(self._threads)
        self._loaded: dict[str, pa.Table] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def load(self, name: str, source: pa.Table | Path) -> None:
        """Make a table readable under a name: in memory, or in a Parquet file without a copy.

        A small table becomes one of the database, which then knows how many rows and which
        values it has when it plans a join; a large one is read where it is.
        """
        if isinstance(source, Path):
            self._connection.read_parquet(str(source)).create_view(name)
            return
        self._connection.register(name if source.num_rows >= FEW_ROWS else _LOADED, source)
        if source.num_rows >= FEW_ROWS:
            self._loaded[name] = source
            return
        self._connection.execute(f'CREATE TABLE "{name}" AS FROM "{_LOADED}"')
        self._connection.unregister(_LOADED)

    def run(self, steps: Sequence[Step], progress: Progress | None = None) -> None:
        """Make the tables of these steps, some at once, with as many threads as processors."""
        # A statement's caller works on it, too: with one of its own for each, none is idle.
        self._use(self._threads + 1 - AT_ONCE)
        opened = [self._cursor() for _ in range(AT_ONCE)]
        cursors: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in opened:
            cursors.put(cursor)
        done: set[int] = set()
        waiting = dict(enumerate(steps))
        with ThreadPoolExecutor(AT_ONCE) as workers:
            running: dict[Future[None], int] = {}
            try:
                while waiting or running:
                    ready = (n for n, step in waiting.items() if done.issuperset(step.after))
                    for number in list(islice(ready, AT_ONCE - len(running))):
                        step = waiting.pop(number)
                        running[workers.submit(_make, cursors, step)] = number
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        future.result()
                        number = running.pop(future)
                        done.add(number)
                        if progress:
                            progress(steps[number].table, len(done), len(steps))
            except BaseException:
                for cursor in opened:
                    cursor.interrupt()
                raise
        self._use(self._threads)

    def _use(self, threads: int) -> None:
        """So many threads for a statement, that of its caller among them."""
        self._connection.execute(f"SET threads={max(1, threads)}")

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the same database, for a thread of its own."""
        cursor = self._connection.cursor()
        for name, table in self._loaded.items():
            cursor.register(name, table)
        return cursor

    def query(self, select: str) -> pa.Table:
        """The result of a select as an Arrow table."""
        return self._connection.execute(select).to_arrow_table()


_LOADED = "loaded"
_STATEMENTS = {
    "makes": 'CREATE OR REPLACE TABLE "{}" AS {}',
    "appends": 'INSERT INTO "{}" {}',
    "drops": 'DROP TABLE "{}"',
}


def _make(cursors: "SimpleQueue[duckdb.DuckDBPyConnection]", step: Step) -> None:
    cursor = cursors.get()
    try:
        cursor.execute(_STATEMENTS[step.does].format(step.table, step.text))
    finally:
        cursors.put(cursor)


connect: Connect = Duck
