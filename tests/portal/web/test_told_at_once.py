"""All that is wrong with a form is told in one round, each fault at its field."""

import re

from django.test import Client
from tests.builders import a_member, a_person
from tests.platform.sheets import wide
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER

from tongrong.records.models import LEDGER_MODELS


def faults(client: Client, address: str, said: dict[str, str]) -> dict[str, str]:
    """What a refused form says, by field."""
    page = client.post(address, said)
    assert page.status_code == 422
    return dict(re.findall(r'id="fault-(\w+)">([^<]*)<', page.content.decode()))


def test_a_reference_to_nothing_is_told_with_the_other_faults(signed_in: SignedIn) -> None:
    """The unit is not theirs, the day cannot be read, the lecturer is nobody."""
    said = {"unit": "QY9", "kind": "党课", "held_on": "2026-02-30", "lecturer": "没有此人"}
    found = faults(signed_in("branch_secretary"), "/ledgers/meetings/new/", said)
    assert set(found) == {"unit", "held_on", "lecturer"}
    assert "从列出的里面选" in found["lecturer"]
    assert "您负责范围内的召开单位" in found["unit"]


def test_so_is_what_makes_no_sense(signed_in: SignedIn) -> None:
    said = {
        "unit": "QY9", "person": "RY1", "month": "2026-13", "category": "在职",
        "paid": "-20", "paid_on": "2026-08-05", "by_payroll": "否",
    }  # fmt: skip
    found = faults(signed_in("branch_secretary"), "/ledgers/dues/new/", said)
    assert set(found) == {"unit", "month", "paid"}


def test_a_name_of_several_is_told_with_those_it_may_be(signed_in: SignedIn) -> None:
    alike = [a_person("P1", name="甄实在"), a_person("P2", name="甄实在")]
    members = [a_member("P1", of="ZB1"), a_member("P2", of="ZB1")]
    take_in({"persons": alike, "memberships": members}, hours=LATER)
    said = {"unit": "ZB1", "kind": "党课", "held_on": "", "lecturer": "甄实在"}
    found = faults(signed_in("branch_secretary"), "/ledgers/meetings/new/", said)
    assert set(found) == {"held_on", "lecturer"}
    told = found["lecturer"]
    assert told.startswith("应为同名的 2 个之一：")
    assert "甄实在（P1）" in told
    assert "甄实在（P2）" in told


def test_an_item_numbered_in_wide_digits_is_the_item_of_that_number(signed_in: SignedIn) -> None:
    client, items = signed_in("branch_secretary"), LEDGER_MODELS["agenda_items"].objects
    said = {"meeting": "HY6", "item": wide("12"), "title": "学习", "topic": "其他"}
    for item in (wide("12"), "12"):
        assert client.post("/ledgers/agenda_items/new/", {**said, "item": item}).status_code == 302
    assert items.filter(meeting="HY6").values_list("item", flat=True).get() == "12"


def test_a_correction_tells_all_at_once_too(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = f"/ledgers/meetings/{a_group.number_of('HY6')}/correct/"
    said = {"unit": "QY9", "kind": "党课", "held_on": "昨天", "reason": "写错"}
    assert set(faults(client, address, said)) == {"unit", "held_on"}
    said = {**said, "held_on": "2026-05-12", "lecturer": "没有此人"}
    assert set(faults(client, address, said)) == {"unit", "lecturer"}
