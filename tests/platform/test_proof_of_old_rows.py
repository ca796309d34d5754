"""What was recorded before there was a chain is numbered, sealed and vouched for by it."""

import hashlib
import json
from typing import Any

import pytest
from django.core.management import call_command
from tests.platform.store import BRANCH, HASH, by_hand, take_in

from tongrong.queries.audit import head
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry

pytestmark = pytest.mark.usefixtures("database")
BEFORE = "0003"
NIGHT = "2026-02-28 20:00:00+00:00"


def put(table: str, **values: Any) -> None:
    """Insert a row as an earlier version of the product did."""
    marks = ", ".join(["%s"] * len(values))
    insert = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608
    by_hand(insert, *values.values())


def old_version(
    code: str, said: dict[str, Any], version: int = 1, until: str | None = None
) -> None:
    """A version with the fingerprint it had then: SHA-256 of all its values, in the open."""
    values = {"status": "有效", **said}
    said = {k: str(v).lower() if v in (True, False) else str(v) for k, v in values.items()}
    text = "".join(f"{k}:{len(v.encode())}:{v}" for k, v in sorted(said.items()))
    put(
        f"ledger_{code}",
        record=f"{code}/{said['number']}",
        version=version,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        recorded_at=NIGHT,
        recorded_by="小王",
        recorded_because="",
        source_file="台账.xlsx",
        source_row=2,
        superseded_at=until,
        **values,
    )


def old_run(run_id: int) -> None:
    """An import and its audit entry, without a chain."""
    counts = {"persons": {"added": 1, "corrected": 0, "withdrawn": 0, "unchanged": 0}}
    said = {"at": NIGHT, "actor": "小王"}
    run = {"file_name": "台账.xlsx", "file_hash": HASH, "rows": 1}
    put("import_runs", **run, counts=json.dumps(counts), **said)
    detail = {"run_id": run_id, "file_hash": HASH, "reason": "", "counts": counts}
    entry = {"action": "import_facts", "subject": "台账.xlsx"}
    put("audit_entries", **entry, detail=json.dumps(detail), **said)


def test_old_rows_are_chained_and_still_the_same_to_an_import() -> None:
    call_command("migrate", "records", BEFORE, verbosity=0)
    old_version("party_organizations", {k: v for k, v in BRANCH.items() if v is not None})
    old_version("persons", {"number": "RY1", "name": "甄石在"}, until=NIGHT)
    old_version("persons", {"number": "RY1", "name": "甄实在"}, version=2)
    old_run(1)
    old_run(1)
    by_hand("DELETE FROM audit_entries WHERE entry_id = 2")  # an import that was rolled back
    by_hand("DELETE FROM import_runs WHERE run_id = 2")
    old_run(3)
    call_command("migrate", verbosity=0)

    checked = verify_store()
    assert checked.problems == ()
    assert (checked.entries, checked.versions, checked.runs) == (3, 3, 2)
    vouching = AuditEntry.objects.get(number=3)
    assert (vouching.action, sorted(vouching.detail["versions"])) == (
        "begin_chain",
        ["party_organizations", "persons"],
    )
    first, second = LEDGER_MODELS["persons"].objects.order_by("version")
    assert (first.salt, first.sealed) != ("", "")
    assert first.salt == second.salt
    same = {"party_organizations": [BRANCH], "persons": [{"number": "RY1", "name": "甄实在"}]}
    assert take_in(same, hours=1).unchanged == 2
    assert by_hand("UPDATE ledger_persons SET name = '贾' WHERE version = 1") == 1
    assert [one.code for one in verify_store().problems] == ["proof.version.changed"]


def test_a_new_database_begins_with_an_empty_chain() -> None:
    assert head().number == 0
