"""A file taken in and written out again says the same, whichever database lies between."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.platform.rows import rows_of_all, sorted_rows

from tongrong.actions.import_facts import import_facts
from tongrong.facts.from_files import read_facts
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_folder, write_workbook
from tongrong.queries.facts import current_snapshot

NOON = dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize(("write", "name"), [(write_workbook, "台账.xlsx"), (write_folder, "台账")])
@pytest.mark.usefixtures("database")
def test_a_file_survives_the_database(
    write: Callable[[Snapshot, Path], None], name: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "first" / name, tmp_path / "second" / name
    for path in (first, second):
        path.parent.mkdir()
    write(Snapshot.of_rows(rows_of_all(5)), first)
    reading = read_facts(first)
    said = {"file_name": name, "file_hash": "0" * 64, "actor": "小王"}
    import_facts(reading=reading, recorded_at=NOON, **said)
    back = current_snapshot()
    for code in LEDGERS:
        assert sorted_rows(back, code).equals(sorted_rows(reading.snapshot, code)), code
    write(back, second)
    again = import_facts(reading=read_facts(second), recorded_at=NOON, **said)
    assert (again.added, again.corrected, again.unchanged) == (0, 0, 5 * len(LEDGERS))
