"""What explanations of items 3 to 5 say: features, sums, shares, kinds, further registers."""

import pytest
from tests.science.test_findings_steps import Explain, explain

__all__ = ["explain"]

STEPS = {
    ("3.1.a", "差万分之一个百分点"): "补正登记，使“股权结构”的持股比例合计，正好等于100%；",
    ("4.1.a", "去年资不抵债，净资产收益率没有意义"): "分母为零或负数（如资不抵债）的，不能比较",
    ("4.2.b", "两个股东都是国有资本"): "【股东类型】再增加1种，登记到“股权结构”的股东类型；",
    ("4.4.a", "三十一名员工，每人1%，合计31%"): "分子须减少1个百分点：“股权结构”",
    ("5.1.a", "没有登记过项目"): "登记本单位的记录（确实没有的，在“本期无申报”登记一条）",
    ("5.3.b", "两年用的不是同一榜单，比不了"): "两年用同一榜单名称",
    ("5.4.a", "年中还没有"): "或登记到“经济指标”（指标为国际业务收入；金额高于0.00）",
}


@pytest.mark.parametrize(("clause", "name"), STEPS)
def test_a_step_says_what_to_do(clause: str, name: str, explain: Explain) -> None:
    assert STEPS[clause, name] in "\n".join(explain(clause, name).steps)


def test_what_is_explained_as_a_whole_leaves_no_blank(explain: Explain) -> None:
    last = explain("4.2.b", "两个股东都是国有资本").steps[-1]
    assert "（判据编号4.2.b）" in last


def test_an_enterprise_is_told_by_its_feature(explain: Explain) -> None:
    told = explain("4.3.a", "节点还有三十天到期")
    plan, progress = told.parts
    assert plan.counted[0] == "对象：本单位及以下各级的“企业”，企业当日上市后备为是"
    assert progress.counted[0].endswith("，项目当日仍在“项目”中，没有终止")
    (condition,) = (one for one in plan.conditions if "上市后备" in one.words)
    assert condition.words.endswith("企业当日上市后备为是，至少1个")
    assert (condition.found, condition.holds) == ("考核日为1个", True)


def test_shares_and_ranks_are_told_as_people_write_them(explain: Explain) -> None:
    shares = explain("4.4.a", "三十一名员工，每人1%，合计31%").finding
    assert (shares.measured, shares.gap) == ("31%/100%", -1)
    assert explain("5.3.b", "从第8名退到第9名").finding.measured == "9"
