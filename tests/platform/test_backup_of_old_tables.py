"""A backup made by an earlier version is restored and is what that store itself has become."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from tests.databases import a_database, django_at
from tests.platform.old_rows import BEFORE, an_old_store
from tests.platform.store import BRANCH, hours_later, take_in

from tongrong.actions.restore import restore
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries import backup
from tongrong.queries.audit import Head, head
from tongrong.queries.facts import current_snapshot
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry
from tongrong.vocabulary.digests import GENESIS

CHAINED = "0005"
"""The migration the chain began with; `backup` is as old."""
ATTACHED = "0011"
"""The migration since which files are attached to records."""
MIGRATIONS = sorted(name for _, name in MigrationLoader(None).graph.nodes if name >= BEFORE)


@pytest.fixture
def empty(tmp_path: Path, migrated_sqlite: Path) -> Iterator[str]:
    """The URL of another store, empty, to restore into."""
    with a_database("sqlite", Path(shutil.copy(migrated_sqlite, tmp_path / "新.sqlite3"))) as url:
        yield url


def save_as_then(migration: str, path: Path, patch: pytest.MonkeyPatch) -> None:
    """Back up as the version of the product did that had these tables."""
    state = MigrationLoader(None).project_state(("records", migration))
    patch.setattr(backup, "apps", state.apps)
    if migration < CHAINED:
        patch.setattr(backup, "head", lambda: Head(0, GENESIS))
        patch.setattr(backup, "erased_persons", dict)
    if migration < ATTACHED:
        patch.setattr(backup, "contents", dict)
    backup.write_backup(path, hours_later(-1))
    patch.undo()


def in_order(snapshot: Snapshot) -> list[list[object]]:
    return [snapshot[code].sort_by("record").to_pylist() for code in LEDGERS]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("migration", MIGRATIONS)
def test_a_backup_of_any_earlier_tables_is_restored_and_goes_on(
    migration: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("migrate", "records", BEFORE, verbosity=0)
    an_old_store()
    call_command("migrate", "records", migration, verbosity=0)
    save_as_then(migration, tmp_path / "旧.zip", monkeypatch)
    call_command("migrate", verbosity=0)
    end, facts, entries = head(), in_order(current_snapshot()), AuditEntry.objects.count()

    with django_at(empty):
        restored = restore(tmp_path / "旧.zip")
        assert (restored.manifest.migration, restored.verification.problems) == (migration, ())
        assert in_order(current_snapshot()) == facts
        assert AuditEntry.objects.count() == entries
        if migration >= CHAINED:  # before that, the salts are drawn as the tables are brought up
            assert head() == end
        same = {"party_organizations": [BRANCH], "persons": [{"number": "RY1", "name": "甄实在"}]}
        assert take_in(same, hours=1).unchanged == 2
        assert (
            take_in({"party_organizations": [{**BRANCH, "name": "改名"}]}, hours=2).corrected == 1
        )
        assert verify_store().problems == ()
