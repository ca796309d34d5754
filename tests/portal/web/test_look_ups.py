"""查找: a meeting is found by day, unit and kind; what was found can be picked in the browser."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.builders import a_meeting
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_browser import DESK, browser, chromium, portal, signed_in
from tests.portal.web.test_ledgers import LATER

from tongrong.facts.days_named import DaysNamed, days_named
from tongrong.records.models import LEDGER_MODELS

__all__ = ["browser", "chromium", "portal"]  # the fixtures
open_page = signed_in


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    """Who records for 乙公司 and below: HY4 党委会 of 8 April, HY5 and HY6 of the branch, HY9."""
    take_in({"meetings": [a_meeting("HY9", of="ZB1", on="2025-05-12")]}, hours=LATER)
    return signed_in("party_officer")


def found(client: Client, text: str, address: str = "agenda_items/look-up/meeting") -> list[str]:
    """The codes of what is listed below a field in which a text was typed."""
    column = address.rpartition("/")[2]
    page = client.get(f"/ledgers/{address}/", {column: text}).content.decode()
    return sorted(re.findall(r'data-value="[^"]*（(\w+)）"', page))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026", DaysNamed(2026)),
        ("2026年", DaysNamed(2026)),
        ("2026-05", DaysNamed(2026, 5)),
        ("2026年5月", DaysNamed(2026, 5)),
        ("2026-05-12", DaysNamed(2026, 5, 12)),
        ("2026年5月12日", DaysNamed(2026, 5, 12)),
        ("20260512", DaysNamed(2026, 5, 12)),
        ("\uff15月", DaysNamed(None, 5)),
        ("5月", DaysNamed(None, 5)),
        ("5月12日", DaysNamed(None, 5, 12)),
        ("5-12", DaysNamed(None, 5, 12)),
        ("5月0日", None),
        ("13月", None),
        ("HY5", None),
        ("12", None),
    ],
)
def test_days_are_understood_as_they_are_said(said: str, meant: DaysNamed | None) -> None:
    assert days_named(said) == meant


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2026-05", ["HY6"]),
        ("5月", ["HY6", "HY9"]),
        ("5月12日", ["HY9"]),
        ("2026-05-11", ["HY6"]),
        ("2026-05-12", []),
        ("2026", ["HY4", "HY5", "HY6"]),
        ("第一支部", ["HY5", "HY6", "HY9"]),
        ("dyzb", ["HY5", "HY6", "HY9"]),
        ("第一支部 2026-05", ["HY6"]),
        ("dk 5月", ["HY6"]),
        ("党课 2026-02-10", ["HY5"]),
        ("dwh", ["HY4", "HY9"]),
        ("hy4", ["HY4"]),
        ("党委会 2026-04-08（HY4）", ["HY4"]),
        ("甲集团", []),
    ],
)
def test_a_meeting_is_found_by_day_unit_and_kind(
    client: Client, text: str, codes: list[str]
) -> None:
    assert found(client, text) == codes


def test_meetings_alike_are_told_apart_by_their_units(client: Client) -> None:
    page = client.get("/ledgers/agenda_items/look-up/meeting/", {"meeting": "2026-04"})
    assert "<small>乙公司党委</small>" in page.content.decode()


def test_meetings_of_other_units_are_found_by_nothing(signed_in: SignedIn) -> None:
    """HY3 is of the branch abroad, HY1 of the group above."""
    uncleared, branch = signed_in("uncleared"), signed_in("branch_secretary")
    assert uncleared.get("/ledgers/agenda_items/look-up/meeting/").status_code == 403
    assert found(branch, "2026-03") == []
    assert found(branch, "2026") == ["HY5", "HY6"]
    assert found(signed_in("party_officer"), "bgszb") == []


def test_the_name_of_a_meeting_typed_out_is_taken_for_its_code(client: Client) -> None:
    said = {"meeting": "党课 2026-02-10", "item": "1", "title": "学习", "topic": "党建工作"}
    assert client.post("/ledgers/agenda_items/new/", said).status_code == 302
    assert LEDGER_MODELS["agenda_items"].objects.filter(meeting="HY5", title="学习").exists()


def test_what_was_found_by_initials_is_picked_with_the_mouse(browser: Any, portal: str) -> None:
    page, complaints = open_page(browser, portal, "party_officer", DESK)
    page.goto(f"{portal}/ledgers/attendance/new/")
    meeting = page.locator("#meeting")
    meeting.click()
    page.get_by_role("option", name="党委会 2026-04-08（HY4）").wait_for()
    meeting.fill("dyzb 2月")
    page.get_by_role("option", name="党委会").wait_for(state="detached")
    page.get_by_role("option", name="党课 2026-02-10（HY5）").click()
    assert meeting.input_value() == "党课 2026-02-10（HY5）"
    assert page.locator("#list-meeting *").count() == 0
    meeting.fill("没有这样的会")
    page.get_by_text("没有找到").wait_for()
    page.get_by_label("出席身份").focus()
    page.get_by_text("没有找到").wait_for(state="detached")
    assert complaints == []


def test_after_the_session_has_ended_a_field_says_so_and_keeps_what_was_typed(
    browser: Any, portal: str
) -> None:
    page, complaints = open_page(browser, portal, "party_officer", DESK)
    page.goto(f"{portal}/ledgers/agenda_items/new/")
    page.get_by_label("议题名称").fill("研究五月党建")
    page.context.clear_cookies()
    page.locator("#meeting").fill("4月")
    page.get_by_text("登录已到期").wait_for()
    assert page.locator("#meeting").input_value() == "4月"
    assert page.get_by_label("议题名称").input_value() == "研究五月党建"
    with page.expect_popup() as beside:
        page.get_by_role("link", name="在新窗口登录").click()
    again = beside.value
    again.get_by_label("账户名").fill("party_officer")
    again.get_by_label("口令").fill(a_group.PASSWORD)
    again.get_by_role("button", name="登录").click()
    again.get_by_role("heading", name="待办").wait_for()
    page.locator("#meeting").fill("2026-04")
    page.get_by_role("option", name="党委会 2026-04-08（HY4）").click()
    assert complaints == []
