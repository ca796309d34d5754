"""Item 9: study, talks and supervision of leaders: the verdicts planted in the demo."""

from tongrong.facts.demo.story import AT_RISK, MET, NOT_APPLICABLE, PENDING, UNMET, Story

STORIES = (
    Story("QY00", "9.1.a", AT_RISK, "三季度中心组还没有学习，离季末不到15天"),
    Story("QY04", "9.1.a", UNMET, "二季度中心组没有学习"),
    Story("QY02", "9.1.b", PENDING, "总工程师的述职述廉只写了四项教育中的两项"),
    Story("DW01", "9.2.a", UNMET, "二季度书记没有与一名副总经理谈话"),
    Story("DW02", "9.2.a", AT_RISK, "三季度书记还没有与纪委书记谈话"),
    Story("DZB06", "9.2.a", MET, "5月15日成立，三季度起算，已全部谈话"),
    Story("QY00", "9.2.b", PENDING, "上半年都谈了，下半年还差两家企业的负责人"),
    Story("QY01", "9.2.b", NOT_APPLICABLE, "没有下属企业"),
    Story("DZB09", "9.2.c", MET, "书记与每名普通党员都谈了"),
    Story("DZB01", "9.2.c", PENDING, "谈了四分之三，年度未结束"),
    Story("QY00", "9.3.a", MET, "2025年11月30日离任，2026年3月20日完成离任审计"),
    Story("QY01", "9.3.a", UNMET, "3月16日离任，到9月16日没有离任审计"),
    Story("QY02", "9.3.a", AT_RISK, "4月10日离任，10月10日到期，还没有离任审计"),
    Story("QY00", "9.3.b", MET, "书记5月10日任满三年，4月17日已做任期审计"),
    Story("QY01", "9.3.b", AT_RISK, "总经理10月20日任满三年，还没有任期审计"),
    Story("QY00", "9.3.c", UNMET, "一名副总经理2月6日才报，过了1月31日"),
    Story("QY00", "9.4.a", MET, "鼓励事项，已建立办法"),
    Story("QY01", "9.4.a", NOT_APPLICABLE, "鼓励事项，未开展"),
    Story("QY01", "9.4.b", PENDING, "上次联合监督在2025年12月，今年还没有"),
    Story("QY03", "9.5.a", UNMET, "公开过信息，但没有信息公开制度"),
    Story("QY04", "9.5.a", PENDING, "有制度，今年还没有公开信息"),
)
