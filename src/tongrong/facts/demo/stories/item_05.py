"""Item 5: structure and innovation: the verdicts planted in the demo."""

from datetime import date

from tongrong.facts.demo.story import (
    LAST_YEAR_END,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

STORIES = (
    Story("QY01", "5.2.c", MET, "研发9600万元、销售32亿元，正好3%"),
    Story(
        "QY02", "5.2.c", UNMET, "研发4350万元、销售15亿元，2.9%", measured="4350000000/150000000000"
    ),
    Story("QY03", "5.2.c", NOT_APPLICABLE, "物业服务不是生产性企业"),
    Story("QY00", "5.1.a", MET, "检修业务整合的节点都完成了，一个晚了"),
    Story(
        "QY00",
        "5.1.a",
        UNMET,
        "清产核资2025年10月31日到期没有完成",
        LAST_YEAR_END,
        lacking="CZ01",
        measured="0/1",
    ),
    Story("QY00", "5.1.b", MET, "两个退出企业今年都完成了一个节点"),
    Story(
        "QY00",
        "5.1.b",
        UNMET,
        "纺织机械公司2025年一个节点也没有完成",
        LAST_YEAR_END,
        lacking="2025/QY12",
        measured="1/2",
    ),
    Story("QY00", "5.1.c", MET, "重点行业国有资本由53.9%升到56%"),
    Story(
        "QY00",
        "5.1.c",
        UNMET,
        "2024年重点行业国有资本由55%降到53.9%",
        date(2025, 9, 25),
        measured="600000000000/1113000000000",
    ),
    Story("QY01", "5.2.a", MET, "有一个工程技术研究中心"),
    Story("QY02", "5.2.a", UNMET, "只有工匠工作室，没有创新平台", measured="0"),
    Story("QY03", "5.2.a", NOT_APPLICABLE, "物业服务不是生产性企业"),
    Story("QY01", "5.2.b", MET, "与大学的合作项目在进行"),
    Story(
        "QY02",
        "5.2.b",
        UNMET,
        "合作项目2024年底就结项了",
        LAST_YEAR_END,
        lacking="2025",
        measured="0",
    ),
    Story("QY02", "5.2.b", PENDING, "今年还没有合作项目"),
    Story("QY01", "5.3.a", MET, "3月列入省重大项目"),
    Story(
        "QY02", "5.3.a", UNMET, "2025年没有项目列入", LAST_YEAR_END, lacking="2025", measured="0"
    ),
    Story("QY01", "5.3.b", MET, "由第8名升到第7名"),
    Story("QY02", "5.3.b", UNMET, "由第15名退到第18名", measured="18/1"),
    Story("QY02", "5.4.a", MET, "境外公路工程在进行"),
    Story(
        "QY05",
        "5.4.a",
        UNMET,
        "标明有条件，2025年没有项目，也没有国际业务收入",
        LAST_YEAR_END,
        lacking="2025",
        measured="0",
    ),
    Story("QY01", "5.4.a", NOT_APPLICABLE, "没有标明有条件"),
    Story("QY10", "5.2.c", MET, "水务也是生产性企业，研发1980万元、销售6.6亿元，正好3%"),
)
