"""Every address answers exactly those whom the reviewed file names, in their units only."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from tests.portal.web.a_group import PEOPLE, number_of
from tests.portal.web.conftest import SignedIn

from tongrong.config.urls import urlpatterns
from tongrong.portal.pages.registry import PAGES
from tongrong.queries.viewers import account_of

FILE = Path(__file__).with_name("routes.yaml")
REVIEWED: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SCOPES, ROUTES = REVIEWED["scopes"], REVIEWED["routes"]
MEETINGS = {"QY1": "HY1", "QY2": "HY4", "QY3": "HY3", "ZB1": "HY5"}
NO_PAGES = {"look-up", "appointed-units", "ledger-template"}
"""Addresses that answer with a part of a page or a file, and never with a page."""
LOGINS = [one.login for one in PEOPLE]


def expected(route: Mapping[str, Any], login: str) -> int:
    """The status for somebody in scope."""
    if "everybody" in route:
        return int(route["everybody"])
    found = [status for status, logins in route["may"].items() if login in logins]
    return int(found[0]) if found else 403


def address_of(route: Mapping[str, Any], unit: str) -> str:
    """An address of the file with a unit, or with a meeting of the unit or its organizations."""
    address = str(route["address"])
    record = number_of(MEETINGS[unit]) if "{record}" in address and unit in MEETINGS else 10**9
    account = account_of("finance") if unit in MEETINGS else 10**9
    return address.format(unit=unit, record=record, account=account)


def test_no_address_is_missing_and_none_is_made_up() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(ROUTES)
    assert set(SCOPES) == set(LOGINS)
    for route in ROUTES.values():
        for logins in route.get("may", {}).values():
            assert set(logins) <= set(LOGINS)


def test_every_page_says_its_permission_and_title() -> None:
    public = {page.name for page in PAGES if page.permission is None}
    assert public == {"sign-in", "sign-in-code", "sign-in-oidc", "sign-in-oidc-back", "sign-out"}
    assert all(page.title for page in PAGES)


@pytest.mark.parametrize("login", LOGINS)
def test_a_person_gets_what_the_file_says(login: str, signed_in: SignedIn) -> None:
    client, wrong, titles = signed_in(login), list[str](), dict[str, str]()
    for name, route in ROUTES.items():
        answer = client.get(address_of(route, SCOPES[login]["in"]))
        if answer.status_code != expected(route, login):
            wrong.append(f"{name} in scope: {answer.status_code}, not {expected(route, login)}")
        if answer.status_code == 200 and name not in NO_PAGES:
            title = title_of(answer.content.decode())
            if (other := titles.setdefault(title, name)) != name:
                wrong.append(f"{name}: called “{title}” as {other} is")
        if "{" in route["address"]:
            beyond = 403 if expected(route, login) == 403 else 404
            status = client.get(address_of(route, SCOPES[login]["out"])).status_code
            if status != beyond:
                wrong.append(f"{name} beyond: {status}, not {beyond}")
    assert wrong == []


def title_of(page: str) -> str:
    """The title of a page, which has one and one heading."""
    (title,) = re.findall(r"<title>([^<]+) · 同融</title>", page)
    assert len(re.findall(r"<h1\b", page)) == 1, title
    return str(title)


@pytest.mark.usefixtures("group")
def test_who_has_not_signed_in_sees_the_sign_in_page_only() -> None:
    for name, route in ROUTES.items():
        answer = Client().get(address_of(route, "QY2"))
        assert answer.status_code == route.get("anybody", 302), name
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in/"), name


def test_what_does_not_exist_and_what_may_not_be_seen_are_told_alike(signed_in: SignedIn) -> None:
    client = signed_in("uncleared")
    hidden, unknown = client.get("/checklist/QY3/"), client.get("/checklist/QY9/")
    without = [one.content.decode().replace("QY3", "QY9") for one in (hidden, unknown)]
    assert strip_token(without[0]) == strip_token(without[1])


def strip_token(page: str) -> str:
    """The page without what differs from request to request."""
    start = page.find('name="csrfmiddlewaretoken"')
    return page[:start] + page[page.find(">", start) :]
