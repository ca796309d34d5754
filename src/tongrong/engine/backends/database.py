"""Reads tables of the operational database in bulk, through ADBC: rows never become Python objects.

A loader, not a backend (see `runner`): no clause is run here, so there are no gaps to declare.
Everything is read in one transaction, so that the tables are of one moment even while an
import is being written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import pyarrow as pa

from tongrong.vocabulary.errors import TongrongError, refuse

Select = tuple[str, pa.Schema]
Take = Callable[[str, Iterator[pa.RecordBatch]], None]

SQLITE_PREFIX = "sqlite:///"
_ROWS_PER_BATCH = "65536"


def load_tables(url: str, selects: Mapping[str, Select], take: Take) -> None:
    """Run each select and hand its rows over under its name, in the schema given with it.

    `url` is `sqlite:////absolute/path` or `postgresql://…`. A schema may hold text,
    64-bit whole numbers, booleans and days; the select names its columns alike. `take` reads
    the batches it is given to the end before the next select is run.

    Raises:
        TongrongError: the database cannot be reached or read.
    """
    read = _read_sqlite if url.startswith(SQLITE_PREFIX) else _read_postgresql
    with _connected(url) as cursor:
        for name, (sql, schema) in selects.items():
            take(name, read(cursor, sql, schema))


def table_names(url: str) -> frozenset[str]:
    """The tables there are; none where the SQLite file is not there (it is not made).

    Raises:
        TongrongError: the database cannot be reached or read.
    """
    if not url.startswith(SQLITE_PREFIX):
        select = (
            "SELECT tablename::text FROM pg_tables WHERE schemaname = ANY(current_schemas(false))"
        )
    elif Path(unquote(url.removeprefix(SQLITE_PREFIX))).exists():
        select = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        return frozenset()
    with _connected(url) as cursor:
        cursor.execute(select)
        return frozenset(cursor.fetch_arrow_table().column(0).to_pylist())


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    """A cursor inside one read-only transaction."""
    try:
        with _connect(url) as connection, connection.cursor() as cursor:
            if not url.startswith(SQLITE_PREFIX):
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield cursor
            connection.rollback()
    except adbc_driver_manager.Error as error:
        raise _unreadable(_without_sql(str(error))) from error


def _connect(url: str) -> Any:
    if not url.startswith(SQLITE_PREFIX):
        return adbc_driver_postgresql.dbapi.connect(url)
    path = unquote(url.removeprefix(SQLITE_PREFIX))
    return adbc_driver_sqlite.dbapi.connect(f"file:{quote(path)}?mode=ro")


def _read_postgresql(cursor: Any, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    cursor.execute(sql)
    for batch in cursor.fetch_record_batch():
        yield _in_schema(batch, schema)


def _read_sqlite(cursor: Any, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """State the types by a first row of examples, which is cut off again.

    SQLite has no column types in its answers and the driver takes them from the first rows:
    a column that starts with NULLs would fail. No value of the data needs a stand-in.
    """
    names = ", ".join(_quoted(field.name) for field in schema)
    examples = ", ".join(f"{_example(field)[0]} AS {_quoted(field.name)}" for field in schema)
    cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": _ROWS_PER_BATCH})
    cursor.execute(f"SELECT {examples} UNION ALL SELECT {names} FROM ({sql})")  # noqa: S608
    batches = iter(cursor.fetch_record_batch())
    first = next(batches)
    if first.slice(0, 1).to_pylist() != [{field.name: _example(field)[1] for field in schema}]:
        raise _unreadable("SQLite did not return the row of examples first")
    yield _in_schema(first.slice(1), schema)
    for batch in batches:
        yield _in_schema(batch, schema)


def _example(field: Any) -> tuple[str, str | int]:
    """A value of the field's type as SQLite keeps it: in SQL, and as it comes back."""
    if pa.types.is_string(field.type) or pa.types.is_date(field.type):
        return "'1970-01-01'", "1970-01-01"
    return "0", 0


def _in_schema(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [batch.column(field.name).cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _without_sql(message: str) -> str:
    """The driver's message up to where it quotes the query."""
    return re.split(r"\s*\n?(?:LINE \d+:|Query was:|Query:)", message, maxsplit=1)[0].strip()


def _unreadable(found: str) -> TongrongError:
    return refuse(
        "database.unreadable",
        "业务数据库",
        found,
        "数据库可以连接，且表结构为当前版本",
        "检查 DATABASE_URL 或 TONGRONG_HOME、数据库服务与磁盘空间；尚未建库的，先导入一次台账",
    )
