"""Item 16: what the two accounts consist of: the verdicts planted in the demo."""

from tongrong.facts.demo.story import (
    LAST_YEAR_END,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

STORIES = (
    Story("SJ00", "16.1.a", MET, "集团属商业二类，商业二类有一套齐全的经济账指标"),
    Story("DW00", "16.1.a", MET, "商业一类和公益类各有一套齐全的指标"),
    Story(
        "DW00",
        "16.1.a",
        UNMET,
        "公益类的指标2026年3月才施行",
        LAST_YEAR_END,
        lacking="公益类",
        measured="1/2",
    ),
    Story(
        "DW02", "16.1.a", UNMET, "商业一类的指标里没有前瞻指标", lacking="商业一类", measured="0/1"
    ),
    Story("DW05", "16.1.a", UNMET, "没有经济账指标体系", lacking="商业一类", measured="0/1"),
    Story("QY00", "16.1.b", MET, "2025年的经济账14项都有数值"),
    Story(
        "QY02",
        "16.1.b",
        UNMET,
        "2025年的经济账没有行业排名",
        lacking="2025/行业排名",
        measured="13/14",
    ),
    Story("QY04", "16.1.b", NOT_APPLICABLE, "2025年3月才设立，没有完整的上一年度"),
    Story("QY00", "16.1.c", MET, "2026年5月公布了经济账"),
    Story("QY03", "16.1.c", PENDING, "今年还没有公布经济账"),
    Story(
        "QY02", "16.1.c", UNMET, "2025年没有公布经济账", LAST_YEAR_END, lacking="2025", measured="0"
    ),
    Story("DW00", "16.2.a", MET, "六项指标、三个取向都有"),
    Story(
        "DW02",
        "16.2.a",
        UNMET,
        "没有定性指标，也没有社会认同这个取向",
        lacking="党建引领发展、企业文化、社会认同",
    ),
    Story("QY00", "16.2.b", MET, "2025年的党建账6项都有"),
    Story(
        "QY03",
        "16.2.b",
        UNMET,
        "2025年的党建账没有后备人才培养",
        lacking="2025/后备人才培养",
        measured="5/6",
    ),
    Story("QY00", "16.2.c", MET, "2026年5月公布了党建账"),
    Story("QY09", "16.2.c", PENDING, "今年还没有公布党建账"),
    Story(
        "QY10", "16.2.c", UNMET, "2025年没有公布党建账", LAST_YEAR_END, lacking="2025", measured="0"
    ),
)
