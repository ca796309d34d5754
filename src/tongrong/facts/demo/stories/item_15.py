"""Item 15: culture and outreach: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import AT_RISK, MET, NOT_APPLICABLE, UNMET, Story

STORIES = (
    Story("QY00", "15.1.a", MET, "三个文件都有效"),
    Story("QY04", "15.1.a", UNMET, "没有品牌文化方案", lacking="品牌文化方案", measured="0/1"),
    Story("QY03", "15.1.a", UNMET, "没有员工行为准则", lacking="员工行为准则", measured="0/1"),
    Story("QY00", "15.2.a", MET, "上半年红色文化、下半年优良传统各一次"),
    Story("QY02", "15.2.a", UNMET, "上半年没有开展", lacking="2026H1", measured="1/2"),
    Story("QY00", "15.3.a", MET, "每季度两类各一次，合计两次"),
    Story("QY09", "15.3.a", UNMET, "二季度只有一次", lacking="2026Q2", measured="2/3"),
    Story(
        "QY01",
        "15.3.a",
        AT_RISK,
        "三季度只有一次，离季末五天",
        lacking="2026Q3",
        measured="2/3",
        due=on("2026-09-30"),
    ),
    Story("QY00", "15.3.b", MET, "6月18日发布2025年的报告"),
    Story("QY10", "15.3.b", MET, "6月30日发布，正好是最后一天"),
    Story(
        "QY09",
        "15.3.b",
        UNMET,
        "7月10日才发布，过了6月30日",
        lacking="2025/社会责任报告",
        measured="0/1",
    ),
    Story(
        "QY01", "15.3.b", UNMET, "2025年的报告没有发布", lacking="2025/社会责任报告", measured="0/1"
    ),
    Story(
        "QY01",
        "15.3.b",
        AT_RISK,
        "2025年的报告还没有发布，离6月底十天",
        on("2026-06-20"),
        lacking="2025/社会责任报告",
        measured="0/1",
        due=on("2026-06-30"),
    ),
    Story("QY04", "15.3.b", NOT_APPLICABLE, "2025年3月才设立，没有完整的上一年度"),
)
