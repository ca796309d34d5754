"""Item 14: staff who have a say and are cared for: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import (
    MET,
    NO_DATA,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)
from tongrong.vocabulary.verdicts import Reason

LAST = on("2025-12-31")

STORIES = (
    Story("QY00", "14.1.a", MET, "制度、合同有效，职代会、集体协商都有"),
    Story("QY04", "14.1.a", UNMET, "没有集体合同", lacking="集体合同", measured="0/1"),
    Story("QY02", "14.1.a", PENDING, "今年还没有集体协商"),
    Story("QY03", "14.1.a", UNMET, "去年没有开职代会", LAST, lacking="2025", measured="0"),
    Story("QY00", "14.1.b", MET, "1月审议通过，4月施行"),
    Story("QY01", "14.1.b", UNMET, "6月施行，7月才审议", lacking="QS2026-02", measured="0/1"),
    Story("QY02", "14.1.b", MET, "3月审议过，没有通过，5月施行；原文只要求审议"),
    Story(
        "QY10",
        "14.1.b",
        NO_DATA,
        "审议和施行登记在同一天",
        lacking="QS2026-04",
        reason=Reason.ORDER_UNKNOWN,
    ),
    Story("QY00", "14.2.a", MET, "关怀帮扶制度三项都写明"),
    Story("QY03", "14.2.a", UNMET, "没有写带薪疗养", lacking="带薪疗养", measured="2/3"),
    Story("QY00", "14.2.b", MET, "困难党员春节前已慰问"),
    Story("QY05", "14.2.b", PENDING, "困难党员今年还没有帮扶"),
    Story(
        "QY02",
        "14.2.b",
        UNMET,
        "困难党员去年没有得到帮扶",
        LAST,
        lacking="2025/{DZB07-9}",
        measured="0/1",
    ),
    Story("QY03", "14.2.b", NOT_APPLICABLE, "申报没有困难党员"),
    Story("QY00", "14.3.a", MET, "三项各一次"),
    Story("QY10", "14.3.a", PENDING, "今年还没有心理咨询"),
    Story("QY03", "14.3.a", UNMET, "去年没有心理咨询", LAST, lacking="2025", measured="0"),
)
