"""Item 12: money, positions and contact points: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import (
    AT_RISK,
    MET,
    NO_DATA,
    UNMET,
    Story,
)
from tongrong.vocabulary.verdicts import Reason

STORIES = (
    Story("QY00", "12.1.a", MET, "经费210万元、上年工资总额4.2亿元，正好0.5%"),
    Story("QY02", "12.1.a", MET, "预算82万元加结转10万元，高于1.8亿元的0.5%"),
    Story(
        "QY03",
        "12.1.a",
        NO_DATA,
        "没有登记上年度工资总额",
        lacking="经费占工资总额",
        reason=Reason.MEASURE_MISSING,
    ),
    Story("QY10", "12.1.a", MET, "企业自定0.6%：经费82万元，高于1.35亿元的0.6%即81万元"),
    Story("QY04", "12.1.a", MET, "2025年3月设立，没有完整的上年度，只看已列入企业预算"),
    Story("DZB08", "12.2.a", UNMET, "阵地缺书报", lacking="ZD-013", measured="0/1"),
    Story("DZZ01", "12.2.b", UNMET, "只有党建展厅，没有党员活动室", measured="0"),
    Story("DW00", "12.3.a", MET, "9个下属企业都有集团党委成员联系"),
    Story(
        "DW00",
        "12.3.b",
        AT_RISK,
        "三季度还没有到QY04专题调研，一般走访不算",
        lacking="2026Q3/LX0104",
        due=on("2026-09-30"),
    ),
    Story("SJ00", "12.3.b", MET, "每季度都到QY00专题调研"),
    Story(
        "QY09",
        "12.1.a",
        UNMET,
        "预算66万元，不到1.43亿元的0.5%",
        lacking="经费占工资总额",
        measured="66000000/14300000000",
    ),
    Story("DZB12", "12.2.a", MET, "宣传栏六样都有"),
    Story("DW05", "12.2.b", MET, "有党员活动室"),
    Story("DZB12", "12.2.c", MET, "有学习宣传栏"),
    Story("DZB32", "12.2.c", UNMET, "只有其他阵地，没有学习宣传栏", measured="0"),
    Story("DW05", "12.3.a", UNMET, "纺织机械公司没有联系领导", lacking="QY12", measured="1/2"),
    Story(
        "DW02",
        "12.3.b",
        UNMET,
        "二季度没有到海外公司专题调研",
        lacking="2026Q2/LX0207",
        measured="2/3",
    ),
)
