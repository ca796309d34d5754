"""What an explanation says to do, of scenarios of the checklist: the sentence a secretary reads."""

from collections.abc import Callable

import pytest
from tests.compiled import PROGRAMS
from tests.scenarios.shelves import of_checklist, the_checklist

from tongrong.engine.run import evaluate
from tongrong.engine.scenarios import scenario_snapshot
from tongrong.findings.explain import Explainer
from tongrong.findings.explanation import Explanation

SLUG = "442-2018"
Explain = Callable[[str, str], Explanation]


@pytest.fixture(scope="module")
def explain() -> Explain:
    """Explains the verdict of a scenario, by its clause and name."""

    def told(clause: str, name: str) -> Explanation:
        checklist = the_checklist(SLUG)
        (one,) = (found for found in of_checklist(SLUG)[clause] if found.name == name)
        scope = one.scope(checklist)
        facts = scenario_snapshot(one, scope)
        run = evaluate(
            checklist, facts, one.text.as_of, clauses=[clause], details=True, programs=PROGRAMS
        )
        return Explainer(run, facts).explain(one.unit(scope), clause)

    return told


STEPS = {
    ("10.1.a", "第三人今天转正，还没有党组织"): (
        "须有一条“党组织”（党组织即该对象的所在党组织），写在“基层单位”的“所在党组织编号”"
    ),
    ("10.1.b", "系统内外各写了一个上级"): "【只有一个上级】甲一支部：“上级党组织编号”不要填；",
    ("10.1.b", "离届满五十九天"): "党组织：办完后登记新的一次“换届选举”，最迟2026年8月28日。",
    ("10.1.b", "党委九十九名党员"): ("【党委党员】“设立依据”没有登记，视为“按党员人数设立”；"),
    ("11.3.a", "少交一分"): "2026-01-31的一笔金额不足。缴纳期限已过",
    ("11.3.a", "次月一日才交"): "2026-02-01缴纳，晚于2026-01-31。",
    ("11.3.a", "缴费基数没有登记"): "2026-01-31的一笔没有登记缴费基数。",
    ("12.1.a", "五月还没有上年工资总额"): "【经费占工资总额】分母没有登记。核对并补登：",
    ("10.2.a", "半年末前三十天还没有活动"): (
        "（召开单位即该对象的所在党组织）或者“活动”（开展单位即该对象的所在党组织）"
        "或者“培训”（举办单位即该对象的所在党组织），最迟2026年6月30日。"
    ),
    ("13.1.a", "没有负责人"): "补填“负责人编号”；登记后即按考核日重新判定",
    ("13.1.c", "年中还没有课题"): "再有1个，登记到“项目”",
    ("14.1.b", "施行第二天才审议"): "已过“开始施行日期”，过后补的不算在前",
    ("14.1.b", "审议和施行在同一天，分不出先后"): "“开始施行日期”与会议在同一天，分不出先后",
    ("15.3.a", "季末前十五天只有一次"): "再办1次，登记到本企业及所属各党组织的“活动”",
}


@pytest.mark.parametrize(("clause", "name"), STEPS)
def test_a_step_says_what_to_do(clause: str, name: str, explain: Explain) -> None:
    assert STEPS[clause, name] in "\n".join(explain(clause, name).steps)


def test_a_coverage_asks_for_every_member_whatever_says_who_is_one(explain: Explain) -> None:
    """The three full members that make a workplace count are no measure of the verdict."""
    told = explain("10.1.a", "没有登记基层单位")
    assert told.finding.required == "全部"


def test_a_derived_column_has_a_name_in_chinese(explain: Explain) -> None:
    part = explain("10.1.b", "互为上级").parts[2]
    assert part.counted[1] == "每个对象须有：逐级向上又回到自己为否"


def test_a_count_that_qualifies_is_told_with_the_day_it_counts_from(explain: Explain) -> None:
    (part,) = explain("10.1.a", "没有登记基层单位").parts
    assert part.counted[0].endswith("对应的“党员组织关系”，自转正日期起不少于3人")


def test_the_span_of_a_pair_is_told_as_of_both(explain: Explain) -> None:
    part = explain("10.3.a", "离到期三十天").parts[1]
    assert part.counted[2] == "期限：两者都开始后3个月"
