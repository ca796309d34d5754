"""Item 2: governance and the study that comes first: the verdicts planted in the demo."""

from tongrong.facts.demo.story import (
    AT_RISK,
    JUSTIFIED,
    MET,
    NO_DATA,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

STORIES = (
    Story("QY04", "2.1.b", UNMET, "公司章程没有写明基础保障"),
    Story("QY00", "2.2.b", MET, "4月一件事项先被建议复议，改成第2稿再研究同意后才上董事会"),
    Story("QY01", "2.2.b", UNMET, "6月18日董事会先决定，25日党委会才研究"),
    Story("QY02", "2.2.b", NO_DATA, "4月22日同一天研究和决定，党委会没记开始时间"),
    Story("QY04", "2.2.b", MET, "8月21日上午8:30党委会研究，下午2点董事会决定"),
    Story("QY03", "2.2.b", MET, "没有党委，支部委员会研究在前，执行董事决定在后"),
    Story("QY01", "2.2.c", AT_RISK, "三季度还没有听取经理层汇报，离季末不到15天"),
    Story("QY04", "2.2.d", UNMET, "5月20日决定的事项8月18日到期，25日才有执行记录"),
    Story("QY01", "2.2.d", AT_RISK, "7月15日决定的事项10月13日到期，还没有执行记录"),
    Story("QY00", "2.2.d", PENDING, "9月决定的事项12月到期，还没有执行记录"),
    Story("QY03", "2.3.a", NOT_APPLICABLE, "没有党委，也不设董事会"),
    Story("QY04", "2.3.a", UNMET, "书记和董事长是两人，情况说明6月30日失效"),
    Story("QY02", "2.3.b", UNMET, "副书记不是职工董事，情况说明还是草稿"),
    Story("QY04", "2.3.c", NOT_APPLICABLE, "设审计委员会，没有监事会"),
    Story("QY00", "2.3.d", MET, "10名董事中3名党委成员，正好30%"),
    Story("QY02", "2.3.d", UNMET, "7名董事中2名党委成员，约28.6%"),
    Story("QY03", "2.3.d", NOT_APPLICABLE, "执行董事一人，不设董事会"),
    Story("QY04", "2.3.e", MET, "经理层3名党委成员，审计委员会1名"),
    Story("QY02", "2.4.b", PENDING, "三年里还没有行使薪酬分配职权，到2026年底"),
    Story("QY04", "2.4.b", NOT_APPLICABLE, "2025年3月设立，未满三年"),
    Story("QY01", "2.5.a", JUSTIFIED, "一名副总经理任董事，已有批准的情况说明"),
    Story("QY00", "2.6.b", UNMET, "3月总经理办公会的列席监事缺席"),
    Story("QY04", "2.6.b", MET, "每次董事会和总经理办公会都有审计委员会委员"),
)
