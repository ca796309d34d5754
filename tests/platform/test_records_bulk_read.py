"""The database gives back exactly what was put in, on either kind of database."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.platform.rows import BEYOND_DOUBLE, any_rows, reading_of, rows_of_all, sorted_rows

from tongrong.actions.import_facts import import_facts
from tongrong.actions.versions import Stamp, write_versions
from tongrong.engine.backends.database import load_tables
from tongrong.facts import from_rows
from tongrong.facts.from_rows import Rows
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot, conform
from tongrong.facts.spool import write_ledger
from tongrong.queries.facts import current_snapshot, ledger_counts, rows_sql
from tongrong.vocabulary.errors import TongrongError

NOON = dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC)
FIELDS: list[Any] = [
    pa.field("word", pa.string()),
    pa.field("fen", pa.int64()),
    pa.field("day", pa.date32()),
    pa.field("flag", pa.bool_()),
]
SCHEMA = pa.schema(FIELDS)
NULLS = """
    WITH RECURSIVE line(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM line WHERE n < 70000)
    SELECT CASE WHEN n = 70000 THEN '党' END AS word,
           CASE WHEN n = 70000 THEN 9007199254740993 END AS fen,
           CASE WHEN n = 70000 THEN {day} END AS day,
           CASE WHEN n = 70000 THEN {flag} END AS flag
    FROM line
"""


def loaded(url: str, selects: Mapping[str, tuple[str, pa.Schema]]) -> dict[str, pa.Table]:
    """What the bulk reader hands over, each select's rows as one table."""
    found: dict[str, pa.Table] = {}

    def take(name: str, batches: Iterator[pa.RecordBatch]) -> None:
        found[name] = pa.Table.from_batches(batches, selects[name][1])

    load_tables(url, selects, take)
    return found


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("count", [0, 1, 7])
def test_imported_rows_come_back_as_they_were_read(count: int) -> None:
    reading = reading_of(rows_of_all(count))
    import_facts(
        reading=reading, file_name="a.xlsx", file_hash="0" * 64, actor="t", recorded_at=NOON
    )
    back = current_snapshot()
    for code in LEDGERS:
        assert sorted_rows(back, code).equals(sorted_rows(reading.snapshot, code)), code
    assert [c.records for c in ledger_counts()] == [count] * len(LEDGERS)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_values_come_back_as_they_were(database: str, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(list(LEDGERS)))
    ledger = LEDGERS[code]
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "ledger_{code}"')  # noqa: S608
    written = Snapshot.of_rows({code: data.draw(any_rows(ledger))})
    with transaction.atomic():
        write_versions(ledger, written[code], None, Stamp(NOON, "t", "", "", 1))
    select = {code: (rows_sql(ledger), ledger.arrow_schema())}
    back = Snapshot.of(loaded(database, select))
    assert sorted_rows(back, code).equals(sorted_rows(written, code))


def test_a_column_may_start_with_any_number_of_nulls(database: str) -> None:
    sqlite = database.startswith("sqlite")
    day, flag = ("'2024-02-29'", "1") if sqlite else ("DATE '2024-02-29'", "TRUE")
    table = loaded(database, {"nulls": (NULLS.format(day=day, flag=flag), SCHEMA)})["nulls"]
    assert table.schema == SCHEMA
    assert [column.null_count for column in table.columns] == [69_999] * 4
    last = {"word": "党", "fen": BEYOND_DOUBLE, "day": dt.date(2024, 2, 29), "flag": True}
    assert table.slice(69_999).to_pylist() == [last]


class ImportsInBetween(Mapping[str, tuple[str, pa.Schema]]):
    """Selects during the reading of which another connection imports."""

    codes = ("enterprises", "persons")

    def __getitem__(self, code: str) -> tuple[str, pa.Schema]:
        return rows_sql(LEDGERS[code]), LEDGERS[code].arrow_schema()

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        yield "enterprises"
        reading = reading_of(rows_of_all(3))
        import_facts(
            reading=reading, file_name="b.xlsx", file_hash="0" * 64, actor="t", recorded_at=NOON
        )
        yield "persons"


def test_all_tables_are_of_one_moment(database: str) -> None:
    tables = loaded(database, ImportsInBetween())
    assert {code: table.num_rows for code, table in tables.items()} == {
        "enterprises": 0,
        "persons": 0,
    }
    assert current_snapshot()["persons"].num_rows == 3


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite3", "postgresql://nobody:secret@127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_reached_is_said_clearly(url: str) -> None:
    with pytest.raises(TongrongError, match=r"database\.unreadable") as refused:
        loaded(url, {"one": ("SELECT 'a' AS word", SCHEMA)})
    assert "secret" not in str(refused.value)


def test_a_table_that_is_missing_is_said_clearly(database: str) -> None:
    with pytest.raises(TongrongError, match=r"database\.unreadable"):
        loaded(database, {"one": ("SELECT word FROM nowhere", SCHEMA)})


def test_a_ledger_left_out_is_a_programming_error() -> None:
    rows = Rows()
    for code in LEDGERS.keys() - {"dues"}:
        rows.take(code, iter(()))
    with pytest.raises(ValueError, match="dues"):
        rows.snapshot()


@pytest.mark.parametrize("count", [0, from_rows.LONG - 1, from_rows.LONG, from_rows.LONG + 70_000])
def test_a_long_ledger_lies_in_a_file_and_says_the_same(count: int) -> None:
    persons = {"number": [f"R{n}" for n in range(count)], "name": ["某"] * count}
    table = conform(LEDGERS["persons"], pa.table(persons))
    rows = Rows()
    for code in LEDGERS:
        batches = table.to_batches(65_536) if code == "persons" else []
        rows.take(code, iter(batches))
    snapshot = rows.snapshot()
    kept = snapshot.source("persons")
    assert isinstance(kept, Path) == (count >= from_rows.LONG)
    assert (snapshot.row_count, snapshot["persons"].equals(table)) == (count, True)
    del snapshot, rows
    assert not isinstance(kept, Path) or not kept.exists()


def test_small_batches_lie_in_a_file_in_few_groups(tmp_path: Path) -> None:
    """Each group of rows in a file is opened by each reader: 300 of them cost more than their rows.

    A group has 122,880 rows, wherever the batches end.
    """
    persons = {"number": [f"R{n}" for n in range(150_000)], "name": ["某"] * 150_000}
    table = conform(LEDGERS["persons"], pa.table(persons))
    file = write_ledger(tmp_path, "persons", table.to_batches(1_229))
    written = pq.ParquetFile(file)
    groups = [written.metadata.row_group(n).num_rows for n in range(written.num_row_groups)]
    assert groups == [122_880, 27_120]
    assert written.read().cast(table.schema).equals(table)


LONG_LOG = """
import django
django.setup()
from django.db import connection
from tongrong.actions.prepare_database import prepare_database
from tongrong.queries.facts import current_snapshot
from tongrong.records.models import StoredFinding
def write(unit):
    StoredFinding.objects.bulk_create(
        [StoredFinding(checklist="x", unit=unit, clause=str(n), severity=1, part=0, single=True,
                       missing=3000 * "x", records="", counted=0) for n in range(9000)])
prepare_database()
write("a")
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(RESTART)")
connection.cursor().execute("UPDATE findings SET part = 1 WHERE clause = '1'")
current_snapshot()
write("b")
"""


def test_a_bulk_read_leaves_our_own_connection_to_sqlite_whole(tmp_path: Path) -> None:
    """Two SQLite libraries in one process must not have one file open at a time."""
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tongrong.config.settings.test",
    }
    done = subprocess.run([sys.executable, "-c", LONG_LOG], env=env, check=False)
    assert done.returncode == 0
