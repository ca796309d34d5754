"""撤回: the agenda and attendance of a meeting go with it; what else names it is told and stays."""

import pytest
from django.test import Client
from tests.builders import a_meeting, an_agenda_item
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER
from tests.portal.web.test_pages import text_of

from tongrong.actions import correct_record
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry

SAID = {"withdraw": "1", "reason": "没有开"}


def current(ledger: str, status: str = "有效") -> list[str]:
    """The records of a ledger that are so now."""
    rows = LEDGER_MODELS[ledger].objects.filter(superseded_at__isnull=True, status=status)
    return sorted(rows.values_list("record", flat=True))


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    """HY6 has two items and three on its list, HY5 one; a matter stands in an item of HY4."""
    there = {"role": "出席", "present": True}
    take_in(
        {
            "agenda_items": [
                an_agenda_item("1", of="HY6"),
                an_agenda_item("2", of="HY6"),
                an_agenda_item("2", of="HY4", matter="SX1"),
            ],
            "attendance": [
                {"meeting": "HY6", "person": "RY1", **there},
                {"meeting": "HY6", "person": "RY2", **there},
                {"meeting": "HY5", "person": "RY1", **there},
            ],
            "matters": [{"number": "SX1", "unit": "QY2", "title": "购车", "category": "其他事项"}],
            "follow_ups": [{"matter": "SX1", "followed_on": a_group.AS_OF, "progress": "执行中"}],
        },
        hours=LATER,
    )
    return signed_in("party_officer")


def address_of(meeting: str) -> str:
    return f"/ledgers/meetings/{a_group.number_of(meeting)}/correct/"


def test_before_a_meeting_is_withdrawn_its_form_says_what_goes_with_it(client: Client) -> None:
    assert "一起撤回，原因相同：议题 2 条、出席情况 2 条。" in text_of(client, address_of("HY6"))
    assert "一起撤回，原因相同：出席情况 1 条。" in text_of(client, address_of("HY5"))


def test_what_is_part_of_a_meeting_is_withdrawn_with_it_by_one_write(client: Client) -> None:
    entries = AuditEntry.objects.count()
    done = client.post(address_of("HY6"), SAID, follow=True)
    assert "已撤回，连同议题 2 条、出席情况 2 条，不再计入判定" in done.content.decode()
    assert current("agenda_items", "撤回") == ["agenda_items/HY6|1", "agenda_items/HY6|2"]
    assert current("attendance") == ["attendance/HY5|RY1"]
    assert AuditEntry.objects.count() == entries + 1
    told = (
        LEDGER_MODELS["attendance"]
        .objects.filter(status="撤回")
        .values_list("recorded_because", "recorded_by")
    )
    assert [*told] == [("没有开", "party_officer")] * 2
    assert verify_store().problems == ()


def test_a_meeting_recorded_again_under_the_code_begins_without_them(client: Client) -> None:
    client.post(address_of("HY6"), SAID)
    gone = a_group.number_of("HY6")
    again = {"unit": "ZB1", "kind": "党课", "held_on": "2026-05-11", "from": str(gone)}
    assert client.post("/ledgers/meetings/new/", again).status_code == 302
    assert "meetings/HY6" in current("meetings")
    assert current("attendance") == ["attendance/HY5|RY1"]
    assert "一起撤回" not in text_of(client, address_of("HY6"))


def test_a_withdrawal_that_fails_withdraws_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError("磁盘满")

    monkeypatch.setattr(correct_record, "append_entry", failing)
    with pytest.raises(OSError, match="磁盘满"):
        client.post(address_of("HY6"), SAID)
    assert "meetings/HY6" in current("meetings")
    assert len(current("attendance")) == 3


def test_a_meeting_of_another_unit_keeps_its_parts(client: Client, signed_in: SignedIn) -> None:
    take_in({"meetings": [a_meeting("HY8", of="DW2", on="2026-04-09")]}, hours=LATER + 1)
    take_in({"agenda_items": [an_agenda_item("1", of="HY8")]}, hours=LATER + 2)
    del client
    branch = signed_in("branch_secretary")
    assert branch.post(address_of("HY8"), SAID).status_code == 404
    assert "agenda_items/HY8|1" in current("agenda_items")


def test_what_only_names_a_record_is_told_and_stays(client: Client) -> None:
    """How a matter was carried out is part of it; the item of a meeting that names it is not."""
    (matter,) = LEDGER_MODELS["matters"].objects.values_list("version_id", flat=True)
    address = f"/ledgers/matters/{matter}/correct/"
    item = LEDGER_MODELS["agenda_items"].objects.get(record="agenda_items/HY4|2").version_id
    page = client.get(address).content.decode()
    assert f'<a href="/ledgers/agenda_items/{item}/">议题 {item}</a>' in page
    assert "一起撤回，原因相同：执行情况 1 条。" in page
    assert client.post(address, SAID).status_code == 302
    assert "agenda_items/HY4|2" in current("agenda_items")
    assert current("follow_ups") == []
