"""我的待办: members and staff representatives see what they take part in, and nothing else."""

import pytest
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_pages import text_of

from tongrong.vocabulary.roles import Role
from tongrong.vocabulary.verdicts import Verdict

CONGRESS = ("QY2", "14.1.a", Verdict.AT_RISK, 0, 1, "2026-09-30", ("2026",))
COMMITTEE = ("DW2", "11.3.a", Verdict.UNMET, 0, 1, "2026-09-30", ("2026-08",))


DISPOSED = ("ZB1", "11.3.c", Verdict.UNMET, 0, 1, "2026-09-30", ("某人",))


@pytest.mark.parametrize("login", ["member", "staff"])
def test_it_is_their_home(login: str, signed_in: SignedIn) -> None:
    assert signed_in(login).get("/").headers["Location"] == "/mine/"


def test_a_member_sees_the_life_of_the_branch_this_month(signed_in: SignedIn) -> None:
    """11.1.e falls due on 30 September, 11.1.f lacks May; 1.2.a is no matter of theirs."""
    client = signed_in("member")
    text = text_of(client, "/mine/")
    assert "第一支部 党员" in text
    assert "还要开展 1 件，已开展 1 件，逾期或缺数据 1 件" in text
    ahead, late, done = (text.rindex(one) for one in ("还要开展", "逾期、缺数据", "本月已开展"))
    assert ahead < text.index("11.1.e") < late
    assert late < text.index("11.1.f") < done < text.rindex("11.1.f")
    assert "1.2.a" not in text
    page = client.get("/mine/").content.decode()
    assert "/checklist/" not in page
    assert "/ledgers/" not in page


def test_how_members_are_dealt_with_is_not_told_to_all(signed_in: SignedIn) -> None:
    a_group.store(a_group.FULL, (DISPOSED,))
    a_group.store(a_group.open_name(a_group.FULL), (DISPOSED,))
    assert "11.3.c" not in text_of(signed_in("member"), "/mine/")


def test_a_member_of_a_committee_sees_that_and_not_the_enterprise(signed_in: SignedIn) -> None:
    a_group.store(a_group.FULL, (COMMITTEE,))
    a_group.store(a_group.open_name(a_group.FULL), (COMMITTEE,))
    a_group.hold("nobody", Role.MEMBER, "DW2")
    text = text_of(signed_in("nobody"), "/mine/")
    assert "乙公司党委 党员" in text
    assert "11.3.a" in text
    assert "11.1.e" not in text
    assert "1.1.b" not in text


def test_a_member_of_a_branch_and_of_the_committee_sees_each_once(signed_in: SignedIn) -> None:
    a_group.hold("member", Role.MEMBER, "DW2")
    text = text_of(signed_in("member"), "/mine/")
    assert text.count("第一支部 党员") == text.count("乙公司党委 党员") == 1


def test_a_staff_representative_sees_the_congress_and_no_other_matter_of_the_enterprise(
    signed_in: SignedIn,
) -> None:
    assert "没有与您有关的要求" in text_of(signed_in("staff"), "/mine/")
    a_group.store(a_group.FULL, (CONGRESS,))
    a_group.store(a_group.open_name(a_group.FULL), (CONGRESS,))
    text = text_of(signed_in("staff"), "/mine/")
    assert "乙公司 职工代表" in text
    assert "还要开展 1 件" in text
    assert "14.1.a" in text
    assert "1.3.a" not in text


def test_who_holds_both_roles_sees_each_unit_by_itself(signed_in: SignedIn) -> None:
    a_group.hold("member", Role.STAFF, "QY2")
    text = text_of(signed_in("member"), "/mine/")
    assert text.index("第一支部 党员") < text.index("乙公司 职工代表")


def test_who_keeps_records_has_the_page_of_duties_as_home(signed_in: SignedIn) -> None:
    a_group.hold("party_officer", Role.MEMBER, "ZB1")
    client = signed_in("party_officer")
    assert client.get("/").headers["Location"] == "/duties/"
    assert "第一支部 党员" in text_of(client, "/mine/")


def test_an_assessor_sees_what_is_due_of_all_they_assess_and_no_form(signed_in: SignedIn) -> None:
    client = signed_in("assessor")
    assert client.get("/").headers["Location"] == "/duties/"
    page = client.get("/duties/").content.decode()
    assert "乙公司" in page
    assert "/checklist/QY2/1.1.b/" in page
    assert "丙公司" not in page
    assert "duty-form" not in page
    assert "待我复核" not in page
