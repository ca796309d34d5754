"""登记…: from a record to what is naturally recorded next, with what names it filled in."""

import html
import re

from tests.builders import an_agenda_item
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER, LECTURE, NEW

from tongrong.records.models import LEDGER_MODELS


def offered(page: str) -> dict[str, str]:
    """The addresses of the forms a page offers, by what they say."""
    found = re.findall(r'<a class="btn[^"]*" href="([^"]*)">(?:<i[^>]*></i>)?(登记\w+)</a>', page)
    return {said: html.unescape(address) for address, said in found}


def test_after_a_meeting_its_agenda_and_attendance_are_offered(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    page = client.post(NEW, LECTURE, follow=True).content.decode()
    forms = offered(page)
    assert list(forms) == ["登记出席情况", "登记议题", "登记账单评议审查", "登记报告"]
    form = client.get(forms["登记议题"]).content.decode()
    (meeting,) = re.findall(r'name="meeting" value="([^"]*)"', form)
    assert meeting.startswith("党课 2026-09-20（")
    done = client.post(
        forms["登记议题"], {"meeting": meeting, "item": "1", "title": "学习", "topic": "其他"}
    )
    assert done.status_code == 302
    report = client.get(forms["登记报告"]).content.decode()
    assert 'name="unit" value="第一支部（ZB1）"' in report


def test_they_are_offered_on_the_page_of_a_record_to_who_may_record(signed_in: SignedIn) -> None:
    address = f"/ledgers/meetings/{a_group.number_of('HY6')}/"
    mine = offered(signed_in("branch_secretary").get(address).content.decode())
    assert mine["登记议题"] == "/ledgers/agenda_items/new/?meeting=HY6"
    assert offered(signed_in("superior").get(address).content.decode()) == {}


def test_a_matter_leads_to_how_it_is_carried_out_and_a_part_to_another_like_it(
    signed_in: SignedIn,
) -> None:
    take_in(
        {
            "matters": [{"number": "SX1", "unit": "QY2", "title": "购车", "category": "其他事项"}],
            "agenda_items": [an_agenda_item("7", of="HY6")],
        },
        hours=LATER,
    )
    client = signed_in("party_officer")
    (matter,) = LEDGER_MODELS["matters"].objects.values_list("version_id", flat=True)
    forms = offered(client.get(f"/ledgers/matters/{matter}/").content.decode())
    assert forms == {
        "登记执行情况": "/ledgers/follow_ups/new/?matter=SX1",
        "登记议题": "/ledgers/agenda_items/new/?matter=SX1",
    }
    said = {"meeting": "HY6", "item": "8", "title": "学习", "topic": "其他"}
    page = client.post("/ledgers/agenda_items/new/", said, follow=True).content.decode()
    assert 'href="/ledgers/agenda_items/new/?meeting=HY6">再登记一条' in page


def test_a_form_is_not_filled_with_what_is_not_the_viewers(signed_in: SignedIn) -> None:
    """HY4 is of the committee above the branch, HY3 of units abroad."""
    client = signed_in("branch_secretary")
    for code in ("HY4", "HY3", "HY99"):
        form = client.get(f"/ledgers/agenda_items/new/?meeting={code}").content.decode()
        assert 'name="meeting" value=""' in form
