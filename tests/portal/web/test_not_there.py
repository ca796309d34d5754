"""What lies abroad is answered for as what is not there, wherever it is asked of (五不公开)."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.builders import a_member, a_person
from tests.platform.store import MORNING, take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.vocabulary.roles import Role

ABROAD = {"unit": "QY3", "branch": "ZB3", "person": "RY8"}
UNKNOWN = {"unit": "QY9", "branch": "ZB9", "person": "RY9"}
NOBODY_HAS = 10**9
READ = (
    "/cockpit/{unit}/",
    "/cockpit/{unit}/reuse/",
    "/checklist/{unit}/",
    "/checklist/{unit}/1.1.b/explanation/",
    "/unit-tree/?unit={unit}",
    "/ledgers/meetings/units/{unit}/",
    "/ledgers/meetings/?unit={unit}",
    "/ledgers/meetings/?under={unit}",
    "/ledgers/party_organizations/?text={branch}",
    "/ledgers/memberships/?text={person}",
    "/ledgers/meetings/new/?unit={branch}",
    "/ledgers/meetings/look-up/unit/?unit={branch}",
    "/ledgers/attendance/look-up/person/?person={person}",
    "/ledgers/meetings/{meeting}/",
    "/ledgers/meetings/{meeting}/correct/",
    "/ledgers/meetings/{meeting}/attendance/",
    "/ledgers/meetings/{meeting}/attachments/1/",
    "/ledgers/meetings/?sort=held_on&after={meeting}",
    "/ledgers/meetings/?sort=-held_on&after={meeting}",
)
LECTURE = {"kind": "党课", "held_on": "2026-09-01"}
WRITTEN: tuple[tuple[str, dict[str, str]], ...] = (
    ("/ledgers/meetings/new/", {**LECTURE, "unit": "{branch}"}),
    ("/ledgers/meetings/new/", {**LECTURE, "unit": "ZB1", "lecturer": "{person}"}),
    ("/ledgers/meetings/new/", {**LECTURE, "unit": "ZB1", "from": "{meeting}"}),
    ("/ledgers/meetings/{own}/correct/", {**LECTURE, "unit": "{branch}", "reason": "迁移"}),
    ("/ledgers/meetings/{own}/attendance/", {"person": "{person}", "person-way": "列席"}),
    ("/ledgers/meetings/{meeting}/return/", {"words": "核对", "seen": "{meeting}"}),
    ("/ledgers/meetings/{meeting}/stand-by/", {"words": "无误", "seen": "{meeting}"}),
    ("/ledgers/meetings/{meeting}/pass/", {"seen": "{meeting}"}),
    ("/ledgers/meetings/{meeting}/attachments/", {}),
    ("/ledgers/meetings/{meeting}/attachments/1/withdraw/", {"reason": "误传"}),
)


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    """Who works for all the group but is not cleared; somebody abroad is a member there."""
    hours = (a_group.NOON - MORNING).total_seconds() / 3600
    abroad = {
        "persons": [a_person("RY8", name="境外甲")],
        "memberships": [a_member("RY8", of="ZB3")],
    }
    take_in(abroad, hours=hours)
    a_group.hold("nobody", Role.PARTY_OFFICER, "QY1")
    return signed_in("nobody")


def told(answer: HttpResponse) -> tuple[int, str]:
    """An answer without what was asked for and the token of its forms."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    assert "丙公司" not in page
    assert "境外甲" not in page
    return answer.status_code, re.sub(
        r"(QY|ZB|RY)[389]\b|\b\d{1,4}/|after=\d+|1000000000", "", page
    )


def test_what_is_abroad_is_answered_as_what_is_not_there(client: Client) -> None:
    hidden, own = a_group.number_of("HY3"), a_group.number_of("HY5")
    abroad = {**ABROAD, "meeting": str(hidden), "own": str(own)}
    unknown = {**UNKNOWN, "meeting": str(NOBODY_HAS), "own": str(own)}
    for address in READ:
        one, other = (told(client.get(address.format(**said))) for said in (abroad, unknown))
        assert one == other, address
    for address, form in WRITTEN:
        one, other = (
            told(
                client.post(
                    address.format(**said),
                    {name: text.format(**said) for name, text in form.items()},
                )
            )
            for said in (abroad, unknown)
        )
        assert one == other, (address, form)
