"""确认无误: what can hardly be so is asked about, and recorded once it is confirmed."""

import html
import re

from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.records.models import LEDGER_MODELS

NEW = "/ledgers/meetings/new/"
LECTURE = {"unit": "第一支部（ZB1）", "kind": "党课", "held_on": "2027-09-20"}


def meetings() -> int:
    return LEDGER_MODELS["meetings"].objects.count()


def asked(client: Client, address: str, said: dict[str, str]) -> tuple[list[str], str]:
    """What is asked after a form was sent, and what the button that confirms would send."""
    page = client.post(address, said)
    assert page.status_code == 422
    text = page.content.decode()
    (block,) = re.findall(r"请核对：<ul[^>]*>(.*?)</ul>", text)
    (answer,) = re.findall(r'name="sure" value="([^"]*)"', text)
    return re.findall(r"<li>(.*?)</li>", block), html.unescape(answer)


def test_a_meeting_of_next_year_is_recorded_once_confirmed(signed_in: SignedIn) -> None:
    client, before = signed_in("branch_secretary"), meetings()
    lines, answer = asked(client, NEW, LECTURE)
    assert lines == [
        "召开日期：“召开日期”不晚于 2026-09-25。核对年份；还没有发生的，发生以后再登记。"
    ]
    assert meetings() == before
    assert 'value="2027-09-20"' in client.post(NEW, LECTURE).content.decode(), "nothing is lost"
    assert client.post(NEW, {**LECTURE, "sure": answer}).status_code == 302
    assert meetings() == before + 1


def test_another_doubt_is_asked_about_anew(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    _, answer = asked(client, NEW, LECTURE)
    lines, _ = asked(client, NEW, {**LECTURE, "kind": "党小组会", "sure": answer})
    assert [one.partition("：")[0] for one in lines] == ["召开日期", "党小组"]


def test_a_board_meeting_of_a_branch_is_asked_about_one_of_a_company_is_not(
    signed_in: SignedIn,
) -> None:
    client = signed_in("party_officer")
    board = {"kind": "董事会", "held_on": "2026-09-20"}
    lines, _ = asked(client, NEW, {**board, "unit": "ZB1"})
    assert lines == ["召开单位：董事会由企业召开。召开单位选企业；是党组织的会议的，改会议类型。"]
    assert client.post(NEW, {**board, "unit": "QY2"}).status_code == 302


def test_negative_dues_are_refused_at_their_field(signed_in: SignedIn) -> None:
    said = {
        "unit": "ZB1", "person": "RY1", "month": "2026-08", "category": "在职",
        "paid": "-20", "paid_on": "2026-08-05", "by_payroll": "否",
    }  # fmt: skip
    page = signed_in("branch_secretary").post("/ledgers/dues/new/", said)
    assert page.status_code == 422
    assert re.search(r'id="fault-paid">[^<]*不小于 0', page.content.decode())


def test_a_correction_is_asked_only_about_what_it_brings(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = f"/ledgers/meetings/{a_group.number_of('HY6')}/correct/"
    said = {"unit": "ZB1", "kind": "党课", "held_on": "2027-05-11", "reason": "日期写错"}
    lines, answer = asked(client, address, said)
    assert len(lines) == 1
    assert client.post(address, {**said, "sure": answer}).status_code == 302
    address = f"/ledgers/meetings/{a_group.number_of('HY6')}/correct/"
    assert client.post(address, {**said, "kind": "主题党日"}).status_code == 302, "as it was"
