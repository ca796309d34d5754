"""What an explanation says where rows of other units, or what is left blank, decide."""

import pytest
from tests.compiled import PROGRAMS
from tests.scenarios.shelves import SPOKEN_OF, of_checklist, the_checklist

from tongrong.engine.run import evaluate
from tongrong.engine.scenarios import scenario_snapshot
from tongrong.findings.explain import Explainer
from tongrong.findings.explanation import Explanation


def told(clause: str, name: str) -> Explanation:
    """The explanation of a scenario of the checklist."""
    checklist = the_checklist(SPOKEN_OF)
    scenario = next(one for one in of_checklist(SPOKEN_OF)[clause] if one.name == name)
    scope = scenario.scope(checklist)
    snapshot, day = scenario_snapshot(scenario, scope), scenario.text.as_of
    run = evaluate(checklist, snapshot, day, clauses=[clause], details=True, programs=PROGRAMS)
    return Explainer(run, snapshot).explain(scenario.unit(scope), clause)


@pytest.mark.parametrize(
    ("clause", "name", "found"),
    [
        ("7.3.b", "党委的党员在下属两个支部，一共五十名", "考核日为50人"),
        ("7.3.b", "有一名今天转出，只剩四十九名", "考核日为49人"),
        ("7.3.a", "两个车间的联合党支部，由其中一个主任任书记", "考核日为2个"),
        ("7.3.a", "车间主任不是党员", "考核日为0个"),
    ],
)
def test_a_count_in_a_condition_is_told_with_the_rows_it_reads(
    clause: str, name: str, found: str
) -> None:
    (part,) = told(clause, name).parts
    assert part.conditions[-1].found == found


def test_what_to_record_names_the_column_that_names_the_unit() -> None:
    steps = told("7.3.a", "没有登记所在的基层单位").steps
    assert steps == (
        (
            "在“基层单位”登记所在党组织为本单位的记录"
            "（确实没有的，在“本期无申报”登记一条），才能判断本条是否适用。"
        ),
    )


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("8.4.a", "总经理的出生日期没有登记，可能是80后"),
        ("8.4.b", "三名里一名没有登记出生日期，两名不是"),
    ],
)
def test_a_blank_that_could_turn_a_number_is_named(clause: str, name: str) -> None:
    assert told(clause, name).steps == ("补登还空着的“出生日期”，才能判断。",)


def test_only_parts_of_the_units_own_scope_are_told() -> None:
    above = told("7.5.a", "上级党委看下属企业，都参加了")
    assert [part.label for part in above.parts] == ["下属企业的党组织书记", "下属企业的党务干部"]
    own = told("7.5.a", "书记和党务干部都参加了，谁举办的都算")
    labels = ["基层党组织书记", "所属党委的书记", "党务干部"]
    assert [part.label for part in own.parts] == labels


def test_the_leader_who_keeps_contact_is_told_from_the_talent() -> None:
    part = told("8.2.a", "年中还没有联系").parts[-1]
    assert "谈话人即该对象的联系领导；谈话对象即该对象" in part.counted[1]


@pytest.mark.parametrize(
    ("clause", "name"),
    [("8.4.a", "副总经理一九八〇年元旦出生"), ("8.4.b", "七名中层里两名，不到三成")],
)
def test_no_birth_date_is_ever_told(clause: str, name: str) -> None:
    """The bounds of the rule are, the dates of persons are not."""
    every = repr(told(clause, name).ledgers)
    assert "任职" in every
    assert not any(year in every for year in ("1979", "1980", "1988", "1990"))
