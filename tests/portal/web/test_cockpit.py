"""驾驶舱: what is ahead, what the year was, what worsened, what was entered; a branch's month."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.builders import a_meeting
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_pages import text_of

from tongrong.actions.keep_tallies import keep_own, sum_up
from tongrong.engine.again import fingerprint, norms_of
from tongrong.queries.audit import head
from tongrong.queries.findings import kept_findings, open_name
from tongrong.queries.past_days import past_key
from tongrong.records.models import PastDay, StoredFinding
from tongrong.vocabulary.verdicts import Severity, Verdict

AUGUST = dt.date(2026, 8, 31)
JUNE = dt.date(2026, 6, 30)


def then(day: dt.date, verdicts: tuple[tuple[object, ...], ...], key: str = a_group.FULL) -> None:
    """Let these be the verdicts of a past day, judged and up to date."""
    stored = past_key(key, day)
    PastDay.objects.create(
        key=stored,
        fingerprint=fingerprint(norms_of(a_group.FULL, day).family),
        entry=head().number,
        newest={},
        judged_at=a_group.NOON,
    )
    like = StoredFinding.objects.filter(checklist=a_group.FULL).values().first() or {}
    for unit, clause, verdict in verdicts:
        said = {"checklist": stored, "unit": unit, "clause": clause, "due": None}
        severity = int(Severity[str(verdict).upper()])
        StoredFinding.objects.create(**{**like, **said, "finding_id": None, "severity": severity})
    units = {str(one[0]) for one in verdicts}
    keep_own(stored, norms_of(a_group.FULL, day), units, kept_findings(stored, units))
    sum_up(stored)


def options(client: Client, address: str) -> list[Any]:
    """What the charts of a page show."""
    page = client.get(address).content.decode()
    found = re.findall(r'<script type="application/json">(.*?)</script>', page)
    return list(map(json.loads, found))


def option(client: Client, address: str) -> Any:
    """What the first chart of a page shows."""
    return options(client, address)[0]


def test_the_radar_shows_what_the_table_beside_it_says(signed_in: SignedIn) -> None:
    """改革: of QY1 2 of 2; of QY2 1 of 4; 1.2.a of DW2 met, of ZB1 not; QY3 0 of 1: 4 of 9."""
    client = signed_in("superior")
    text = text_of(client, "/cockpit/ahead/")
    assert re.search(r"改革同步谋划 4/9 ", text)
    axes = option(client, "/cockpit/ahead/")
    assert axes["radar"]["indicator"][0]["name"] == "改革同步谋划\n44%", "clear of the lines"
    assert axes["series"][0]["data"][0]["value"][0] == 44
    assert axes["aria"]["enabled"]


def test_what_falls_due_within_thirty_days_comes_by_day(signed_in: SignedIn) -> None:
    text = text_of(signed_in("superior"), "/cockpit/ahead/")
    places = [text.index(said) for said in ("1.3.a", "11.1.e", "9.1.a")]
    assert places == sorted(places)
    assert "8.5.a" not in text, "97 days ahead"


def test_the_year_is_a_line_over_the_month_ends_that_are_judged(signed_in: SignedIn) -> None:
    """In August 2 of 3 met; January to July are not judged; today 4 of 13 met."""
    then(AUGUST, (("QY1", "1.1.a", Verdict.MET), ("QY2", "1.1.a", Verdict.MET),
                  ("QY2", "1.1.b", Verdict.PENDING)))  # fmt: skip
    client = signed_in("superior")
    line = option(client, "/cockpit/year/")
    assert line["xAxis"]["data"][-2:] == ["08-31", "09-25"]
    assert line["series"][0]["data"] == [None] * 7 + [66, 28]
    assert line["tooltip"]["renderMode"] == "richText"
    assert "判定月末" in text_of(client, "/cockpit/year/")


def test_an_enterprise_has_its_own_radar_and_year_with_all_below_it(signed_in: SignedIn) -> None:
    """改革: of QY2 1 of 4; 1.2.a of DW2 met, of ZB1 not: 2 of 6."""
    verdicts = (("QY1", "1.1.a", Verdict.UNMET), ("QY2", "1.1.a", Verdict.MET))
    then(AUGUST, verdicts, open_name(a_group.FULL))
    client = signed_in("secretary")
    page = client.get("/cockpit/QY2/").content.decode()
    assert 'hx-get="/cockpit/QY2/year/"' in page
    radar, line = options(client, "/cockpit/QY2/year/")
    assert re.search(r"改革同步谋划 2/6 ", text_of(client, "/cockpit/QY2/year/"))
    assert radar["series"][0]["data"][0]["value"][0] == 33
    assert line["xAxis"]["data"][-2:] == ["08-31", "09-25"]
    assert line["series"][0]["data"][-2] == 100, "of QY1 nothing is counted"


def test_what_worsened_since_last_month_is_listed_from_what_to_what(signed_in: SignedIn) -> None:
    then(AUGUST, (("QY1", "1.1.a", Verdict.MET), ("QY2", "1.1.b", Verdict.PENDING),
                  ("QY2", "2.6.a", Verdict.UNMET), ("ZB1", "11.1.f", Verdict.UNMET)))  # fmt: skip
    client = signed_in("superior")
    text = text_of(client, "/cockpit/year/")
    assert re.search(r"◔ 推进中 → *✖ 不达标 *1.1.b", text)
    worse = text[text.index("变差的") :]
    assert "2.6.a" not in worse, "it was worse"
    assert "11.1.f" not in worse, "it was the same"
    assert '<a href="/checklist/QY2/1.1.b/"' in client.get("/cockpit/year/").content.decode()


def test_the_year_without_units_abroad_is_of_verdicts_without_them(signed_in: SignedIn) -> None:
    then(AUGUST, (("QY3", "1.1.b", Verdict.MET),))
    other = signed_in("uncleared")
    assert option(other, "/cockpit/year/")["series"][0]["data"][-2] is None
    then(AUGUST, (("QY2", "1.1.b", Verdict.MET),), open_name(a_group.FULL))
    assert option(other, "/cockpit/year/")["series"][0]["data"][-2] == 100
    assert "丙公司" not in text_of(other, "/cockpit/year/")


def test_an_enterprise_sees_what_falls_short_what_falls_due_and_how_far_entries_reach(
    signed_in: SignedIn,
) -> None:
    client = signed_in("secretary")
    text = text_of(client, "/cockpit/QY2/")
    red, due = text.index("不达标、缺数据"), text.rindex("30 日内到期")
    assert red < text.index("11.1.f") < text.index("2.6.a", red) < due < text.index("9.1.a", due)
    assert "本月还没有录入" in text_of(client, "/cockpit/QY2/reuse/")


def test_the_reuse_figure_counts_records_of_the_month_and_the_verdicts_they_serve(
    signed_in: SignedIn,
) -> None:
    lecture = a_meeting("HY9", of="ZB1", on="2026-09-10", kind="党课")
    take_in({"meetings": [lecture]}, hours=4996, file_name="九月.xlsx")  # 2026-09-25, 13:00
    StoredFinding.objects.filter(unit="ZB1").update(records='["meetings/HY9"]', counted=1)
    text = text_of(signed_in("secretary"), "/cockpit/QY2/reuse/")
    assert re.search(r"本月录入 1 条，支撑 3 项判定", text), "11.1.e, 11.1.f and 1.2.a of ZB1"


def test_a_branch_sees_this_month_what_is_done_to_do_and_overdue(signed_in: SignedIn) -> None:
    """11.1.e falls due on 30 September; 11.1.f, each month, is done but for May."""
    client = signed_in("branch_secretary")
    assert client.get("/cockpit/").headers["Location"] == "/cockpit/ZB1/"
    text = text_of(client, "/cockpit/ZB1/")
    assert "还要做 1 件，已做 1 件，逾期或缺数据 2 件" in text
    ahead, late, done = (text.rindex(one) for one in ("还要做", "逾期、缺数据", "本月已做"))
    assert ahead < text.index("11.1.e") < late < text.index("1.2.a") < done
    assert done < text.rindex("11.1.f")
    page = client.get("/cockpit/ZB1/").content.decode()
    assert 'href="/ledgers/meetings/new/?unit=ZB1&amp;kind=%E5%85%9A%E8%AF%BE"' in page


def test_each_colour_leads_to_its_item_in_the_checklist_of_the_enterprise(
    signed_in: SignedIn,
) -> None:
    page = signed_in("superior").get("/cockpit/").content.decode()
    assert page.count('<td title="') == len(re.findall(r'href="/checklist/QY\d/#item-\d+"', page))
    assert 'href="/checklist/QY2/#item-17"' in page


def test_an_organization_of_which_nothing_is_judged_has_not_done_everything(
    signed_in: SignedIn,
) -> None:
    """SJ1 stands above the group: nothing is asked of it here."""
    text = text_of(signed_in("superior"), "/cockpit/SJ1/")
    assert "本组织没有判定" in text
    assert "还要做" not in text


def test_a_duty_leads_to_its_form_with_unit_and_kind_filled_in(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    page = client.get("/duties/").content.decode()
    forms = re.findall(r'href="(/ledgers/meetings/new/[^"]+)"', page)
    form = next(one for one in forms if one.endswith("kind=%E5%85%9A%E8%AF%BE"))
    entry = client.get(form.replace("&amp;", "&")).content.decode()
    assert 'value="第一支部（ZB1）"' in entry
    assert "<option selected>党课</option>" in entry
    assert "登记会议活动" not in signed_in("superior").get("/duties/").content.decode()


@pytest.mark.parametrize(
    ("order", "first"), [("due", "2026-09-30"), ("unit", "乙公司"), ("item", "1 统筹谋划部署有力")]
)
def test_duties_can_be_grouped_otherwise(order: str, first: str, signed_in: SignedIn) -> None:
    page = signed_in("party_officer").get(f"/duties/?sort={order}").content.decode()
    groups = re.findall(r'duty-group"><h2>([^<]+)</h2>', page)
    assert groups[0] == first
    assert len(groups) == len(set(groups))


def test_what_is_not_listed_is_found_in_the_duties(signed_in: SignedIn) -> None:
    """More falls due than is listed: the rest is in 待办."""
    assessor, superior = signed_in("assessor"), signed_in("uncleared")
    known = set(StoredFinding.objects.filter(unit="QY1").values_list("clause", flat=True))
    clauses = [one for one in norms_of(a_group.FULL, a_group.AS_OF).bound if one not in known]
    due = [("QY1", one, Verdict.AT_RISK, 0, 1, "2026-09-30", ()) for one in clauses[:20]]
    a_group.store(open_name(a_group.FULL), tuple(due))
    pages = [one.get("/cockpit/ahead/").content.decode() for one in (assessor, superior)]
    assert all("只列出前" in one for one in pages)
    assert ["/duties/?below=1" in one for one in pages] == [True, True]
