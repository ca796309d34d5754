"""A backup made by an earlier version is restored and is what that store itself has become."""

import shutil
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
def test_a_backup_of_any_earlier_tables_is_restored_and_goes_on(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One store of the oldest tables, backed up at each step on its way to those of today."""
    call_command("migrate", "records", BEFORE, verbosity=0)
    an_old_store()
    for migration in MIGRATIONS:
        call_command("migrate", "records", migration, verbosity=0)
        save_as_then(migration, tmp_path / f"{migration}.zip", monkeypatch)
    call_command("migrate", verbosity=0)
    became = head(), in_order(current_snapshot()), AuditEntry.objects.count()
    for migration in MIGRATIONS:
        file = Path(shutil.copy(migrated_sqlite, tmp_path / f"{migration}.sqlite3"))
        with a_database("sqlite", file) as empty, django_at(empty):
            assert_restored(tmp_path / f"{migration}.zip", migration, *became)


def assert_restored(
    file: Path, migration: str, end: Head, facts: list[list[object]], entries: int
) -> None:
    """The backup of these tables gives the store that the old one became, and it goes on."""
    restored = restore(file)
    assert (restored.manifest.migration, restored.verification.problems) == (migration, ())
    assert in_order(current_snapshot()) == facts, migration
    assert AuditEntry.objects.count() == entries, migration
    if migration >= CHAINED:  # before that, the salts are drawn as the tables are brought up
        assert head() == end, migration
    same = {"party_organizations": [BRANCH], "persons": [{"number": "RY1", "name": "甄实在"}]}
    assert take_in(same, hours=1).unchanged == 2, migration
    renamed = {"party_organizations": [{**BRANCH, "name": "改名"}]}
    assert take_in(renamed, hours=2).corrected == 1, migration
    assert verify_store().problems == (), migration
