"""Each line of 待办 leads to the form that settles it: a further record, or one to be corrected."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Row, a_row
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER

from tongrong.engine.again import norms_of
from tongrong.facts.registry import LEDGERS
from tongrong.queries.findings import open_name
from tongrong.records.models import LEDGER_MODELS, StoredFinding
from tongrong.vocabulary.verdicts import Verdict


def a_topic(number: str, unit: str = "QY2", **more: object) -> Row:
    said = {"number": number, "unit": unit, "kind": "党建研究课题", "title": f"课题{number}"}
    return a_row("projects", **said, from_on="2026-01-05", **more)


def a_stage(name: str, of: str, due: str, done: str | None = None) -> Row:
    said = {"project": of, "name": name, "set_on": "2026-01-05", "due_on": due}
    return a_row("milestones", **said, done_on=done)


def falls_short(label: str, *members: str, unit: str = "QY2", clause: str = "13.1.a") -> None:
    """A verdict decided by the part of a label."""
    bound = norms_of(a_group.FULL, a_group.AS_OF).bound[clause]
    (part,) = [one.index for one in bound.parts if label in ("", one.label)]
    for key in (a_group.FULL, open_name(a_group.FULL)):
        StoredFinding.objects.filter(checklist=key, unit=unit, clause=clause).delete()
        a_group.store(key, ((unit, clause, Verdict.UNMET, 0, 1, None, members),))
        StoredFinding.objects.filter(checklist=key, unit=unit, clause=clause).update(part=part)


def buttons(client: Client, address: str, clause: str = "13.1.a") -> list[tuple[str, str]]:
    """Where the buttons of a clause lead, in 待办 or on its page, and what they say."""
    page = client.get(address).content.decode()
    if "duties" in address:
        page = next(one for one in page.split('<li class="duty">') if f">{clause}<" in one)
    found = re.findall(r'<a class="(?:duty-form|btn[^"]*)" href="([^"]+)">(.*?)</a>', page)
    return [(unescape(to), re.sub("<[^>]+>", "", said)) for to, said in found]


def number_of(ledger: str, **said: str) -> int:
    rows = LEDGER_MODELS[ledger].objects.filter(superseded_at__isnull=True)
    return rows.get(**said).version_id


@pytest.fixture
def topics(group: str) -> None:
    """QY2 has a topic with a stage overdue, one later and one done; QY1 a topic of its own."""
    del group
    topics = [a_topic("KT1", leader="RY1"), a_topic("KT2"), a_topic("KT9", "QY1")]
    stages = [
        a_stage("结题", "KT1", "2026-09-01"),
        a_stage("中期", "KT1", "2026-08-31"),
        a_stage("开题", "KT1", "2026-02-01", "2026-02-01"),
        a_stage("中期", "KT9", "2026-01-31"),
    ]
    take_in({"projects": topics, "milestones": stages}, hours=LATER)


@pytest.mark.usefixtures("topics")
def test_what_a_record_must_say_is_settled_by_correcting_it(signed_in: SignedIn) -> None:
    """Not by a further stage: the one due first is to say when it was done."""
    client = signed_in("party_officer")
    falls_short("节点不逾期", "KT1")
    stage = number_of("milestones", project="KT1", name="中期")
    address = f"/ledgers/milestones/{stage}/correct/"
    assert buttons(client, "/duties/") == [(f"{address}#done_on", "更正项目节点：实际完成日期")]
    first, *others = buttons(client, "/checklist/QY2/13.1.a/")
    assert first == (f"{address}#done_on", "更正项目节点：实际完成日期")
    assert "登记项目节点" in [said for _, said in others]
    form = client.get(address).content.decode()
    assert 'id="done_on"' in form
    assert 'value="2026-08-31"' in form, "what it says already is filled in"


@pytest.mark.usefixtures("topics")
def test_the_part_that_decided_says_which_record(signed_in: SignedIn) -> None:
    client = signed_in("party_officer")
    falls_short("有负责人", "KT2")
    topic = number_of("projects", number="KT2")
    assert buttons(client, "/duties/") == [
        (f"/ledgers/projects/{topic}/correct/#leader", "更正项目：负责人")
    ]
    falls_short("有节点", "KT2")
    ((to, said),) = buttons(client, "/duties/")
    assert said == "登记项目节点", "there is none to be corrected"
    assert to.startswith("/ledgers/milestones/new/")


@pytest.mark.usefixtures("topics")
def test_nobodys_record_but_the_units_own_is_to_be_corrected(signed_in: SignedIn) -> None:
    """KT9 is a topic of the enterprise above; who looks on only is led to no form."""
    falls_short("节点不逾期", "KT9")
    ((to, said),) = buttons(signed_in("party_officer"), "/duties/")
    assert said.startswith("登记"), to
    falls_short("节点不逾期", "KT1")
    assert buttons(signed_in("superior"), "/duties/") == []


@pytest.mark.usefixtures("topics")
def test_that_costs_a_page_one_query(signed_in: SignedIn) -> None:
    """However many ledgers and lines: of two kinds of records here."""
    client = signed_in("party_officer")

    def asked(address: str) -> int:
        client.get(address)  # what is read once only is read
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = ("/duties/", "/checklist/QY2/13.1.a/")
    falls_short("有节点", "KT2")
    before = [asked(one) for one in addresses]
    falls_short("有负责人", "KT2")
    falls_short("按期推进", "KT1", clause="5.1.a")
    after = [asked(one) for one in addresses]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]
    assert max(after) <= 10


def test_every_column_to_be_corrected_is_one_of_its_ledger_or_of_no_form() -> None:
    """A rule may look at what is computed too, which no form has: that is never offered."""
    bound = norms_of(a_group.FULL, a_group.AS_OF).bound.values()
    own = {row for one in bound for part in one.parts for row in part.rule.own_rows()}
    there = {(one.ledger, one.column) for one in own if one.column in LEDGERS[one.ledger].columns}
    assert {("milestones", "done_on"), ("positions", "elements")} <= there
    assert all(one.member in LEDGERS[one.ledger].columns for one in own)
