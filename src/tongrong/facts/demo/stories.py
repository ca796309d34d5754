"""What was planted in the demo and must come out: unit, clause, verdict and why, by hand.

Worked out from the clauses as of AS_OF (2026-09-25, a Friday, five days before the
quarter ends), not copied from a run: a difference is an error in the demo or in the engine.
"""

from typing import NamedTuple

from tongrong.vocabulary.verdicts import Verdict


class Story(NamedTuple):
    """One verdict the demo must give; `why` says in Chinese what was recorded."""

    unit: str
    clause: str
    verdict: Verdict
    why: str


_MET, _UNMET, _PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
_AT_RISK, _JUSTIFIED = Verdict.AT_RISK, Verdict.JUSTIFIED
_NOT_APPLICABLE, _NO_DATA = Verdict.NOT_APPLICABLE, Verdict.NO_DATA

_PLANNING = (
    Story("QY02", "1.1.a", _MET, "任务清单3月31日生效，正好是最后一天"),
    Story("QY04", "1.1.a", _UNMET, "任务清单4月8日才生效，过了3月31日"),
    Story("QY00", "1.1.b", _MET, "1至9月每月的党委会都研究了党建工作"),
    Story("QY01", "1.1.b", _UNMET, "5月党委会没有研究党建工作，误录的一次已撤回，不算"),
    Story("QY02", "1.1.b", _AT_RISK, "9月党委会没有研究党建工作，离月末只剩5天"),
    Story("DW01", "1.2.a", _MET, "书记1月述职、2月签了责任书"),
    Story("DZZ01", "1.2.a", _PENDING, "责任书已签，述职安排在12月"),
    Story("DZB06", "1.2.a", _NOT_APPLICABLE, "5月15日成立，未满一个年度"),
    Story("QY02", "1.2.b", _UNMET, "专职副书记兼任副总经理"),
    Story("QY03", "1.2.b", _NOT_APPLICABLE, "小型企业，不要求专职副书记"),
    Story("QY03", "1.2.c", _NOT_APPLICABLE, "由党支部领导，没有党委会"),
    Story("QY04", "1.3.a", _PENDING, "全年要两次，3月专题研究了一次，年度未结束"),
    Story("QY02", "1.3.b", _UNMET, "7月办结的案件只查了当事人，没有查领导责任"),
    Story("QY00", "1.3.b", _NOT_APPLICABLE, "申报了违纪案件“本期无”"),
    Story("QY04", "1.3.b", _NO_DATA, "没有案件记录，也没有申报“本期无”"),
)
_GOVERNANCE = (
    Story("QY04", "2.1.b", _UNMET, "公司章程没有写明基础保障"),
    Story("QY00", "2.2.b", _MET, "4月一件事项先被建议复议，改成第2稿再研究同意后才上董事会"),
    Story("QY01", "2.2.b", _UNMET, "6月18日董事会先决定，25日党委会才研究"),
    Story("QY02", "2.2.b", _NO_DATA, "4月22日同一天研究和决定，党委会没记开始时间"),
    Story("QY04", "2.2.b", _MET, "8月21日上午8:30党委会研究，下午2点董事会决定"),
    Story("QY03", "2.2.b", _MET, "没有党委，支部委员会研究在前，执行董事决定在后"),
    Story("QY01", "2.2.c", _AT_RISK, "三季度还没有听取经理层汇报，离季末不到15天"),
    Story("QY04", "2.2.d", _UNMET, "5月20日决定的事项8月18日到期，25日才有执行记录"),
    Story("QY01", "2.2.d", _AT_RISK, "7月15日决定的事项10月13日到期，还没有执行记录"),
    Story("QY00", "2.2.d", _PENDING, "9月决定的事项12月到期，还没有执行记录"),
    Story("QY03", "2.3.a", _NOT_APPLICABLE, "没有党委，也不设董事会"),
    Story("QY04", "2.3.a", _UNMET, "书记和董事长是两人，情况说明6月30日失效"),
    Story("QY02", "2.3.b", _UNMET, "副书记不是职工董事，情况说明还是草稿"),
    Story("QY04", "2.3.c", _NOT_APPLICABLE, "设审计委员会，没有监事会"),
    Story("QY00", "2.3.d", _MET, "10名董事中3名党委成员，正好30%"),
    Story("QY02", "2.3.d", _UNMET, "7名董事中2名党委成员，约28.6%"),
    Story("QY03", "2.3.d", _NOT_APPLICABLE, "执行董事一人，不设董事会"),
    Story("QY04", "2.3.e", _MET, "经理层3名党委成员，审计委员会1名"),
    Story("QY02", "2.4.b", _PENDING, "三年里还没有行使薪酬分配职权，到2026年底"),
    Story("QY04", "2.4.b", _NOT_APPLICABLE, "2025年3月设立，未满三年"),
    Story("QY01", "2.5.a", _JUSTIFIED, "一名副总经理任董事，已有批准的情况说明"),
    Story("QY00", "2.6.b", _UNMET, "3月总经理办公会的列席监事缺席"),
    Story("QY04", "2.6.b", _MET, "每次董事会和总经理办公会都有审计委员会委员"),
)
_REFORM = (
    Story("QY00", "3.2.b", _MET, "市场化选聘由4/18升到6/19"),
    Story("QY01", "3.2.b", _UNMET, "市场化选聘由6/19降到5/18"),
    Story("QY00", "3.1.b", _MET, "集团公司是有限责任公司"),
    Story("QY01", "3.2.a", _UNMET, "人事管理制度没有写明取消行政级别"),
    Story("QY02", "3.2.a", _MET, "两个制度该写的都写明了"),
    Story("QY02", "3.2.b", _JUSTIFIED, "两年都是4/15，没有提高，已有批准的情况说明"),
    Story("QY04", "3.2.b", _NO_DATA, "2025年设立，没有2024年底的数"),
    Story("QY03", "3.3.a", _UNMET, "没有差异化薪酬管理制度"),
    Story("QY02", "3.3.b", _UNMET, "市场化选聘的经理层都没有签任期契约"),
    Story("QY00", "3.4.a", _MET, "有现行的中长期激励方案"),
    Story("QY01", "3.4.a", _NOT_APPLICABLE, "鼓励事项，没有开展"),
    Story("QY02", "3.4.b", _MET, "工资总额预算3月31日批准"),
    Story("QY04", "3.4.b", _UNMET, "工资总额预算4月8日才批准"),
    Story("QY00", "3.4.c", _MET, "1月表彰了优秀员工"),
    Story("QY01", "3.4.c", _PENDING, "上年12月表彰的不算今年，今年还没有"),
    Story("QY00", "3.5.a", _MET, "认定的损失五个多月后追了责"),
    Story("QY02", "3.5.a", _UNMET, "2月20日认定的损失，到8月20日还没有追责"),
    Story("QY01", "3.5.a", _PENDING, "5月10日认定的损失，11月10日到期"),
    Story("QY00", "3.5.b", _MET, "经营者都缴了2026年的风险保证金"),
    Story("QY01", "3.5.b", _PENDING, "一名副总经理还没有缴"),
    Story("QY03", "3.5.c", _UNMET, "没有风险保证金制度"),
    Story("QY01", "5.2.c", _MET, "研发9600万元、销售32亿元，正好3%"),
    Story("QY02", "5.2.c", _UNMET, "研发4350万元、销售15亿元，2.9%"),
    Story("QY03", "5.2.c", _NOT_APPLICABLE, "物业服务不是生产性企业"),
)
_TEAMS = (
    Story("QY04", "6.1.b", _MET, "上级评定正好60分"),
    Story("QY01", "6.1.b", _PENDING, "上次评定9月20日失效，新的还没有评"),
    Story("QY04", "6.2.a", _NO_DATA, "没有核定中层职数"),
    Story("QY04", "6.2.b", _UNMET, "党委成员6人，不足7人"),
    Story("QY00", "6.2.c", _JUSTIFIED, "董事10人，多于9人，已有批准的情况说明"),
    Story("QY00", "6.3.a", _NOT_APPLICABLE, "当年没有新任经理层"),
    Story("QY02", "6.3.a", _PENDING, "新任总会计师不是市场化选聘，按年度结束时算"),
    Story("QY02", "6.3.b", _UNMET, "任用总会计师时党组织没有参与考察"),
    Story("QY04", "6.3.c", _MET, "标明有条件，经理层4人全部市场化选聘"),
    Story("QY00", "6.3.c", _NOT_APPLICABLE, "没有标明有条件整体市场化选聘"),
    Story("QY01", "6.4.a", _UNMET, "监事选聘办法7月1日废止，没有新办法"),
    Story("QY00", "9.1.a", _AT_RISK, "三季度中心组还没有学习，离季末不到15天"),
    Story("QY04", "9.1.a", _UNMET, "二季度中心组没有学习"),
    Story("QY02", "9.1.b", _PENDING, "总工程师的述职述廉只写了四项教育中的两项"),
    Story("DW01", "9.2.a", _UNMET, "二季度书记没有与一名副总经理谈话"),
    Story("DW02", "9.2.a", _AT_RISK, "三季度书记还没有与纪委书记谈话"),
    Story("DZB06", "9.2.a", _MET, "5月15日成立，三季度起算，已全部谈话"),
    Story("QY00", "9.2.b", _PENDING, "上半年都谈了，下半年还差两家企业的负责人"),
    Story("QY01", "9.2.b", _NOT_APPLICABLE, "没有下属企业"),
    Story("DZB09", "9.2.c", _MET, "书记与每名普通党员都谈了"),
    Story("DZB01", "9.2.c", _PENDING, "谈了四分之三，年度未结束"),
    Story("QY00", "9.3.a", _MET, "2025年11月30日离任，2026年3月20日完成离任审计"),
    Story("QY01", "9.3.a", _UNMET, "3月16日离任，到9月16日没有离任审计"),
    Story("QY02", "9.3.a", _AT_RISK, "4月10日离任，10月10日到期，还没有离任审计"),
    Story("QY00", "9.3.b", _MET, "书记5月10日任满三年，4月17日已做任期审计"),
    Story("QY01", "9.3.b", _AT_RISK, "总经理10月20日任满三年，还没有任期审计"),
    Story("QY00", "9.3.c", _UNMET, "一名副总经理2月6日才报，过了1月31日"),
    Story("QY00", "9.4.a", _MET, "鼓励事项，已建立办法"),
    Story("QY01", "9.4.a", _NOT_APPLICABLE, "鼓励事项，未开展"),
    Story("QY01", "9.4.b", _PENDING, "上次联合监督在2025年12月，今年还没有"),
    Story("QY03", "9.5.a", _UNMET, "公开过信息，但没有信息公开制度"),
    Story("QY04", "9.5.a", _PENDING, "有制度，今年还没有公开信息"),
)
_MEMBERS = (
    Story("QY03", "11.1.a", _UNMET, "一季度组织生活都在线下，0%不算高于0"),
    Story("DZB06", "11.1.b", _MET, "5月15日成立，二季度不算，三季度已开"),
    Story("DZB11", "11.1.b", _AT_RISK, "三季度支部党员大会还没有开"),
    Story("DZB02", "11.1.c", _UNMET, "6月没有开支部委员会"),
    Story("DZB03", "11.1.d", _MET, "三个党小组每月都开了会"),
    Story("DZB07", "11.1.d", _UNMET, "工程党小组4月没有开会"),
    Story("DZB01", "11.1.d", _NOT_APPLICABLE, "没有划分党小组"),
    Story("DZB05", "11.1.e", _AT_RISK, "三季度还没有上党课"),
    Story("DZB04", "11.1.f", _UNMET, "3月没有开展主题党日"),
    Story("DZB11", "11.1.j", _PENDING, "今年还没有开组织生活会"),
    Story("QY04", "11.1.h", _UNMET, "一名副总经理二季度没有参加所在支部的组织生活"),
    Story("QY00", "11.2.a", _MET, "新发展2名，1名技术骨干兼青年职工只算一次，50%"),
    Story("QY01", "11.2.a", _PENDING, "新发展6名中1名来自一线，约16.7%，年度未结束"),
    Story("QY02", "11.2.a", _NOT_APPLICABLE, "台账在用，今年没有新发展党员"),
    Story("DZB02", "11.3.a", _AT_RISK, "两名党员9月党费还没有交"),
    Story("DZB03", "11.3.a", _MET, "一名党员减免，经上级党总支批准"),
    Story("DZB04", "11.3.a", _UNMET, "一名党员2月党费从工资中代扣"),
    Story(
        "DZB05", "11.3.a", _UNMET, "一名党员4月应交102.53元（6835元的1.5%，四舍五入），少交1分钱"
    ),
    Story("DZB08", "11.3.a", _MET, "按季缴纳，三季度9月中旬一并交齐"),
    Story("DZB10", "11.3.a", _NO_DATA, "一名党员7月没有登记缴费基数"),
    Story("DZB09", "11.3.b", _MET, "今年评议已完成，18名正式党员中6名优秀，正好三分之一"),
    Story("DZB01", "11.3.b", _PENDING, "今年的民主评议还没有开展"),
    Story("DZB03", "11.3.c", _UNMET, "1月20日评为不合格，到7月20日没有处置"),
    Story("DZB07", "11.3.c", _MET, "1月15日评为不合格，6月18日已处置"),
    Story("DZB06", "11.3.c", _NOT_APPLICABLE, "新支部申报了民主评议“本期无”"),
)
_UPKEEP = (
    Story("QY00", "12.1.a", _MET, "经费210万元、上年工资总额4.2亿元，正好0.5%"),
    Story("QY02", "12.1.a", _MET, "预算82万元加结转10万元，高于1.8亿元的0.5%"),
    Story("QY03", "12.1.a", _NO_DATA, "没有登记上年度工资总额"),
    Story("DZB08", "12.2.a", _UNMET, "阵地缺书报"),
    Story("DZZ01", "12.2.b", _UNMET, "只有党建展厅，没有党员活动室"),
    Story("DW00", "12.3.a", _MET, "4个下属企业都有集团党委成员联系"),
    Story("DW00", "12.3.b", _AT_RISK, "三季度还没有到QY04专题调研，一般走访不算"),
    Story("SJ00", "12.3.b", _MET, "每季度都到QY00专题调研"),
)

STORIES: tuple[Story, ...] = (
    *_PLANNING,
    *_GOVERNANCE,
    *_REFORM,
    *_TEAMS,
    *_MEMBERS,
    *_UPKEEP,
)
