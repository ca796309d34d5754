"""A backup is whole, of one moment and independent of the database; restoring it proves it."""

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from pytest_django import DjangoDbBlocker
from tests.databases import ANY_DATABASE, django_at, postgresql_database
from tests.platform.rows import rows_of_all
from tests.platform.store import BRANCH, PERSONS, a_store, by_hand, hours_later, take_in

from tongrong.actions import restore as restoring
from tongrong.actions.erase_person import erase_person
from tongrong.actions.restore import restore
from tongrong.actions.scratch import scratch_database
from tongrong.facts.registry import LEDGERS
from tongrong.queries.audit import head
from tongrong.queries.backup import write_backup
from tongrong.queries.backup_file import Manifest, arrow_schema
from tongrong.queries.facts import current_snapshot
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry, AuditHead
from tongrong.vocabulary.errors import TongrongError

TABLES = tuple(apps.get_app_config("records").get_models())


def save(path: Path) -> Manifest:
    return write_backup(path, hours_later(9))


def everything() -> list[list[tuple[object, ...]]]:
    """Every row of every table, in order of its primary key, all columns."""
    return [list(QuerySet(model).order_by("pk").values_list()) for model in TABLES]


Another = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def another(migrated_sqlite: Path, migrated_postgresql: str, tmp_path: Path) -> Another:
    """Connects Django to an empty database of a kind."""

    @contextmanager
    def connect(kind: str) -> Iterator[None]:
        with ExitStack() as stack:
            if kind == "sqlite":
                url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / '新.sqlite3')}"
            else:
                name = stack.enter_context(postgresql_database(migrated_postgresql))
                url = f"{ANY_DATABASE}/{name}"
            stack.enter_context(django_at(url))
            yield

    return connect


@pytest.fixture
def store(database: str) -> str:
    """Every ledger with every kind of value, corrections, a withdrawal, an erased person."""
    rows = rows_of_all(4)
    take_in(rows)
    take_in({"persons": [PERSONS[0]]}, hours=1, reason="“引号”、换行\n与制表\t")
    erase_person(
        person="RY1", basis="收文7号", reason="申请", actor="小李", recorded_at=hours_later(2)
    )
    return database


@pytest.mark.needs_postgres
def test_there_and_back_again_every_row_and_every_hash_is_the_same(
    store: str, another: Another, tmp_path: Path
) -> None:
    """SQLite → PostgreSQL → SQLite, or the other way round."""
    del store
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    before, end = everything(), head()
    first = save(tmp_path / "1.zip")
    with another(other):
        restored = restore(tmp_path / "1.zip")
        assert restored.verification.problems == ()
        assert (everything(), head()) == (before, end)
        second = save(tmp_path / "2.zip")
        take_in({"party_organizations": [BRANCH]}, hours=3)
    own = "sqlite" if other == "postgresql" else "postgresql"
    with another(own):
        assert restore(tmp_path / "2.zip").verification.problems == ()
        assert (everything(), head()) == (before, end)
        take_in({"party_organizations": [BRANCH]}, hours=3)
        assert verify_store(end).problems == ()
    assert [(one.name, one.rows, one.sha256) for one in first.tables] == [
        (one.name, one.rows, one.sha256) for one in second.tables
    ]


@pytest.mark.needs_postgres
def test_a_restored_store_gives_the_same_facts_and_goes_on(
    store: str, another: Another, tmp_path: Path
) -> None:
    del store
    before = {code: current_snapshot()[code].sort_by("record") for code in LEDGERS}
    save(tmp_path / "1.zip")
    with another("sqlite"):
        restore(tmp_path / "1.zip")
        after = current_snapshot()
        assert all(after[code].sort_by("record").equals(before[code]) for code in LEDGERS)
        assert take_in(rows_of_all(4), hours=4).unchanged == 4 * len(LEDGERS)
        assert take_in({"party_organizations": [BRANCH]}, hours=5).added == 1
        assert verify_store().problems == ()


def test_a_backup_is_of_one_moment_while_others_write(store: str, tmp_path: Path) -> None:
    del store
    before = everything()
    written: list[int] = []

    def write_meanwhile(_what: str, _done: int, _total: int) -> None:
        if not written:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

    def work() -> None:
        written.append(take_in({"party_organizations": [BRANCH]}, hours=6).added)
        connection.close()

    write_backup(tmp_path / "1.zip", hours_later(9), write_meanwhile)
    assert written == [1]
    with scratch_database():
        assert restore(tmp_path / "1.zip").verification.problems == ()
        assert everything() == before


def test_only_an_empty_database_is_restored_into(store: str, tmp_path: Path) -> None:
    del store
    save(tmp_path / "1.zip")
    before = everything()
    with pytest.raises(TongrongError, match=r"restore\.not_empty"):
        restore(tmp_path / "1.zip")
    assert everything() == before


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """The zip with the content of one of its files changed, everything else the same."""
    with zipfile.ZipFile(path) as old:
        files = {one: old.read(one) for one in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for one, content in files.items():
            new.writestr(one, change(content) if one == name else content)


def manifest(**changed: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps({**json.loads(content), **changed}).encode()


PERSONS_FILE = "tables/ledger_persons.parquet"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda path: path.write_bytes(b""), "backup.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "backup.damaged"),
        (lambda path: path.write_bytes(b"PK" + b"?" * 5000), "backup.damaged"),
        (lambda path: flip(path, 200), "backup.damaged"),
        (lambda path: rewritten(path, PERSONS_FILE, lambda c: c[:-1] + b"?"), "backup.damaged"),
        (lambda path: rewritten(path, PERSONS_FILE, lambda c: c[:100]), "backup.damaged"),
        (lambda path: rewritten(path, "manifest.json", lambda _: b"{}"), "backup.damaged"),
        (lambda path: rewritten(path, "manifest.json", lambda c: c[:50]), "backup.damaged"),
        (lambda path: rewritten(path, "manifest.json", manifest(format="x")), "backup.damaged"),
        (lambda path: rewritten(path, "manifest.json", manifest(tables=[])), "backup.damaged"),
        (lambda path: rewritten(path, "manifest.json", manifest(version=2)), "backup.newer"),
        (
            lambda path: rewritten(path, "manifest.json", manifest(migration="9999_later")),
            "backup.newer",
        ),
    ],
)
def test_a_damaged_or_later_file_is_refused_and_nothing_written(
    damage: Callable[[Path], object], code: str, saved: Path, tmp_path: Path
) -> None:
    path = tmp_path / "坏.zip"
    shutil.copy(saved, path)
    damage(path)
    with scratch_database():
        with pytest.raises(TongrongError) as refused:
            restore(path)
        assert refused.value.problems[0].code == code
        tables = set(connection.introspection.table_names())
        assert "audit_entries" not in tables or not AuditEntry.objects.exists()


def flip(path: Path, at: int) -> None:
    """One byte of the file changed."""
    content = bytearray(path.read_bytes())
    content[at] ^= 255
    path.write_bytes(content)


@pytest.fixture(scope="module")
def saved(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """The backup of a small store."""
    path = tmp_path_factory.mktemp("backup") / "1.zip"
    with django_db_blocker.unblock():
        with scratch_database():
            restoring.prepare_database()
            a_store()
            save(path)
        yield path


def test_an_interrupted_restore_leaves_nothing(saved: Path, database: str) -> None:
    """Interrupted in the middle of the tables; then it is done again, whole."""
    del database

    def interrupt(what: str, done: int, _total: int) -> None:
        if what == "恢复" and done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(saved, interrupt)
    assert (head().number, AuditHead.objects.count()) == (0, 1)
    assert not any(QuerySet(model).exists() for model in TABLES if model is not AuditHead)
    assert restore(saved).verification.problems == ()


@pytest.mark.needs_postgres
def test_what_was_tampered_with_before_the_backup_is_restored_and_told(
    database: str, another: Another, tmp_path: Path
) -> None:
    del database
    a_store()
    by_hand("UPDATE ledger_meetings SET held_on = '2026-01-08' WHERE number = 'HY2'")
    save(tmp_path / "1.zip")
    with another("sqlite"):
        problems = restore(tmp_path / "1.zip", cleared=True).verification.problems
    assert [(one.code, one.where) for one in problems] == [
        ("proof.version.changed", "会议活动 meetings/HY2 第 1 版")
    ]


def test_a_backup_is_readable_by_its_owner_only(database: str, tmp_path: Path) -> None:
    del database
    a_store()
    said = save(tmp_path / "1.zip")
    assert (tmp_path / "1.zip").stat().st_mode & 0o077 == 0
    assert said.head == str(head())
    assert said.erasures == 0


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_backups_know_every_kind_of_column(model: type[AuditEntry]) -> None:
    assert len(arrow_schema(model)) == len(model._meta.local_concrete_fields)
