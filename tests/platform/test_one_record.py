"""One record corrected or withdrawn by hand is a further version; its history tells all of them."""

import datetime as dt
from typing import Any

import pytest
from tests.platform.store import a_store, hours_later, take_in

from tongrong.actions.correct_record import Correction, correct_record, withdraw_record
from tongrong.actions.import_facts import import_facts
from tongrong.facts.cell_text import MASKED
from tongrong.facts.reading import Reading, Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot
from tongrong.queries.history import find_record, history_of
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry
from tongrong.vocabulary.errors import TongrongError

MEETINGS = LEDGERS["meetings"]

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _store(database: str) -> None:
    del database
    a_store()


def correct(record: str = "meetings/HY2", hours: float = 3, **changes: Any) -> Correction:
    return correct_record(
        ledger=LEDGERS[record.partition("/")[0]],
        record=record,
        changes=changes,
        actor="小李",
        recorded_at=hours_later(hours),
        reason="核对会议记录",
    )


def withdraw(record: str = "meetings/HY2", hours: float = 3, reason: str = "没有开") -> Correction:
    return withdraw_record(
        ledger=LEDGERS[record.partition("/")[0]],
        record=record,
        actor="小李",
        recorded_at=hours_later(hours),
        reason=reason,
    )


def test_a_correction_by_hand_is_a_version_and_an_audit_entry() -> None:
    said = correct(held_on=dt.date(2026, 2, 10), form="线上")
    assert said == Correction("meetings/HY2", 2, changed=True)
    entry = AuditEntry.objects.get(number=4)
    assert (entry.actor, entry.action, entry.subject) == ("小李", "correct_record", "meetings/HY2")
    assert entry.detail["reason"] == "核对会议记录"
    first, second = history_of(MEETINGS, "meetings/HY2").versions
    assert first.superseded_at == second.recorded_at == hours_later(3)
    assert [(one.label, one.before, one.after) for one in second.changes] == [
        ("召开日期", "2026-02-09", "2026-02-10"),
        ("开展形式", "", "线上"),
    ]
    assert verify_store().problems == ()


def test_the_same_correction_twice_changes_nothing() -> None:
    correct(held_on=dt.date(2026, 2, 10))
    again = correct(held_on=dt.date(2026, 2, 10), hours=4)
    assert again == Correction("meetings/HY2", 2, changed=False)
    assert AuditEntry.objects.count() == 4


def test_a_withdrawn_record_stays_with_all_its_versions_and_can_come_back() -> None:
    assert withdraw() == Correction("meetings/HY2", 2, changed=True)
    assert withdraw(hours=4) == Correction("meetings/HY2", 2, changed=False)
    assert correct(hours=5, status="有效") == Correction("meetings/HY2", 3, changed=True)
    told = history_of(MEETINGS, "meetings/HY2").versions
    assert [one.status for one in told] == ["有效", "撤回", "有效"]
    assert [one.action for one in told] == ["import_facts", "withdraw_record", "correct_record"]
    assert verify_store().problems == ()


def test_a_withdrawn_row_is_the_same_to_a_file_that_withdraws_it_too() -> None:
    withdraw()
    rows = current_snapshot()["meetings"].to_pylist()
    (row,) = [one for one in rows if one["number"] == "HY2"]
    assert take_in({"meetings": [row]}, hours=4).unchanged == 1


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_nothing_is_done_without_a_reason(reason: str) -> None:
    with pytest.raises(TongrongError, match=r"record\.reason"):
        withdraw(reason=reason)
    assert AuditEntry.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "HY9"}, "record.key"),
        ({"unit": "DZ9"}, "facts.reference.unknown"),
    ],
    ids=str,
)
def test_what_an_import_refuses_is_refused_here_too(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(TongrongError, match=code.replace(".", r"\.")):
        correct(**changes)
    assert AuditEntry.objects.count() == 3


def test_a_unit_is_not_put_above_itself_by_hand() -> None:
    with pytest.raises(TongrongError, match=r"facts\.tree\.cycle"):
        correct("party_organizations/DZ1", superior="DZ1")


def test_a_correction_before_the_last_version_is_refused() -> None:
    with pytest.raises(TongrongError, match=r"import\.clock"):
        correct(hours=-1, held_on=dt.date(2026, 2, 10))


def test_history_names_file_row_who_why_and_what_changed() -> None:
    told = history_of(*find_record("HY1"))
    assert (told.label, told.record) == ("会议活动", "meetings/HY1")
    first, second = told.versions
    assert (first.file, first.row, first.recorded_by, first.reason) == (
        "台账.xlsx",
        2,
        "小王",
        "期初",
    )
    assert {one.after for one in first.changes} >= {"HY1", "DZ1", "支部党员大会", "2026-01-09"}
    (change,) = second.changes
    assert (change.before, change.after) == ("2026-01-09", "2026-01-10")
    assert (second.reason, second.entry, second.superseded_at) == ("记错一天", 2, None)


def test_history_names_the_cell_where_the_file_had_columns() -> None:
    """The sheet had 日期 in column C, and the meeting in row 7."""
    snapshot = Snapshot.of_rows(
        {
            "meetings": [
                {
                    "number": "HY2",
                    "unit": "DZ1",
                    "kind": "支部党员大会",
                    "held_on": dt.date(2026, 2, 1),
                }
            ]
        }
    )
    source = Source("二月.xlsx", "会议活动", [7], {"held_on": 2})
    import_facts(
        reading=Reading(snapshot, {"meetings": source}),
        file_name="二月.xlsx",
        file_hash="0" * 64,
        actor="小王",
        recorded_at=hours_later(3),
    )
    version = history_of(MEETINGS, "meetings/HY2").versions[-1]
    assert (version.sheet, version.row) == ("会议活动", 7)
    assert [one.cell for one in version.changes if one.column == "held_on"] == [
        "二月.xlsx!会议活动!C7"
    ]


def test_history_says_that_personal_words_changed_but_not_which() -> None:
    take_in({"persons": [{"number": "RY1", "name": "甄改名"}]}, hours=4)
    told = history_of(LEDGERS["persons"], "persons/RY1")
    assert [(one.label, one.before, one.after) for one in told.versions[1].changes] == [
        ("姓名", MASKED, MASKED),
        ("公民身份号码", MASKED, ""),
    ]
    assert "甄" not in repr(told)


@pytest.mark.parametrize("text", ["meetings/HY1", "会议活动/HY1", "HY1", " HY1 "])
def test_a_record_is_found_by_id_label_or_key(text: str) -> None:
    assert find_record(text) == (MEETINGS, "meetings/HY1")


def test_a_key_of_several_columns_and_one_that_two_ledgers_have() -> None:
    assert find_record("出席情况/HY1|RY1")[1] == "attendance/HY1|RY1"
    take_in({"persons": [{"number": "DZ1", "name": "同号"}]}, hours=3)
    with pytest.raises(TongrongError, match="党组织/DZ1") as refused:
        find_record("DZ1")
    assert refused.value.problems[0].code == "record.ambiguous"
    assert find_record("DZ1", LEDGERS["persons"])[1] == "persons/DZ1"


def test_an_unknown_record_is_told_with_the_nearest() -> None:
    with pytest.raises(TongrongError, match=r"是否应为 .*HY1") as refused:
        find_record("HY11", MEETINGS)
    assert refused.value.problems[0].code == "record.unknown"
