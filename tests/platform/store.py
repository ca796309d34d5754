"""A small store to correct, tamper with and back up: a branch, two meetings, two persons."""

import datetime as dt
from typing import Any

from django.db import connection
from tests.builders import Row, a_branch, a_meeting, a_person
from tests.platform.rows import reading_of

from tongrong.actions.import_facts import ImportResult, import_facts

MORNING = dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)
HASH = "ab" * 32

BRANCH = a_branch("DZ1", of=None, name="第一党支部", founded_on="2020-02-29")
JANUARY, FEBRUARY = (
    a_meeting(f"HY{month}", of="DZ1", on=dt.date(2026, month, 9), kind="支部党员大会")
    for month in (1, 2)
)
PERSONS = [
    a_person("RY1", name="甄实在", identity_number="11010519491231002X"),
    a_person("RY2", name="贾样例"),
]
ABSENCE = {
    "meeting": "HY1",
    "person": "RY1",
    "role": "应到",
    "present": False,
    "absence_reason": "住院手术",
}


def hours_later(hours: float) -> dt.datetime:
    """A moment so many hours after MORNING."""
    return MORNING + dt.timedelta(hours=hours)


def take_in(rows: dict[str, list[Row]], hours: float = 0, **given: Any) -> ImportResult:
    """Import these rows so many hours after MORNING."""
    said = {"file_name": "台账.xlsx", "file_hash": HASH, "actor": "小王", **given}
    return import_facts(reading=reading_of(rows), recorded_at=hours_later(hours), **said)


def a_store() -> None:
    """Three writes: everything, then January's meeting a day later, then one from elsewhere."""
    everything = {
        "party_organizations": [BRANCH],
        "meetings": [JANUARY, FEBRUARY],
        "persons": PERSONS,
        "attendance": [ABSENCE],
    }
    take_in(everything, reason="期初")
    moved = {**JANUARY, "held_on": dt.date(2026, 1, 10)}
    take_in({"meetings": [moved]}, hours=1, reason="记错一天")
    take_in({"meetings": [{**FEBRUARY, "number": "HY3"}]}, hours=2, file_name="别处.xlsx")


def by_hand(statement: str, *values: Any) -> int:
    """Change the database behind the product's back; how many rows that touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
