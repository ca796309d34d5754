"""The readings: how often, how strict and for whom, on cases worked by hand in domain words."""

from fractions import Fraction

import pytest
from tests.builders import a_feature
from tests.science.hand_worked import (
    MONTHLY,
    QUARTERLY,
    day,
    explanation,
    judge,
    meeting,
    member,
    units,
    verdict,
)

# --- frequency ---------------------------------------------------------------------------


def test_every_month_but_march_had_its_meeting() -> None:
    held = [meeting("1", "2026-01-05"), meeting("2", "2026-02-05"), meeting("3", "2026-04-05")]
    found = judge(MONTHLY, {"meetings": held}, "2026-04-15")
    assert (verdict(found), found.missing) == ("unmet", ("2026-03",))
    assert (found.num, found.den) == (3, 4)
    assert len(found.records) == 3
    assert found.due == day("2026-05-31")


def test_the_meeting_of_a_satisfied_month_points_at_the_next_even_on_its_last_day() -> None:
    held = [meeting(str(m), f"2026-{m:02}-28") for m in (1, 2, 3)]
    found = judge(MONTHLY, {"meetings": held}, "2026-03-31")
    assert (verdict(found), found.due) == ("met", day("2026-04-30"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-03-16", "pending"), ("2026-03-17", "at_risk"), ("2026-03-31", "unmet")],
)
def test_a_running_quarter_warns_in_its_last_fifteen_days_and_fails_at_its_end(
    on: str, expected: str
) -> None:
    found = judge(QUARTERLY, {}, on)
    assert verdict(found) == expected
    assert found.due == (day("2026-06-30") if expected == "unmet" else day("2026-03-31"))


def test_a_meeting_on_a_quarters_last_day_counts_for_that_quarter() -> None:
    held = [meeting("1", "2026-03-31"), meeting("2", "2026-06-30")]
    assert verdict(judge(QUARTERLY, {"meetings": held}, "2026-06-30")) == "met"


def test_a_meeting_on_29_february_belongs_to_february() -> None:
    held = [meeting("1", "2024-01-31"), meeting("2", "2024-02-29")]
    assert verdict(judge(MONTHLY, {"meetings": held}, "2024-02-29")) == "met"


def test_drafts_withdrawn_and_future_meetings_do_not_count() -> None:
    held = [
        meeting("1", "2026-01-05", status="草稿"),
        meeting("2", "2026-01-06", status="撤回"),
        meeting("3", "2026-02-02"),
    ]
    found = judge(MONTHLY, {"meetings": held}, "2026-02-01")
    assert (verdict(found), found.missing) == ("unmet", ("2026-01", "2026-02"))
    assert found.records == ()


def test_a_branch_founded_in_mid_month_is_not_judged_for_it() -> None:
    facts = units(甲一支部={"founded_on": day("2026-02-02")})
    clause = {**MONTHLY, "scope": "branch"}
    found = judge(clause, facts, "2026-02-28")
    assert (verdict(found), found.reason) == ("not_applicable", "no_full_period")
    found = judge(clause, facts, "2026-03-31")
    assert (verdict(found), found.missing) == ("unmet", ("2026-03",))


def test_a_window_not_yet_begun_is_next_due_on_its_own_last_day() -> None:
    clause = {**MONTHLY, "window": {"from": "09-01", "to": "10-31"}, "strength": "should"}
    del clause["per"]
    assert verdict(judge(clause, {}, "2026-08-31")) == "not_applicable"
    held = {"meetings": [meeting("1", "2026-10-31")]}
    found = judge(clause, held, "2026-10-31")
    assert (verdict(found), found.num, found.den) == ("met", 1, None)
    assert found.due == day("2027-10-31")


def test_an_earlier_year_is_judged_as_over() -> None:
    found = judge(QUARTERLY, {"meetings": [meeting("1", "2025-02-01")]}, "2026-02-01", year=2025)
    assert (verdict(found), found.missing) == ("unmet", ("2025Q2", "2025Q3", "2025Q4"))
    assert found.due is None


def test_agenda_items_are_owned_and_dated_by_their_meeting() -> None:
    clause = {
        **MONTHLY,
        "of": {"ledger": "agenda_items", "where": {"meeting_kind": "党委会", "topic": "党建工作"}},
    }
    items = [{"meeting": "1", "item": "1", "topic": "党建工作"}]
    facts = {"meetings": [meeting("1", "2026-01-05")], "agenda_items": items}
    assert verdict(judge(clause, facts, "2026-01-31")) == "met"
    facts["meetings"][0]["status"] = "撤回"
    assert verdict(judge(clause, facts, "2026-01-31")) == "unmet"


def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(ValueError, match="2027"):
        judge(MONTHLY, {}, "2026-02-01", year=2027)


def test_measures_are_exact() -> None:
    held = {"meetings": [meeting("1", "2026-01-05")]}
    (cell,) = judge(MONTHLY, held, "2026-01-31").cells[0]
    assert cell.den == Fraction(1)


# --- strength and justification ----------------------------------------------------------


def test_a_justified_period_counts_only_for_should_and_only_for_its_own_period() -> None:
    should = {**QUARTERLY, "strength": "should"}
    found = judge(should, explanation(period="2026Q1"), "2026-05-01")
    assert (verdict(found), found.missing) == ("pending", ("2026Q2",))
    assert verdict(judge(QUARTERLY, explanation(period="2026Q1"), "2026-05-01")) == "unmet"
    assert verdict(judge(should, explanation(period="2026Q2"), "2026-05-01")) == "unmet"
    assert verdict(judge(should, explanation(), "2026-05-01")) == "unmet"
    assert verdict(judge(should, explanation(period="2026Q1"), "2026-04-30")) == "unmet"


def test_may_is_not_applicable_until_taken_up_and_then_judged() -> None:
    may = {**QUARTERLY, "strength": "may"}
    found = judge(may, {}, "2026-06-30")
    assert (verdict(found), found.reason) == ("not_applicable", "not_taken_up")
    assert (found.missing, found.due) == ((), None)
    held = {"meetings": [meeting("1", "2026-06-01")]}
    assert verdict(judge(may, held, "2026-06-30")) == "unmet"


def test_the_worst_part_decides_and_shown_parts_never_do() -> None:
    study = {**QUARTERLY, "of": {"ledger": "meetings", "where": {"kind": "中心组学习"}}}
    clause = {"kind": "all", "parts": [{**QUARTERLY, "label": "会"}, {**study, "label": "学"}]}
    held = {"meetings": [meeting("1", "2026-03-01")]}
    found = judge(clause, held, "2026-03-31")
    assert (verdict(found), found.num, found.den) == ("unmet", 0, None)
    clause["parts"][1]["shown_only"] = True
    found = judge(clause, held, "2026-03-31")
    assert verdict(found) == "met"
    assert [len(cells) for cells in found.cells] == [1, 1]


# --- applicability -----------------------------------------------------------------------


def test_an_unrecorded_feature_is_unknown_unless_otherwise_is_said() -> None:
    large = {"feature": "规模", "is": ["大型", "中型"]}
    found = judge({**QUARTERLY, "applies": large}, {}, "2026-03-31")
    assert (verdict(found), found.reason) == ("no_data", "condition_unknown")
    found = judge({**QUARTERLY, "applies": {**large, "otherwise": False}}, {}, "2026-03-31")
    assert (verdict(found), found.reason) == ("not_applicable", "condition_not_met")
    facts = {"enterprise_features": [a_feature("规模", "中型", of="甲", since="2026-01-01")]}
    assert verdict(judge({**QUARTERLY, "applies": large}, facts, "2026-03-31")) == "unmet"


def test_a_branch_too_small_in_a_month_is_not_judged_for_it() -> None:
    count = {"ledger": "memberships", "since": "full_on", "count": "person"}
    clause = {
        **MONTHLY,
        "scope": "branch",
        "applies": {"count": count, "at_least": "three"},
    }
    people = [member(p, full_on="2021-01-01") for p in ("张", "王")]
    people.append(member("李", full_on="2026-02-01"))
    found = judge(clause, {"memberships": people}, "2026-02-28")
    assert (verdict(found), found.missing) == ("unmet", ("2026-02",))
    found = judge(clause, {"memberships": people}, "2026-01-31")
    assert (verdict(found), found.reason) == ("not_applicable", "condition_not_met")
    assert judge(clause, {}, "2026-01-31").reason == "condition_unknown"
