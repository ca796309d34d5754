"""Item 4: whose capital it is, listing and staff shares: the verdicts planted in the demo."""

from datetime import date

from tongrong.facts.demo.story import LAST_YEAR_END, MET, NOT_APPLICABLE, UNMET, Story

BEFORE = date(2025, 9, 25)
"""A day on which 2024 is the latest closed year."""

STORIES = (
    Story("QY00", "4.1.a", MET, "国有资本保值增值率由105%升到107%，净资产收益率也没有降"),
    Story(
        "QY00",
        "4.1.a",
        UNMET,
        "2024年保值增值率由106%降到105%",
        BEFORE,
        lacking="国有资本保值增值率",
    ),
    Story("QY00", "4.2.a", MET, "2026年6月30日改制为股份有限公司"),
    Story("QY00", "4.2.a", UNMET, "过了2020年底还是有限责任公司", LAST_YEAR_END, measured="0"),
    Story("QY06", "4.2.b", MET, "国有、民营资本和员工三类股东"),
    Story("QY01", "4.2.b", UNMET, "集团公司全资", lacking="股东类型、非国有股东持股", measured="1"),
    Story("QY00", "4.3.a", MET, "水务公司的上市培育节点都完成了，一个晚了三个多月"),
    Story(
        "QY00",
        "4.3.a",
        UNMET,
        "股份制改造2025年11月30日到期没有完成",
        LAST_YEAR_END,
        lacking="SS01",
        measured="0/1",
    ),
    Story("QY00", "4.3.b", MET, "证券化率由19.4%升到21.2%"),
    Story(
        "QY00",
        "4.3.b",
        UNMET,
        "2024年证券化率由20%降到19.4%",
        BEFORE,
        measured="620000000000/3200000000000",
    ),
    Story("QY06", "4.4.a", MET, "有方案，两名骨干各持1%"),
    Story(
        "QY06", "4.4.a", UNMET, "一名骨干持股1.2%", LAST_YEAR_END, lacking="骨干甲", measured="1/2"
    ),
    Story("QY05", "4.4.a", NOT_APPLICABLE, "鼓励事项，上市公司没有开展员工持股"),
    Story("QY01", "4.4.a", NOT_APPLICABLE, "不是混合所有制企业"),
)
