"""Where returned records are seen: marked in the list, and waiting for others in 待办."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import rows_of
from tests.portal.web.test_pages import queries, text_of
from tests.portal.web.test_returned import WHY, at, corrected, counts, step

from tongrong.queries import listing, returned
from tongrong.vocabulary.roles import Role

MEETINGS, RETURNED = "/ledgers/meetings/", "/ledgers/meetings/?returned=1"
UNANSWERED = "/duties/?lamp=unanswered"


def marks(client: Client, address: str = MEETINGS) -> list[tuple[str, str]]:
    """The last word of each row, the code of the meeting, and how it is marked."""
    found = []
    for row in rows_of(client, address):
        words = row.split()
        found.append((words[-1], "、".join(words[2 : words.index("党课")])))
    return found


def unanswered(client: Client) -> int:
    (number,) = re.findall(r"待对方答复 (\d+)", text_of(client, "/duties/"))
    return int(number)


def test_a_list_marks_what_was_returned_until_it_is_passed(signed_in: SignedIn) -> None:
    officer, branch = signed_in("party_officer"), signed_in("branch_secretary")
    assert marks(branch) == [("HY6", ""), ("HY5", "")]
    assert "没有已退回的记录" in text_of(branch, RETURNED)
    step(officer, "return", "HY6", WHY)
    for client in (branch, signed_in("finance")):
        assert ("HY6", "已退回") in marks(client, "/ledgers/meetings/?kind=党课")
        assert marks(client, RETURNED) == [("HY6", "已退回")]
    corrected(branch)
    assert marks(branch) == [("HY6", "待复核"), ("HY5", "")]
    assert marks(branch, RETURNED) == [("HY6", "待复核")]
    assert step(officer, "pass", "HY6") == 302
    assert marks(branch) == [("HY6", ""), ("HY5", "")]
    assert marks(branch, RETURNED) == []


def test_what_was_withdrawn_after_a_return_is_still_among_those_returned(
    signed_in: SignedIn,
) -> None:
    branch = signed_in("branch_secretary")
    step(signed_in("superior"), "return", "HY6", WHY)
    said = {"withdraw": "1", "reason": "没有开"}
    assert branch.post(f"{at('HY6')}correct/", said).status_code == 302
    assert marks(branch) == [("HY5", "")]
    assert marks(branch, RETURNED) == [("HY6", "撤回、待复核")]
    assert marks(branch, f"{RETURNED}&text=党课") == [("HY6", "撤回、待复核")]
    assert "没有符合条件的记录" in text_of(branch, f"{RETURNED}&text=没有")


def test_those_returned_are_of_the_units_of_the_viewer_only(signed_in: SignedIn) -> None:
    superior = signed_in("superior")
    for meeting in ("HY1", "HY3", "HY5"):
        step(superior, "return", meeting, WHY)
    assert [row.split()[-1] for row in rows_of(superior, RETURNED)] == ["HY3", "HY1", "HY5"]
    assert [row.split()[-1] for row in rows_of(signed_in("uncleared"), RETURNED)] == ["HY1", "HY5"]
    assert marks(signed_in("branch_secretary"), RETURNED) == [("HY5", "已退回")]


@pytest.mark.parametrize("view", ["returned=1", "withdrawn=1"])
def test_a_unit_of_the_tree_a_reset_and_the_columns_stay_in_the_view(
    view: str, signed_in: SignedIn
) -> None:
    """What was searched for goes with 重置; it stays where only the columns are chosen."""
    superior = signed_in("superior")
    page = superior.get(f"{MEETINGS}?{view}&text=党课&sort=number").content.decode()
    assert re.findall('href="([^"]*)">重置', page) == [f"{MEETINGS}?{view}"]
    assert f'href="{MEETINGS}?{view}&amp;under=SJ1"' in page
    (below,) = re.findall(r'hx-get="(/ledgers/meetings/units/SJ1/[^"]*)"', page)
    level = superior.get(below).content.decode()
    assert f'href="{MEETINGS}?{view}&amp;under=QY1"' in level
    (columns,) = re.findall(r'action="(/ledgers/meetings/columns/[^"]*)"', page)
    answer = superior.post(unescape(columns), {"column": ["held_on"]})
    assert answer.headers["Location"] == f"{MEETINGS}?{view}&text={quote('党课')}&sort=number"


def test_in_the_list_of_records_in_force_nothing_leads_to_those_returned_by_itself(
    signed_in: SignedIn,
) -> None:
    page = signed_in("superior").get(f"{MEETINGS}?text=党课").content.decode()
    assert re.findall('href="([^"]*)">重置', page) == [MEETINGS]
    assert f'href="{MEETINGS}?under=SJ1"' in page


def test_whoever_returned_a_record_sees_that_it_is_not_answered(signed_in: SignedIn) -> None:
    """In the name of SJ1, so whoever holds the role there sees it too; the unit below does not."""
    superior, officer, branch = map(signed_in, ("superior", "party_officer", "branch_secretary"))
    assert unanswered(superior) == 0
    assert "退回的都已答复" in text_of(superior, UNANSWERED)
    step(superior, "return", "HY6", WHY)
    assert unanswered(superior) == 1
    assert re.search(f"会议活动 党课 2026-05-11 {WHY} 第一支部", text_of(superior, UNANSWERED))
    assert f'href="{at("HY6")}"' in superior.get(UNANSWERED).content.decode()
    assert WHY not in text_of(superior, "/duties/"), "nothing to do: not above the duties"
    assert unanswered(signed_in("uncleared")) == 1
    assert unanswered(officer) == 0
    assert "待对方答复" not in text_of(branch, "/duties/"), "returns nothing"
    corrected(branch)
    assert unanswered(superior) == 0
    assert counts(superior) == ["待我复核 1"]


def test_what_may_be_answered_waits_for_an_answer_and_not_for_others(signed_in: SignedIn) -> None:
    """The secretary of DW2 returned it; the officer of QY2, the same unit, may answer."""
    secretary, officer = signed_in("secretary"), signed_in("party_officer")
    step(secretary, "return", "HY4", WHY)
    assert (counts(officer), unanswered(officer)) == (["被退回 1", "待我复核 0"], 0)
    assert (counts(secretary), unanswered(secretary)) == (["被退回 0", "待我复核 0"], 1)


def test_what_waits_for_others_takes_no_room_from_what_waits_for_one(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three returned before it are not answered: the one to look at again is told all the same."""
    superior, branch = signed_in("superior"), signed_in("branch_secretary")
    for meeting in ("HY1", "HY4", "HY5", "HY6"):
        step(superior, "return", meeting, WHY)
    corrected(branch)
    monkeypatch.setattr(returned, "MOST", 2)
    page = text_of(superior, "/duties/")
    assert re.findall(r"(?:待我复核|待对方答复) \d+\+?", page) == ["待我复核 1+", "待对方答复 1+"]
    monkeypatch.setattr(listing, "FEW", 2)
    assert len(rows_of(superior, RETURNED)) == 4


def test_nothing_abroad_is_told_to_who_is_not_cleared(signed_in: SignedIn) -> None:
    step(signed_in("superior"), "return", "HY3", WHY)
    assert unanswered(signed_in("superior")) == 1
    uncleared = signed_in("uncleared")
    assert unanswered(uncleared) == 0
    assert "丙公司" not in text_of(uncleared, UNANSWERED)


def test_a_page_asks_as_many_queries_however_much_was_returned(signed_in: SignedIn) -> None:
    a_group.hold("nobody", Role.PARTY_OFFICER, "QY1")
    superior = signed_in("superior")
    addresses = (MEETINGS, RETURNED, "/duties/", UNANSWERED)
    step(superior, "return", "HY4", WHY)
    few = [queries(superior, one) for one in addresses]
    for meeting in ("HY1", "HY3", "HY5", "HY6"):
        step(superior, "return", meeting, WHY)
    assert [queries(superior, one) for one in addresses] == few
    assert max(few) <= 10
