"""出席情况: who came, ticked on the list of the body that met, saved in one go."""

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import a_member, a_person, a_post
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER

from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry

COLUMNS = ("person", "role", "present", "absence_reason")


@pytest.fixture(autouse=True)
def _people(group: str) -> None:
    """P1 and P2 are members of ZB1 at its lecture of May (HY6); P3 left in March, P4 came in June.

    P5 and P6 sit on the committee DW2 at its meeting of April (HY4), P7 manages the enterprise.
    """
    del group
    numbers = [f"P{n}" for n in range(1, 8)]
    take_in(
        {
            "persons": [a_person(one, name=f"甄{one}") for one in numbers],
            "memberships": [
                a_member("P1", of="ZB1"),
                a_member("P2", of="ZB1"),
                a_member("P3", of="ZB1", until="2026-03-01"),
                a_member("P4", of="ZB1", since="2026-06-01"),
            ],
            "posts": [
                a_post("P6", "党委委员", of="QY2"),
                a_post("P5", "党委书记", of="DW2"),
                a_post("P7", "总经理", of="QY2"),
            ],
        },
        hours=LATER,
    )


def address(meeting: str) -> str:
    return f"/ledgers/meetings/{a_group.number_of(meeting)}/attendance/"


def listed(client: Client, meeting: str) -> dict[str, str]:
    """The way chosen on the page of each person of these tests listed."""
    page = client.get(address(meeting)).content.decode()
    chosen = r'name="way-([PN]\w+)" value="([^"]*)" checked'
    return dict(re.findall(chosen, page))


def saved(client: Client, meeting: str, said: Mapping[str, str]) -> int:
    return client.post(address(meeting), said).status_code


def recorded() -> list[tuple[object, ...]]:
    rows = LEDGER_MODELS["attendance"].objects.filter(superseded_at__isnull=True, status="有效")
    return sorted(rows.values_list(*COLUMNS))


def test_the_list_has_the_members_of_the_day_all_there(signed_in: SignedIn) -> None:
    assert listed(signed_in("branch_secretary"), "HY6") == {"P1": "出席", "P2": "出席"}


def test_a_committee_lists_who_sits_on_it_the_secretary_first(signed_in: SignedIn) -> None:
    assert list(listed(signed_in("party_officer"), "HY4")) == ["P5", "P6"]


def test_a_list_is_saved_by_one_entry_and_once(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    said = {
        "way-P1": "主持",
        "way-P2": "缺席",
        "why-P2": "出差",
        "person": "甄P4",
        "person-way": "列席",
    }
    entries = AuditEntry.objects.count()
    for _ in range(2):
        assert saved(client, "HY6", said) == 302
    assert recorded() == [
        ("P1", "主持", True, None), ("P2", "出席", False, "出差"), ("P4", "列席", True, None),
    ]  # fmt: skip
    assert LEDGER_MODELS["attendance"].objects.count() == 3
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-number")[0]
    assert (entry.action, entry.subject) == ("record_attendance", "meetings/HY6")
    assert listed(client, "HY6") == {"P1": "主持", "P2": "缺席", "P4": "列席"}
    assert verify_store().problems == ()


def test_what_changes_is_a_further_version_with_the_reason(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席"})
    changed = {"way-P1": "出席", "way-P2": ""}
    assert saved(client, "HY6", changed) == 422, "without a reason"
    assert saved(client, "HY6", {**changed, "reason": "记错了人"}) == 302
    assert recorded() == [("P1", "出席", True, None)]
    versions = LEDGER_MODELS["attendance"].objects.filter(record="attendance/HY6|P2")
    told = versions.order_by("version").values_list("status", "recorded_because")
    assert list(told) == [("有效", ""), ("撤回", "记错了人")]
    assert saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席", "reason": "来了"}) == 302
    assert versions.count() == 3


def test_who_is_recorded_meanwhile_is_not_withdrawn(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    take_in(
        {"attendance": [{"meeting": "HY6", "person": "P4", "role": "列席", "present": True}]},
        hours=LATER,
    )
    assert saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席"}) == 302
    assert [one for one, *_ in recorded()] == ["P1", "P2", "P4"]


@pytest.mark.parametrize("person", ["没有的人", "P99"])
def test_a_person_who_is_not_there_is_refused_and_nothing_is_written(
    person: str, signed_in: SignedIn
) -> None:
    said = {"way-P1": "出席", "person": person, "person-way": "列席"}
    assert saved(signed_in("branch_secretary"), "HY6", said) == 422
    assert recorded() == []


@pytest.mark.parametrize("meeting", ["HY1", "HY3", "HY4"])
def test_a_meeting_of_others_is_not_there(meeting: str, signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    assert client.get(address(meeting)).status_code == 404
    assert saved(client, meeting, {"way-P1": "出席"}) == 404


def test_the_page_and_its_saving_cost_the_same_for_two_and_for_forty(signed_in: SignedIn) -> None:
    client, counts = signed_in("branch_secretary"), []
    for more in range(2):
        with CaptureQueriesContext(connection) as page:
            client.get(address("HY6"))
        with CaptureQueriesContext(connection) as save:
            people = listed(client, "HY6")
            saved(client, "HY6", {f"way-{one}": "出席" for one in people})
        counts.append((len(page), len(save)))
        if not more:
            many = [f"N{n:02d}" for n in range(40)]
            members = [a_member(one, of="ZB1") for one in many]
            take_in(
                {"persons": [a_person(one) for one in many], "memberships": members},
                hours=LATER,
            )
    assert counts[0][0] == counts[1][0] <= 10
    assert counts[1][1] <= counts[0][1] + 5


def test_a_list_of_two_thousand_members_is_saved_whole(signed_in: SignedIn) -> None:
    """A way and a reason a person: four thousand fields, more than Django takes by itself."""
    many = [f"N{n:04d}" for n in range(2000)]
    members = [a_member(one, of="ZB1") for one in many]
    take_in({"persons": [a_person(one) for one in many], "memberships": members}, hours=LATER)
    client = signed_in("branch_secretary")
    assert set(many) <= listed(client, "HY6").keys()
    said = {f"way-{one}": "缺席" if one == "N1999" else "出席" for one in many}
    reasons = {f"why-{one}": "出差" if one == "N1999" else "" for one in many}
    assert saved(client, "HY6", {**said, **reasons}) == 302
    assert recorded()[1998:] == [("N1998", "出席", True, None), ("N1999", "出席", False, "出差")]


def sent_by(client: Client, meeting: str, **said: str) -> dict[str, str]:
    """What the page of the list sends as it stands, but for what is said."""
    page = client.get(address(meeting)).content.decode()
    was = dict(re.findall(r'name="(was-[PN]\w+)" value="([^"]*)"', page))
    ways = dict(re.findall(r'name="(way-[PN]\w+)" value="([^"]*)" checked', page))
    return {**was, **ways, **{name.replace("_", "-"): one for name, one in said.items()}}


def test_a_list_opened_earlier_leaves_what_others_have_saved_since(signed_in: SignedIn) -> None:
    """Two have the page open; each says of another person that they were absent."""
    client = signed_in("branch_secretary")
    saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席"})
    stale = sent_by(client, "HY6", way_P2="缺席", why_P2="出差", reason="核对签到")
    first = sent_by(client, "HY6", way_P1="缺席", why_P1="病假", reason="核对签到")
    assert saved(client, "HY6", first) == 302
    assert saved(client, "HY6", stale) == 302
    assert recorded() == [("P1", "出席", False, "病假"), ("P2", "出席", False, "出差")]


def test_what_both_changed_is_shown_before_it_is_written(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席"})
    stale = sent_by(client, "HY6", way_P1="列席", reason="核对签到")
    first = sent_by(client, "HY6", way_P1="缺席", why_P1="病假", reason="核对签到")
    saved(client, "HY6", first)
    answer = client.post(address("HY6"), stale)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已由别人改为“缺席（病假）”" in page
    assert 'value="列席" checked' in page, "what was chosen is still there"
    assert recorded()[0] == ("P1", "出席", False, "病假")
    assert saved(client, "HY6", {**stale, "was-P1": "缺席病假"}) == 302, "seen, and saved again"
    assert recorded()[0] == ("P1", "列席", True, None)


def test_a_change_without_a_reason_is_marked_at_the_reason(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    saved(client, "HY6", {"way-P1": "出席", "way-P2": "出席"})
    answer = client.post(address("HY6"), {"way-P1": "列席", "way-P2": "出席"})
    assert answer.status_code == 422
    assert 'aria-describedby="fault-reason"' in answer.content.decode()


def test_what_is_saved_is_counted(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    said = {"way-P1": "主持", "way-P2": "缺席", "why-P2": "出差"}
    answer = client.post(address("HY6"), said, follow=True)
    assert "写入 2 条；主持 1 人、缺席 1 人" in answer.content.decode()


def test_a_reason_of_several_lines_is_not_taken_for_a_change(signed_in: SignedIn) -> None:
    """As an import may bring it; the field of one line it is shown in drops the break."""
    client = signed_in("branch_secretary")
    saved(client, "HY6", {"way-P1": "缺席", "why-P1": "病假\n两天", "way-P2": "出席"})
    said = sent_by(client, "HY6", why_P1="病假两天", way_P2="列席", reason="核对签到")
    assert saved(client, "HY6", said) == 302
    assert recorded() == [("P1", "出席", False, "病假\n两天"), ("P2", "列席", True, None)]
