"""Points by hand: what is taken off, what is open, what does not apply, what is added."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.builders import (
    OLD,
    a_branch,
    a_group_company,
    a_meeting,
    a_member,
    a_post,
    a_row,
    a_talk,
)

from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.from_engine import findings_of
from tongrong.findings.points import Points, Short, points_of, total
from tongrong.findings.rollup import rolled_up
from tongrong.norms.checklist import Clause
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity, Verdict

AS_OF = dt.date(2026, 7, 31)


def a_clause(**more: object) -> Clause:
    """A clause with these points; its rule does not matter."""
    usual = {
        "id": "1.1.a", "words": "每少1次扣0.2分", "reading": "每月至少一次。", "scope": "branch",
        "strength": "must", "kind": "frequency",
    }  # fmt: skip
    return Clause.model_validate(usual | more)


EACH = a_clause(points="2", deduct={"each": "missing", "points": "0.2"})
ALL = a_clause(points="2", deduct={"unmet": "all"})
BONUS = a_clause(strength="may", add={"each": "record", "points": "0.5", "at_most": "2"})
MET, UNMET, PENDING = Severity.MET, Severity.UNMET, Severity.PENDING
AT_RISK, NO_DATA = Severity.AT_RISK, Severity.NO_DATA


def shown(points: Points | None) -> str | None:
    """The points as shown, the dash of a range as a hyphen."""
    return points and points.words.replace("\u2013", "-")


@pytest.mark.parametrize(
    ("clause", "short", "words"),
    [
        (EACH, [], "2/2"),
        (EACH, [Short(UNMET, 1)] * 3, "1.4/2"),
        (EACH, [Short(UNMET, 3)], "1.4/2"),
        (EACH, [Short(UNMET, None)], "1.8/2"),
        (EACH, [Short(UNMET, 1)] * 11, "0/2"),
        (EACH, [Short(UNMET, 1), Short(PENDING, 1)], "1.6-1.8/2"),
        (EACH, [Short(AT_RISK, 2)], "1.6-2/2"),
        (EACH, [Short(NO_DATA, 1)], "1.8-2/2"),
        (EACH, [Short(UNMET, 1), Short(NO_DATA, None)], "0-1.8/2"),
        (EACH, [Short(UNMET, 9), Short(PENDING, 5)], "0-0.2/2"),
        (ALL, [], "2/2"),
        (ALL, [Short(UNMET, 1)], "0/2"),
        (ALL, [Short(PENDING, 1)], "0-2/2"),
        (ALL, [Short(NO_DATA, None)], "0-2/2"),
    ],
)
def test_what_falls_short_takes_points_off(clause: Clause, short: list[Short], words: str) -> None:
    found = points_of(clause, Verdict.UNMET, short, records=0)
    assert shown(found) == words


CAPPED = a_clause(points="8", deduct={"each": "missing", "points": "1", "at_most": "6"})
ASSESSED = {"points": "8", "deduct": {"each": "missing", "points": "2"}}


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ([Short(UNMET, 5)], "3/8"),
        ([Short(UNMET, 7)], "2/8"),
        ([Short(UNMET, 5), Short(PENDING, 4)], "2-3/8"),
        ([Short(NO_DATA, None)], "2-8/8"),
    ],
)
def test_no_more_is_taken_off_than_the_standard_says(short: list[Short], words: str) -> None:
    """8分，每少1次扣1分，最多扣6分."""
    assert shown(points_of(CAPPED, Verdict.UNMET, short, records=0)) == words


@pytest.mark.parametrize(
    ("clause", "score", "words"),
    [
        # 8 points, 每少1次扣2分: the superior scores on a scale of a hundred, 60 passes.
        (a_clause(**ASSESSED), "1", "8/8"),
        (a_clause(**ASSESSED), "0.75", "6/8"),
        (a_clause(**ASSESSED), "0.59", "4.72/8"),
        (a_clause(**ASSESSED), "0", "0/8"),
        (CAPPED, "0.5", "5/8"),
        (CAPPED, "0", "2/8"),
        (BONUS, "0.5", "+1"),
        (BONUS, "0", "+0"),
    ],
)
def test_an_assessment_gives_the_part_of_the_points_that_its_score_is_of_a_hundred(
    clause: Clause, score: str, words: str
) -> None:
    severity = MET if Decimal(score) >= Decimal("0.6") else UNMET
    short = [Short(severity, None, Decimal(score))]
    assert shown(points_of(clause, severity.verdict, short, records=1)) == words


@pytest.mark.parametrize(("severity", "words"), [(MET, "2/2"), (UNMET, "0/2")])
def test_of_all_or_nothing_an_assessment_gives_all_if_it_passes(
    severity: Severity, words: str
) -> None:
    """2分，没有召开的不得分."""
    short = [Short(severity, None, Decimal("0.7"))]
    assert shown(points_of(ALL, severity.verdict, short, records=1)) == words


@pytest.mark.parametrize("severity", [PENDING, AT_RISK, NO_DATA])
def test_without_a_score_everything_may_still_be_lost(severity: Severity) -> None:
    clause = a_clause(**ASSESSED)
    assert shown(points_of(clause, severity.verdict, [Short(severity, None)], 0)) == "0-8/8"


@pytest.mark.parametrize(("records", "words"), [(1, "+0.5"), (3, "+1.5"), (4, "+2"), (9, "+2")])
def test_a_bonus_grows_with_its_records_up_to_its_most(records: int, words: str) -> None:
    found = points_of(BONUS, Verdict.MET, [], records)
    assert shown(found) == words


@pytest.mark.parametrize("clause", [EACH, ALL, BONUS])
def test_what_does_not_apply_has_no_points_at_all(clause: Clause) -> None:
    assert points_of(clause, Verdict.NOT_APPLICABLE, [], records=3) is None


def test_a_clause_without_points_has_none() -> None:
    assert points_of(a_clause(), Verdict.UNMET, [Short(UNMET, 1)], records=0) is None


def test_points_add_up_exactly() -> None:
    tenth = Points(Decimal("0.3"), Decimal("0.1"), Decimal("0.1"))
    assert total([tenth, None, tenth, tenth]) == Points(
        Decimal("0.9"), Decimal("0.3"), Decimal("0.3")
    )
    assert total([None]) is None


def a_group() -> Snapshot:
    """A branch ZB1 with its secretary and one more member, and what they did until July."""
    served = [
        a_row("activities", number=f"HD{n}", unit="ZB1", kind="志愿服务", title="义务劳动",
              held_on=f"2026-0{n}-05")
        for n in (1, 2, 3, 4, 7)
    ]  # fmt: skip
    return Snapshot.of_rows({
        "enterprises": [a_group_company("QY1")],
        "party_organizations": [a_branch("ZB1", of="QY1")],
        "posts": [a_post("P1", "党支部书记", of="ZB1")],
        "memberships": [a_member(person, of="ZB1", full_on=OLD) for person in ("P1", "P2")],
        "meetings": [a_meeting("HY1", of="ZB1", on="2026-02-03", kind="支部党员大会")],
        "talks": [a_talk("P1", "P2", of="ZB1", on="2026-03-01")],
        "activities": served,
    })  # fmt: skip


# Worked out by hand for the end of 2026-07-31; clauses that do not apply are left out.
WORDS = {
    "1.1.a": "5/5",
    "2.1.a": "4-6/8",  # 二季度没有开，三季度还没有开
    "2.4.a": "0-4/8",  # 上半年少两次，下半年还差两次
    "2.5.a": "2.5/6",  # 七个月都没有开展
    "2.6.a": "0-5/5",  # 年底前开都不晚
    "2.7.a": "3-5/5",  # 两人还没有评议
    "3.1.a": "8/8",
    "3.2.a": "7.2/10",  # 两人七个月，十四人次
    "3.3.a": "0-8/8",  # 没有登记，也没有申报
    "3.4.a": "0-8/8",
    "4.1.a": "0-6/6",
    "4.2.a": "0-6/6",
    "5.1.a": "+2",  # 五次，最多加2分
}
ITEMS = {"1": "5/5", "2": "9.5-22.5/32", "3": "15.2-31.2/34", "4": "0-12/12", "5": "+2"}


def test_a_sheet_is_scored_by_clause_by_item_and_in_total() -> None:
    checklist, snapshot = load_checklist("branch-scored"), a_group()
    run = evaluate(checklist, snapshot, AS_OF, details=True)
    findings = findings_of(run, snapshot)
    assert {one.clause: shown(one.points) for one in findings if one.points} == WORDS
    (standing,) = rolled_up(checklist, findings, snapshot)
    items = {one.item.id: shown(standing.points(one.clauses())) for one in standing.items}
    assert items == ITEMS
    assert standing.points() == Points(Decimal(83), Decimal("31.7"), Decimal("72.7"))


def test_as_plain_is_exact_text() -> None:
    found = points_of(EACH, Verdict.UNMET, [Short(UNMET, 1), Short(PENDING, 1)], records=0)
    assert found is not None
    assert found.as_plain() == {"of": "2", "least": "1.6", "most": "1.8"}
