"""The readings of documents, precedence, posts held together, deadlines and assessments."""

from typing import Any

import pytest
from tests.builders import Row, a_document
from tests.science.hand_worked import (
    BOARD,
    Rows,
    day,
    explanation,
    judge,
    meeting,
    post,
    verdict,
)

# --- document, precedence, incumbency ----------------------------------------------------


def charter(number: str, since: str, elements: str | None = None, **more: Any) -> Row:
    return a_document(number, "公司章程", of="甲", since=since, elements=elements, **more)


def test_one_document_in_force_must_contain_every_element() -> None:
    clause = {"kind": "document", "type": "公司章程", "contains": ["职责权限", "机构设置"]}
    first = charter("1", "2025-01-01", "、职责权限、")
    second = charter("2", "2025-02-01", "、机构设置、")
    found = judge(clause, {"documents": [second, first]}, "2026-01-01")
    assert (verdict(found), found.missing) == ("unmet", ("机构设置",))
    assert found.records == ("documents/1",)
    whole = charter("3", "2025-03-01", "、职责权限、机构设置、", repealed_on="2026-02-01")
    assert verdict(judge(clause, {"documents": [first, whole]}, "2026-01-31")) == "met"
    assert verdict(judge(clause, {"documents": [first, whole]}, "2026-02-01")) == "unmet"


def test_a_yearly_document_must_be_in_force_by_its_day() -> None:
    clause = {
        "kind": "document",
        "type": "公司章程",
        "of_year": "current_year",
        "by": "by_march",
    }
    found = judge(clause, {}, "2026-03-17")
    assert (verdict(found), found.missing) == ("at_risk", ("2026/公司章程",))
    assert found.due == day("2026-03-31")
    late = {"documents": [charter("1", "2026-04-01", year=2026)]}
    assert verdict(judge(clause, late, "2026-04-01")) == "unmet"
    in_time = {"documents": [charter("1", "2026-03-31", year=2026)]}
    assert verdict(judge(clause, in_time, "2026-04-01")) == "met"


def test_a_repealed_document_shows_that_a_may_was_taken_up() -> None:
    clause = {"kind": "document", "type": "公司章程", "strength": "may"}
    assert judge(clause, {}, "2026-01-01").reason == "not_taken_up"
    gone = {"documents": [charter("1", "2025-01-01", repealed_on=day("2025-06-01"))]}
    assert verdict(judge(clause, gone, "2026-01-01")) == "unmet"


STUDIED = {
    "kind": "precedence",
    "earlier": {"ledger": "agenda_items", "where": {"meeting_kind": "党委会"}},
    "later": {"ledger": "agenda_items", "where": {"meeting_kind": "董事会"}},
    "same": ["matter", "proposal_version"],
    "agree": {"outcome": "建议同意"},
    "member": "matter",
}
DECIDED = ("董事会", "2026-03-02", 600, "决定通过")


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        ([("党委会", "2026-03-01", None, "建议同意")], "met"),
        ([("党委会", "2026-03-02", 540, "建议同意")], "met"),
        ([("党委会", "2026-03-02", 600, "建议同意")], "unmet"),
        ([("党委会", "2026-03-02", 660, "建议同意")], "unmet"),
        ([("党委会", "2026-03-02", None, "建议同意")], "no_data"),
        ([("党委会", "2026-03-02", None, "建议不予提交")], "unmet"),
        ([("党委会", "2026-03-03", None, "建议同意")], "unmet"),
        ([], "unmet"),
        ([("党委会", "2026-02-01", None, "建议修改后复议")], "unmet"),
        (
            [
                ("党委会", "2026-02-01", None, "建议修改后复议"),
                ("党委会", "2026-02-20", None, "建议同意"),
            ],
            "met",
        ),
        (
            [
                ("党委会", "2026-02-01", 540, "建议修改后复议"),
                ("党委会", "2026-02-01", None, "建议同意"),
            ],
            "no_data",
        ),
    ],
)
def test_the_last_study_before_the_decision_must_agree(
    studies: list[tuple[Any, ...]], expected: str
) -> None:
    facts: Rows = {"meetings": [], "agenda_items": []}
    for number, (kind, on, at, outcome) in enumerate([*studies, DECIDED]):
        facts["meetings"].append(meeting(str(number), on, kind, started_at=at))
        item = {"meeting": str(number), "item": "1", "matter": "M", "outcome": outcome}
        facts["agenda_items"].append(item)
    found = judge(STUDIED, facts, "2026-03-31")
    assert verdict(found) == expected
    assert len(found.records) == len(studies) + 1
    facts["agenda_items"][-1]["proposal_version"] = "二稿"
    assert verdict(judge(STUDIED, facts, "2026-03-31")) == "unmet"


def test_one_person_holds_both_posts_across_enterprise_and_party_organization() -> None:
    clause = {"kind": "incumbency", "one_person_holds": [["党委书记"], ["董事长", "执行董事"]]}
    posts = [post("张", "党委书记", unit="甲党委"), post("王", "董事长")]
    assert verdict(judge(clause, {"posts": posts}, "2026-01-01")) == "unmet"
    posts.append(post("张", "执行董事", "2026-01-01"))
    found = judge(clause, {"posts": posts}, "2026-01-01")
    assert (verdict(found), found.num, len(found.records)) == ("met", 1, 2)
    assert judge(clause, {}, "2026-01-01").reason == "register_not_kept"


def test_a_justification_by_member_explains_one_holder_only() -> None:
    clause = {
        "kind": "incumbency",
        "strength": "should",
        "holders_of": ["副总经理"],
        "never_hold": ["董事"],
    }
    posts = [post(p, name) for p in ("张", "王") for name in ("副总经理", "董事")]
    facts = {"posts": posts, **explanation(member="张")}
    found = judge(clause, facts, "2026-05-01")
    assert (verdict(found), found.missing, found.num, found.den) == ("unmet", ("王",), 1, 2)
    assert verdict(judge(clause, {**facts, "posts": posts[:2]}, "2026-05-01")) == "justified"


# --- deadline, assessment ----------------------------------------------------------------


def test_before_its_day_a_deadline_is_under_way_whatever_its_state() -> None:
    clause = {"kind": "deadline", "requires": BOARD, "due_on": "by_2020"}
    for on, expected in [
        ("2020-06-01", "pending"),
        ("2020-11-02", "at_risk"),
        ("2020-12-31", "no_data"),
    ]:
        assert verdict(judge(clause, {}, on)) == expected
    assert judge(clause, {}, "2020-06-01").due == day("2020-12-31")
    posts = {"posts": [post("张", "董事"), post("张", "党委委员")]}
    found = judge(clause, posts, "2020-06-01")
    assert (verdict(found), found.num, found.den) == ("met", 1, 1)


def test_an_assessment_is_valid_until_it_expires() -> None:
    clause = {"kind": "assessment", "pass": "pass"}
    score = {
        "unit": "甲党委",
        "clause": "1.1.a",
        "assessed_on": day("2026-02-01"),
        "expires_on": day("2026-08-01"),
        "score": 60,
    }
    found = judge(clause, {"assessments": [score]}, "2026-07-31")
    assert (verdict(found), found.num, found.due) == ("met", 60, day("2026-08-01"))
    assert verdict(judge(clause, {"assessments": [score]}, "2026-08-01")) == "pending"
    assert (
        verdict(judge(clause, {"assessments": [{**score, "score": 59}]}, "2026-03-01")) == "unmet"
    )
    assert judge(clause, {}, "2026-12-31").reason == "measure_missing"
