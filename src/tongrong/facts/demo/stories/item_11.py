"""Item 11: organized life, members and dues: the verdicts planted in the demo."""

from tongrong.facts.demo.story import AT_RISK, MET, NO_DATA, NOT_APPLICABLE, PENDING, UNMET, Story

STORIES = (
    Story("QY03", "11.1.a", UNMET, "一季度组织生活都在线下，0%不算高于0"),
    Story("DZB06", "11.1.b", MET, "5月15日成立，二季度不算，三季度已开"),
    Story("DZB11", "11.1.b", AT_RISK, "三季度支部党员大会还没有开"),
    Story("DZB02", "11.1.c", UNMET, "6月没有开支部委员会"),
    Story("DZB03", "11.1.d", MET, "三个党小组每月都开了会"),
    Story("DZB07", "11.1.d", UNMET, "工程党小组4月没有开会"),
    Story("DZB01", "11.1.d", NOT_APPLICABLE, "没有划分党小组"),
    Story("DZB05", "11.1.e", AT_RISK, "三季度还没有上党课"),
    Story("DZB04", "11.1.f", UNMET, "3月没有开展主题党日"),
    Story("DZB11", "11.1.j", PENDING, "今年还没有开组织生活会"),
    Story("QY04", "11.1.h", UNMET, "一名副总经理二季度没有参加所在支部的组织生活"),
    Story("QY00", "11.2.a", MET, "新发展2名，1名技术骨干兼青年职工只算一次，50%"),
    Story("QY01", "11.2.a", PENDING, "新发展6名中1名来自一线，约16.7%，年度未结束"),
    Story("QY02", "11.2.a", NOT_APPLICABLE, "台账在用，今年没有新发展党员"),
    Story("DZB02", "11.3.a", AT_RISK, "两名党员9月党费还没有交"),
    Story("DZB03", "11.3.a", MET, "一名党员减免，经上级党总支批准"),
    Story("DZB04", "11.3.a", UNMET, "一名党员2月党费从工资中代扣"),
    Story("DZB05", "11.3.a", UNMET, "一名党员4月应交102.53元（6835元的1.5%，四舍五入），少交1分钱"),
    Story("DZB08", "11.3.a", MET, "按季缴纳，三季度9月中旬一并交齐"),
    Story("DZB10", "11.3.a", NO_DATA, "一名党员7月没有登记缴费基数"),
    Story("DZB09", "11.3.b", MET, "今年评议已完成，18名正式党员中6名优秀，正好三分之一"),
    Story("DZB01", "11.3.b", PENDING, "今年的民主评议还没有开展"),
    Story("DZB03", "11.3.c", UNMET, "1月20日评为不合格，到7月20日没有处置"),
    Story("DZB07", "11.3.c", MET, "1月15日评为不合格，6月18日已处置"),
    Story("DZB06", "11.3.c", NOT_APPLICABLE, "新支部申报了民主评议“本期无”"),
)
