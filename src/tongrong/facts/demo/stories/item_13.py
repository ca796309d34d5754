"""Item 13: Party work at the service of production: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import (
    AT_RISK,
    JUSTIFIED,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

LAST = on("2025-12-31")

STORIES = (
    Story("QY00", "13.1.a", MET, "一个课题结项有成果，另一个按时开题"),
    Story("QY02", "13.1.a", MET, "结题节点晚十天完成，成果已登记"),
    Story("QY01", "13.1.a", UNMET, "中期节点8月底到期，没有完成", lacking="KT03"),
    Story("QY04", "13.1.a", PENDING, "6月结项，成果年底前要登记"),
    Story("QY10", "13.1.a", UNMET, "课题没有负责人", lacking="KT09"),
    Story("QY09", "13.1.a", UNMET, "课题没有节点", lacking="KT08"),
    Story("QY05", "13.1.a", AT_RISK, "中期节点10月10日到期", lacking="KT06", due=on("2026-10-10")),
    Story("QY06", "13.1.a", PENDING, "中期节点11月20日到期"),
    Story("QY03", "13.1.a", NOT_APPLICABLE, "申报没有项目"),
    Story("QY00", "13.1.b", MET, "6月评为省级优秀课题"),
    Story("QY01", "13.1.b", PENDING, "只评上市级，今年还可争取"),
    Story("QY03", "13.1.b", NOT_APPLICABLE, "没有评选，鼓励事项"),
    Story("QY05", "13.1.b", UNMET, "去年只评上市级", LAST, lacking="2025", measured="0"),
    Story("QY04", "13.1.c", MET, "去年的课题做到今年6月"),
    Story("QY03", "13.1.c", PENDING, "今年还没有课题"),
    Story("QY02", "13.1.c", UNMET, "去年没有课题", LAST, lacking="2025", measured="0"),
    Story("QY00", "13.2.a", MET, "支部都参加创建，四项活动都有"),
    Story("QY01", "13.2.a", PENDING, "今年还没有责任区活动"),
    Story("QY03", "13.2.a", UNMET, "去年支部没有参加“四优”创建", LAST, lacking="2025/DZB09"),
    Story("QY00", "13.3.a", MET, "有活动，有技能大师工作室"),
    Story("QY09", "13.3.a", UNMET, "劳模工作室3月停用", lacking="技能平台", measured="0"),
    Story("QY04", "13.3.a", PENDING, "今年还没有“三带三促”"),
    Story("QY00", "13.3.b", MET, "两对师徒每半年都有记录"),
    Story("QY02", "13.3.b", UNMET, "一对师徒上半年没有记录", lacking="2026H1/CBDDZB08-1"),
    Story("QY10", "13.3.b", JUSTIFIED, "一对师徒上半年没有记录，情况说明已批准"),
    Story("QY00", "13.4.a", MET, "92分"),
    Story("QY01", "13.4.a", UNMET, "58分", measured="58"),
    Story("QY04", "13.4.a", PENDING, "今年还没有评"),
    Story("QY00", "13.4.b", MET, "3月12日的计划写明两类培训"),
    Story("QY06", "13.4.b", PENDING, "今年的计划没有写职业培训，年底前可以补上"),
    Story(
        "QY06",
        "13.4.b",
        UNMET,
        "去年的计划没有写职业培训",
        LAST,
        lacking="2025/职业培训",
        measured="1/2",
    ),
    Story("QY09", "13.4.b", MET, "4月8日生效，年底前都算"),
    Story("QY00", "13.4.c", MET, "两类计划内培训都办过"),
    Story("QY10", "13.4.c", PENDING, "职业培训没有列入计划"),
    Story(
        "QY03", "13.4.c", UNMET, "去年的职业培训没有列入计划", LAST, lacking="2025", measured="0"
    ),
)
