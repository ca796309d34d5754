"""axe-core finds nothing serious on any page of the registry, at a desk; nor on a phone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django import DjangoDbBlocker
from tests.databases import django_at
from tests.portal.web.test_browser import DESK, PHONE, browser, chromium, portal, signed_in
from tests.portal.web.test_routes import ROUTES, SCOPES, address_of, expected

__all__ = ["browser", "chromium", "portal"]  # the fixtures

FIRST = {
    "superior": "/duties/",
    "party_officer": "/duties/",
    "member": "/mine/",
    "system_admin": "/accounts/",
    "security_admin": "/appointments/",
    "audit_admin": "/audit/",
}
ON_A_PHONE = ("duties", "cockpit-unit", "checklist-unit", "clause", "ledger", "record", "entry")
AXE = Axe()
SERIOUS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
FAULTY = "party_officer"


@pytest.fixture(scope="module")
def addresses(
    group_sqlite: Path, django_db_blocker: DjangoDbBlocker
) -> Mapping[str, Mapping[str, str]]:
    """By login the pages that are looked at as that person: each page once, as the first who may.

    Parts of pages are looked at in the page they stand in.
    """
    parts = {"look-up", "appointed-units", "ledger-template", "home"}
    found: dict[str, dict[str, str]] = {login: {} for login in FIRST}
    with django_db_blocker.unblock(), django_at(f"sqlite:///{group_sqlite}"):
        for name, route in ROUTES.items():
            may = [login for login in FIRST if expected(route, login) == 200]
            if may and name not in parts:
                found[may[0]][name] = address_of(route, SCOPES[may[0]]["in"])
    return found


def faults(page: Any) -> list[str]:
    """What axe finds on a page as it stands, of what keeps people from using it."""
    page.wait_for_load_state("networkidle")
    return [
        f"{page.url}: {one['id']} {node['target']} {node['html'][:120]}"
        for one in AXE.run(page, options=SERIOUS).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("login", FIRST)
def test_no_page_keeps_people_from_using_it(
    login: str, addresses: Mapping[str, Mapping[str, str]], browser: Any, portal: str
) -> None:
    page, _ = signed_in(browser, portal, login, DESK, FIRST[login])
    found = []
    for address in addresses[login].values():
        page.goto(f"{portal}{address}")
        found += faults(page)
    assert found == []


def test_nor_does_a_form_with_faults_nor_a_job(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, FAULTY, DESK)
    page.goto(f"{portal}/ledgers/meetings/new/")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("处要改").wait_for()
    found = faults(page)
    page.goto(f"{portal}/ledgers/meetings/")
    page.get_by_role("button", name="导出").click()
    page.get_by_role("heading", name="导出会议活动").wait_for()
    assert [*found, *faults(page)] == []


def test_nor_does_a_page_on_a_phone(
    addresses: Mapping[str, Mapping[str, str]], browser: Any, portal: str
) -> None:
    every = {**addresses["superior"], **addresses[FAULTY]}
    page, _ = signed_in(browser, portal, FAULTY, PHONE)
    found = []
    for name in ON_A_PHONE:
        page.goto(f"{portal}{every[name]}".replace("SJ1", "QY2").replace("QY1", "QY2"))
        found += faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            found.append(f"{page.url} is wider than the screen")
    assert found == []
