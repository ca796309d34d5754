"""The readings of shares, numbers of persons and trends."""

import pytest
from tests.builders import a_quota
from tests.science.hand_worked import BOARD, Rows, day, judge, meeting, post, verdict


@pytest.mark.parametrize(
    ("party", "directors", "expected"), [(3, 10, "met"), (2, 7, "unmet"), (0, 0, "not_applicable")]
)
def test_three_of_ten_is_thirty_percent_and_two_of_seven_is_not(
    party: int, directors: int, expected: str
) -> None:
    posts = [post(str(n), "董事") for n in range(directors)]
    posts += [post(str(n), "党委委员", unit="甲党委") for n in range(max(party, 1))]
    found = judge(BOARD, {"posts": posts}, "2026-03-01")
    assert (verdict(found), found.num, found.den) == (expected, party, directors)


def test_a_director_whose_leaving_is_announced_is_still_one() -> None:
    posts = [post("张", "董事", until="2026-03-02"), post("张", "党委委员")]
    assert verdict(judge(BOARD, {"posts": posts}, "2026-03-01")) == "met"
    assert verdict(judge(BOARD, {"posts": posts}, "2026-03-02")) == "not_applicable"


ONLINE = {
    "kind": "ratio",
    "numerator": {"ledger": "meetings", "where": {"form": {"not": "线下"}}},
    "denominator": {"ledger": "meetings"},
    "per": "quarter",
    "more_than": "some",
}


def test_a_share_of_events_is_judged_at_the_periods_end() -> None:
    held = {"meetings": [meeting("1", "2026-01-05", form="线下")]}
    assert verdict(judge(ONLINE, held, "2026-02-01")) == "pending"
    assert verdict(judge(ONLINE, held, "2026-03-31")) == "unmet"
    assert verdict(judge(ONLINE, {}, "2026-02-01")) == "pending"
    assert verdict(judge(ONLINE, {}, "2026-03-31")) == "no_data"


def test_a_figure_may_be_missing_until_30_april() -> None:
    clause = {
        "kind": "ratio",
        "numerator": {"ledger": "budgets", "sum": ["amount", "carried_over"]},
        "denominator": {"ledger": "payroll", "sum": "total"},
        "figures": {"numerator": "current", "denominator": "last"},
        "at_least": "half_percent",
    }
    budget = {"unit": "甲", "year": 2026, "amount": 400, "carried_over": 100}
    facts: Rows = {"budgets": [budget]}
    found = judge(clause, facts, "2026-04-30")
    assert (verdict(found), found.due) == ("pending", day("2026-04-30"))
    found = judge(clause, facts, "2026-05-01")
    assert (verdict(found), found.reason) == ("no_data", "measure_missing")
    facts["payroll"] = [{"unit": "甲", "year": 2025, "total": 100000}]
    found = judge(clause, facts, "2026-05-01")
    assert (verdict(found), found.num, found.den) == ("met", 500, 100000)


@pytest.mark.parametrize(("people", "expected"), [(6, "unmet"), (7, "met"), (10, "unmet")])
def test_a_committee_has_seven_to_nine(people: int, expected: str) -> None:
    clause = {
        "kind": "headcount",
        "of": {"ledger": "posts", "where": {"post": "党委委员"}},
        "count": "person",
        "at_least": "seven",
        "at_most": "nine",
    }
    found = judge(
        clause, {"posts": [post(str(n), "党委委员") for n in range(people)]}, "2026-01-01"
    )
    assert (verdict(found), found.num) == (expected, people)
    assert judge(clause, {}, "2026-01-01").reason == "register_not_kept"


def test_managers_are_at_most_the_number_the_board_set() -> None:
    quota = {"ledger": "post_quotas", "where": {"level": "经理层"}, "sum": "posts_set"}
    clause = {"kind": "headcount", "of": {"ledger": "posts"}, "count": "person", "at_most": quota}
    facts: Rows = {"posts": [post("张", "总经理"), post("张", "董事"), post("王", "副总经理")]}
    assert judge(clause, facts, "2026-01-01").reason == "measure_missing"
    row = a_quota("经理层", 2, of="甲", by="董事会")
    found = judge(clause, {**facts, "post_quotas": [row]}, "2026-01-01")
    assert (verdict(found), found.num, len(found.records)) == ("met", 2, 4)


def test_a_trend_compares_the_last_days_of_two_closed_years() -> None:
    clause = {
        "kind": "trend",
        "numerator": {"ledger": "posts", "where": {"market_hired": True}, "count": "person"},
        "denominator": {"ledger": "posts", "count": "person"},
    }
    posts = [
        post("张", "总经理", market_hired=False),
        post("王", "副总经理", "2025-12-31", market_hired=True),
    ]
    found = judge(clause, {"posts": posts}, "2026-02-01")
    assert (verdict(found), found.num, found.den) == ("met", 1, 2)
    posts[1]["from_on"] = day("2024-12-31")
    assert verdict(judge(clause, {"posts": posts}, "2026-02-01")) == "unmet"
    target = {**clause, "target": "thirty_percent"}
    assert verdict(judge(target, {"posts": posts}, "2026-02-01")) == "met"
    posts = [post("张", "总经理", "2025-01-01")]
    assert verdict(judge(clause, {"posts": posts}, "2026-04-30")) == "pending"
    assert verdict(judge(clause, {"posts": posts}, "2026-05-01")) == "no_data"
