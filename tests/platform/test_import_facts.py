"""An import records what is new or different, keeps what was, and does all or nothing."""

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from tests.builders import Row, a_branch, a_meeting, a_person
from tests.databases import django_at
from tests.platform.rows import reading_of, rows_of_all

from tongrong.actions import import_facts as importing
from tongrong.actions import turns
from tongrong.actions.import_facts import ImportResult, import_facts
from tongrong.actions.prepare_database import prepare_database
from tongrong.facts.content import content_hashes
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot, known_codes, ledger_counts
from tongrong.records.models import LEDGER_MODELS, AuditEntry, ImportRun
from tongrong.vocabulary.errors import TongrongError

MORNING = dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)
HASH = "ab" * 32

BRANCH = a_branch("DZ1", of=None, name="第一党支部", founded_on="2020-02-29")
MEETING = a_meeting("HY1", of="DZ1", on="2026-01-09", kind="支部党员大会")


def take_in(rows: dict[str, list[Row]], hours: int = 0, **given: Any) -> ImportResult:
    """Import these rows so many hours after MORNING."""
    said = {"file_name": "台账.xlsx", "file_hash": HASH, "actor": "小王", **given}
    at = MORNING + dt.timedelta(hours=hours)
    return import_facts(reading=reading_of(rows), recorded_at=at, **said)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """Added, corrected, withdrawn, unchanged."""
    return result.added, result.corrected, result.withdrawn, result.unchanged


def versions(code: str) -> list[tuple[Any, ...]]:
    """Version, state, whether current, and when, of every version of a ledger."""
    found = LEDGER_MODELS[code].objects.order_by("record", "version")
    return list(found.values_list("version", "status", "superseded_at", "recorded_at"))


@pytest.mark.usefixtures("database")
def test_new_rows_become_first_versions_with_their_source() -> None:
    result = take_in({"party_organizations": [BRANCH], "meetings": [MEETING]}, reason="期初")
    assert counts(result) == (2, 0, 0, 0)
    meeting = LEDGER_MODELS["meetings"].objects.get()
    written = (meeting.record, meeting.version, meeting.source_file, meeting.source_row)
    assert written == ("meetings/HY1", 1, "台账.xlsx", 2)
    assert (meeting.recorded_by, meeting.recorded_because) == ("小王", "期初")
    assert (meeting.recorded_at, meeting.superseded_at) == (MORNING, None)


@pytest.mark.usefixtures("database")
def test_the_same_file_twice_changes_nothing() -> None:
    rows = rows_of_all(3)
    take_in(rows)
    again = take_in(rows, hours=1, file_name="改名.xlsx")
    assert counts(again) == (0, 0, 0, 3 * len(LEDGERS))
    assert all(len(versions(code)) == 3 for code in LEDGERS)
    assert ImportRun.objects.count() == AuditEntry.objects.count() == 2


@pytest.mark.usefixtures("database")
def test_a_correction_is_a_further_version() -> None:
    take_in({"party_organizations": [BRANCH], "meetings": [MEETING]})
    moved = {**MEETING, "held_on": dt.date(2026, 1, 10), "started_at": 570}
    result = take_in({"party_organizations": [BRANCH], "meetings": [moved]}, hours=2)
    assert counts(result) == (0, 1, 0, 1)
    later = MORNING + dt.timedelta(hours=2)
    assert versions("meetings") == [(1, "有效", later, MORNING), (2, "有效", None, later)]
    assert current_snapshot()["meetings"]["held_on"].to_pylist() == [dt.date(2026, 1, 10)]


@pytest.mark.usefixtures("database")
def test_a_value_taken_back_to_empty_is_a_correction() -> None:
    take_in({"party_organizations": [BRANCH], "meetings": [{**MEETING, "started_at": 0}]})
    assert counts(take_in({"meetings": [MEETING]}, hours=1)) == (0, 1, 0, 0)


@pytest.mark.usefixtures("database")
def test_withdrawing_and_restoring_are_versions_too() -> None:
    take_in({"party_organizations": [BRANCH], "meetings": [MEETING]})
    withdrawn = {**MEETING, "status": "撤回"}
    assert counts(take_in({"meetings": [withdrawn]}, hours=1)) == (0, 0, 1, 0)
    assert counts(take_in({"meetings": [withdrawn]}, hours=2)) == (0, 0, 0, 1)
    assert current_snapshot()["meetings"]["status"].to_pylist() == ["撤回"]
    assert [(c.records, c.effective) for c in ledger_counts() if c.code == "meetings"] == [(1, 0)]
    assert counts(take_in({"meetings": [MEETING]}, hours=3)) == (0, 1, 0, 0)
    assert [row[:2] for row in versions("meetings")] == [(1, "有效"), (2, "撤回"), (3, "有效")]


@pytest.mark.usefixtures("database")
def test_records_the_file_does_not_name_stay() -> None:
    take_in({"party_organizations": [BRANCH], "meetings": [MEETING]})
    take_in({"meetings": [{**MEETING, "number": "HY2"}]}, hours=1)
    assert current_snapshot()["meetings"].num_rows == 2
    assert known_codes("meetings", ["HY1", "HY2", "HY3"]) == {"HY1", "HY2"}


@pytest.mark.usefixtures("database")
def test_rows_gone_from_a_file_of_the_same_name_are_named_and_still_count() -> None:
    """HY2's row is deleted, HY3 came from elsewhere, HY4 is withdrawn properly."""
    four = [{**MEETING, "number": f"HY{n}"} for n in (1, 2, 4)]
    take_in({"party_organizations": [BRANCH], "meetings": four})
    take_in({"meetings": [{**MEETING, "number": "HY3"}]}, hours=1, file_name="别处.xlsx")
    kept = {"meetings": [four[0], {**four[2], "status": "撤回"}]}
    result = take_in(kept, hours=2)
    assert [(one.label, one.records) for one in result.left] == [("会议活动", ("meetings/HY2",))]
    assert take_in({"party_organizations": [BRANCH]}, hours=3).left == (), "no sheet, no word"
    assert take_in(kept, hours=4, file_name="改名.xlsx").left == ()
    gone = {"meetings": [{**four[1], "status": "撤回"}, *kept["meetings"]]}
    assert take_in(gone, hours=5).left == ()


@pytest.mark.usefixtures("database")
def test_rows_of_a_withdrawn_record_can_still_be_withdrawn() -> None:
    take_in({"party_organizations": [BRANCH], "meetings": [MEETING]})
    take_in({"party_organizations": [{**BRANCH, "status": "撤回"}]}, hours=1)
    assert take_in({"meetings": [{**MEETING, "status": "撤回"}]}, hours=2).withdrawn == 1


@pytest.mark.usefixtures("database")
def test_a_reference_to_nothing_refuses_the_whole_file() -> None:
    rows = {"party_organizations": [BRANCH], "meetings": [MEETING, {**MEETING, "number": "HY2"}]}
    rows["meetings"][1]["unit"] = "DZ9"
    with pytest.raises(TongrongError, match="DZ9"):
        take_in(rows)
    assert not any(count.records for count in ledger_counts())
    assert not ImportRun.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.usefixtures("database")
def test_a_file_that_puts_a_recorded_unit_above_itself_is_refused() -> None:
    below = {**BRANCH, "number": "DZ2", "superior": "DZ1"}
    take_in({"party_organizations": [BRANCH, below]})
    with pytest.raises(TongrongError, match="DZ1 → DZ2 → DZ1"):
        take_in({"party_organizations": [{**BRANCH, "superior": "DZ2"}]}, hours=1)


@pytest.mark.usefixtures("database")
def test_one_record_in_two_rows_refuses_the_whole_file() -> None:
    with pytest.raises(TongrongError, match=r"facts\.row\.duplicate"):
        take_in({"party_organizations": [BRANCH, {**BRANCH, "name": "第二党支部"}]})
    assert not any(count.records for count in ledger_counts())


@pytest.mark.usefixtures("database")
def test_what_the_database_refuses_is_said_without_the_row() -> None:
    person = a_person("RY1", name="张" * 51)
    with pytest.raises(TongrongError, match=r"import\.constraint") as refused:
        take_in({"party_organizations": [BRANCH], "persons": [person]})
    assert "张张" not in str(refused.value)
    assert not any(count.records for count in ledger_counts())


@pytest.mark.usefixtures("database")
def test_an_import_before_the_last_version_is_refused() -> None:
    take_in({"party_organizations": [BRANCH]}, hours=5)
    with pytest.raises(TongrongError, match=r"import\.clock"):
        take_in({"party_organizations": [{**BRANCH, "name": "改名党支部"}]}, hours=4)


def test_a_moment_without_a_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        import_facts(
            reading=reading_of({}),
            file_name="a",
            file_hash=HASH,
            actor="a",
            recorded_at=dt.datetime(2026, 1, 1),  # noqa: DTZ001
        )


@pytest.mark.usefixtures("database")
def test_an_interrupted_import_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "_log", interrupted)
    with pytest.raises(KeyboardInterrupt):
        take_in({"party_organizations": [BRANCH]})
    assert not any(count.records for count in ledger_counts())


@pytest.mark.usefixtures("database")
def test_run_and_audit_entry_say_what_was_done() -> None:
    result = take_in({"party_organizations": [BRANCH]}, reason="期初")
    run, entry = ImportRun.objects.get(), AuditEntry.objects.get()
    said = {"added": 1, "corrected": 0, "withdrawn": 0, "unchanged": 0}
    assert (run.run_id, run.rows, run.file_hash) == (result.run_id, 1, HASH)
    assert run.counts == entry.detail["counts"] == {"party_organizations": said}
    assert (entry.actor, entry.action, entry.subject) == ("小王", "import_facts", "台账.xlsx")


def commit_once_somebody_waits(write: Any, database: str) -> None:
    """Commit a write as soon as another session waits for what it has locked."""
    waiting = (
        "SELECT pg_sleep(0.1), count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(database, autocommit=True) as watch:
        for _ in range(600):
            if watch.execute(waiting).fetchone()[1]:
                break
    write.commit()


@pytest.mark.usefixtures("database")
def test_two_imports_at_once_take_turns() -> None:
    rows = rows_of_all(40)
    results: list[ImportResult] = []

    def work() -> None:
        results.append(take_in(rows))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    total = 40 * len(LEDGERS)
    assert sorted(map(counts, results)) == [(0, 0, 0, total)] * 2 + [(total, 0, 0, 0)]
    assert all(len(versions(code)) == 40 for code in LEDGERS)


@contextmanager
def another_import_running() -> Iterator[None]:
    """Another connection holds the right to import, and we wait only briefly for it."""
    other = connections.create_connection("default")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "LONGEST_WAIT_SECONDS", 1)
        connection.close()
        if connection.vendor == "sqlite":
            patch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
        other.set_autocommit(False)
        statement = (
            "BEGIN IMMEDIATE"
            if other.vendor == "sqlite"
            else f"SELECT pg_advisory_xact_lock({turns._WRITE_LOCK})"
        )
        with other.cursor() as cursor:
            cursor.execute(statement)
        try:
            yield
        finally:
            other.rollback()
            other.close()
            connection.close()


@pytest.mark.usefixtures("database")
def test_an_import_that_never_gets_its_turn_is_refused() -> None:
    with (
        another_import_running(),
        pytest.raises(TongrongError, match=r"import\.busy"),
    ):
        take_in({"party_organizations": [BRANCH]})
    assert counts(take_in({"party_organizations": [BRANCH]})) == (1, 0, 0, 0)


def test_an_import_never_overwrites_a_write_it_has_not_seen(database: str) -> None:
    if database.startswith("sqlite"):
        pytest.skip("SQLite admits one writer at a time, whatever it writes")
    take_in({"party_organizations": [BRANCH]})
    row: dict[str, Any] = {**LEDGER_MODELS["party_organizations"].objects.values().get()}
    row |= {"version_id": row["version_id"] + 1000, "version": 2, "name": "别处已改"}
    with psycopg.connect(database) as other:
        other.execute("UPDATE ledger_party_organizations SET superseded_at = now()")
        marks = ", ".join(["%s"] * len(row))
        insert = f"INSERT INTO ledger_party_organizations ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
        other.execute(insert.encode(), list(row.values()))
        commit = threading.Thread(target=commit_once_somebody_waits, args=(other, database))
        commit.start()
        with pytest.raises(TongrongError, match=r"import\.busy"):
            take_in({"party_organizations": [{**BRANCH, "name": "另名"}]}, hours=1)
        commit.join()
    assert current_snapshot()["party_organizations"]["name"].to_pylist() == ["别处已改"]


def test_a_fingerprint_depends_on_values_only() -> None:
    def fingerprint(**changed: Any) -> str:
        snapshot = Snapshot.of_rows({"meetings": [{**changed, **MEETING, **changed}]})
        return content_hashes(LEDGERS["meetings"], snapshot["meetings"])[0]

    plain, drafted, online = fingerprint(), fingerprint(status="草稿"), fingerprint(form="线上")
    assert plain == fingerprint(status="有效", form=None)
    assert len({plain, drafted, online}) == 3
    said = "held_on:10:2026-01-09kind:18:支部党员大会number:3:HY1status:6:有效unit:3:DZ1"
    assert plain == hashlib.sha256(said.encode()).hexdigest()


def test_preparing_makes_folder_and_tables_and_can_be_repeated(
    unused_database: str, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), django_at(unused_database):
        prepare_database()
        prepare_database()
        assert current_snapshot().row_count == 0


def test_preparing_says_when_there_is_no_server(django_db_blocker: Any) -> None:
    url = "postgresql://nobody:secret@127.0.0.1:1/none"
    with (
        django_db_blocker.unblock(),
        django_at(url),
        pytest.raises(TongrongError, match=r"database\.unreachable") as refused,
    ):
        prepare_database()
    assert "secret" not in str(refused.value)
