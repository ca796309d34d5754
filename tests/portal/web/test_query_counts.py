"""No page without a written count of its queries; how many pages of one thing ask."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import resolve
from tests.builders import a_member, a_person
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import do_jobs, meetings, send
from tests.portal.web.test_ledgers import LATER
from tests.portal.web.test_pages import (
    BY_LOGIN,
    OF_ONE_THING,
    WITHOUT_A_COUNT,
    forty_more_enterprises,
    queries,
    sixty_more_accounts,
)
from tests.portal.web.test_persons import WHOLE, address_of

from tongrong.portal.pages.registry import PAGES

LECTURE = ("HY50", "ZB1", "党课", "2026-09-20")
PATHS = {
    "meeting": "1",
    "person": "1",
    "account": "1",
    "import": "/imports/x/",
    "export": "/exports/x/",
}


def name_of(address: str) -> str:
    """The name of the page at a written address."""
    return str(resolve(address.format(**PATHS).partition("?")[0]).url_name)


def things(client: Client) -> Mapping[str, str]:
    """What the addresses are of; the import and the export are those of the client."""
    known = a_person("RY1", name="白一", identity_number=WHOLE)
    take_in({"persons": [known]}, hours=LATER)
    export = str(client.post("/ledgers/meetings/export/").headers["Location"])
    do_jobs()
    return {
        "meeting": str(a_group.number_of("HY5")),
        "person": address_of("RY1").strip("/").split("/")[-1],
        "import": send(client, meetings(LECTURE)),
        "export": export,
    }


def thirty_more_members() -> None:
    """Of the branch, whose list of who came is of all of them."""
    numbers = [f"R{n}" for n in range(30)]
    people = [a_person(one) for one in numbers]
    members = [a_member(one, of="ZB1") for one in numbers]
    take_in({"persons": people, "memberships": members}, hours=LATER + 1)


def test_every_page_has_its_count_written_down() -> None:
    counts = (*BY_LOGIN.values(), *OF_ONE_THING.values())
    counted = {name_of(address) for some in counts for address in some}
    shown = {page.name for page in PAGES if "GET" in page.methods}
    assert shown == counted | WITHOUT_A_COUNT.keys()
    assert not counted & WITHOUT_A_COUNT.keys()


@pytest.mark.parametrize("login", OF_ONE_THING)
def test_pages_of_one_thing_ask_as_many_however_many_others_there_are(
    login: str, signed_in: SignedIn
) -> None:
    counts = OF_ONE_THING[login]
    client = signed_in(login) if login else Client()
    told = things(client) if login == "party_officer" else {}
    assert {one: queries(client, one.format(**told)) for one in counts} == counts
    assert max(counts.values()) <= 10
    forty_more_enterprises()
    sixty_more_accounts()
    thirty_more_members()
    assert {one: queries(client, one.format(**told)) for one in counts} == counts
