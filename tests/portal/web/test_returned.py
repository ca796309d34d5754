"""退回 and 复核: doubted by who oversees, answered by who enters, decided by who returned it."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.databases import a_database, django_at
from tests.platform.store import by_hand
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_pages import queries, text_of

from tongrong.actions.correct_record import correct_record
from tongrong.actions.restore import restore
from tongrong.facts.registry import LEDGERS
from tongrong.queries.backup import write_backup
from tongrong.queries.mentions import Mention, mentions
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry, ReturnStep, StoredFinding
from tongrong.vocabulary.roles import Role

LECTURE = {"unit": "第一支部（ZB1）", "kind": "党课", "held_on": "2026-05-12"}
WHY = "签到表上是 5 月 12 日"
RECHECK, RETURNED = "/duties/?lamp=recheck", "/duties/?lamp=returned"


def at(meeting: str) -> str:
    return f"/ledgers/meetings/{a_group.number_of(meeting)}/"


def step(client: Client, what: str, meeting: str, words: str = "", seen: int = 0) -> int:
    """Send one of the forms of a record's page."""
    said = {"words": words, "seen": str(seen or a_group.number_of(meeting))}
    return client.post(f"{at(meeting)}{what}/", said).status_code


def corrected(client: Client, meeting: str = "HY6") -> None:
    said = {**LECTURE, "reason": "抄错日期"}
    assert client.post(f"{at(meeting)}correct/", said).status_code == 302


def steps(meeting: str = "HY6") -> list[str]:
    rows = ReturnStep.objects.filter(record=f"meetings/{meeting}").order_by("step_id")
    return list(rows.values_list("step", flat=True))


def counts(client: Client) -> list[str]:
    """What the filters of 待办 say of records that wait."""
    return re.findall(r"(?:被退回|待我复核) \d+", text_of(client, "/duties/"))


def test_a_record_is_returned_corrected_and_passed(signed_in: SignedIn) -> None:
    officer, branch = signed_in("party_officer"), signed_in("branch_secretary")
    assert counts(branch) == ["被退回 0"]
    assert "没有被退回的记录" in text_of(branch, RETURNED)
    assert "没有待您复核的记录" in text_of(officer, RECHECK)
    assert step(officer, "return", "HY6", WHY) == 302
    assert counts(branch) == ["被退回 1"]
    page = branch.get("/duties/").content.decode()
    assert f'href="{at("HY6")}correct/"' in page, "leads to the form that settles it"
    assert re.search(f"会议活动 党课 2026-05-11 {WHY} 第一支部", text_of(branch, "/duties/"))
    assert WHY in text_of(branch, f"{at('HY6')}correct/")
    assert f"已退回 {WHY}" in text_of(branch, at("HY6"))
    assert counts(officer) == ["被退回 0", "待我复核 0"], "whoever returned it waits"
    corrected(branch)
    assert counts(branch) == ["被退回 0"]
    assert counts(officer) == ["被退回 0", "待我复核 1"]
    assert "已更正：抄错日期" in text_of(officer, RECHECK)
    shown = text_of(officer, at("HY6"))
    assert re.search("已更正，待复核 .*退回以后改了： 召开日期：2026-05-11 → 2026-05-12", shown)
    assert step(officer, "pass", "HY6") == 302
    assert counts(officer) == ["被退回 0", "待我复核 0"]
    assert steps() == ["returned", "corrected", "passed"]
    assert re.search(
        "退回（第 1 版）.*已更正（第 2 版）.*复核通过（第 2 版）", text_of(branch, at("HY6"))
    )
    assert [one.action for one in AuditEntry.objects.order_by("number")][-3:] == [
        "return_record", "correct_record", "pass_record",
    ]  # fmt: skip
    assert verify_store().problems == ()


def test_a_returned_record_stays_as_it_is_and_stays_judged(signed_in: SignedIn) -> None:
    before = list(StoredFinding.objects.order_by("pk").values())
    assert step(signed_in("superior"), "return", "HY6", WHY) == 302
    assert list(StoredFinding.objects.order_by("pk").values()) == before
    assert "第 1 版 有效" in text_of(signed_in("branch_secretary"), at("HY6"))


def test_what_is_right_is_said_to_be_and_may_be_returned_again(signed_in: SignedIn) -> None:
    superior, branch = signed_in("superior"), signed_in("branch_secretary")
    step(superior, "return", "HY6", WHY)
    assert step(branch, "stand-by", "HY6", " ") == 422
    assert step(branch, "stand-by", "HY6", "两次党课，另一次是 12 日") == 302
    assert "说明无误：两次党课" in text_of(superior, RECHECK)
    assert "退回以后内容没有改" in text_of(superior, at("HY6"))
    assert step(superior, "return", "HY6", "请登记另一次") == 302
    assert counts(branch) == ["被退回 1"]
    said = {"withdraw": "1", "reason": "重复登记"}
    assert branch.post(f"{at('HY6')}correct/", said).status_code == 302
    assert "已撤回：重复登记" in text_of(superior, RECHECK)
    assert step(superior, "pass", "HY6") == 302
    assert steps() == ["returned", "stood_by", "returned", "withdrawn", "passed"]
    assert step(superior, "return", "HY6", WHY) == 422, "it does not count any more"


def test_a_reason_is_needed_and_what_was_typed_stays(signed_in: SignedIn) -> None:
    superior = signed_in("superior")
    assert step(superior, "return", "HY6", " ") == 422
    address, long = f"{at('HY6')}return/", "长" * 501
    answer = superior.post(address, {"words": long, "seen": a_group.number_of("HY6")})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert steps() == []


@pytest.mark.parametrize(
    ("login", "meeting", "status"),
    [
        ("superior", "HY6", 302),
        ("secretary", "HY6", 302),
        ("party_officer", "HY4", 302),  # of the committee of one's own enterprise
        ("discipline", "HY6", 302),
        ("secretary", "HY1", 404),  # of the group above
        ("uncleared", "HY3", 404),  # abroad
        ("finance", "HY6", 403),
        ("branch_secretary", "HY6", 403),
        ("assessor", "HY6", 403),
        ("system_admin", "HY6", 403),
    ],
)
def test_who_oversees_a_unit_returns_its_records(
    login: str, meeting: str, status: int, signed_in: SignedIn
) -> None:
    assert step(signed_in(login), "return", meeting, WHY) == status
    assert len(steps(meeting)) == (status == 302)


def test_nobody_returns_what_they_entered_themselves(signed_in: SignedIn) -> None:
    officer = signed_in("party_officer")
    own = officer.post("/ledgers/meetings/new/", LECTURE).headers["Location"]
    assert "退回这条记录" not in text_of(officer, own)
    number = own.strip("/").split("/")[-1]
    assert officer.post(f"{own}return/", {"words": WHY, "seen": number}).status_code == 422
    assert "退回这条记录" in text_of(signed_in("secretary"), own)


def test_the_side_that_returned_it_decides_or_one_above(signed_in: SignedIn) -> None:
    superior, officer, branch = map(signed_in, ("superior", "party_officer", "branch_secretary"))
    step(superior, "return", "HY6", WHY)
    corrected(branch)
    assert counts(officer) == ["被退回 0", "待我复核 0"]
    assert "通过" not in text_of(officer, at("HY6"))
    assert step(officer, "pass", "HY6") == 422
    assert step(officer, "return", "HY6", WHY) == 422
    a_group.hold("nobody", Role.SUPERIOR, "SJ1")
    assert counts(signed_in("nobody")) == ["待我复核 1"], "whoever holds the role there"
    assert step(superior, "pass", "HY6") == 302
    step(officer, "return", "HY6", WHY)
    assert step(superior, "pass", "HY6") == 302, "nobody below keeps a record from who stands above"


def test_a_step_is_about_the_version_that_was_seen(signed_in: SignedIn) -> None:
    superior, branch = signed_in("superior"), signed_in("branch_secretary")
    seen = a_group.number_of("HY6")
    corrected(branch)
    assert step(superior, "return", "HY6", WHY, seen) == 422
    step(superior, "return", "HY6", WHY)
    said = {"words": "没有错", "seen": str(seen)}
    answer = branch.post(f"{at('HY6')}stand-by/", said)
    assert "打开这页以后记录改过了" in answer.content.decode()
    assert branch.post(f"{at('HY6')}pass/", said).status_code == 403
    assert branch.post(f"{at('HY6')}stand-by/", {"words": "没有错"}).status_code == 422


def test_whatever_writes_the_record_answers_the_return(signed_in: SignedIn) -> None:
    superior = signed_in("superior")
    step(superior, "return", "HY6", WHY)
    correct_record(
        ledger=LEDGERS["meetings"],
        record="meetings/HY6",
        changes={"held_on": dt.date(2026, 5, 12)},
        actor="系统管理员",
        recorded_at=a_group.NOON,
        reason="来函",
    )
    assert steps() == ["returned", "corrected"]
    assert "已更正：来函" in text_of(superior, RECHECK)


def test_what_lies_abroad_waits_for_nobody_who_is_not_cleared(signed_in: SignedIn) -> None:
    """Returned by the superior; one who is not cleared holds the same role."""
    superior, uncleared = signed_in("superior"), signed_in("uncleared")
    a_group.hold("nobody", Role.PARTY_OFFICER, "QY1")
    step(superior, "return", "HY3", WHY)
    assert counts(signed_in("nobody")) == ["被退回 0", "待我复核 0"]
    by_hand("UPDATE return_steps SET step = 'stood_by'")
    assert counts(superior) == ["待我复核 1"]
    assert counts(uncleared) == ["待我复核 0"]
    assert "丙公司" not in text_of(uncleared, RECHECK)


def test_pages_ask_as_many_queries_however_many_records_wait(signed_in: SignedIn) -> None:
    superior, officer = signed_in("superior"), signed_in("party_officer")
    for meeting in ("HY4", "HY5"):
        step(superior, "return", meeting, WHY)
    few = [queries(one, "/duties/") for one in (superior, officer)]
    step(superior, "return", "HY6", WHY)
    agenda = LEDGERS["agenda_items"].code
    number = officer.get(f"/ledgers/{agenda}/").content.decode()
    (item,) = set(re.findall(rf"/ledgers/{agenda}/(\d+)/", number))
    said = {"words": WHY, "seen": item}
    assert superior.post(f"/ledgers/{agenda}/{item}/return/", said).status_code == 302
    assert counts(officer) == ["被退回 4", "待我复核 0"]
    assert [queries(one, "/duties/") for one in (superior, officer)] == few
    assert max(few) <= 10
    assert queries(officer, at("HY6")) <= 10


def test_the_course_is_backed_up_and_a_change_in_it_is_found(
    signed_in: SignedIn, tmp_path: Path
) -> None:
    step(signed_in("superior"), "return", "HY6", WHY)
    corrected(signed_in("branch_secretary"))
    assert list(mentions(["签到表"])) == [Mention("meetings/HY6 退回 原因", "meetings/HY6")]
    path = tmp_path / "backup.zip"
    write_backup(path, a_group.NOON)
    with a_database("sqlite", tmp_path / "other.sqlite3", "") as url, django_at(url):
        assert restore(path).verification.problems == ()
        assert steps() == ["returned", "corrected"]
        by_hand("UPDATE return_steps SET words = '没有事' WHERE step = 'returned'")
        assert [one.code for one in verify_store().problems] == ["proof.return"]
        by_hand("DELETE FROM return_steps WHERE step = 'returned'")
        assert [one.found for one in verify_store().problems] == ["没有这一步"]
        by_hand("UPDATE return_steps SET followed_by_entry = 9")
        assert "下一步不在" in [one.found for one in verify_store().problems]
