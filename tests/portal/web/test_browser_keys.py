"""In a real browser: without a mouse, and on paper."""

from typing import Any

import pytest
from tests.portal.web.test_browser import DESK, browser, chromium, portal, signed_in

__all__ = ["browser", "chromium", "portal"]  # the fixtures
PAPER = {"width": 794, "height": 1123}
"""A4 upright, in pixels of a browser."""


def focused(page: Any) -> str:
    """What has the focus, by its words or its name."""
    return str(
        page.evaluate("(e => e.innerText || e.name || e.id)(document.activeElement)")
    ).strip()


def tab_to(page: Any, wanted: str, most: int) -> None:
    """Go on with the tabulator until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    pytest.fail(f"not reached in {most} steps: {wanted}")


def test_a_meeting_is_recorded_without_a_mouse(browser: Any, portal: str) -> None:
    """Past the menu by its first link, from field to field, sent with Enter."""
    page, complaints = signed_in(browser, portal, "branch_secretary", DESK)
    page.goto(f"{portal}/ledgers/meetings/new/")
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.keyboard.press("Enter")
    tab_to(page, "unit", 2)  # after the way back
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("yzb")
    listed = page.locator("#list-unit [role=option]")
    listed.first.wait_for()
    page.keyboard.press("Escape")
    assert listed.count() == 0
    assert page.get_by_label("召开单位").input_value() == "yzb", "what was typed is still there"
    page.keyboard.press("ArrowDown")
    listed.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.get_by_label("召开单位").input_value() == "第一支部（ZB1）"
    tab_to(page, page.get_by_label("会议类型").inner_text().strip(), 1)
    page.get_by_label("会议类型").select_option("主题党日")
    tab_to(page, "保存", 12)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="已登记").wait_for()
    assert complaints == []


def test_a_search_is_sent_with_enter(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, "party_officer", DESK)
    page.goto(f"{portal}/ledgers/meetings/")
    page.locator("#text").focus()
    page.keyboard.insert_text("第一支部")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=**")


@pytest.mark.parametrize(
    "address",
    [
        "/duties/",
        "/cockpit/",
        "/cockpit/QY2/",
        "/checklist/QY2/",
        "/checklist/QY2/1.1.b/",
        "/ledgers/meetings/",
        "/account/",
    ],
)
def test_on_paper_there_is_neither_menu_nor_form_nor_button(
    address: str, browser: Any, portal: str
) -> None:
    """A page with a wide table lies on its side, from its title on; it says of which day it is."""
    page, _ = signed_in(browser, portal, "superior", PAPER)
    page.goto(f"{portal}{address}")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    seen = [one for one in page.locator(".bar, button, form, .btn").all() if one.is_visible()]
    assert [one.evaluate("e => e.outerHTML.slice(0, 90)") for one in seen] == []
    assert page.get_by_role("heading", level=1).is_visible()
    wide = page.locator(".matrix-frame, .records").count() > 0
    assert (page.locator("main").evaluate("e => getComputedStyle(e).page") == "wide") == wide
    if "cockpit" in address or "checklist" in address:
        assert page.get_by_text("考核日 2026-09-25 日终", exact=True).is_visible()
    page.close()
