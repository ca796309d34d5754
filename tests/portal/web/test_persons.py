"""人员: the register of persons has pages as others have, for those of whose units they are."""

import datetime as dt
import re

import pytest
from django.test import Client
from tests.builders import a_member, a_person, a_post
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER, rows_of
from tests.portal.web.test_pages import queries, text_of

from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry
from tongrong.vocabulary.roles import Role

PERSONS, NEW = "/ledgers/persons/", "/ledgers/persons/new/"
WHOLE = "11010519491231002X"
"""The example of GB 11643-1999."""
CHEN = {"number": "GH88", "name": "陈新来"}


def address_of(number: str) -> str:
    row = LEDGER_MODELS["persons"].objects.get(record=f"persons/{number}", superseded_at=None)
    return f"{PERSONS}{row.version_id}/"


def numbers(client: Client, query: str = "") -> list[str]:
    return sorted(row.split()[-1] for row in rows_of(client, f"{PERSONS}{query}"))


def enter(client: Client, **said: str) -> str:
    """Enter a person; the address of the page that follows."""
    answer = client.post(NEW, {**CHEN, **said})
    assert answer.status_code == 302, re.findall(r'id="fault-[^<]*', answer.content.decode())
    return answer.headers["Location"]


def joined(client: Client, person: str = "GH88", unit: str = "ZB1") -> int:
    said = {"unit": unit, "person": person, "from_on": "2026-09-01"}
    return client.post("/ledgers/memberships/new/", said).status_code


def test_persons_are_listed_to_those_of_whose_units_they_are(signed_in: SignedIn) -> None:
    take_in(
        {
            "persons": [a_person("RY5", name="乙总"), a_person("RY6", name="没有单位")],
            "posts": [a_post("RY5", "总经理", of="QY2")],
        },
        hours=LATER,
    )
    assert numbers(signed_in("branch_secretary")) == ["RY1", "RY2"]
    assert numbers(signed_in("party_officer")) == ["RY1", "RY2", "RY5"]
    assert numbers(signed_in("superior")) == ["RY1", "RY2", "RY5"]
    a_group.hold("nobody", Role.BRANCH_SECRETARY, "DW1")
    assert signed_in("branch_secretary").get(address_of("RY5")).status_code == 404
    assert signed_in("party_officer").get(address_of("RY5")).status_code == 200
    assert signed_in("assessor").get(PERSONS).status_code == 403


def test_persons_are_searched_by_name_initials_number_and_unit(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    assert numbers(client, "?text=白一") == ["RY1"]
    assert numbers(client, "?text=by") == ["RY1"]
    assert numbers(client, "?text=RY2") == ["RY2"]
    assert numbers(client, "?unit=第一支部") == ["RY1", "RY2"]
    assert numbers(client, "?unit=上级党委") == []
    assert numbers(client, "?under=QY2") == ["RY1", "RY2"]


def test_who_is_known_from_abroad_only_does_not_exist_for_who_is_not_cleared(
    signed_in: SignedIn,
) -> None:
    """RY7 is of the branch abroad; RY8 of 第一支部, working in its overseas branch office."""
    office = {
        "number": "JC9", "unit": "QY2", "name": "海外办事处", "kind": "境外分支机构",
        "from_on": dt.date(2020, 1, 1),
    }  # fmt: skip
    take_in(
        {
            "persons": [a_person("RY7", name="甲外"), a_person("RY8", name="乙外")],
            "workplaces": [office],
            "memberships": [
                a_member("RY7", of="ZB3"),
                a_member("RY8", of="ZB1", workplace="JC9"),
            ],
        },
        hours=LATER,
    )
    assert numbers(signed_in("superior")) == ["RY1", "RY2", "RY7", "RY8"]
    for login in ("uncleared", "party_officer", "branch_secretary"):
        client = signed_in(login)
        assert numbers(client) == ["RY1", "RY2"], login
        assert client.get(address_of("RY7")).status_code == 404
        assert client.get(address_of("RY8")).status_code == 404
        assert numbers(client, "?text=外") == []
    asked = "/ledgers/posts/look-up/person/?person=RY"
    assert "外" not in signed_in("branch_secretary").get(asked).content.decode()


def test_a_person_is_entered_and_then_where_they_belong(signed_in: SignedIn) -> None:
    """Until then only who entered them sees them, and finds them by name."""
    branch, officer = signed_in("branch_secretary"), signed_in("party_officer")
    page = text_of(branch, enter(branch))
    assert "目前只有登记人看得到" in page
    assert numbers(branch) == ["GH88", "RY1", "RY2"]
    assert numbers(officer) == ["RY1", "RY2"]
    assert officer.get(address_of("GH88")).status_code == 404
    form = branch.get("/ledgers/memberships/new/?person=GH88").content.decode()
    assert 'value="陈新来（GH88）"' in form
    assert "陈新来" not in officer.get("/ledgers/memberships/new/?person=GH88").content.decode()
    assert joined(branch, "陈新来") == 302
    assert numbers(officer) == ["GH88", "RY1", "RY2"]
    assert re.search("所在单位 党员组织关系 第一支部", text_of(officer, address_of("GH88")))
    assert [one.action for one in AuditEntry.objects.order_by("number")][-2:] == ["record_fact"] * 2
    assert verify_store().problems == ()


def test_what_was_entered_twice_is_one_person(signed_in: SignedIn) -> None:
    branch = signed_in("branch_secretary")
    assert enter(branch) == enter(branch)
    assert LEDGER_MODELS["persons"].objects.filter(record="persons/GH88").count() == 1


def test_a_number_that_is_used_is_refused_in_the_same_words_whoevers_it_is(
    signed_in: SignedIn,
) -> None:
    """RY1 is of one's own branch, RY6 of nobody one knows."""
    take_in({"persons": [a_person("RY6", name="没有单位")]}, hours=LATER)
    branch, told = signed_in("branch_secretary"), set[str]()
    for number in ("RY1", "RY6"):
        answer = branch.post(NEW, {**CHEN, "number": number})
        assert answer.status_code == 422
        (fault,) = re.findall(r'id="fault-number">([^<]+)<', answer.content.decode())
        told.add(fault)
        assert "没有单位" not in answer.content.decode()
    (said,) = told
    assert "应为可以使用的人员编号" in said
    page = branch.post(NEW, {"name": "陈新来"}).content.decode()
    assert "请填写人员编号" in page


def test_somebody_known_by_the_identity_number_is_not_entered_again(signed_in: SignedIn) -> None:
    branch = signed_in("branch_secretary")
    enter(branch, identity_number=WHOLE)
    again = branch.post(NEW, {"number": "GH99", "name": "陈新来", "identity_number": WHOLE})
    assert again.status_code == 422
    (fault,) = re.findall(r'id="fault-identity_number">([^<]+)<', again.content.decode())
    assert "GH88 已登记为这个" in fault
    officer = signed_in("party_officer")
    assert enter(officer, number="GH99", identity_number=WHOLE), "not theirs to know of"


def test_no_correction_gives_a_person_the_identity_number_another_has(
    signed_in: SignedIn,
) -> None:
    """Of one's own units only, as on entering: of others nothing is told."""
    branch, officer = signed_in("branch_secretary"), signed_in("party_officer")
    first = enter(branch, identity_number=WHOLE)
    other = enter(branch, number="GH99", name="陈二")
    said = {"name": "陈二", "identity_number": WHOLE, "reason": "补登"}
    refused = branch.post(f"{other}correct/", said)
    assert refused.status_code == 422
    (fault,) = re.findall(r'id="fault-identity_number">([^<]+)<', refused.content.decode())
    assert "GH88 已登记为这个" in fault
    assert branch.post(f"{first}correct/", {**said, "name": "陈新莱"}).status_code == 302, "its own"
    theirs = enter(officer, number="GH100", name="陈三")
    assert officer.post(f"{theirs}correct/", said).status_code == 302, "not theirs to know of"


def test_an_identity_number_put_down_for_the_wrong_person_is_taken_out_again(
    signed_in: SignedIn,
) -> None:
    """Nobody need know the right one for it; then it is free for whose it is."""
    branch = signed_in("branch_secretary")
    where = enter(branch, identity_number=WHOLE)
    form = branch.get(f"{where}correct/").content.decode()
    assert re.findall('name="empty" value="([^"]*)"', form) == ["identity_number"]
    said = {**CHEN, "empty": "identity_number", "reason": "不是本人的"}
    both = branch.post(f"{where}correct/", {**said, "identity_number": WHOLE})
    assert both.status_code == 422
    assert "只留一样" in both.content.decode()
    assert branch.post(f"{where}correct/", said).status_code == 302
    page = text_of(branch, address_of("GH88"))
    assert "110***********002X" not in page
    assert "公民身份号码 —" in page
    assert 'name="empty"' not in branch.get(f"{address_of('GH88')}correct/").content.decode()
    assert enter(branch, number="GH99", name="陈二", identity_number=WHOLE)


def test_who_records_a_person_again_is_told_that_the_number_is_not_taken_over(
    signed_in: SignedIn,
) -> None:
    branch = signed_in("branch_secretary")
    where = enter(branch, identity_number=WHOLE)
    said = {"withdraw": "1", "reason": "重复登记"}
    assert branch.post(f"{where}correct/", said).status_code == 302
    gone = address_of("GH88").strip("/").split("/")[-1]
    again = text_of(branch, f"{NEW}?from={gone}")
    assert "要保留的再填一次" in again
    assert "要保留的再填一次" not in text_of(branch, NEW)


def test_an_identity_number_is_masked_and_seen_in_full_with_a_reason(signed_in: SignedIn) -> None:
    human, branch = signed_in("human_resources"), signed_in("branch_secretary")
    where = enter(human, identity_number=WHOLE, born_on="1949-12-31")
    joined(human)
    for page in (text_of(branch, where), text_of(branch, PERSONS), text_of(human, where)):
        assert "110***********002X" in page
        assert WHOLE not in page
        assert "1949" not in page
    assert "查看" not in text_of(branch, where)
    see = f"{where}see/identity_number/"
    assert branch.post(see, {"reason": "核对"}).status_code == 403
    assert human.post(see, {"reason": " "}).status_code == 422
    assert WHOLE in human.post(see, {"reason": "办理退休"}).content.decode()
    entry = AuditEntry.objects.order_by("-number")[0]
    assert (entry.action, entry.actor) == ("see_value", "human_resources")
    assert (entry.detail["column"], entry.detail["reason"]) == ("identity_number", "办理退休")
    assert WHOLE not in str(entry.detail)


def test_a_person_is_corrected_and_the_history_says_no_name(signed_in: SignedIn) -> None:
    branch, officer = signed_in("branch_secretary"), signed_in("party_officer")
    where = enter(branch)
    joined(branch)
    said = {"name": "陈新莱", "reason": "字写错了"}
    assert officer.post(f"{where}correct/", said).status_code == 302
    page = text_of(branch, address_of("GH88"))
    assert "陈新莱" in page
    assert "陈新来" not in page
    assert re.search("第 2 版 有效 .*字写错了", page)
    assert numbers(branch, "?text=陈新莱") == ["GH88"]
    assert signed_in("superior").get(f"{address_of('GH88')}correct/").status_code == 403


def test_a_person_is_withdrawn_once_no_record_names_them(signed_in: SignedIn) -> None:
    branch = signed_in("branch_secretary")
    where = enter(branch)
    joined(branch)
    said = {"withdraw": "1", "reason": "重复登记"}
    refused = branch.post(f"{where}correct/", said)
    assert refused.status_code == 422
    assert "没有记录写着的人员才能撤回" in refused.content.decode()
    (held,) = re.findall(r"/ledgers/memberships/\d+/", branch.get(where).content.decode())
    assert branch.post(f"{held}correct/", said).status_code == 302
    assert branch.post(f"{where}correct/", said).status_code == 302
    assert numbers(branch) == ["RY1", "RY2"]
    assert numbers(branch, "?withdrawn=1") == ["GH88"]
    assert joined(branch) == 422, "a person withdrawn is not there"


@pytest.mark.parametrize("login", ["superior", "party_officer"])
def test_papers_about_a_person_are_not_kept_and_nobody_returns_one(
    login: str, signed_in: SignedIn
) -> None:
    client, where = signed_in(login), address_of("RY1")
    page = text_of(client, where)
    assert "附件" not in page
    assert "退回" not in page
    seen = where.strip("/").split("/")[-1]
    assert client.post(f"{where}return/", {"words": "x", "seen": seen}).status_code == 422


def test_the_pages_ask_as_many_queries_however_many_persons_there_are(signed_in: SignedIn) -> None:
    client, counts = signed_in("party_officer"), list[list[int]]()
    searched = f"{PERSONS}?text=白&unit=第一支部"
    pages = (PERSONS, searched, address_of("RY1"))
    for first in (100, 200):
        many = range(first, first + 30)
        people = [a_person(f"RY{n}", name=f"白{n}") for n in many]
        members = [a_member(f"RY{n}", of="ZB1") for n in many]
        take_in({"persons": people, "memberships": members}, hours=LATER + first)
        counts.append([queries(client, one) for one in pages])
    posts = [a_post("RY1", "党支部书记", of="ZB1"), a_post("RY1", "董事", of="QY2")]
    take_in({"posts": posts}, hours=LATER + 300)
    counts.append([queries(client, one) for one in pages])
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 10


def test_registers_of_units_say_that_they_come_by_import_only(signed_in: SignedIn) -> None:
    branch = signed_in("branch_secretary")
    index = text_of(branch, "/ledgers/")
    assert re.search("党组织 只能导入", index)
    assert "登记人员" in branch.get("/ledgers/").content.decode()
    for ledger in ("enterprises", "party_organizations", "assessments"):
        page = branch.get(f"/ledgers/{ledger}/").content.decode()
        assert "不在这里登记，由系统管理员导入" in page
        assert "已退回的" not in page
        assert 'href="/imports/"' in page
        assert branch.get(f"/ledgers/{ledger}/new/").status_code == 404
    assert "不在这里登记" not in text_of(branch, PERSONS)
