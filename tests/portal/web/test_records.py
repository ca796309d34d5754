"""更正和撤回 in the browser: a further version with its reason, and the verdict that turns back."""

import datetime as dt
import re

from django.test import Client
from tests.builders import a_member, a_person, a_row
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER
from tests.portal.web.test_pages import text_of

from tongrong.records.models import LEDGER_MODELS, Account, AuditEntry

LECTURE = {"unit": "第一支部（ZB1）", "kind": "党课", "held_on": "2026-09-20"}


def test_the_title_of_a_record_says_which_it_is(signed_in: SignedIn) -> None:
    """Tabs and bookmarks of two meetings differ; what is masked on the page is not in them."""
    client = signed_in("party_officer")
    persons = LEDGER_MODELS["persons"].objects
    person = persons.get(record="persons/RY1", superseded_at__isnull=True).version_id
    titles = [
        (f"/ledgers/meetings/{a_group.number_of('HY5')}/", "会议活动 · 第一支部 党课 2026-02-10"),
        (f"/ledgers/meetings/{a_group.number_of('HY6')}/", "会议活动 · 第一支部 党课 2026-05-11"),
        (
            f"/ledgers/meetings/{a_group.number_of('HY6')}/correct/",
            "更正会议活动 · 第一支部 党课 2026-05-11",
        ),
        (
            f"/ledgers/meetings/{a_group.number_of('HY6')}/attendance/",
            "出席情况 · 第一支部 党课 2026-05-11",
        ),
        (f"/ledgers/persons/{person}/", "人员 · 白一"),
    ]
    for address, title in titles:
        assert f"<title>{title} · 同融</title>" in client.get(address).content.decode(), address


def test_a_title_says_nothing_of_what_is_masked(signed_in: SignedIn) -> None:
    """What was decided of somebody is masked on the page, and in no tab or bookmark either."""
    said = {"unit": "ZB1", "person": "RY1", "kind": "除名", "decided_on": dt.date(2026, 5, 6)}
    take_in({"disposals": [a_row("disposals", **said)]}, hours=LATER)
    number = LEDGER_MODELS["disposals"].objects.get().version_id
    page = signed_in("party_officer").get(f"/ledgers/disposals/{number}/").content.decode()
    assert "<title>不合格党员处置 · 第一支部 白一 2026-05-06 · 同融</title>" in page
    assert "除名" not in page


def lecture(client: Client) -> str:
    """The address of a lecture just entered."""
    return str(client.post("/ledgers/meetings/new/", LECTURE).headers["Location"])


def test_a_correction_is_a_further_version_and_turns_the_verdict_back(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = lecture(client)
    form = client.get(f"{address}correct/").content.decode()
    assert 'value="第一支部（ZB1）"' in form
    said = {**LECTURE, "held_on": "2026-06-20", "reason": "日期写错"}
    assert client.post(f"{address}correct/", said).headers["Location"] == address
    text = text_of(client, address)
    assert re.search(r"已更正 .*● 达标 → ▲ 预警 11.1.e", text)
    assert re.search(
        r"第 2 版 有效 branch_secretary，日期写错 召开日期：2026-09-20 → 2026-06-20", text
    )
    assert AuditEntry.objects.order_by("-number")[0].action == "correct_record"


def test_a_version_names_who_made_it_and_the_units_it_changes(signed_in: SignedIn) -> None:
    Account.objects.filter(login="party_officer").update(label="乙公司党务")
    client = signed_in("party_officer")
    address = lecture(client)
    said = {**LECTURE, "unit": "乙公司党委（DW2）", "reason": "党委讲的"}
    assert client.post(f"{address}correct/", said).status_code == 302
    text = text_of(client, address)
    shown = "第 2 版 有效 乙公司党务，党委讲的 召开单位：第一支部 → 乙公司党委"
    assert shown in text


def test_a_correction_needs_a_reason_and_a_change_and_keeps_what_was_typed(
    signed_in: SignedIn,
) -> None:
    client = signed_in("branch_secretary")
    address = f"{lecture(client)}correct/"
    answer = client.post(address, {**LECTURE, "held_on": "2026-06-20", "reason": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="fault-reason"' in page
    assert 'value="2026-06-20"' in page
    same = client.post(address, {**LECTURE, "reason": "没有变"})
    assert "没有改动任何内容" in same.content.decode()
    away = client.post(address, {**LECTURE, "unit": "DW2", "reason": "挪走"})
    assert 'id="fault-unit"' in away.content.decode(), "a unit above"
    assert LEDGER_MODELS["meetings"].objects.filter(version=2).count() == 0


def test_a_withdrawn_record_no_longer_counts_and_may_be_entered_again(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = lecture(client)
    client.post(f"{address}correct/", {"withdraw": "1", "reason": "没有开"})
    text = text_of(client, address)
    assert re.search(r"撤回，不计入判定 .*已撤回，不再计入判定 .*● 达标 → ▲ 预警 11.1.e", text)
    assert client.get(f"{address}correct/").status_code == 404
    assert "2026-09-20" not in text_of(client, "/ledgers/meetings/")
    again = text_of(client, lecture(client))
    assert "第 3 版 有效" in again


def test_what_is_masked_stays_as_it_is_where_nothing_is_typed(signed_in: SignedIn) -> None:
    dues = {
        "unit": "ZB1", "person": "P1", "month": dt.date(2026, 5, 1), "category": "在职",
        "base": 123400, "paid": 5678, "paid_on": dt.date(2026, 5, 10), "by_payroll": False,
    }  # fmt: skip
    people = {"persons": [a_person("P1", name="甄实在")], "memberships": [a_member("P1", of="ZB1")]}
    take_in({**people, "dues": [dues]}, hours=4995)
    client = signed_in("branch_secretary")
    (number,) = LEDGER_MODELS["dues"].objects.values_list("version_id", flat=True)
    address = f"/ledgers/dues/{number}/"
    form = client.get(f"{address}correct/").content.decode()
    assert "56.78" not in form
    assert "不改就空着" in form
    said = {"category": "在职", "paid_on": "2026-05-11", "by_payroll": "否", "reason": "日期"}
    assert client.post(f"{address}correct/", said).status_code == 302
    row = LEDGER_MODELS["dues"].objects.values().get(version=2)
    assert (row["paid"], row["base"], row["paid_on"]) == (5678, 123400, dt.date(2026, 5, 11))


def test_who_watches_sees_no_way_to_change(signed_in: SignedIn) -> None:
    address = f"/ledgers/meetings/{a_group.number_of('HY5')}/"
    assert "更正或撤回" in text_of(signed_in("party_officer"), address)
    assert "更正或撤回" not in text_of(signed_in("superior"), address)


def test_what_somebody_else_changed_meanwhile_is_shown_before_anything_is_lost(
    signed_in: SignedIn,
) -> None:
    """Both open the form of the lecture; one moves it to June, the other says it was online."""
    mine, other = signed_in("branch_secretary"), signed_in("party_officer")
    address = f"{lecture(mine)}correct/"
    form = mine.get(address).content.decode()
    seen = re.findall(r'name="seen" value="(\d+)"', form)[0]
    moved = {**LECTURE, "held_on": "2026-06-20", "reason": "日期写错", "seen": seen}
    assert other.post(address, moved).status_code == 302
    said = {**LECTURE, "form": "线上", "reason": "补形式", "seen": seen}
    warned = mine.post(address, said)
    page = warned.content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    assert warned.status_code == 422
    assert "召开日期 2026-09-20 2026-06-20 现在的" in text
    assert 'value="2026-06-20"' in page, "the change of the other is kept"
    assert re.search(r"<option selected>线上<", page), "so is what was typed"
    now = re.findall(r'name="seen" value="(\d+)"', page)[0]
    kept = {**said, "held_on": "2026-06-20", "seen": now}
    assert mine.post(address, kept).status_code == 302
    row = LEDGER_MODELS["meetings"].objects.get(version=3)
    assert (str(vars(row)["held_on"]), vars(row)["form"]) == ("2026-06-20", "线上")


def test_a_withdrawal_is_not_made_of_what_was_not_seen(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = f"{lecture(client)}correct/"
    seen = re.findall(r'name="seen" value="(\d+)"', client.get(address).content.decode())[0]
    client.post(address, {**LECTURE, "form": "线上", "reason": "补形式", "seen": seen})
    said = {"withdraw": "1", "reason": "没有开", "seen": seen}
    assert client.post(address, said).status_code == 422
    assert not LEDGER_MODELS["meetings"].objects.filter(status="撤回").exists()


def dues_of(client: Client) -> str:
    """The address of the record of what P1 paid, 56.78 of a base of 1234.00."""
    take_in(
        {
            "persons": [a_person("P1", name="甄实在")],
            "memberships": [a_member("P1", of="ZB1")],
            "dues": [
                {"unit": "ZB1", "person": "P1", "month": dt.date(2026, 5, 1), "category": "在职",
                 "base": 123400, "paid": 5678, "paid_on": dt.date(2026, 5, 10), "by_payroll": False}
            ],
        },
        hours=LATER,
    )  # fmt: skip
    page = client.get("/ledgers/dues/").content.decode()
    return re.findall(r'href="(/ledgers/dues/\d+/)"', page)[0]


def test_a_sensitive_value_is_seen_one_at_a_time_with_a_reason_that_is_kept(
    signed_in: SignedIn,
) -> None:
    client = signed_in("finance")
    address = dues_of(client)
    assert "56.78" not in text_of(client, address)
    see = f"{address}see/paid/"
    assert "56.78" not in text_of(client, see)
    assert client.post(see, {"reason": " "}).status_code == 422
    entries = AuditEntry.objects.count()
    page = client.post(see, {"reason": "核对缴费"}).content.decode()
    assert "56.78" in page
    assert "1234" not in page
    entry = AuditEntry.objects.order_by("-number")[0]
    assert AuditEntry.objects.count() == entries + 1
    assert (entry.action, entry.actor) == ("see_value", "finance")
    assert (entry.detail["column"], entry.detail["reason"]) == ("paid", "核对缴费")
    assert "56.78" not in str(entry.detail)
    assert client.get(f"{address}see/category/").status_code == 404, "nothing is masked there"
    assert "查看" not in text_of(signed_in("superior"), address).split("版本")[0]
    assert signed_in("superior").post(see, {"reason": "想看"}).status_code == 403
