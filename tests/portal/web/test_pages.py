"""What pages say, in the words of the checklist, and how many queries they ask."""

import datetime as dt
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.platform.store import by_hand
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.facts.unit_tree import path_of
from tongrong.portal.pages.registry import PAGES
from tongrong.queries.findings import OPEN
from tongrong.queries.viewers import account_of
from tongrong.records.models import Account, Evaluation, Place, SignIn, StoredFinding, UnitTally
from tongrong.vocabulary.roles import Role
from tongrong.vocabulary.verdicts import Verdict

COUNTS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("query_counts.yaml").read_text(encoding="utf-8")
)
OF_ONE_THING: Mapping[str, Mapping[str, int]] = COUNTS.pop("of_one_thing")
WITHOUT_A_COUNT: Mapping[str, str] = COUNTS.pop("without_a_count")
BY_LOGIN: Mapping[str, Mapping[str, int]] = {**COUNTS.pop("of_others"), "superior": COUNTS}
LOGINS = {address: login for login, counts in BY_LOGIN.items() for address in counts}
ADDRESSES = ["/sign-in/", *LOGINS, "/nowhere/"]


def text_of(client: Client, address: str) -> str:
    """The words of a page, as a reader sees them one after another."""
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def queries(client: Client, address: str) -> int:
    """How many queries an address asks once the process is warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def forty_more_enterprises() -> None:
    """Enterprises below QY2 with a verdict each."""
    codes = [f"N{n:02d}" for n in range(40)]
    Place.objects.bulk_create(
        Place(unit=one, name=one, enterprise=True, leads=False, upper="QY2",
              path=path_of(["SJ1", "QY1", "QY2", one]), answering=one, hidden=False)
        for one in codes
    )  # fmt: skip
    told = ("1.1.b", Verdict.UNMET, 8, 9, "2026-10-31", ("2026-05",))
    a_group.store(a_group.FULL, tuple((one, *told) for one in codes))


def sixty_more_accounts() -> None:
    """Accounts that tried to sign in and hold a role each, all made by one administrator."""
    made = [Account(login=f"n{n:02}", label="多", made_at=a_group.NOON) for n in range(60)]
    Account.objects.bulk_create(made)
    for one in Account.objects.filter(label="多"):
        a_group.hold(one.login, Role.FINANCE, "QY2")
        SignIn.objects.create(at=a_group.NOON, login=one.login, outcome="wrong")


def as_if_nothing_were_abroad() -> None:
    """The group without its unit abroad, so that who is not cleared sees all verdicts."""
    by_hand("DELETE FROM ledger_enterprise_features")
    Evaluation.objects.filter(checklist__endswith=OPEN).delete()
    Place.objects.update(hidden=False)


@pytest.mark.parametrize("anything_abroad", [True, False])
def test_who_is_not_cleared_asks_few_queries_too(
    signed_in: SignedIn, *, anything_abroad: bool
) -> None:
    """One or two more than a page asks for who is."""
    if not anything_abroad:
        as_if_nothing_were_abroad()
    client = signed_in("uncleared")
    found = {address: queries(client, address) for address in COUNTS}
    assert max(found.values()) <= 10
    assert {one: found[one] - COUNTS[one] for one in COUNTS if found[one] > COUNTS[one] + 1} == {}


def test_each_page_asks_as_many_queries_as_are_written_down(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    few = {address: queries(client, address) for address in COUNTS}
    assert few == COUNTS
    assert max(few.values()) <= 10
    forty_more_enterprises()
    assert {address: queries(client, address) for address in COUNTS} == few


@pytest.mark.parametrize("login", sorted(BY_LOGIN.keys() - {"superior"}))
def test_pages_of_others_ask_as_many_however_many_accounts_there_are(
    login: str, signed_in: SignedIn
) -> None:
    client, counts = signed_in(login), BY_LOGIN[login]
    number = account_of("finance")
    assert {one: queries(client, one.format(account=number)) for one in counts} == counts
    assert max(counts.values()) <= 10
    sixty_more_accounts()
    assert {one: queries(client, one.format(account=number)) for one in counts} == counts


def test_the_duties_are_those_that_fall_short_or_fall_due_by_day(signed_in: SignedIn) -> None:
    text = text_of(signed_in("party_officer"), "/duties/")
    places = [text.index(said) for said in (
        "不达标 3", "缺数据 1", "预警 2", "推进中 1",
        "1.1.b 党委（党组）每月研究党建工作不少于1次", "缺 2026年5月", "2026-10-31", "还有 36 天",
        "11.1.f", "1.2.a", "2.6.a", "1.3.a", "还有 5 天", "9.1.a", "还有 25 天",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "8.5.a" not in text, "97 days ahead"
    assert "甲集团" not in text, "not the group above"


def test_a_duty_leads_to_the_clause(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    page = client.get("/duties/").content.decode()
    (address, *_) = re.findall(r'href="(/checklist/ZB1/[^"]+)"', page)
    assert client.get(address).status_code == 200


def test_one_lamp_alone(signed_in: SignedIn) -> None:
    text = text_of(signed_in("party_officer"), "/duties/?lamp=at_risk")
    assert "1.3.a" in text
    assert "1.1.b" not in text


def test_who_has_nothing_to_do_is_told_where_to_look(signed_in: SignedIn) -> None:
    StoredFinding.objects.filter(unit="ZB1").delete()
    UnitTally.objects.filter(unit="ZB1").delete()
    text = text_of(signed_in("branch_secretary"), "/duties/")
    assert "没有待办" in text
    assert "对标清单" in text


def test_where_a_lamp_has_no_duties_it_is_not_said_that_there_are_none(
    signed_in: SignedIn,
) -> None:
    """缺数据 0 of the branch, whose 不达标 are 2."""
    text = text_of(signed_in("branch_secretary"), "/duties/?lamp=no_data")
    assert "不达标 2" in text
    assert "没有这种结果的待办" in text
    assert "也没有不达标" not in text


def test_the_cockpit_shows_enterprises_by_item_with_marks_and_shares(signed_in: SignedIn) -> None:
    text = text_of(signed_in("superior"), "/cockpit/")
    assert re.search(r"甲集团 ● 达标 ", text), "item 1: 1.1.a and 1.1.b are met"
    assert re.search(r"乙公司 ✖ 不达标 ", text), "item 1: 1.1.b is unmet"
    assert "1/2" in text, "of the group's items 1 is met, 10 is not; the others are not judged"
    for verdict in Verdict:
        assert verdict.label in text, "the legend is printed"


def test_an_enterprise_sees_its_items_with_counts(signed_in: SignedIn) -> None:
    client = signed_in("secretary")
    assert client.get("/cockpit/").headers["Location"] == "/cockpit/QY2/"
    text = text_of(client, "/cockpit/QY2/")
    assert "一、改革同步谋划 重点融合" in text
    assert re.search(r"1 统筹谋划部署有力 ✖ 不达标 ✖ 不达标 2 ▲ 预警 1 ● 达标 1 达标 1/4", text)


def test_the_checklist_quotes_the_source_and_tells_the_numbers(signed_in: SignedIn) -> None:
    text = text_of(signed_in("secretary"), "/checklist/QY2/")
    assert "制定年度党建任务清单，党委（党组）每月研究党建工作不少于1次。" in text
    assert re.search(r"实测 8/9，应达 全部， 还差 1 *缺 2026年5月", text)
    assert "达标 1/2 个党组织" in text, "1.2.a: DW2 met, ZB1 not"
    assert "台账未建，也未申报“本期无”" in text


def test_the_checklist_can_be_cut_to_what_falls_short(signed_in: SignedIn) -> None:
    text = text_of(signed_in("secretary"), "/checklist/QY2/?show=no_data")
    assert "2.6.a" in text
    assert "1.1.b" not in text


def test_a_clause_tells_the_rule_the_numbers_and_how_it_changed(signed_in: SignedIn) -> None:
    text = text_of(signed_in("superior"), "/checklist/QY2/1.1.b/")
    assert "规则 党委会（党组会）每个月至少有一次会议研究党建工作" in text
    assert re.search(r"实测 8/9 应达 全部 差距 还差 1 缺 2026年5月 最近期限 2026-10-31", text)
    assert re.search(r"2026-05-31 ◔ 推进中 → ✖ 不达标 五月台账.xlsx", text)


def test_a_clause_of_several_organizations_lists_them(signed_in: SignedIn) -> None:
    text = text_of(signed_in("secretary"), "/checklist/QY2/1.2.a/")
    assert text.index("第一支部") < text.index("乙公司党委"), "the worst first"


def test_an_explanation_goes_down_to_the_records(signed_in: SignedIn) -> None:
    """From the facts, not from what is stored: a meeting in April, none in May."""
    client = signed_in("secretary")
    text = text_of(client, "/checklist/QY2/1.1.b/explanation/")
    assert re.search(r"● 达标 2026年4月", text)
    assert re.search(r"✖ 不达标 2026年5月", text)
    assert "“议题” 1 条" in text
    assert "研究四月党建" in text
    fragment = client.get("/checklist/QY2/1.1.b/explanation/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()


def test_each_record_counted_leads_to_its_page_for_who_may_open_it(signed_in: SignedIn) -> None:
    """The assessor has no pages of records: 研究四月党建 is told and leads nowhere."""
    address = "/checklist/QY2/1.1.b/explanation/"
    for login in ("secretary", "superior", "uncleared"):
        client = signed_in(login)
        page = client.get(address).content.decode()
        (record,) = re.findall(r'<a href="(/ledgers/agenda_items/\d+/)">', page)
        assert "研究四月党建" in text_of(client, record)
    page = signed_in("assessor").get(address).content.decode()
    assert "研究四月党建" in page
    assert "/ledgers/" not in page


def test_units_abroad_leave_no_trace_for_who_is_not_cleared(signed_in: SignedIn) -> None:
    cleared, other = signed_in("superior"), signed_in("uncleared")
    assert "丙公司" in text_of(cleared, "/cockpit/")
    assert "10.2.a" in text_of(cleared, "/checklist/QY1/")
    for address in ("/duties/", "/cockpit/", "/cockpit/QY1/", "/checklist/QY1/", "/account/"):
        text = text_of(other, address)
        assert "丙公司" not in text, address
        assert "QY3" not in text, address
    assert "10.2.a" not in text_of(other, "/checklist/QY1/"), "its verdict counts units abroad"
    assert other.get("/checklist/QY3/1.1.b/").status_code == 404


def test_nothing_is_shown_as_long_as_nothing_was_judged_without_them(signed_in: SignedIn) -> None:
    Evaluation.objects.filter(checklist__endswith=OPEN).delete()
    assert "还没有判定结果" in text_of(signed_in("uncleared"), "/cockpit/")
    assert "还没有判定结果" not in text_of(signed_in("superior"), "/cockpit/")


@pytest.mark.parametrize("address", ["/duties/", "/cockpit/", "/checklist/QY2/"])
def test_before_anything_is_judged_a_page_says_what_to_do(
    address: str, signed_in: SignedIn
) -> None:
    Evaluation.objects.all().delete()
    assert "tongrong refresh" in text_of(signed_in("superior"), address)


@pytest.mark.parametrize(
    "address",
    ["/duties/", "/cockpit/", "/cockpit/QY2/", "/checklist/QY2/", "/checklist/QY2/1.1.b/"],
)
def test_after_an_update_a_page_says_that_it_shows_what_was_before(
    address: str, signed_in: SignedIn
) -> None:
    client = signed_in("superior")
    assert "更新前的结果" not in text_of(client, address)
    Evaluation.objects.update(fingerprint="of a former program")
    UnitTally.objects.all().delete()  # as a migration of the update may leave them
    assert "更新前的结果，条数和达标率可能不全" in text_of(client, address)


@pytest.mark.parametrize(
    ("login", "address", "title"),
    [
        ("party_officer", "/imports/", "台账"),
        ("party_officer", "/ledgers/meetings/new/", "台账"),
        ("superior", "/cockpit/QY2/", "驾驶舱"),
        ("superior", "/checklist/QY2/1.1.b/", "对标清单"),
    ],
)
def test_the_menu_says_where_one_is(
    login: str, address: str, title: str, signed_in: SignedIn
) -> None:
    page = signed_in(login).get(address).content.decode()
    assert re.findall(r'aria-current="page"><i [^>]*></i>([^<]+)</a>', page) == [title]


def test_the_menu_has_what_one_may_open_in_the_customary_order(signed_in: SignedIn) -> None:
    def entries(login: str) -> list[str]:
        page = signed_in(login).get("/account/").content.decode()
        menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
        return re.findall(r"</i>([^<]+)</a>", menu)

    assert entries("superior") == ["待办", "驾驶舱", "对标清单", "台账", "我的账户"]
    assert entries("branch_secretary") == ["待办", "驾驶舱", "对标清单", "台账", "我的账户"]
    assert entries("system_admin") == ["用户", "定时任务", "我的账户"]
    assert entries("security_admin") == ["任命", "我的账户"]
    assert entries("audit_admin") == ["操作日志", "登录日志", "我的账户"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_a_title_and_neither_inline_script_nor_style(
    address: str, signed_in: SignedIn
) -> None:
    client = Client() if address == "/sign-in/" else signed_in(LOGINS.get(address, "superior"))
    answer = client.get(address.format(account=account_of("finance")))
    page = answer.content.decode()
    assert re.search(r"<title>[^<]+ · 同融</title>", page)
    assert len(re.findall(r"<h1", page)) == 1
    page = page.replace('<script type="application/json">', "")  # data: nothing of it is run
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", page)
    assert not re.search(r'(src|href)="(https?:)?//', page), "nothing from elsewhere"


def test_answers_carry_what_protects_them(signed_in: SignedIn) -> None:
    answer = signed_in("superior").get("/duties/")
    policy = answer.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_form_from_elsewhere_is_refused(group: str) -> None:
    del group
    client = Client(enforce_csrf_checks=True)
    said = {"login": "finance", "password": a_group.PASSWORD}
    assert client.post("/sign-in/", said).status_code == 403


def test_templates_stay_small_and_pages_ask_nothing_of_records(
    request: pytest.FixtureRequest,
) -> None:
    folder = request.config.rootpath / "src" / "tongrong" / "portal" / "templates"
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 60, path.name
    assert len(PAGES) == len({page.name for page in PAGES})


def test_persons_are_named_to_those_who_work_with_them_and_not_to_an_assessor(
    signed_in: SignedIn,
) -> None:
    """姓名 is personal data: from outside it is shown by its first character."""
    from tests.builders import a_person, a_post
    from tests.platform.store import take_in

    people = {
        "persons": [a_person("P1", name="沈试朗")],
        "posts": [a_post("P1", "党委书记", of="DW2"), a_post("P1", "党委委员", of="DW2")],
    }
    take_in(people, hours=5100)
    address = "/checklist/QY2/6.1.a/explanation/"
    assert "沈试朗" in text_of(signed_in("secretary"), address)
    told = text_of(signed_in("assessor"), address)
    assert "沈试朗" not in told
    assert "沈**" in told


def test_the_day_of_the_verdicts_is_told(signed_in: SignedIn) -> None:
    assert dt.date(2026, 9, 25) == a_group.AS_OF
    assert "考核日 2026-09-25 日终" in text_of(signed_in("superior"), "/cockpit/")


def form_for(client: Client, clause: str) -> str:
    """The address of the form by which 待办 has a clause settled."""
    page = client.get("/duties/").content.decode()
    line = next(one for one in page.split('<li class="duty">') if f">{clause}<" in one)
    return unescape(re.findall(r'class="duty-form" href="([^"]+)"', line)[0])


def test_the_form_of_a_missed_month_asks_for_its_day(signed_in: SignedIn) -> None:
    """11.1.f lacks May, which is over: nobody held that meeting today."""
    client = signed_in("party_officer")
    missed = client.get(form_for(client, "11.1.f")).content.decode()
    assert re.search(r'id="held_on"[^>]*value=""', missed)
    assert "2026-09-25" in client.get("/ledgers/meetings/new/?unit=QY2").content.decode()


def test_the_form_of_a_missed_year_says_the_year(signed_in: SignedIn) -> None:
    missed = ("QY2", "7.4.b", Verdict.UNMET, 0, 1, "2026-12-31", ("2025",))
    a_group.store(a_group.FULL, (missed,))
    a_group.store(a_group.open_name(a_group.FULL), (missed,))
    client = signed_in("party_officer")
    assert 'value="2025"' in client.get(form_for(client, "7.4.b")).content.decode()
