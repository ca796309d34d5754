"""Item 8: talents and young cadres: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import MET, PENDING, UNMET, Story

_YEAR_END = on("2025-12-31")

STORIES = (
    Story("QY00", "8.1.a", MET, "三类人才都有，今年6月评审过"),
    Story("QY01", "8.1.a", UNMET, "人才库里没有技能类", lacking="技能人才", measured="0"),
    Story("QY09", "8.1.a", PENDING, "三类都有，今年还没有评审"),
    Story("QY09", "8.1.a", UNMET, "2025年没有评审", _YEAR_END, lacking="2025", measured="0"),
    Story("QY00", "8.1.b", MET, "今年3月引进了一名高层次人才"),
    Story("QY01", "8.1.b", PENDING, "上年引进的不算今年"),
    Story("QY02", "8.1.b", UNMET, "2025年没有引进", _YEAR_END, lacking="2025", measured="0"),
    Story("QY00", "8.2.a", MET, "联系的两名人才，书记今年都联系过"),
    Story("QY01", "8.2.a", UNMET, "一名人才没有定联系领导", lacking="P0216", measured="1/2"),
    Story("QY02", "8.2.a", PENDING, "书记今年还没有联系"),
    Story("QY00", "8.3.a", MET, "7月办了研修班，3月派了一人挂职"),
    Story("QY05", "8.3.a", MET, "8月办了研修班，5月派了一人挂职"),
    Story(
        "QY01",
        "8.3.a",
        UNMET,
        "2025年办了研修班，没有派人挂职",
        _YEAR_END,
        lacking="2025",
        measured="0",
    ),
    Story("QY00", "8.4.a", MET, "一名副总经理是80后"),
    Story("QY01", "8.4.a", UNMET, "班子里没有80后", measured="0"),
    Story("QY00", "8.4.b", MET, "中层里一半是80后"),
    Story("QY01", "8.4.b", UNMET, "13名中层里3名80后，不到三成", measured="3/13"),
    Story("QY00", "8.5.a", MET, "7月1日表彰了优秀企业家"),
    Story("QY01", "8.5.a", PENDING, "上年表彰的不算今年"),
    Story("QY02", "8.5.a", UNMET, "2025年没有评选表扬", _YEAR_END, lacking="2025", measured="0"),
)
