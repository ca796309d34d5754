"""台账: what a list shows to whom, and a fact entered once that turns the verdict it serves."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import a_meeting, a_member, a_person, an_agenda_item
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_pages import text_of

from tongrong.facts.registry import LEDGERS, TOPICS, topic_of
from tongrong.portal import clock
from tongrong.queries.findings import kept_findings, open_name
from tongrong.queries.ledger_scope import entered, listed, owning
from tongrong.records.models import LEDGER_MODELS, AuditEntry
from tongrong.vocabulary.verdicts import Verdict

LATER = 4995
LECTURE = {"unit": "第一支部（ZB1）", "kind": "党课", "held_on": "2026-09-20"}
NEW = "/ledgers/meetings/new/"


def rows_of(client: Client, address: str) -> list[str]:
    """The rows of a list, each as a reader sees it."""
    page = client.get(address).content.decode()
    if "<tbody>" not in page:
        return []
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = [re.sub(r"<[^>]*>", " ", row) for row in body.split("</tr>")[:-1]]
    return [re.sub(r"\s+", " ", row).strip() for row in rows]


def meetings() -> int:
    return LEDGER_MODELS["meetings"].objects.count()


# --- the index and a list ----------------------------------------------------------------------


def test_the_index_names_every_ledger(signed_in: SignedIn) -> None:
    text = text_of(signed_in("superior"), "/ledgers/")
    for title, ledgers in listed().items():
        assert title in text
        assert all(one.label in text for one in ledgers)
    assert set(TOPICS) == {topic_of(one) for one in LEDGERS.values()}
    assert "登记" not in text.replace("登记一次", ""), "a superior watches"


def test_a_list_shows_the_units_of_the_viewer_only(signed_in: SignedIn) -> None:
    assert rows_of(signed_in("branch_secretary"), "/ledgers/meetings/") == [
        "1 第一支部 党课 2026-05-11 HY6",
        "2 第一支部 党课 2026-02-10 HY5",
    ]
    assert [row.split()[1] for row in rows_of(signed_in("secretary"), "/ledgers/meetings/")] == [
        "第一支部", "乙公司党委", "第一支部",
    ]  # fmt: skip


def test_units_abroad_and_what_tells_of_them_are_not_in_a_list(signed_in: SignedIn) -> None:
    """A matter is of an enterprise abroad, so the agenda item here that names it is hidden."""
    take_in(
        {
            "matters": [{"number": "SX3", "unit": "QY3", "title": "并购", "category": "其他事项"}],
            "agenda_items": [an_agenda_item("2", of="HY1", title="研究境外", matter="SX3")],
        },
        hours=LATER,
    )
    cleared, other = signed_in("superior"), signed_in("uncleared")
    assert len(rows_of(cleared, "/ledgers/meetings/")) == 5
    assert len(rows_of(other, "/ledgers/meetings/")) == 4
    assert "研究境外" in text_of(cleared, "/ledgers/agenda_items/")
    assert "研究境外" not in text_of(other, "/ledgers/agenda_items/")
    assert rows_of(other, "/ledgers/matters/?text=SX3") == []
    assert other.get(f"/ledgers/meetings/{a_group.number_of('HY3')}/").status_code == 404


def test_a_list_is_searched_by_unit_text_choice_and_day(signed_in: SignedIn) -> None:
    client = signed_in("superior")

    def codes(query: str) -> list[str]:
        return [row.split()[-1] for row in rows_of(client, f"/ledgers/meetings/?{query}")]

    assert codes("unit=第一支部") == ["HY6", "HY5"]
    assert codes("unit=DW2") == ["HY4"]
    assert codes("kind=党课&since=2026-03-01") == ["HY6", "HY3"]
    assert codes("until=2026-03-05") == ["HY1", "HY5"]
    assert codes("text=HY4") == ["HY4"]
    assert codes("sort=number") == ["HY1", "HY3", "HY4", "HY5", "HY6"]
    assert codes("sort=-number&kind=党课") == ["HY6", "HY5", "HY3"]
    assert "没有符合条件的记录" in text_of(client, "/ledgers/meetings/?text=没有")


def test_a_list_is_cut_to_a_unit_and_all_below_it_from_the_tree(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    assert "第一支部" in client.get("/ledgers/meetings/units/QY2/").content.decode()
    under = [row.split()[-1] for row in rows_of(client, "/ledgers/meetings/?under=QY2")]
    assert under == ["HY6", "HY4", "HY5"]
    assert rows_of(signed_in("branch_secretary"), "/ledgers/meetings/?under=QY2") == []


def test_the_columns_chosen_are_kept_with_the_account(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    address = "/ledgers/meetings/columns/"
    assert client.post(address, {"column": ["held_on", "number", "none"]}).status_code == 302
    later = signed_in("branch_secretary")
    assert rows_of(later, "/ledgers/meetings/")[0] == "1 第一支部 2026-05-11 HY6"
    client.post("/ledgers/talks/columns/", {"column": ["talked_on"]})
    assert rows_of(later, "/ledgers/meetings/")[0] == "1 第一支部 2026-05-11 HY6"
    assert "党委会" in rows_of(signed_in("party_officer"), "/ledgers/meetings/")[1], "of others"
    client.post(address, {})
    assert "党课" in rows_of(client, "/ledgers/meetings/")[0]


def test_what_was_withdrawn_is_listed_and_recorded_again_under_its_code(
    signed_in: SignedIn,
) -> None:
    client, number = signed_in("branch_secretary"), a_group.number_of("HY6")
    said = {"withdraw": "1", "reason": "没有开"}
    client.post(f"/ledgers/meetings/{number}/correct/", said)
    assert len(rows_of(client, "/ledgers/meetings/")) == 1
    assert len(rows_of(client, "/ledgers/meetings/?withdrawn=1")) == 1
    gone = a_group.number_of("HY6")
    form = client.get(f"{NEW}?from={gone}").content.decode()
    assert 'value="2026-05-11"' in form
    again = {**LECTURE, "held_on": "2026-05-11", "from": str(gone)}
    assert client.post(NEW, again).status_code == 302
    assert [row.split()[-1] for row in rows_of(client, "/ledgers/meetings/")] == ["HY6", "HY5"]
    assert client.get(f"{NEW}?from={a_group.number_of('HY6')}").status_code == 404, "not withdrawn"


def test_what_an_empty_ledger_says_depends_on_who_may_fill_it(signed_in: SignedIn) -> None:
    assert "填第一条" in text_of(signed_in("finance"), "/ledgers/talks/")
    assert "由有关单位登记" in text_of(signed_in("superior"), "/ledgers/talks/")


def test_pages_follow_one_another_and_cost_the_same(signed_in: SignedIn) -> None:
    many = [a_meeting(f"N{n:03d}", of="ZB1", on=f"2025-0{1 + n % 9}-11") for n in range(70)]
    take_in({"meetings": many}, hours=LATER)
    client = signed_in("branch_secretary")
    address, seen, counts = "/ledgers/meetings/?sort=held_on", list[str](), set[int]()
    back = ""
    while address:
        rows = rows_of(client, address)
        seen += rows
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        counts.add(len(captured))
        turns = dict(re.findall(r'href="(\?[^"]*)">(上一页|下一页)<', page)[::-1])
        ways = {said: where.replace("&amp;", "&") for where, said in turns.items()}
        back = ways.get("上一页", "")
        address = f"/ledgers/meetings/{ways['下一页']}" if "下一页" in ways else ""
    assert [row.split()[0] for row in seen] == [str(n) for n in range(1, 73)]
    assert len({row.split()[-1] for row in seen}) == 72
    assert rows_of(client, f"/ledgers/meetings/{back}") == seen[40:60]
    assert max(counts) - min(counts) <= 1, "a later page asks where the one before ended"


def test_private_columns_are_masked(signed_in: SignedIn) -> None:
    take_in(
        {
            "persons": [a_person("P1", name="甄实在")],
            "memberships": [a_member("P1", of="ZB1")],
            "dues": [
                {"unit": "ZB1", "person": "P1", "month": dt.date(2026, 5, 1), "category": "在职",
                 "base": 123400, "paid": 5678, "paid_on": dt.date(2026, 5, 10), "by_payroll": False}
            ],
        },
        hours=LATER,
    )  # fmt: skip
    text = text_of(signed_in("branch_secretary"), "/ledgers/dues/")
    assert "甄实在" in text
    assert "（不显示）" in text
    assert "56.78" not in text
    assert "1234" not in text


# --- entry -------------------------------------------------------------------------------------


def test_a_lecture_entered_once_turns_the_clause_it_serves(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    answer = client.post(NEW, LECTURE, follow=True)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))
    assert re.search(r"已登记 .*▲ 预警 → ● 达标 11.1.e", text)
    assert re.search(r"支撑的判据 ● 达标 11.1.e", text)
    for key in (a_group.FULL, open_name(a_group.FULL)):
        (kept,) = kept_findings(key, ["ZB1"], ["11.1.e"])
        assert (kept.verdict, kept.num) == (Verdict.MET, 3)
    assert "11.1.e" not in text_of(client, "/duties/")
    entry = AuditEntry.objects.order_by("-number")[0]
    assert (entry.action, entry.actor) == ("record_fact", "branch_secretary")
    again = client.get(answer.redirect_chain[-1][0])
    assert "已登记" not in again.content.decode(), "told once"


def test_the_page_that_says_what_a_save_turned_asks_no_more_than_others(
    signed_in: SignedIn,
) -> None:
    client = signed_in("branch_secretary")
    page = client.post(NEW, LECTURE).headers["Location"]
    with CaptureQueriesContext(connection) as asked:
        said = client.get(page).content.decode()
    assert "已登记" in said
    assert len(asked) <= 10, [one["sql"][:90] for one in asked.captured_queries]


def test_what_is_sent_twice_is_recorded_once(signed_in: SignedIn) -> None:
    client, before = signed_in("branch_secretary"), meetings()
    first = client.post(NEW, LECTURE)
    second = client.post(NEW, LECTURE)
    assert first.headers["Location"] == second.headers["Location"]
    assert meetings() == before + 1
    assert "没有重复写入" in text_of(client, second.headers["Location"])


def test_wrong_input_is_told_at_its_field_and_kept(signed_in: SignedIn) -> None:
    client, before = signed_in("branch_secretary"), meetings()
    said = {**LECTURE, "kind": "", "held_on": "2026-13-40", "started_at": "下午"}
    answer = client.post(NEW, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert meetings() == before
    assert "有 3 处要改" in page
    faults = re.findall(r'id="fault-(\w+)">([^<]+)<', page)
    assert [name for name, _ in faults] == ["kind", "held_on", "started_at"]
    assert faults[0][1] == "请填写会议类型"
    for kept in ("第一支部（ZB1）", "2026-13-40", "下午"):
        assert f'value="{kept}"' in page


@pytest.mark.parametrize("unit", ["乙公司党委（DW2）", "丙公司支部（ZB3）", "没有的（X9）"])
def test_a_unit_beyond_ones_scope_is_refused_as_one_that_is_not_there(
    unit: str, signed_in: SignedIn
) -> None:
    before = meetings()
    answer = signed_in("branch_secretary").post(NEW, {**LECTURE, "unit": unit})
    assert answer.status_code == 422
    assert "应为您负责范围内的召开单位" in answer.content.decode()
    assert meetings() == before


def test_a_record_of_another_record_is_entered_within_its_unit(signed_in: SignedIn) -> None:
    said = {"meeting": "HY4", "item": "1", "title": "研究", "topic": "党建工作"}
    address = "/ledgers/agenda_items/new/"
    refused = signed_in("branch_secretary").post(address, said)
    assert refused.status_code == 422, "a meeting of the committee above"
    taken = signed_in("party_officer").post(address, said)
    assert "都相同的记录已经登记" in taken.content.decode(), "the first item says something else"
    done = signed_in("party_officer").post(address, {**said, "item": "2"})
    assert done.status_code == 302


def test_the_same_checks_as_an_import_has(signed_in: SignedIn) -> None:
    said = {"unit": "ZB1", "name": "甲组", "founded_on": "2026-05-01", "dissolved_on": "2026-04-01"}
    page = signed_in("branch_secretary").post("/ledgers/party_groups/new/", said).content.decode()
    assert re.search(r'id="fault-dissolved_on">[^<]*不早于', page)


def test_a_new_form_knows_the_unit_and_the_day(signed_in: SignedIn) -> None:
    page = signed_in("branch_secretary").get(NEW).content.decode()
    assert 'value="第一支部（ZB1）"' in page
    assert 'value="2026-09-25"' in page


def test_where_the_day_is_held_a_new_form_offers_that_day(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`tongrong serve --keep-day`: the verdicts are of 25 September whatever day it is."""
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 27))
    client = signed_in("branch_secretary")
    assert 'value="2026-11-27"' in client.get(NEW).content.decode()
    assert 'value="2026-09-25"' in client.get(NEW, **{clock.HELD: True}).content.decode()


def test_a_reference_is_found_by_name_within_the_scope(signed_in: SignedIn) -> None:
    take_in(
        {
            "persons": [a_person("P1", name="甄实在"), a_person("P2", name="甄外人")],
            "memberships": [a_member("P1", of="ZB1"), a_member("P2", of="ZB3")],
        },
        hours=LATER,
    )
    client = signed_in("party_officer")

    def found(column: str, text: str) -> list[str]:
        page = client.get(f"/ledgers/meetings/look-up/{column}/", {column: text}).content.decode()
        return re.findall(r'value="([^"]+)"', page)

    assert found("unit", "支部") == ["第一支部（ZB1）"]
    assert found("unit", "qy") == ["乙公司（QY2）"]
    assert found("lecturer", "甄") == ["甄实在（P1）"]
    done = client.post(NEW, {**LECTURE, "lecturer": "甄实在"})
    assert done.status_code == 302
    hidden = client.post(NEW, {**LECTURE, "held_on": "2026-09-21", "lecturer": "P2"})
    assert hidden.status_code == 422, "known from abroad only"


def test_what_is_approved_by_others_or_says_what_units_there_are_is_not_entered(
    signed_in: SignedIn,
) -> None:
    client = signed_in("party_officer")
    for code, ledger in LEDGERS.items():
        status = client.get(f"/ledgers/{code}/new/").status_code
        assert status == (200 if entered(ledger) else 404), code
        assert ledger.owner is None or owning(ledger) in ledger.columns


@pytest.mark.parametrize("login", ["superior", "uncleared"])
def test_a_record_asks_few_queries_whatever_says_whose_it_is_and_how_often_it_was_changed(
    login: str, signed_in: SignedIn
) -> None:
    """A meeting recorded anew; a topic, which belongs to the unit of its meeting."""
    take_in({"meetings": [a_meeting("HY4", of="DW2", on="2026-04-09")]}, hours=LATER)
    (topic,) = LEDGER_MODELS["agenda_items"].objects.all()
    client = signed_in(login)
    for address in (
        f"/ledgers/meetings/{a_group.number_of('HY4')}/",
        f"/ledgers/agenda_items/{topic.version_id}/",
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 10, address


def test_an_entry_and_all_it_turns_take_as_many_queries_as_are_written_down(
    signed_in: SignedIn,
) -> None:
    client = signed_in("branch_secretary")
    client.post(NEW, LECTURE)
    with CaptureQueriesContext(connection) as captured:
        client.get(NEW)
    assert len(captured) == 4
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/ledgers/meetings/{a_group.number_of('HY5')}/")
    assert len(captured) <= 10, "one of them finds the number"
    with CaptureQueriesContext(connection) as captured:
        client.post(NEW, {**LECTURE, "held_on": "2026-09-22"})
    assert len(captured) <= 41, "most of them judge what the record concerns"
