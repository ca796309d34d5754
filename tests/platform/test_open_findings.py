"""五不公开: where units abroad are recorded, verdicts are stored a second time without them."""

import datetime as dt

import pytest
from tests.builders import (
    Row,
    a_branch,
    a_feature,
    a_group_company,
    a_meeting,
    an_agenda_item,
    an_enterprise,
)
from tests.compiled import PROGRAMS
from tests.platform.store import hours_later, take_in

from tongrong.actions.refresh import Engine, refresh
from tongrong.facts.clearance import without_overseas
from tongrong.queries.clearance import hidden_units
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import changes_of, kept_findings, open_name, stored_states, waiting
from tongrong.queries.nearby import StoredRecords, current_kinship, without_abroad

SCORED = "branch-scored"
OPEN = open_name(SCORED)
DAY = dt.date(2026, 3, 31)

pytestmark = pytest.mark.usefixtures("database")


def group() -> dict[str, list[Row]]:
    """A branch here, and one of an enterprise abroad."""
    return {
        "enterprises": [
            a_group_company("QY1"),
            an_enterprise("QY3", parent="QY1"),
        ],
        "enterprise_features": [a_feature("境外企业", "是", of="QY3")],
        "party_organizations": [
            a_branch("ZB1", of="QY1", name="第一支部"),
            a_branch("ZB3", of="QY3", name="境外支部", leads=True),
        ],
        "meetings": [a_meeting("HY1", of="ZB1", on="2026-01-09", kind="支部党员大会")],
    }


def refreshed(key: str, hours: float) -> None:
    engine = Engine(programs=PROGRAMS)
    refresh(checklist=key, as_of=DAY, at=hours_later(hours), engine=engine)


def units(key: str) -> set[str]:
    return {one.unit for one in kept_findings(key)}


def test_the_second_set_has_no_unit_abroad_and_else_the_same_verdicts() -> None:
    take_in(group())
    refreshed(SCORED, 1)
    refreshed(OPEN, 1)
    assert hidden_units() == {"QY3", "ZB3"}
    assert units(SCORED) == {"ZB1", "ZB3"}
    assert units(OPEN) == {"ZB1"}
    assert set(kept_findings(OPEN)) == set(kept_findings(SCORED, ["ZB1"]))
    assert {one.checklist for one in stored_states()} == {SCORED, OPEN}


def test_after_a_write_what_it_concerns_is_judged_and_its_history_is_its_own() -> None:
    take_in(group())
    refreshed(SCORED, 1)
    refreshed(OPEN, 1)
    abroad = a_meeting("HY3", of="ZB3", on="2026-02-09", kind="支部党员大会")
    here = a_meeting("HY2", of="ZB1", on="2026-02-09", kind="主题党日")
    take_in({"meetings": [abroad, here]}, hours=2, file_name="二月.xlsx")
    assert waiting(OPEN).everything is None
    assert set(waiting(OPEN).units) == {"ZB1"}
    assert set(waiting(SCORED).units) == {"ZB1", "ZB3"}
    refreshed(SCORED, 3)
    refreshed(OPEN, 3)
    assert set(kept_findings(OPEN)) == set(kept_findings(SCORED, ["ZB1"]))
    clauses = {one.clause for one in kept_findings(OPEN)}
    assert not any(changes_of(OPEN, "ZB3", clause) for clause in clauses)
    assert waiting(OPEN).last == 0


def test_what_names_something_of_a_unit_abroad_is_not_read_without_them() -> None:
    """As `without_overseas` leaves it out of a snapshot, so do the reads for one unit."""
    facts = group()
    facts["matters"] = [
        {"number": number, "unit": unit, "title": "并购", "category": "其他事项"}
        for number, unit in (("SX1", "QY1"), ("SX3", "QY3"))
    ]
    facts["agenda_items"] = [
        an_agenda_item("1", of="HY1", matter="SX1"),
        an_agenda_item("2", of="HY1", matter="SX3"),
        an_agenda_item("3", of="HY1"),
    ]
    take_in(facts)
    asked = {"meeting": {"HY1"}}
    kinship, records = without_abroad(current_kinship(), StoredRecords())
    told = records.find("agenda_items", asked)
    shown = without_overseas(current_snapshot())["agenda_items"]["record"].to_pylist()
    assert sorted(str(row["record"]) for row in told) == sorted(shown)
    assert len(told) == 2
    assert len(StoredRecords().find("agenda_items", asked)) == 3
    assert len(records.find("agenda_items", asked, most=2)) == 2
    assert set(kinship.organizations) == {"ZB1"}
