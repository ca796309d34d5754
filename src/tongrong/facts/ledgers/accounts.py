"""The two accounts: the metrics set for them, their values, and what was done about them."""

from tongrong.facts.columns import Choice, Choices, Code, Day, Reference, Text, Whole, Year
from tongrong.facts.ledger import Happens, Holds, Ledger, Yearly

ACCOUNTS = ("经济账", "党建账")
CORE = ("规模", "产值利润", "节能降耗", "市场占有率", "企业品牌价值", "风险管控", "行业排名")
SUPPORTING = ("企业治理结构", "三会一层运行", "重大项目投资监督", "依法决策公开")
FORWARD = ("主营业务占比率", "研发和技术创新", "战略规划能力")
QUANTIFIED = ("领导班子建设", "后备人才培养", "组织覆盖", "力量配备")
QUALITATIVE = ("党建引领发展", "企业文化")
ALL_METRICS = (*CORE, *SUPPORTING, *FORWARD, *QUANTIFIED, *QUALITATIVE)
ORIENTATIONS = ("组织满意", "职工认可", "社会认同")


class MetricSets(Ledger):
    """The metrics a superior sets for one account of one class of enterprises."""

    code = "metric_sets"
    label = "评价指标体系"
    time = Holds("from_on", "until_on")

    number = Code("指标体系编号")
    unit = Reference("上级党组织编号", to="party_organizations")
    account = Choice("账单", choices=ACCOUNTS)
    enterprise_class = Text(
        "适用的企业类别",
        optional=True,
        help="企业属性“功能类别”的三个选项之一：商业一类、商业二类、公益类",
    )
    metrics = Choices("指标", choices=ALL_METRICS)
    orientations = Choices("取向", choices=ORIENTATIONS, optional=True, help="党建账填写")
    from_on = Day("施行日期")
    until_on = Day("停止日期", optional=True)


class AccountValues(Ledger):
    """The value of one metric in an enterprise's account of a year."""

    code = "account_values"
    label = "账单数值"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("账单年度", key=True)
    account = Choice("账单", choices=ACCOUNTS, key=True)
    metric = Choice("指标", choices=ALL_METRICS, key=True)
    content = Text("数值或结论", help="定量指标写数值和单位，定性指标写结论")


class Publications(Ledger):
    """One account of a year, shown to those concerned (晒账)."""

    code = "publications"
    label = "晒账"
    time = Happens("published_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    account = Choice("账单", choices=ACCOUNTS, key=True)
    year = Year("账单年度", key=True)
    published_on = Day("公布日期", key=True)
    channel = Text("公布方式", optional=True)


class AccountReviews(Ledger):
    """One time a body heard, appraised, examined or deliberated an account."""

    code = "account_reviews"
    label = "账单评议审查"
    time = Happens("reviewed_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    account = Choice("账单", choices=ACCOUNTS, key=True)
    kind = Choice(
        "方式",
        choices=("报告", "评议", "审查", "审议", "第三方评价", "日常考核", "述职评议"),
        key=True,
    )
    body = Choice(
        "机构",
        choices=("党委会", "董事会", "监事会", "审计委员会", "职代会", "股东大会", "第三方机构",
                 "上级党组织"),
        key=True,
    )  # fmt: skip
    reviewed_on = Day("日期", key=True)
    meeting = Reference("会议编号", to="meetings", optional=True)


class Ratings(Ledger):
    """One rating of an enterprise's Party account for a year, by its superior or its staff."""

    code = "ratings"
    label = "测评"
    time = Happens("rated_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("测评年度", key=True)
    source = Choice("测评主体", choices=("上级评价", "职工群众测评"), key=True)
    rated_on = Day("测评日期", key=True)
    eligible = Whole("应参加人数", unit="人", optional=True, help="职工群众测评填写")
    voters = Whole(
        "实际参加人数", unit="人", part_of="eligible", optional=True, help="职工群众测评填写"
    )
    score = Whole("得分", unit="分", most=100, optional=True, help="百分制")


class AnnualResults(Ledger):
    """The result of an enterprise's annual evaluation on one account."""

    code = "annual_results"
    label = "年度考核结果"
    time = Happens("decided_on")
    alike = ("unit", "account", "year")

    number = Code("结果编号")
    unit = Reference("企业编号", to="enterprises")
    account = Choice("账单", choices=ACCOUNTS)
    year = Year("考核年度")
    decided_on = Day("审定日期")
    grade = Choice("等次", choices=("好", "较好", "一般", "差"))


class Consequences(Ledger):
    """What followed from an annual result for those responsible."""

    code = "consequences"
    label = "结果运用"
    time = Happens("applied_on")
    owner = "result_unit"

    result = Reference("结果编号", to="annual_results", key=True, carry=("unit",))
    kind = Choice("运用方式", choices=("任免", "薪酬", "奖惩"), key=True)
    applied_on = Day("运用日期", key=True)
