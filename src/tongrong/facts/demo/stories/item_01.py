"""Item 1: Party work planned together with the business: the verdicts planted in the demo."""

from tongrong.facts.demo.story import (
    AT_RISK,
    LAST_YEAR_END,
    MET,
    NO_DATA,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

STORIES = (
    Story("QY02", "1.1.a", MET, "任务清单3月31日生效，正好是最后一天"),
    Story("QY04", "1.1.a", UNMET, "任务清单4月8日才生效，过了3月31日"),
    Story("QY00", "1.1.b", MET, "1至9月每月的党委会都研究了党建工作"),
    Story("QY01", "1.1.b", UNMET, "5月党委会没有研究党建工作，误录的一次已撤回，不算"),
    Story("QY02", "1.1.b", AT_RISK, "9月党委会没有研究党建工作，离月末只剩5天"),
    Story("DW01", "1.2.a", MET, "书记1月述职、2月签了责任书"),
    Story("DZZ01", "1.2.a", PENDING, "责任书已签，述职安排在12月"),
    Story("DZB06", "1.2.a", NOT_APPLICABLE, "5月15日成立，未满一个年度"),
    Story("QY02", "1.2.b", UNMET, "专职副书记兼任副总经理"),
    Story("QY03", "1.2.b", NOT_APPLICABLE, "小型企业，不要求专职副书记"),
    Story("QY03", "1.2.c", NOT_APPLICABLE, "由党支部领导，没有党委会"),
    Story("QY04", "1.3.a", PENDING, "全年要两次，3月专题研究了一次，年度未结束"),
    Story("QY02", "1.3.b", UNMET, "3月11日办结的案件，到9月11日没有查领导责任"),
    Story("QY05", "1.3.b", PENDING, "7月8日办结的案件，领导责任查到2027年1月8日"),
    Story("QY00", "1.3.b", NOT_APPLICABLE, "申报了违纪案件“本期无”"),
    Story("QY04", "1.3.b", NO_DATA, "没有案件记录，也没有申报“本期无”"),
    Story("DW09", "1.2.a", UNMET, "2025年书记没有签责任书", LAST_YEAR_END),
    Story("QY05", "1.2.b", MET, "专职副书记不在经理层任职，分工抓党建工作"),
    Story("QY06", "1.2.c", MET, "其他党员领导干部6月都在党委会上报告了一岗双责"),
    Story("QY09", "1.2.c", UNMET, "2025年总工程师没有报告一岗双责", LAST_YEAR_END),
    Story("QY00", "1.3.a", MET, "3月和8月各专题研究了一次"),
    Story("QY05", "1.3.a", UNMET, "2025年只在3月专题研究了一次", LAST_YEAR_END),
    Story("QY01", "1.3.b", MET, "4月办结的案件两方面责任都查了"),
)
