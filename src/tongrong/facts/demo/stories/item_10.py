"""Item 10: Party and mass organizations, units abroad: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import (
    AT_RISK,
    MET,
    NO_DATA,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)
from tongrong.vocabulary.verdicts import Reason

STORIES = (
    Story("QY01", "10.1.a", MET, "车间、项目部都有自己的党支部"),
    Story("QY11", "10.1.a", MET, "参股企业也要求，已有党支部"),
    Story(
        "QY09",
        "10.1.a",
        UNMET,
        "西部经营网点有4名党员，没有党组织；南部网点只有2名，不要求",
        lacking="GDQY09-02",
    ),
    Story("DW01", "10.1.b", MET, "连同下级超过100名党员，任期到2028年"),
    Story("DW04", "10.1.b", MET, "不到100名党员，经上级批准设立"),
    Story("DW02", "10.1.b", UNMET, "连同下级不到100名党员，没有写经上级批准", lacking="党委党员"),
    Story("DZB26", "10.1.b", UNMET, "7月31日任期届满，没有换届", lacking="党组织"),
    Story("DZB36", "10.1.b", MET, "4月届满，6月补上换届"),
    Story("DZB05", "10.1.b", PENDING, "11月10日届满，还有46天"),
    Story(
        "DZB22",
        "10.1.b",
        AT_RISK,
        "10月15日届满，还有20天",
        lacking="党组织",
        due=on("2026-10-15"),
    ),
    Story(
        "DZB29",
        "10.1.b",
        NO_DATA,
        "没有登记换届选举",
        lacking="选举产生、按期换届",
        reason=Reason.REGISTER_NOT_KEPT,
    ),
    Story("DZB47", "10.1.b", MET, "临时党支部有上级，不看人数和选举"),
    Story("SJ00", "10.1.b", MET, "上级在系统外"),
    Story("QY07", "10.2.a", MET, "境外公司有党支部，每半年都有组织生活"),
    Story("QY05", "10.2.a", UNMET, "海外检修服务站有3名党员，没有党组织"),
    Story("QY00", "10.2.a", NOT_APPLICABLE, "没有境外分支机构"),
    Story("QY08", "10.3.a", MET, "5月18日启动处置，7月调整隶属关系，8月10日转完党员"),
    Story("QY12", "10.3.a", UNMET, "5月6日进入破产，到8月6日没有调整，也没有转"),
    Story("QY00", "10.3.a", NOT_APPLICABLE, "申报没有企业处置"),
    Story("QY09", "10.3.a", NOT_APPLICABLE, "没有登记企业处置，不必申报"),
    Story("QY00", "10.4.a", MET, "三个群团组织都在任期内"),
    Story("QY03", "10.4.a", UNMET, "没有女工委", lacking="女工委", measured="0"),
    Story("QY09", "10.4.a", UNMET, "工会8月20日届满，没有换届", lacking="工会", measured="0/1"),
    Story("QY02", "10.4.a", PENDING, "共青团11月5日届满，还有41天"),
    Story(
        "QY08",
        "10.4.a",
        NO_DATA,
        "处置中，不再登记群团组织",
        lacking="工会、共青团、女工委、选举产生",
        reason=Reason.REGISTER_NOT_KEPT,
    ),
)
