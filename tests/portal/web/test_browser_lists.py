"""Lists in a real browser: on a phone nothing of a row is cut."""

import re
from typing import Any

import pytest
from tests.portal.web.test_browser import DESK, PHONE, browser, chromium, portal, signed_in

__all__ = ["browser", "chromium", "portal"]  # the fixtures

LISTS = {
    "party_officer": ("/duties/", ("/ledgers/meetings/", "/ledgers/agenda_items/", "/account/")),
    "superior": ("/duties/", ("/ledgers/party_organizations/", "/checklist/QY2/1.2.a/")),
    "system_admin": ("/accounts/", ("/accounts/", "/jobs/")),
    "security_admin": ("/appointments/", ("/appointments/",)),
    "audit_admin": ("/audit/", ("/audit/", "/sign-ins/")),
}
CUT = """width => [...document.querySelectorAll('.stacked tbody tr *')].filter(one => {
  const box = one.getBoundingClientRect(); return box.right > width || box.left < 0; }).map(
  one => one.outerHTML.slice(0, 90))"""
BROKEN = """() => [...document.querySelectorAll('.unbroken')].filter(
  one => one.getClientRects().length > 1).map(one => one.outerHTML)"""


@pytest.mark.parametrize("login", LISTS)
def test_on_a_phone_every_value_of_a_list_is_seen(login: str, browser: Any, portal: str) -> None:
    """Each after its heading, days and codes in one piece; nothing is to be pushed aside."""
    first, addresses = LISTS[login]
    page, _ = signed_in(browser, portal, login, PHONE, first)
    for address in addresses:
        page.goto(f"{portal}{address}")
        page.locator(".stacked tbody tr").first.wait_for()
        assert page.evaluate(CUT, PHONE["width"]) == [], address
        assert page.evaluate(BROKEN) == [], address
        headed = page.locator(".stacked td[data-label]").first
        before = headed.evaluate("e => getComputedStyle(e, '::before').content")
        assert headed.get_attribute("data-label") in before, address


def test_on_a_phone_a_list_is_still_sorted(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, "branch_secretary", PHONE)
    page.goto(f"{portal}/ledgers/meetings/")
    page.get_by_role("link", name="召开日期").click()
    page.locator("[aria-sort=ascending]").wait_for()
    assert "2026-02-10" in page.locator(".stacked tbody tr").first.inner_text()


@pytest.mark.parametrize("address", ["/ledgers/meetings/", "/cockpit/", "/checklist/QY2/1.1.b/"])
def test_at_a_desk_no_day_or_code_breaks_in_the_middle(
    address: str, browser: Any, portal: str
) -> None:
    page, _ = signed_in(browser, portal, "superior", {**DESK, "width": 800})
    page.goto(f"{portal}{address}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(BROKEN) == []


def test_at_a_desk_the_filters_of_the_duties_stand_in_one_row(browser: Any, portal: str) -> None:
    """Where there is less room each group begins at the left, none is left over at the right."""
    page, _ = signed_in(browser, portal, "party_officer", DESK)
    chips = page.locator(".filters a")
    assert chips.count() == 14
    assert len({round(one.bounding_box()["y"]) for one in chips.all()}) == 1
    page.set_viewport_size({**DESK, "width": 1000})
    groups = page.locator(".filters > span").all()
    assert len({round(one.bounding_box()["x"]) for one in groups}) == 1


def test_the_way_past_the_menu_lies_over_it_and_moves_nothing(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, "party_officer", DESK)
    skip, heading = page.locator(".skip"), page.get_by_role("heading", level=1)
    before = heading.bounding_box()
    assert skip.bounding_box()["height"] <= 1
    page.keyboard.press("Tab")
    box = skip.bounding_box()
    assert box["y"] > 0
    assert box["height"] >= 24
    assert skip.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert heading.bounding_box() == before
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_on_a_phone_a_wide_matrix_says_that_it_goes_on(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, "superior", PHONE)
    page.goto(f"{portal}/cockpit/")
    said = page.locator(".sideways").first
    assert "左右滑动" in said.evaluate("e => getComputedStyle(e, '::before').content")
    page.set_viewport_size(DESK)
    assert said.evaluate("e => getComputedStyle(e, '::before').content") == "none"


def test_a_table_of_several_columns_is_one_that_a_phone_can_show(
    request: pytest.FixtureRequest,
) -> None:
    """Its rows become cards, each value with its heading; or it is moved sideways and says so."""
    folder = request.config.rootpath / "src" / "tongrong" / "portal" / "templates"
    seen = 0
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for around, name, table in re.findall(
            r'<div class="([^"]*)"[^>]*><table class="([^"]*)">(.*?)</table>', text, re.DOTALL
        ):
            head, _, body = table.partition("<tbody>")
            if "sideways" in around or (
                len(re.findall("<th[ >]", head)) <= 2 and "{% for" not in head
            ):
                continue
            seen += 1
            assert "stacked" in name, path.name
            bare = [one for one in re.findall(r"<td[^>]*>", body) if "data-label" not in one]
            assert [one for one in bare if one != '<td class="place">'] == [], path.name
    assert seen >= 15
