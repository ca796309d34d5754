"""Numbers that an enterprise or a superior set otherwise: whose, since when, how far."""

import datetime as dt
import random
from typing import Any

import pytest
from tests.builders import Row, a_branch, a_committee, a_group_company, a_row, an_enterprise
from tests.compiled import PROGRAMS
from tests.science.adjusting import EVERYONE, numbers_of, set_otherwise, with_adjustable
from tests.science.agreement import batches, disagreements, the_checklist
from tests.science.test_differential import RULES, Compared

from tongrong.engine.adjustments import Adjustments
from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explain import Explainer
from tongrong.findings.explanation import ToldThreshold
from tongrong.findings.from_engine import findings_of

AS_OF = dt.date(2026, 11, 30)
FLOOR = "党建工作经费占上年度工资总额（不低于）"
WITH_NUMBERS = [one for one in RULES if numbers_of(one.checklist, one.clause)]


def an_adjustment(value: str, *, of: str, since: str = "2026-01-01", **more: Any) -> Row:
    """A floor of the Party-work budget set by a unit."""
    said = {"checklist": "442-2018", "parameter": "party_budget_floor", "reason": "从严"}
    return a_row(
        "parameter_adjustments",
        **{"unit": of, "from_on": since, "value": value, "approved_by": "党委会"} | said | more,
    )


def a_group(*adjustments: Row, budget: int = 1_000_000) -> Snapshot:
    """Enterprises 甲 (under 上级党委) and 乙 (under 甲党委), 丙 by itself; each budgets 1%."""
    enterprises = [
        a_group_company("甲", superior="上级党委"),
        an_enterprise("乙", parent="甲", superior="甲党委"),
        an_enterprise("丙"),
    ]
    organizations = [
        a_committee("上级党委", of=None),
        a_committee("甲党委", of="甲", superior="上级党委"),
        a_committee("乙党委", of="乙", superior="甲党委"),
        a_branch("乙支部", of="乙", superior="乙党委"),
    ]
    names = [row["number"] for row in enterprises]
    budgets = [
        a_row("budgets", unit=u, year=2026, amount=budget, in_enterprise_budget=True) for u in names
    ]
    payroll = [a_row("payroll", unit=unit, year=2025, total=100_000_000) for unit in names]
    return Snapshot.of_rows(
        {
            "enterprises": enterprises,
            "party_organizations": organizations,
            "budgets": budgets,
            "payroll": payroll,
            "parameter_adjustments": list(adjustments),
        }
    )


def judged(snapshot: Snapshot, clause: str = "12.1.a", as_of: dt.date = AS_OF) -> Evaluation:
    return evaluate(
        the_checklist("442-2018"), snapshot, as_of, clauses=[clause], details=True,
        programs=PROGRAMS,
    )  # fmt: skip


def said(snapshot: Snapshot, as_of: dt.date = AS_OF) -> dict[str, tuple[str, str]]:
    """(verdict, what is required) of 12.1.a by unit."""
    found = findings_of(judged(snapshot, as_of=as_of), snapshot)
    return {one.unit: (one.verdict.value, one.required) for one in found}


def test_the_strictest_number_set_for_a_unit_holds_and_nobody_undercuts_a_superior() -> None:
    """1% budgeted: 甲 wants 1.1%, its superior 0.9%, 甲党委 0.8% of 乙; 丙 has 0.5%."""
    group = a_group(
        an_adjustment("0.9%", of="上级党委"),
        an_adjustment("1.1%", of="甲"),
        an_adjustment("0.8%", of="甲党委"),
    )
    numbers = Adjustments(the_checklist("442-2018"), group)
    floor = {
        unit: numbers.thresholds(unit).value("party_budget_floor", AS_OF)
        for unit in ("甲", "甲党委", "乙", "乙党委", "乙支部", "丙")
    }
    assert floor == {"甲": "1.1%", "甲党委": "1.1%", "乙": "0.9%", "乙党委": "0.9%",
                     "乙支部": "0.9%", "丙": "0.5%"}  # fmt: skip
    assert {unit: verdict for unit, (verdict, _) in said(group).items()} == {
        "甲": "unmet", "乙": "met", "丙": "met",
    }  # fmt: skip


def test_what_the_unit_must_reach_is_its_own_number() -> None:
    group = a_group(an_adjustment("1.1%", of="甲"))
    finding = next(f for f in findings_of(judged(group), group) if f.unit == "甲")
    # 1.1% of a payroll of 1 000 000.00 yuan are 11 000 yuan, and 10 000 are budgeted.
    assert (finding.verdict.value, finding.measured, finding.gap) == (
        "unmet", "10000.00/1000000.00", 1000,
    )  # fmt: skip
    assert finding.required == "≥1.1%"


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [("2026-06-30", "met"), ("2026-07-01", "unmet"), ("2026-09-30", "unmet"),
     ("2026-10-01", "met")],
)  # fmt: skip
def test_it_holds_from_its_first_day_until_the_day_it_ends(as_of: str, verdict: str) -> None:
    group = a_group(an_adjustment("2%", of="甲", since="2026-07-01", until_on="2026-10-01"))
    assert said(group, dt.date.fromisoformat(as_of))["甲"][0] == verdict
    assert said(group, dt.date.fromisoformat(as_of))["乙"][0] == "met"


def test_of_two_of_one_unit_the_newer_holds_and_the_older_again_after_it() -> None:
    group = a_group(
        an_adjustment("1.5%", of="甲", since="2026-01-01"),
        an_adjustment("0.8%", of="甲", since="2026-03-01", until_on="2026-05-01"),
    )
    numbers = Adjustments(the_checklist("442-2018"), group).thresholds("甲")
    days = ("2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01")
    values = [numbers.value("party_budget_floor", dt.date.fromisoformat(day)) for day in days]
    assert values == ["0.5%", "1.5%", "1.5%", "0.8%", "0.8%", "1.5%"]


def test_old_periods_keep_the_old_number() -> None:
    """Lectures: one a quarter, two from July on. One each in Q1 and Q3, two in Q2 and Q4."""
    days = ("2026-02-01", "2026-05-01", "2026-06-01", "2026-08-01", "2026-10-01", "2026-11-01")
    lectures = [
        a_row("meetings", number=day, unit="乙支部", kind="党课", held_on=day) for day in days
    ]
    row = an_adjustment(
        "2", of="甲党委", since="2026-07-01", parameter="party_lectures_per_quarter"
    )
    tables = {**a_group(row).tables, **Snapshot.of_rows({"meetings": lectures}).tables}
    whole = {**a_group(row).tables, "meetings": tables["meetings"]}
    run = judged(Snapshot.of(whole), "11.1.e", dt.date(2026, 12, 31))
    assert run.cells is not None
    cells = {row["period"]: (row["num"], row["severity"] == 1) for row in run.cells.to_pylist()}
    assert cells == {"2026Q1": (1, True), "2026Q2": (2, True), "2026Q3": (1, False),
                     "2026Q4": (2, True)}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (an_adjustment("0.4%", of="甲"), "A004"),
        (an_adjustment("2.01%", of="甲"), "A004"),
        (an_adjustment("很多", of="甲"), "A004"),
        (an_adjustment("1.5", of="甲", parameter="joint_supervisions_per_year"), "A004"),
        (an_adjustment("1%", of="甲", parameter="party_budget_ceiling"), "A002"),
        (an_adjustment("1%", of="甲", parameter="经费"), "A001"),
        (an_adjustment("2", of="甲", parameter="party_lectures_per_quarter"), "A003"),
        (an_adjustment("2%", of="乙支部"), "A003"),
    ],
)
def test_what_is_not_admitted_is_told_and_not_applied(row: Row, code: str) -> None:
    group = a_group(row)
    run = judged(group)
    (refused,) = run.editions[0].adjustments.refused
    assert refused.problem.code == code
    assert refused.problem.found.partition("（")[0] == row["value"]
    assert refused.problem.where.startswith(f"参数调整：{row['unit']} {row['parameter']}")
    assert {verdict for verdict, _ in said(group).values()} == {"met"}


@pytest.mark.parametrize(
    "row",
    [an_adjustment("2%", of="甲", checklist="442-1999"),
     an_adjustment("2%", of="甲", status="草稿"),
     an_adjustment("2%", of="甲", status="撤回")],
)  # fmt: skip
def test_of_another_checklist_or_no_effect_it_says_nothing(row: Row) -> None:
    group = a_group(row)
    assert judged(group).not_applied == []
    assert said(group)["甲"] == ("met", "≥0.5%")


def told(*rows: Row, unit: str = "甲") -> ToldThreshold:
    group = a_group(*rows)
    part = Explainer(judged(group), group).explain(unit, "12.1.a").parts[0]
    return next(one for one in part.thresholds if one.label == FLOOR)


def test_the_explanation_tells_the_number_its_reason_and_who_approved_it() -> None:
    row = an_adjustment("1%", of="上级党委", parameter=FLOOR, until_on="2027-01-01")
    one = told(row, an_adjustment("3%", of="甲"))
    assert one.value == "0.5%"
    assert one.adjusted is not None
    assert (one.adjusted.value, one.adjusted.own, one.adjusted.set_by) == ("1%", False, "上级党委")
    assert (one.adjusted.reason, one.adjusted.approved_by) == ("从严", "党委会")
    assert (str(one.adjusted.since), str(one.adjusted.until)) == ("2026-01-01", "2027-01-01")
    (line,) = one.not_applied
    assert "3%" in line
    assert told(row, unit="丙").adjusted is None


@pytest.mark.parametrize("one", WITH_NUMBERS, ids=lambda one: one.name)
def test_engine_and_reading_agree_on_numbers_set_otherwise(one: Compared) -> None:
    names = numbers_of(one.checklist, one.clause)
    stricter = random.Random(one.seed).choice(("larger", "smaller"))  # noqa: S311
    by_anyone = EVERYONE.model_copy(update={"stricter": stricter})
    checklist = with_adjustable(one.checklist, names, by_anyone)
    for moment, groups in batches(f"set {one.seed}", one.read(), 32):
        for number, group in enumerate(groups):
            roll = random.Random(f"{one.seed} {number}")  # noqa: S311 the same every time
            set_otherwise(roll, group, moment, checklist, names)
        assert disagreements(checklist, groups, moment, [one.clause], PROGRAMS)[1] == [], moment
