"""Findings by hand: what was measured, what is asked, how far apart; and the roll-up."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.builders import (
    OLD,
    Row,
    a_branch,
    a_committee,
    a_document,
    a_feature,
    a_group_company,
    a_meeting,
    a_post,
    a_quota,
    an_agenda_item,
    an_enterprise,
)

from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.from_engine import findings_of
from tongrong.findings.rollup import UnitStanding, rolled_up
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Reason, Verdict

AS_OF = dt.date(2026, 5, 20)
Rows = list[Row]


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_checklist("442-2018")


def group(**rows: Rows) -> Snapshot:
    """A large group 甲 with a board, its committee and one branch; `rows` are added."""
    features = {"规模": "大型", "董事会形式": "董事会", "监督机构": "监事会", "行业门类": "C"}
    base: dict[str, Rows] = {
        "enterprises": [a_group_company("甲")],
        "enterprise_features": [a_feature(f, value, of="甲") for f, value in features.items()],
        "party_organizations": [a_committee("甲党委", of="甲")],
    }
    return Snapshot.of_rows({**base, **rows})


def posts(post: str, *persons: int, **more: Any) -> Rows:
    return [a_post(f"P{n}", post, of="甲", **more) for n in persons]


def the_finding(checklist: Checklist, clause: str, snapshot: Snapshot) -> Finding:
    run = evaluate(checklist, snapshot, AS_OF, clauses=[clause], details=True)
    (found,) = [one for one in findings_of(run, snapshot) if one.unit in ("甲", "甲支部")]
    return found


def numbers(found: Finding) -> tuple[str | None, str, int | None]:
    return found.measured, found.required, found.gap


@pytest.mark.parametrize(
    ("persons", "expected", "verdict"),
    [
        (6, ("6", "7\u20139", 1), Verdict.UNMET),
        (7, ("7", "7\u20139", 0), Verdict.MET),
        (9, ("9", "7\u20139", 0), Verdict.MET),
        (11, ("11", "7\u20139", -2), Verdict.UNMET),
    ],
)
def test_a_headcount_in_a_range(
    persons: int, expected: tuple[Any, ...], verdict: Verdict, checklist: Checklist
) -> None:
    found = the_finding(checklist, "6.2.b", group(posts=posts("党委委员", *range(persons))))
    assert (numbers(found), found.verdict) == (expected, verdict)


@pytest.mark.parametrize(("persons", "gap"), [(3, 2), (5, 0), (6, -1)])
def test_a_headcount_of_exactly_five(persons: int, gap: int, checklist: Checklist) -> None:
    found = the_finding(checklist, "6.2.d", group(posts=posts("监事", *range(persons))))
    assert numbers(found) == (str(persons), "=5", gap)


@pytest.mark.parametrize(("managers", "gap"), [(4, 0), (6, -2)])
def test_a_bound_that_a_register_sets(managers: int, gap: int, checklist: Checklist) -> None:
    quota = a_quota("经理层", 4, of="甲", by="董事会")
    snapshot = group(posts=posts("副总经理", *range(managers)), post_quotas=[quota])
    assert numbers(the_finding(checklist, "6.2.e", snapshot)) == (str(managers), "≤4", gap)


def test_a_bound_that_no_register_sets_is_no_data(checklist: Checklist) -> None:
    found = the_finding(checklist, "6.2.e", group(posts=posts("副总经理", 1)))
    assert numbers(found) == ("1", "≤核定职数", None)
    assert (found.verdict, found.reason) == (Verdict.NO_DATA, Reason.MEASURE_MISSING)


@pytest.mark.parametrize(
    ("both", "others", "expected"),
    [
        (2, 5, ("2/7", "≥30%", 1)),  # 3/7 = 42.9 %
        (3, 7, ("3/10", "≥30%", 0)),
        (0, 11, ("0/11", "≥30%", 4)),  # 3/11 = 27.3 %, 4/11 = 36.4 %
    ],
)
def test_a_share_needs_the_least_further_numerator(
    both: int, others: int, expected: tuple[Any, ...], checklist: Checklist
) -> None:
    directors = posts("董事", *range(both + others))
    snapshot = group(posts=[*directors, *posts("党委委员", *range(both), 99)])
    assert numbers(the_finding(checklist, "2.3.d", snapshot)) == expected


@pytest.mark.parametrize(
    ("external", "gap"),
    [(3, 1), (4, 0), (2, 2)],  # of 7 directors more than half are 4; of 6, with 2 external, 4
)
def test_a_share_that_must_be_exceeded(external: int, gap: int, checklist: Checklist) -> None:
    rest = 7 - external if external > 2 else 4
    board = [*posts("外部董事", *range(external)), *posts("董事", *range(20, 20 + rest))]
    found = the_finding(checklist, "6.4.b", group(posts=board))
    assert numbers(found) == (f"{external}/{external + rest}", ">50%", gap)


def test_money_is_told_in_yuan(checklist: Checklist) -> None:
    """0.5 % of 1,000,000.00 元 is 5,000.00; 4,998.50 lacks 1.50, so two whole 元."""
    snapshot = group(
        budgets=[{"unit": "甲", "year": 2026, "amount": 499_850, "in_enterprise_budget": True}],
        payroll=[{"unit": "甲", "year": 2025, "total": 100_000_000}],
    )
    found = the_finding(checklist, "12.1.a", snapshot)
    assert numbers(found) == ("4998.50/1000000.00", "≥0.5%", 2)
    assert (found.verdict, found.part) == (Verdict.UNMET, "经费占工资总额")


def test_a_missing_figure_is_no_number(checklist: Checklist) -> None:
    found = the_finding(checklist, "5.2.c", group())
    assert numbers(found) == (None, "≥3%", None)
    assert (found.verdict, found.reason) == (Verdict.NO_DATA, Reason.MEASURE_MISSING)


def test_one_person_in_two_posts(checklist: Checklist) -> None:
    apart = group(posts=[*posts("党委书记", 1), *posts("董事长", 2)])
    assert numbers(the_finding(checklist, "2.3.a", apart)) == ("0", "≥1", 1)
    together = group(posts=[*posts("党委书记", 1), *posts("董事长", 1)])
    assert numbers(the_finding(checklist, "2.3.a", together)) == ("1", "≥1", 0)


def test_elements_met_of_all(checklist: Checklist) -> None:
    charter = a_document("ZC", "公司章程", of="甲", elements="、职责权限、运行机制、")
    found = the_finding(checklist, "2.1.b", group(documents=[charter]))
    assert numbers(found) == ("2/4", "全部", 2)
    assert set(found.missing) == {"机构设置", "基础保障"}


def test_a_score_below_the_pass_mark(checklist: Checklist) -> None:
    score = {
        "unit": "甲", "clause": "6.1.b", "assessed_on": dt.date(2026, 2, 1),
        "expires_on": dt.date(2027, 2, 1), "assessed_by": "上级党组织", "assessor": "P1",
        "score": 52, "evidence": "—",
    }  # fmt: skip
    assert numbers(the_finding(checklist, "6.1.b", group(assessments=[score]))) == ("52", "≥60", 8)


def test_two_a_year_of_which_one_was_held(checklist: Checklist) -> None:
    meeting = a_meeting("H", of="甲党委", on="2026-03-01")
    item = an_agenda_item(of="H", topic="党风廉洁和反腐败", special=True)
    found = the_finding(checklist, "1.3.a", group(meetings=[meeting], agenda_items=[item]))
    assert numbers(found) == ("1", "≥2", 1)
    assert (found.verdict, found.due) == (Verdict.PENDING, dt.date(2026, 12, 31))


def test_a_trend_has_no_gap(checklist: Checklist) -> None:
    """A quarter at the end of 2024 and of 2025: not higher."""
    managers = [
        *posts("总经理", 1, market_hired=True),
        *posts("副总经理", 2, 3, 4, market_hired=False),
    ]
    found = the_finding(checklist, "3.2.b", group(posts=managers))
    assert numbers(found) == ("1/4", "高于上年", None)
    assert found.verdict is Verdict.UNMET


def test_a_justified_verdict_lacks_nothing(checklist: Checklist) -> None:
    said = {
        "unit": "甲", "clause": "2.3.a", "approved_on": OLD, "reason": "—", "approved_by": "—",
    }  # fmt: skip
    snapshot = group(posts=posts("党委书记", 1), justifications=[said])
    found = the_finding(checklist, "2.3.a", snapshot)
    assert (found.verdict, numbers(found)) == (Verdict.JUSTIFIED, ("0", "≥1", 0))


# --- the roll-up ---------------------------------------------------------------------------


def said(unit: str, clause: str, verdict: Verdict) -> Finding:
    return Finding(unit, clause, verdict, None, "全部", None, None, (), (), Reason.NONE)


def rolled(checklist: Checklist, *found: Finding) -> UnitStanding:
    organizations = [
        a_committee("甲党委", of="甲"),
        a_branch("甲一支部", of="甲"),
        a_branch("甲二支部", of="甲"),
        a_branch("乙支部", of="乙"),
    ]
    snapshot = group(party_organizations=organizations)
    first = said("甲", "1.1.b", Verdict.MET)
    (standing,) = [
        one for one in rolled_up(checklist, [first, *found], snapshot) if one.unit == "甲"
    ]
    return standing


def of_indicator(standing: UnitStanding, wanted: str) -> Verdict:
    return next(
        one.verdict for item in standing.items for one in item.indicators
        if one.indicator.id == wanted
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ("met not_applicable", "met"),
        ("justified met", "justified"),
        ("pending justified", "pending"),
        ("at_risk pending", "at_risk"),
        ("no_data at_risk", "no_data"),
        ("unmet no_data", "unmet"),
        ("not_applicable not_applicable", "not_applicable"),
    ],
)
def test_an_indicator_is_the_worst_of_its_clauses(
    verdicts: str, expected: str, checklist: Checklist
) -> None:
    first, second = map(Verdict, verdicts.split())
    standing = rolled(checklist, said("甲", "2.1.a", first), said("甲", "2.1.b", second))
    assert of_indicator(standing, "2.1") is Verdict(expected)


def test_a_branch_clause_is_the_worst_of_the_enterprises_own_branches(
    checklist: Checklist,
) -> None:
    standing = rolled(
        checklist,
        said("甲一支部", "11.1.b", Verdict.MET),
        said("甲二支部", "11.1.b", Verdict.AT_RISK),
        said("乙支部", "11.1.b", Verdict.UNMET),
    )
    (item,) = [one for one in standing.items if one.item.id == "11"]
    (clause,) = item.clauses()
    assert (clause.verdict, clause.met, clause.of) == (Verdict.AT_RISK, 1, 2)
    assert item.verdict is Verdict.AT_RISK


def test_of_how_many_leaves_out_those_it_does_not_apply_to(checklist: Checklist) -> None:
    standing = rolled(
        checklist,
        said("甲一支部", "11.1.c", Verdict.MET),
        said("甲二支部", "11.1.c", Verdict.NOT_APPLICABLE),
    )
    (clause,) = next(one for one in standing.items if one.item.id == "11").clauses()
    assert (clause.verdict, clause.met, clause.of) == (Verdict.MET, 1, 1)


def test_a_superior_committees_clause_counts_through_the_leading_organization(
    checklist: Checklist,
) -> None:
    standing = rolled(checklist, said("甲党委", "12.3.a", Verdict.UNMET))
    assert of_indicator(standing, "12.3") is Verdict.UNMET
    elsewhere = rolled(checklist, said("甲一支部", "12.3.a", Verdict.UNMET))
    assert all(item.item.id != "12" for item in elsewhere.items)


def test_an_encouraged_clause_never_counts_against(checklist: Checklist) -> None:
    standing = rolled(
        checklist, said("甲", "9.4.a", Verdict.UNMET), said("甲", "9.4.b", Verdict.MET)
    )
    assert of_indicator(standing, "9.4") is Verdict.MET


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.MET, Verdict.MET),
        (Verdict.UNMET, Verdict.NOT_APPLICABLE),
        (Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
    ],
)
def test_an_indicator_of_encouraged_clauses_only(
    verdict: Verdict, expected: Verdict, checklist: Checklist
) -> None:
    assert of_indicator(rolled(checklist, said("甲", "9.4.a", verdict)), "9.4") is expected


def test_of_several_leading_organizations_the_smallest_code_leads(checklist: Checklist) -> None:
    snapshot = group(party_organizations=[a_committee("甲B", of="甲"), a_committee("甲A", of="甲")])
    found = [said("甲", "1.1.b", Verdict.MET), said("甲A", "12.3.a", Verdict.UNMET)]
    (standing,) = rolled_up(checklist, found, snapshot)
    assert of_indicator(standing, "12.3") is Verdict.UNMET
    other = [found[0], replace(found[1], unit="甲B")]
    enterprise, committee = rolled_up(checklist, other, snapshot)
    assert all(item.item.id != "12" for item in enterprise.items)
    assert (committee.unit, of_indicator(committee, "12.3")) == ("甲B", Verdict.UNMET)


def test_who_belongs_to_no_enterprise_judged_answers_for_itself(checklist: Checklist) -> None:
    """A superior committee that leads none, a branch of no enterprise: nothing is dropped."""
    snapshot = group(party_organizations=[a_committee("上级", of=None), a_branch("散", of=None)])
    found = [
        said("甲", "1.1.b", Verdict.MET),
        said("上级", "12.3.a", Verdict.UNMET),
        said("散", "11.1.b", Verdict.AT_RISK),
    ]
    standings = rolled_up(checklist, found, snapshot)
    assert [one.unit for one in standings] == ["甲", *sorted(("上级", "散"))]
    told = {one.unit: [item.verdict for item in one.items] for one in standings}
    assert (told["上级"], told["散"]) == ([Verdict.UNMET], [Verdict.AT_RISK])


def test_a_section_is_the_worst_of_its_items(checklist: Checklist) -> None:
    """Items 1 to 6 make the first section, 7 to 9 the second."""
    standing = rolled(
        checklist, said("甲", "2.1.a", Verdict.PENDING), said("甲", "9.1.a", Verdict.JUSTIFIED)
    )
    told = [(one.section.id, one.verdict, len(one.items)) for one in standing.sections]
    assert told == [("一", Verdict.PENDING, 2), ("二", Verdict.JUSTIFIED, 1)]


# --- order ---------------------------------------------------------------------------------


def test_findings_stand_in_checklist_order_then_by_unit(checklist: Checklist) -> None:
    """10.x and 11.x come after 9.x, whatever the text says; the rows' order says nothing."""
    snapshot = group(enterprises=[an_enterprise("乙"), an_enterprise("甲")])
    run = evaluate(checklist, snapshot, AS_OF, clauses=["11.1.g", "9.1.a"], details=True)
    keys = [(one.clause, one.unit) for one in findings_of(run, snapshot)]
    assert keys == [(clause, unit) for clause in ("9.1.a", "11.1.g") for unit in "乙甲"]


def test_findings_need_details(checklist: Checklist) -> None:
    run = evaluate(checklist, group(), AS_OF, clauses=["2.3.a"])
    with pytest.raises(ValueError, match="details"):
        findings_of(run, group())
