"""The readings of coverage: everyone in a population, by period, today and by a due day."""

from typing import Any

import pytest
from tests.builders import Row, a_talk
from tests.science.hand_worked import Rows, day, judge, meeting, member, post, units, verdict

# --- coverage by period ------------------------------------------------------------------

TALKS = {
    "kind": "coverage",
    "each": {"ledger": "posts", "where": {"post": ["党委委员", "党委书记"]}, "member": "person"},
    "has": {
        "ledger": "talks",
        "on": {"person": "listener"},
        "holding": {
            "ledger": "posts",
            "where": {"post": "党委书记"},
            "on": {"talker": "person", "subject": "owner"},
        },
    },
    "per": "quarter",
}


def talk(talker: str, listener: str, on: str) -> Row:
    return a_talk(talker, listener, of="甲党委", on=on)


def test_a_leader_who_left_in_mid_february_held_half_the_quarter_and_counts() -> None:
    stayed, left = post("张", "党委书记"), post("王", "党委委员", until="2026-02-15")
    talks = [talk("张", "张", "2026-02-01")]
    found = judge(TALKS, {"posts": [stayed, left], "talks": talks}, "2026-03-31")
    assert (verdict(found), found.missing) == ("unmet", ("2026Q1/王",))
    left["until_on"] = day("2026-02-14")  # 44 of 90 days
    found = judge(TALKS, {"posts": [stayed, left], "talks": talks}, "2026-03-31")
    assert (verdict(found), found.num, found.den) == ("met", 1, 1)


def test_a_talk_counts_only_while_both_held_their_posts() -> None:
    posts = [post("赵", "党委书记", until="2026-02-01"), post("张", "党委书记", "2026-02-01")]
    posts.append(post("王", "党委委员", "2026-01-20"))
    on_time = [talk("张", "王", "2026-02-01"), talk("张", "张", "2026-02-02")]
    assert verdict(judge(TALKS, {"posts": posts, "talks": on_time}, "2026-03-31")) == "met"
    too_early = [talk("张", "王", "2026-01-31"), talk("张", "张", "2026-02-02")]
    found = judge(TALKS, {"posts": posts, "talks": too_early}, "2026-03-31")
    assert found.missing == ("2026Q1/王",)


def test_an_empty_population_is_never_met() -> None:
    found = judge(TALKS, {}, "2026-03-31")
    assert (verdict(found), found.reason) == ("no_data", "register_not_kept")
    found = judge(TALKS, {"posts": [post("张", "董事")]}, "2026-03-31")
    assert (verdict(found), found.reason) == ("not_applicable", "empty_population")
    nil = {"unit": "甲", "ledger": "任职", "declared_on": day("2026-03-31")}
    assert verdict(judge(TALKS, {"nil_declarations": [nil]}, "2026-03-31")) == "not_applicable"
    assert verdict(judge(TALKS, {"nil_declarations": [nil]}, "2026-03-30")) == "no_data"


def test_a_pair_is_two_persons_and_each_pair_needs_its_talk() -> None:
    heads = {
        "ledger": "posts",
        "where": {"post": "总经理"},
        "whose": "anyone",
        "on": {"subsidiary": "unit"},
        "member": "person",
        "as": "head",
    }
    clause = {
        **TALKS,
        "each": {"ledger": "charges", "member": "person", "paired": heads},
        "has": {"ledger": "talks", "on": {"person": "talker", "head": "listener"}},
    }
    charge = {"unit": "甲", "area": "生产经营", "from_on": day("2026-01-01"), "subsidiary": "乙"}
    facts = {
        "charges": [{**charge, "person": "张"}, {**charge, "person": "王"}],
        "posts": [post("王", "总经理", unit="乙")],
    }
    found = judge(clause, facts, "2026-03-31")
    assert (verdict(found), found.missing) == ("unmet", ("2026Q1/张/王",))
    facts["talks"] = [talk("张", "王", "2026-03-31")]
    assert verdict(judge(clause, facts, "2026-03-31")) == "met"


def test_a_list_written_in_the_clause_is_asked_value_by_value() -> None:
    clause = {
        "kind": "coverage",
        "each": {"values": ["党委会", "职代会"], "as": "body"},
        "has": {"ledger": "meetings", "on": {"body": "kind"}},
        "years": "three_years",
    }
    found = judge(clause, {"meetings": [meeting("1", "2024-05-01")]}, "2026-12-31")
    assert (verdict(found), found.missing) == ("unmet", ("2024-2026/职代会",))


# --- coverage today and of obligations ---------------------------------------------------


def test_an_own_row_must_contain_everything_asked() -> None:
    clause = {
        "kind": "coverage",
        "each": {"ledger": "discipline_cases", "member": "number"},
        "complete": {"column": "inquiries", "of": ["当事人责任", "领导责任"]},
        "at": "today",
    }
    case = {
        "number": "1",
        "unit": "甲",
        "closed_on": day("2026-02-01"),
        "inquiries": "、领导责任、",
    }
    assert verdict(judge(clause, {"discipline_cases": [case]}, "2026-02-01")) == "unmet"
    case["inquiries"] = "、当事人责任、领导责任、"
    assert verdict(judge(clause, {"discipline_cases": [case]}, "2026-02-01")) == "met"


AUDITS = {
    "kind": "coverage",
    "each": {"ledger": "posts", "member": "person"},
    "has": {"ledger": "audits", "where": {"kind": "离任审计"}, "on": {"person": "person"}},
    "due": {"after": "until_on", "months": "six_months"},
}


def audit(on: str) -> dict[str, Any]:
    return {"unit": "甲", "person": "张", "kind": "离任审计", "audited_on": day(on)}


@pytest.mark.parametrize(
    ("on", "audits", "expected"),
    [
        ("2026-01-29", [], "pending"),
        ("2026-01-30", [], "at_risk"),
        ("2026-02-28", [], "unmet"),
        ("2026-02-28", [audit("2026-02-28")], "met"),
        ("2026-03-02", [audit("2026-03-01")], "unmet"),
    ],
)
def test_an_audit_is_due_six_months_after_31_august(
    on: str, audits: list[dict[str, Any]], expected: str
) -> None:
    facts = {"posts": [post("张", "总经理", until="2025-08-31")], "audits": audits}
    found = judge(AUDITS, facts, on)
    assert verdict(found) == expected
    assert found.due == (day("2026-02-28") if expected in ("pending", "at_risk") else None)


def test_a_leaving_announced_for_later_obliges_to_nothing_yet() -> None:
    facts = {"posts": [post("张", "总经理", until="2026-05-01")]}
    found = judge(AUDITS, facts, "2026-04-30")
    assert (verdict(found), found.reason) == ("not_applicable", "empty_population")


def test_a_term_ends_three_years_on_or_when_the_leader_leaves() -> None:
    due = {"after": "from_on", "years": "three_years", "sooner": "until_on"}
    clause = {**AUDITS, "due": due}
    facts = {"posts": [post("张", "总经理", "2023-06-30")]}
    assert judge(clause, facts, "2026-05-01").reason == "empty_population"
    assert verdict(judge(clause, facts, "2026-05-02")) == "pending"
    assert verdict(judge(clause, facts, "2026-06-30")) == "unmet"
    facts["posts"][0]["until_on"] = day("2026-03-01")
    assert verdict(judge(clause, facts, "2026-03-01")) == "unmet"


def test_a_follow_up_is_due_on_the_day_set_or_ninety_days_after_the_decision() -> None:
    clause = {
        "kind": "coverage",
        "each": {"ledger": "agenda_items", "where": {"outcome": "决定通过"}, "member": "matter"},
        "has": {"ledger": "follow_ups", "on": {"matter": "matter"}},
        "due": {"after": "meeting_held_on", "days": "days_90", "or": "matter_execution_due_on"},
    }
    matter: dict[str, Any] = {"number": "M", "unit": "甲"}
    facts = {
        "meetings": [meeting("1", "2026-01-01", "董事会", unit="甲")],
        "agenda_items": [{"meeting": "1", "item": "1", "matter": "M", "outcome": "决定通过"}],
        "matters": [matter],
    }
    assert judge(clause, facts, "2026-02-01").due == day("2026-04-01")
    matter["execution_due_on"] = day("2026-12-01")
    assert judge(clause, facts, "2026-04-01").due == day("2026-12-01")


# --- dues --------------------------------------------------------------------------------

DUES = {
    "kind": "coverage",
    "scope": "branch",
    "each": {"ledger": "memberships", "member": "person"},
    "enough": {"ledger": "dues", "on": {"person": "person"}, "rates": "dues_rates"},
    "per": "month",
}


def dues(paid: int, on: str = "2026-01-31", **more: Any) -> Rows:
    row = {
        "unit": "甲一支部",
        "person": "张",
        "month": day("2026-01-01"),
        "category": "在职",
        "base": 300100,
        "paid": paid,
        "paid_on": day(on),
        "by_payroll": False,
        **more,
    }
    return {"memberships": [member("张")], "dues": [row]}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (dues(3001), "met"),  # 3001.00 × 1 % = 30.01
        (dues(3000), "unmet"),
        (dues(1500, base=300000), "met"),
        (dues(1, base=100), "met"),  # 0.5 分 rounds up to 1 分
        (dues(0, base=100), "unmet"),
        (dues(0, base=99), "met"),
        (dues(3001, by_payroll=True), "unmet"),
        (dues(3001, on="2026-02-01"), "unmet"),
        (dues(9999, base=None), "no_data"),
        (dues(20, category="定额", base=None), "met"),
        (dues(5, reduced_to=5, reduction_approver="甲党委"), "met"),
        (dues(5, reduced_to=5, reduction_approver="上级党委"), "unmet"),
    ],
)
def test_dues_of_january_on_its_last_day(facts: Rows, expected: str) -> None:
    assert verdict(judge(DUES, facts, "2026-01-31")) == expected


def test_a_branch_that_pays_by_quarter_has_until_its_end() -> None:
    facts = {**dues(0), **units(甲一支部={"dues_by_quarter": True})}
    found = judge(DUES, facts, "2026-01-31")
    assert (verdict(found), found.due) == ("pending", day("2026-03-31"))
    facts["dues"][0] |= {"paid": 3001, "paid_on": day("2026-02-20")}
    assert verdict(judge(DUES, facts, "2026-02-20")) == "pending"  # February's own are not paid
