"""过去某日: judged beside the pages, once for all who ask, and then shown."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.builders import a_meeting
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn, later
from tests.portal.web.sent_files import do_jobs
from tests.portal.web.test_cockpit import AUGUST, JUNE, then
from tests.portal.web.test_pages import text_of

from tongrong.actions.jobs import ask_for, begin_next
from tongrong.portal.jobs.judging_days import DAY, MONTH_ENDS
from tongrong.portal.jobs.kinds import TURNS
from tongrong.portal.jobs.perform import perform
from tongrong.queries.findings import open_name
from tongrong.queries.past_days import kept_days, past_key
from tongrong.records.models import Job
from tongrong.vocabulary.verdicts import Verdict

ADDRESS = f"/checklist/QY2/1.1.b/?day={JUNE}"
ASKED = {"day": f"{JUNE}", "next": ADDRESS}
HTMX = {"HX-Request": "true"}
ONE_DATABASE = pytest.mark.parametrize("group", ["sqlite"], indirect=True)
"""For what takes the engine long and is no matter of the database."""


def states() -> list[tuple[str, str]]:
    return list(Job.objects.order_by("job_id").values_list("kind", "state"))


def asks(client: Client, **more: str) -> str:
    """The part of the page that comes when a browser asks for the day."""
    return client.post("/days/", {**ASKED, **more}, headers=HTMX).content.decode()


def test_a_past_day_is_judged_by_a_job_and_then_shown(signed_in: SignedIn) -> None:
    """By the facts, not by what is stored of today."""
    client = signed_in("secretary")
    assert "正在判定这一天的结果" in text_of(client, ADDRESS)
    assert 'hx-trigger="every 1s"' in asks(client)
    followed = f"/days/?{urlencode({'day': JUNE, 'ends': '', 'next': ADDRESS})}"
    assert "排队" in client.get(followed, headers=HTMX).content.decode()
    do_jobs()
    assert client.get(followed, headers=HTMX).headers["HX-Redirect"] == ADDRESS
    text = text_of(client, ADDRESS)
    assert "截至 2026-06-30 日终的结果" in text
    assert re.search(r"✖ 不达标 企业", text)
    assert re.search(r"实测 1/6 应达 全部 差距 还差 5", text), "January to June, a meeting in April"
    page = client.get(f"/checklist/QY2/?day={JUNE}").content.decode()
    assert f'href="/checklist/QY2/1.1.b/?day={JUNE}"' in page, "links keep the day"
    written = a_meeting("HY8", of="DW2", on="2026-05-08")
    take_in({"meetings": [written]}, hours=4996, file_name="补")
    assert "正在判定这一天的结果" in text_of(client, ADDRESS)
    answer = client.post("/days/", ASKED, headers=HTMX)
    assert answer.headers["HX-Redirect"] == ADDRESS, "a little is judged at once"
    assert states() == [(DAY, "done")]


def test_without_script_the_form_leads_to_a_page_that_says_how_far_it_is(
    signed_in: SignedIn,
) -> None:
    client = signed_in("secretary")
    page = str(client.post("/days/", ASKED).headers["Location"])
    assert "排队" in text_of(client, page)
    do_jobs()
    assert client.get(page).headers["Location"] == ADDRESS


def test_who_asks_for_the_same_day_shares_the_job_and_its_owner_alone_cancels(
    signed_in: SignedIn,
) -> None:
    first, second = signed_in("secretary"), signed_in("finance")
    assert "取消" in asks(first)
    assert "取消" not in asks(second)
    asks(second, act="cancel")
    assert states() == [(DAY, "waiting")]
    assert "已取消" in asks(first, act="cancel")
    assert "重新判定" in asks(first, act="cancel")
    assert states() == [(DAY, "cancelled")]
    assert "取消" in asks(second)
    assert states() == [(DAY, "cancelled"), (DAY, "waiting")]


def test_with_and_without_units_abroad_are_two_jobs(signed_in: SignedIn) -> None:
    asks(signed_in("superior"))
    asks(signed_in("uncleared"))
    told = Job.objects.order_by("job_id").values_list("told", flat=True)
    assert [one["key"] for one in told] == [a_group.FULL, open_name(a_group.FULL)]


@pytest.mark.parametrize("asked", ["2026-09-26", "yesterday", "0001-01-01", ""])
def test_a_day_to_come_or_none_is_refused_with_the_reason(asked: str, signed_in: SignedIn) -> None:
    client = signed_in("superior")
    if asked:
        assert "不能看这一天" in text_of(client, f"/cockpit/?day={asked}")
    assert client.post("/days/", {"day": asked}).status_code == 404
    assert client.get(f"/days/?day={asked}").status_code == 404


def test_a_late_entry_makes_a_past_day_be_looked_at_again(signed_in: SignedIn) -> None:
    then(JUNE, (("QY2", "1.1.b", Verdict.UNMET),))
    client = signed_in("superior")
    assert "截至 2026-06-30" in text_of(client, f"/cockpit/QY2/?day={JUNE}")
    take_in({"meetings": [a_meeting("HY8", of="DW2", on="2026-05-08")]}, hours=4996, file_name="补")
    assert "正在判定这一天的结果" in text_of(client, f"/cockpit/QY2/?day={JUNE}")


# --- month ends --------------------------------------------------------------------------------


def test_the_year_asks_once_for_its_month_ends_and_shorter_work_comes_between(
    signed_in: SignedIn,
) -> None:
    """August alone is left to judge."""
    client = signed_in("superior")
    for month in range(1, 8):
        then(dt.date(2026, month + 1, 1) - dt.timedelta(days=1), ())
    assert "判定月末" in text_of(client, "/cockpit/year/")
    asked = {"day": f"{a_group.AS_OF}", "ends": "1", "next": "/cockpit/"}
    for _ in range(2):
        assert "排队" in client.post("/days/", asked, headers=HTMX).content.decode()
    assert "排队" in text_of(client, "/cockpit/year/")
    ask_for(key="short", kind="tidy", told={}, at=later(minutes=5))
    first = begin_next(at=later(minutes=6), turns=TURNS)
    assert first is not None
    assert first.key == "short", "though it was asked for later"
    perform("short")
    do_jobs()
    assert states() == [(MONTH_ENDS, "done"), ("tidy", "done")]
    assert past_key(a_group.FULL, AUGUST) in kept_days()
    assert "判定月末" not in text_of(client, "/cockpit/year/")


@ONE_DATABASE
def test_a_job_of_several_days_waits_for_its_turn_after_each(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    client.post("/days/", {"day": "2026-03-15", "ends": "1", "next": "/cockpit/"}, headers=HTMX)
    job = begin_next(at=later(minutes=1), turns=TURNS)
    assert job is not None
    assert len(job.told["days"]) == 2
    perform(job.key)
    assert states() == [(MONTH_ENDS, "waiting")]
    assert kept_days() == [past_key(a_group.FULL, dt.date(2026, 2, 28))]
    do_jobs()
    assert states() == [(MONTH_ENDS, "done")]
    assert len(kept_days()) == 2


@ONE_DATABASE
@pytest.mark.usefixtures("group")
def test_the_night_has_the_end_of_the_last_month_judged() -> None:
    ask_for(key="night", kind="refresh", told={}, at=later())
    do_jobs()
    ends = {past_key(key, AUGUST) for key in (a_group.FULL, open_name(a_group.FULL))}
    assert set(kept_days()) == ends
    assert states() == [("refresh", "done"), (MONTH_ENDS, "done"), (MONTH_ENDS, "done")]
    ask_for(key="next night", kind="refresh", told={}, at=later())
    do_jobs()
    assert len(states()) == 4, "it is judged already"
