"""What is told of the two accounts: what is missing, and whether it can be made good."""

from tests.science.test_findings_cadres import told


def test_a_value_of_a_closed_year_can_still_be_entered() -> None:
    step, closing = told("16.1.b", "五月还缺战略规划能力，别的年度和党建账里的不算").steps
    assert step.startswith("2025年，战略规划能力：须有一条“账单数值”")
    assert "登记后即按考核日重新判定" in step
    assert closing == "本条是“必须”的要求，情况说明不能代替。"


def test_the_metric_that_no_set_has_is_named() -> None:
    step, _ = told("16.2.a", "少一项量化指标").steps
    assert step.startswith("【量化指标】力量配备：须有一条“评价指标体系”")


def test_turnout_is_short_of_persons() -> None:
    (step,) = told("17.2.b", "年中测评的参加人数还不够").steps
    assert "分子至少再增加1人：" in step
    assert step.endswith("最迟2026年12月31日。")


def test_what_a_ratio_counts_is_told_in_whole_lines() -> None:
    part = told("17.2.b", "参加的职工差一人不到一半").parts[1]
    assert [line[:3] for line in part.counted] == ["分子：", "分母："]
    blank = told("8.4.b", "三名里一名没有登记出生日期，两名不是").parts[0]
    assert all(len(line) > 1 for line in blank.counted)
