"""What was recorded can be proved: a row changed, removed, put in or moved is found and named."""

import datetime as dt
import threading

import pytest
from django.db import connection
from tests.platform.rows import rows_of_all
from tests.platform.store import BRANCH, HASH, a_store, by_hand, take_in

from tongrong.actions.import_facts import Sender
from tongrong.facts.content import Seal, content_hashes
from tongrong.facts.headings import Meant
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.audit import Head, head
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry
from tongrong.vocabulary.errors import TongrongError

pytestmark = pytest.mark.usefixtures("database")


def found(known: Head | None = None) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong."""
    return [(one.code, one.where) for one in verify_store(known, cleared=True).problems]


def test_an_untouched_store_is_whole() -> None:
    a_store()
    checked = verify_store()
    assert checked.problems == ()
    assert (checked.entries, checked.versions, checked.runs) == (3, 8, 3)
    assert checked.head == head()
    assert checked.head.number == 3


def test_an_empty_store_is_whole() -> None:
    assert verify_store().problems == ()
    assert found(Head(0, "0" * 64)) == []


def test_every_ledger_with_every_kind_of_value_is_whole() -> None:
    take_in(rows_of_all(4))
    take_in(rows_of_all(6), hours=1)
    assert found() == []


def test_progress_is_told_to_the_last_row() -> None:
    a_store()
    told = []
    verify_store(progress=lambda what, done, total: told.append((what, done, total)))
    assert told[-1][1:] == (8, 8)


VERSION = "UPDATE ledger_meetings SET {} WHERE record = 'meetings/HY1' AND version = 1"
FORGED = content_hashes(
    LEDGERS["meetings"],
    Snapshot.of_rows(
        {
            "meetings": [
                {
                    "number": "HY3",
                    "unit": "DZ1",
                    "kind": "支部党员大会",
                    "held_on": dt.date(2026, 2, 8),
                }
            ]
        }
    )["meetings"],
)[0]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            VERSION.format("held_on = '2026-01-08'"),
            ("proof.version.changed", "会议活动 meetings/HY1 第 1 版"),
        ),
        (
            VERSION.format("status = '撤回'"),
            ("proof.version.changed", "会议活动 meetings/HY1 第 1 版"),
        ),
        (
            "UPDATE ledger_persons SET name = '甄不实' WHERE number = 'RY1'",
            ("proof.version.changed", "人员 persons/RY1 第 1 版"),
        ),
        (
            "UPDATE ledger_persons SET salt = '', name = '已删除1' WHERE number = 'RY1'",
            ("proof.version.erased", "人员 persons/RY1 第 1 版"),
        ),
        (
            "UPDATE ledger_meetings SET record = 'meetings/HY9' WHERE number = 'HY2'",
            ("proof.version.record", "会议活动 meetings/HY9 第 1 版"),
        ),
        (
            "UPDATE ledger_meetings SET version = 3 WHERE number = 'HY1' AND version = 2",
            ("proof.version.gap", "会议活动 meetings/HY1 第 3 版"),
        ),
        (
            VERSION.format("superseded_at = '2026-03-01 03:00:00+00:00'"),
            ("proof.version.gap", "会议活动 meetings/HY1 第 1 版"),
        ),
        (
            "DELETE FROM ledger_meetings WHERE number = 'HY1' AND version = 2",
            ("proof.version.gap", "会议活动 meetings/HY1 第 1 版"),
        ),
        (
            "DELETE FROM ledger_meetings WHERE number = 'HY1' AND version = 1",
            ("proof.version.gap", "会议活动 meetings/HY1 第 2 版"),
        ),
        (
            "DELETE FROM ledger_meetings WHERE number = 'HY2'",
            (
                "proof.version.missing",
                "会议活动 第 1 号审计记录（小王，import_facts，台账.xlsx）",
            ),
        ),
        (
            VERSION.format("recorded_by = '小李'"),
            ("proof.version.write", "会议活动 第 1 号审计记录（小王，import_facts，台账.xlsx）"),
        ),
        (
            VERSION.format("source_row = 7"),
            ("proof.version.write", "会议活动 第 1 号审计记录（小王，import_facts，台账.xlsx）"),
        ),
        (
            VERSION.format("entry = 2"),
            ("proof.version.stray", "会议活动 第 2 号审计记录（小王，import_facts，台账.xlsx）"),
        ),
        (
            "UPDATE ledger_persons SET entry = 9",
            ("proof.version.stray", "人员 第 9 号审计记录名下"),
        ),
        (
            "UPDATE import_runs SET file_name = '改.xlsx' WHERE run_id = 1",
            ("proof.run", "第 1 次导入（改.xlsx）"),
        ),
        (
            "UPDATE import_runs SET rows = 9 WHERE run_id = 2",
            ("proof.run", "第 2 次导入（台账.xlsx）"),
        ),
        ("DELETE FROM import_runs WHERE run_id = 2", ("proof.run", "第 2 次导入（台账.xlsx）")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_tampered_with_is_named(statement: str, problem: tuple[str, str]) -> None:
    a_store()
    assert by_hand(statement) >= 1
    assert problem in found()


def test_a_changed_row_whose_fingerprint_was_forged_too_is_found() -> None:
    a_store()
    forged = (
        "UPDATE ledger_meetings SET held_on = '2026-02-08', content_hash = %s WHERE number = %s"
    )
    assert by_hand(forged, FORGED, "HY3") == 1
    assert found() == [
        ("proof.version.write", "会议活动 第 3 号审计记录（小王，import_facts，别处.xlsx）")
    ]


def test_a_row_put_in_is_found() -> None:
    """A copy of HY2 as HY4, its fingerprint right, in the name of the first write."""
    a_store()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_meetings WHERE number = 'HY3'")
        names = [column[0] for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    row |= {"version_id": 99, "record": "meetings/HY4", "number": "HY4"}
    row["content_hash"] = content_hashes(
        LEDGERS["meetings"],
        Snapshot.of_rows(
            {
                "meetings": [
                    {
                        "number": "HY4",
                        "unit": "DZ1",
                        "kind": "支部党员大会",
                        "held_on": dt.date(2026, 2, 9),
                    }
                ]
            }
        )["meetings"],
    )[0]
    marks = ", ".join(["%s"] * len(row))
    columns = ", ".join(row)
    insert = f"INSERT INTO ledger_meetings ({columns}) VALUES ({marks})"  # noqa: S608
    by_hand(insert, *row.values())
    (problem,) = verify_store().problems
    assert problem.code == "proof.version.stray"
    assert "版本流水号 99是后来插入的" in problem.found


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE audit_entries SET actor = '小李' WHERE number = 2"], ["第 2 号审计记录 changed"]),
        (["UPDATE audit_entries SET subject = 'x' WHERE number = 3"], ["第 3 号审计记录 changed"]),
        (
            ["UPDATE audit_entries SET at = '2026-03-01 00:00:00+00:00' WHERE number = 1"],
            ["第 1 号审计记录 changed"],
        ),
        (["DELETE FROM audit_entries WHERE number = 1"], ["第 1 号审计记录 missing"]),
        (["DELETE FROM audit_entries WHERE number = 2"], ["第 2 号审计记录 missing"]),
        (["DELETE FROM audit_entries WHERE number = 3"], ["第 3 号审计记录 missing"]),
        (["DELETE FROM audit_entries WHERE number > 1"], ["第 2 至 3 号审计记录 missing"]),
        (
            [
                "UPDATE audit_entries SET number = 9 WHERE number = 2",
                "UPDATE audit_entries SET number = 2 WHERE number = 3",
                "UPDATE audit_entries SET number = 3 WHERE number = 9",
            ],
            ["第 2 号审计记录 changed", "第 3 号审计记录 changed", "审计链末端 head"],
        ),
        (
            [
                "DELETE FROM audit_entries WHERE number = 2",
                "UPDATE audit_entries SET number = 2 WHERE number = 3",
            ],
            ["第 2 号审计记录 changed", "第 3 号审计记录 missing"],
        ),
        (["DELETE FROM audit_head"], ["审计链末端 head"]),
        (["UPDATE audit_head SET number = 2"], ["审计链末端 head"]),
    ],
    ids=str,
)
def test_the_audit_chain_shows_what_was_done_to_it(
    statements: list[str], expected: list[str]
) -> None:
    a_store()
    for statement in statements:
        assert by_hand(statement) >= 1
    told = [f"{where.partition('（')[0]} {code.rpartition('.')[2]}" for code, where in found()]
    assert [
        one for one in told if one.startswith(("第", "审计链")) and "导入" not in one
    ] == expected


def test_a_chain_made_anew_from_some_entry_on_is_told_by_the_end_written_down() -> None:
    """Whoever can write everything can make a chain without a fault, but not with that end."""
    a_store()
    written_down = head()
    by_hand("DELETE FROM audit_entries WHERE number = 3")
    by_hand("DELETE FROM import_runs WHERE run_id = 3")
    by_hand("DELETE FROM ledger_meetings WHERE number = 'HY3'")
    second = AuditEntry.objects.get(number=2)
    by_hand("UPDATE audit_head SET number = 2, entry_hash = %s", second.entry_hash)
    assert found() == []
    assert found(written_down) == [("proof.head.known", "--head 第 3 号")]
    take_in({"party_organizations": [{**BRANCH, "name": "改名"}]}, hours=3)
    assert found(written_down) == [("proof.head.known", "--head 第 3 号")]


def test_an_end_written_down_earlier_is_part_of_the_chain_that_went_on() -> None:
    take_in({"party_organizations": [BRANCH]})
    written_down = head()
    take_in({"party_organizations": [{**BRANCH, "name": "改名"}]}, hours=1)
    assert found(written_down) == []


def test_writes_at_once_make_one_chain() -> None:
    def work(number: int) -> None:
        take_in({"party_organizations": [{**BRANCH, "number": f"DZ{number}"}]})
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found() == []
    assert head().number == 6


def test_a_write_that_waited_takes_place_no_earlier_than_the_one_before_it() -> None:
    """It asked at 10:00:00, another one at 10:00:01 got its turn first."""
    take_in({"party_organizations": [BRANCH]}, hours=1)
    take_in({"party_organizations": [{**BRANCH, "number": "DZ2"}]}, hours=0.99)
    first, second = AuditEntry.objects.order_by("number").values_list("at", flat=True)
    assert first == second


def test_what_headings_mean_is_an_entry_of_its_own() -> None:
    meant = [Meant("开会日期", "召开日期")]
    take_in({"party_organizations": [BRANCH]}, sender=Sender("甲公司", meant))
    assert found() == []
    actions = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == ["import_facts", "remember_columns"]


ROW = "发送单位的列名第 {} 行（甲公司 的列 {}={}）"
ENTRY = "第 2 号审计记录（小王，remember_columns，甲公司）"


@pytest.mark.parametrize(
    ("statement", "problems"),
    [
        (
            "UPDATE sender_columns SET label = '登记日期' WHERE heading = '开会日期'",
            [
                ("proof.sender.stray", ROW.format(1, "开会日期", "登记日期")),
                ("proof.sender.missing", ENTRY),
            ],
        ),
        ("DELETE FROM sender_columns WHERE heading = '备注'", [("proof.sender.missing", ENTRY)]),
        (
            (
                "INSERT INTO sender_columns (at, actor, sender, ledger, heading, label) "
                "SELECT at, actor, sender, ledger, '大名', '姓名' FROM sender_columns "
                "WHERE heading = '备注'"
            ),
            [("proof.sender.stray", ROW.format(3, "大名", "姓名"))],
        ),
        (
            "UPDATE sender_columns SET entry_id = 9 WHERE heading = '开会日期'",
            [("proof.sender.order", ROW.format(2, "备注", ""))],
        ),
    ],
)
def test_what_headings_mean_changed_by_hand_is_found_and_named(
    statement: str, problems: list[tuple[str, str]]
) -> None:
    """Of two rows on one heading the later holds, so their order is proved too."""
    meant = [Meant("开会日期", "召开日期"), Meant("备注", "")]
    take_in({"party_organizations": [BRANCH]}, sender=Sender("甲公司", meant))
    by_hand(statement)
    assert found() == problems


def test_a_clock_set_back_is_refused() -> None:
    take_in({"party_organizations": [BRANCH]}, hours=5)
    with pytest.raises(TongrongError, match=r"import\.clock"):
        take_in({"party_organizations": [{**BRANCH, "number": "DZ2"}]}, hours=4)


def test_without_the_end_of_the_chain_nothing_is_written() -> None:
    a_store()
    by_hand("DELETE FROM audit_head")
    with pytest.raises(TongrongError, match=r"database\.audit_head"):
        take_in({"party_organizations": [{**BRANCH, "name": "改名"}]}, hours=3)


def test_a_store_can_be_verified_while_others_write() -> None:
    """The check is of one moment: what comes in while it runs is none of it, and need not wait."""
    a_store()
    written = []

    def write_meanwhile(_what: str, _done: int, _total: int) -> None:
        if not written:
            written.append(True)
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

    def work() -> None:
        take_in({"party_organizations": [{**BRANCH, "name": "改名"}]}, hours=3)
        connection.close()

    checked = verify_store(progress=write_meanwhile)
    assert (checked.problems, checked.entries) == ((), 3)
    assert verify_store().entries == 4


def test_the_digest_of_words_about_a_person_says_nothing_without_its_salt() -> None:
    """Two persons of one name have different seals, and so different fingerprints."""
    table = Snapshot.of_rows({"persons": [{"number": "RY1", "name": "甄实在"}]})["persons"]
    ledger = LEDGERS["persons"]
    one, other = (
        content_hashes(ledger, table, [Seal(salt, salt * 2)]) for salt in ("a" * 32, HASH[:32])
    )
    assert one != other
