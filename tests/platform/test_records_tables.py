"""The tables: derived from the ledgers, guarded by the database itself."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection
from tests.builders import a_meeting

from tongrong.facts.columns import Choice, Text
from tongrong.facts.ledger import Ledger, Timeless
from tongrong.facts.registry import LEDGERS
from tongrong.records.models import LEDGER_MODELS, AuditEntry
from tongrong.records.models.append_only import RowsNeverChange
from tongrong.records.models.ledgers import LONGEST_CHOICE, model_of

NOON = dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC)


def a_version(**changed: Any) -> dict[str, Any]:
    """A valid row of 会议活动 as its table keeps it."""
    system = {
        "record": "meetings/M1",
        "version": 1,
        "status": "有效",
        "content_hash": "0" * 64,
        "recorded_at": NOON,
        "recorded_by": "tests",
        "entry": 1,
    }
    return {**system, **a_meeting("M1", of="E1", on="2026-03-01"), **changed}


@pytest.mark.usefixtures("database")
def test_migrations_say_what_the_ledgers_declare() -> None:
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=1)


@pytest.mark.usefixtures("database")
def test_tables_have_the_columns_of_their_ledgers() -> None:
    for code, ledger in LEDGERS.items():
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, f"ledger_{code}")
        nullable = {column.name: bool(column.null_ok) for column in described}
        declared = {name: column.optional for name, column in ledger.columns.items()}
        assert declared.items() <= nullable.items(), code


def test_every_word_of_a_choice_fits_its_column() -> None:
    words = [
        word
        for ledger in LEDGERS.values()
        for column in ledger.columns.values()
        if isinstance(column, Choice)
        for word in column.choices
    ]
    assert max(map(len, words)) <= LONGEST_CHOICE


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 0},
        {"status": "有效吗"},
        {"content_hash": "0"},
        {"superseded_at": NOON - dt.timedelta(seconds=1)},
        {"unit": ""},
        {"number": "M" * 65},
        {"kind": None},
        {"started_at": 1440},
        {"record": None},
    ],
    ids=str,
)
def test_database_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises((IntegrityError, DataError)):
        LEDGER_MODELS["meetings"].objects.create(**a_version(**wrong))


@pytest.mark.usefixtures("database")
def test_database_refuses_a_second_current_version() -> None:
    meetings = LEDGER_MODELS["meetings"].objects
    meetings.create(**a_version(superseded_at=NOON))
    meetings.create(**a_version(version=2))
    with pytest.raises(IntegrityError):
        meetings.create(**a_version(version=3))


@pytest.mark.usefixtures("database")
def test_database_refuses_the_same_version_twice() -> None:
    meetings = LEDGER_MODELS["meetings"].objects
    meetings.create(**a_version(superseded_at=NOON))
    with pytest.raises(IntegrityError):
        meetings.create(**a_version())


@pytest.mark.usefixtures("database")
def test_database_refuses_choices_without_delimiters() -> None:
    said = {"number": "S1", "unit": "E1", "held_on": dt.date(2026, 3, 1), "bodies": "纪委、监事会"}
    system = {
        k: v for k, v in a_version().items() if k not in ("number", "unit", "kind", "held_on")
    }
    with pytest.raises(IntegrityError):
        LEDGER_MODELS["supervisions"].objects.create(**system, **said)


@pytest.mark.usefixtures("database")
def test_rows_are_never_changed_or_deleted() -> None:
    meetings = LEDGER_MODELS["meetings"].objects
    meeting = meetings.create(**a_version())
    entry = AuditEntry.objects.create(
        number=1,
        at=NOON,
        actor="tests",
        action="test",
        subject="none",
        detail={},
        previous_hash="0" * 64,
        entry_hash="1" * 64,
    )
    for change in (
        lambda: meetings.update(status="撤回"),
        lambda: meetings.all().delete(),
        lambda: meetings.bulk_update([meeting], ["status"]),
        meeting.save,
        meeting.delete,
        entry.save,
        lambda: AuditEntry.objects.update(actor=""),
        lambda: AuditEntry.objects.all().delete(),
    ):
        with pytest.raises(RowsNeverChange):
            change()
    assert meetings.update(superseded_at=NOON) == 1


@pytest.mark.parametrize("name", ["recorded_at", "version", "save", "objects"])
def test_a_ledger_column_may_not_be_named_like_one_of_the_tables_own(name: str) -> None:
    columns = {"code": "odd", "label": "怪", "time": Timeless(), name: Text("怪")}
    with pytest.raises(ValueError, match=name):
        model_of(type("Odd", (Ledger,), columns))
