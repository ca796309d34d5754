"""Words about a person can be erased everywhere, while every figure and every hash stays."""

from pathlib import Path

import pytest
from django.db import connection
from tests.builders import Row
from tests.compiled import PROGRAMS
from tests.platform.store import (
    ABSENCE,
    BRANCH,
    FEBRUARY,
    JANUARY,
    PERSONS,
    a_store,
    by_hand,
    hours_later,
    take_in,
)
from tests.science.agreement import the_checklist

from tongrong.actions.correct_record import correct_record
from tongrong.actions.erase_person import Erasure, erase_person
from tongrong.engine.run import evaluate
from tongrong.facts.content import erasable
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.erasure import pseudonym, with_pseudonyms
from tongrong.facts.registry import LEDGERS
from tongrong.findings.from_engine import findings_of
from tongrong.queries.audit import head
from tongrong.queries.facts import current_snapshot
from tongrong.queries.history import history_of
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry
from tongrong.vocabulary.errors import TongrongError

WORDS = ("甄实在", "甄旧名", "11010519491231002X", "住院手术")
EVERYTHING = {
    "party_organizations": [BRANCH],
    "meetings": [JANUARY, FEBRUARY],
    "persons": PERSONS,
    "attendance": [ABSENCE],
}


@pytest.fixture
def store(database: str) -> str:
    """RY1 was called otherwise before, and was absent once for a reason of his own."""
    a_store()
    take_in({"persons": [{**PERSONS[0], "name": "甄旧名"}]}, hours=2.2)
    take_in({"persons": [PERSONS[0]]}, hours=2.4)
    return database


def erase(person: str = "RY1", hours: float = 3, **given: str) -> Erasure:
    said = {"basis": "个人信息保护法第四十七条，收文2026-7号", "reason": "本人申请", **given}
    return erase_person(person=person, actor="小李", recorded_at=hours_later(hours), **said)


def rows(code: str) -> list[Row]:
    found: list[Row] = current_snapshot()[code].sort_by("record").to_pylist()
    return found


def everything_kept() -> str:
    """Every value of every row of every table, as text."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            texts.append(repr(cursor.fetchall()))
    return "\n".join(texts)


def test_no_version_and_no_audit_row_holds_the_words_any_more(store: str) -> None:
    del store
    assert all(word in everything_kept() for word in WORDS)
    done = erase()
    assert (done.pseudonym, done.versions) == ("已删除6", {"出席情况": 1, "人员": 3})
    assert [word for word in WORDS if word in everything_kept()] == []
    names = LEDGER_MODELS["persons"].objects.order_by("number", "version")
    assert list(names.values_list("name", "identity_number")) == [
        *[("已删除6", None)] * 3,
        ("贾样例", None),
    ]


def test_the_file_of_the_database_holds_them_neither(store: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the files of a server are the server's")
    path = Path(connection.settings_dict["NAME"])
    assert store
    erase()
    files = [path, path.with_name(f"{path.name}-wal")]
    kept = b"".join(file.read_bytes() for file in files if file.exists())
    assert [word for word in WORDS if word.encode() in kept] == []
    assert "贾样例".encode() in kept


@pytest.mark.usefixtures("store")
def test_every_hash_stays_and_the_chain_goes_on() -> None:
    hashes = [
        list(LEDGER_MODELS[code].objects.order_by("version_id").values_list("content_hash"))
        for code in LEDGERS
    ]
    before = head()
    erase()
    assert hashes == [
        list(LEDGER_MODELS[code].objects.order_by("version_id").values_list("content_hash"))
        for code in LEDGERS
    ]
    assert verify_store(before).problems == ()


@pytest.mark.usefixtures("store")
def test_the_erasure_is_recorded_without_what_was_erased() -> None:
    erase()
    entry = AuditEntry.objects.get(number=6)
    assert (entry.actor, entry.action, entry.subject) == ("小李", "erase_person", "persons/RY1")
    assert entry.detail == {
        "reason": "本人申请",
        "basis": "个人信息保护法第四十七条，收文2026-7号",
        "pseudonym": "已删除6",
        "rows": {"出席情况": 1, "人员": 3},
    }


@pytest.mark.usefixtures("store")
def test_erasing_again_changes_nothing() -> None:
    erase()
    again = erase(hours=4)
    assert (again.pseudonym, again.versions) == ("已删除6", {})
    assert head().number == 6


@pytest.mark.usefixtures("store")
def test_the_old_file_does_not_bring_the_words_back() -> None:
    erase()
    before = rows("persons")
    result = take_in(EVERYTHING | {"meetings": [FEBRUARY]}, hours=4)
    assert (result.added, result.corrected, result.withdrawn) == (0, 0, 0)
    assert result.erased == {"出席情况": 1, "人员": 1}
    assert rows("persons") == before
    assert verify_store().problems == ()


@pytest.mark.usefixtures("store")
def test_what_is_exported_afterwards_imports_without_a_change() -> None:
    erase()
    exported = {code: rows(code) for code in EVERYTHING}
    result = take_in(exported, hours=4)
    assert (result.added, result.corrected, result.unchanged) == (0, 0, 7)
    assert result.erased == {}


@pytest.mark.usefixtures("store")
def test_the_rest_of_an_erased_row_can_still_be_corrected_but_the_name_cannot() -> None:
    erase()
    moved = take_in({"persons": [{**PERSONS[0], "born_on": JANUARY["held_on"]}]}, hours=4)
    assert (moved.corrected, moved.erased) == (1, {"人员": 1})
    assert [one["name"] for one in rows("persons")] == ["已删除6", "贾样例"]
    with pytest.raises(TongrongError, match=r"record\.erased"):
        correct_record(
            ledger=LEDGERS["persons"],
            record="persons/RY1",
            changes={"name": "甄实在"},
            actor="小李",
            recorded_at=hours_later(5),
            reason="改回",
        )
    late = {**ABSENCE, "meeting": "HY2", "absence_reason": "复查"}
    take_in({"attendance": [late]}, hours=6)
    assert [one["absence_reason"] for one in rows("attendance")] == ["已删除6", "已删除6"]
    assert verify_store().problems == ()
    assert erase(hours=7).versions == {}


@pytest.mark.usefixtures("store")
def test_history_still_tells_when_and_by_whom() -> None:
    erase()
    told = history_of(LEDGERS["persons"], "persons/RY1").versions
    assert [(one.version, one.recorded_by) for one in told] == [
        (1, "小王"),
        (2, "小王"),
        (3, "小王"),
    ]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"person": "RY9"}, "erase.unknown"),
        ({"reason": " "}, "record.reason"),
        ({"basis": ""}, "record.reason"),
        ({"reason": "甄实在本人申请"}, "erase.repeated"),
        ({"basis": "身份证 11010519491231002X"}, "erase.repeated"),
    ],
    ids=str,
)
def test_an_erasure_that_cannot_be_is_refused_whole(given: dict[str, str], code: str) -> None:
    with pytest.raises(TongrongError) as refused:
        erase(**given)
    assert refused.value.problems[0].code == code
    assert not [word for word in WORDS if word in str(refused.value)]
    assert head().number == 5


@pytest.mark.usefixtures("store")
def test_texts_it_does_not_reach_are_named() -> None:
    told = {**JANUARY, "number": "HY8"}
    take_in({"meetings": [told]}, hours=2.6, file_name="甄实在的材料.xlsx", reason="甄旧名更名")
    assert erase().remaining == (
        "会议活动 meetings/HY8 第 1 版 登记原因",
        "会议活动 meetings/HY8 第 1 版 来源文件名",
        "第 6 号审计记录 对象",
    )


@pytest.mark.usefixtures("store")
def test_a_pseudonym_written_by_hand_is_no_erasure() -> None:
    erase()
    assert by_hand("UPDATE ledger_persons SET name = '已删除7' WHERE number = 'RY1'") == 3
    assert {one.code for one in verify_store().problems} == {"proof.version.erased"}


def test_with_everybody_erased_every_verdict_of_the_demo_is_the_same() -> None:
    """Measured, missing, due days and records counted too."""
    facts = demo_snapshot()
    numbers = facts["persons"]["number"].to_pylist()
    erased = {number: pseudonym(at) for at, number in enumerate(numbers)}
    without, touched = with_pseudonyms(facts, erased)
    assert touched["persons"] == len(numbers) > 100
    assert not set(without["persons"]["name"].to_pylist()) & set(
        facts["persons"]["name"].to_pylist()
    )
    checklist = the_checklist("442-2018")
    before, after = (
        findings_of(evaluate(checklist, one, AS_OF, details=True, programs=PROGRAMS), one)
        for one in (facts, without)
    )
    assert [one.as_plain() for one in before] == [one.as_plain() for one in after]
    assert erasable(LEDGERS["persons"]) == ("identity_number", "name")
