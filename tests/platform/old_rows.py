"""Rows as earlier versions of the product wrote them, before there was an audit chain."""

import hashlib
import json
from typing import Any

from tests.platform.store import BRANCH, HASH, by_hand

BEFORE = "0003"
"""The last migration whose tables these rows fit."""
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


def an_old_store() -> None:
    """A branch, a person whose name was corrected, and two imports; a third was rolled back."""
    old_version("party_organizations", {k: v for k, v in BRANCH.items() if v is not None})
    old_version("persons", {"number": "RY1", "name": "甄石在"}, until=NIGHT)
    old_version("persons", {"number": "RY1", "name": "甄实在"}, version=2)
    old_run(1)
    old_run(1)
    by_hand("DELETE FROM audit_entries WHERE entry_id = 2")  # an import that was rolled back
    by_hand("DELETE FROM import_runs WHERE run_id = 2")
    old_run(3)
