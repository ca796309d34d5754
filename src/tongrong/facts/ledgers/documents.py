"""Documents in force, and records about the enterprise as a whole."""

from tongrong.facts.columns import (
    Choice,
    Choices,
    Code,
    Day,
    Flag,
    Form,
    Money,
    Reference,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import Happens, Holds, Ledger, Yearly

DOCUMENT_TYPES = (
    "年度党建任务清单",
    "企业改革方案",
    "公司章程",
    "党委会议事规则",
    "董事会职权规则",
    "监事会议事规则",
    "审计委员会议事规则",
    "班子分工文件",
    "职数职位设置办法",
    "外部董事选聘办法",
    "监事选聘办法",
    "纪检审计联合监督办法",
    "企业信息公开制度",
    "劳动用工制度",
    "人事管理制度",
    "差异化薪酬管理制度",
    "职工中长期激励方案",
    "工资总额管理办法",
    "工资总额预算",
    "国有资产损失责任追究制度",
    "风险保证金制度",
    "母子公司管理制度",
    "员工持股方案",
    "双向交流机制",
    "年度培训计划",
    "职工代表大会制度",
    "集体合同",
    "关怀帮扶制度",
    "企业核心价值观",
    "员工行为准则",
    "品牌文化方案",
    "社会责任报告",
    "党建考核方案",
    "责任追究办法",
)
WHOSE_CLAUSE = "清单的名称，即它所在文件夹的名称；空着：凡有此判据编号的清单都算"
FULL_SCORE = 100
ASSESSED_BY = ("上级党组织", "本企业", "外部评审机构")
ELEMENTS = (
    "职责权限",
    "机构设置",
    "运行机制",
    "基础保障",
    "重大决策",
    "选择经理层",
    "薪酬分配",
    "择优录用",
    "能进能出",
    "能上能下",
    "取消行政级别",
    "分级管理",
    "正常增长机制",
    "党员教育培训",
    "职业培训",
    "带薪疗养",
    "困难党员帮扶",
    "特殊群体关爱",
    "加分",
    "减分",
    "权重",
)
METRICS = (
    "研发经费支出",
    "销售收入",
    "年初国有资本",
    "年末国有资本",
    "净利润",
    "年初所有者权益",
    "年末所有者权益",
    "上市公司资产总额",
    "资产总额",
    "重点行业国有资本",
    "国有资本总额",
    "国际业务收入",
)


class Documents(Ledger):
    """One approved document and what it contains."""

    code = "documents"
    label = "制度文件"
    time = Holds("effective_on", "repealed_on")

    number = Code("文件编号")
    unit = Reference("单位编号", to="units")
    type = Choice("文件类型", choices=DOCUMENT_TYPES)
    title = Text("文件名称")
    year = Year("所属年度", optional=True, help="年度文件填写")
    effective_on = Day("生效日期", help="审定后开始执行的日期")
    repealed_on = Day("废止日期", optional=True, help="自该日起失效")
    elements = Choices("写明的内容", choices=ELEMENTS, optional=True)


class DisciplineCases(Ledger):
    """One closed case and the two inquiries of 一案双查; no names are kept."""

    code = "discipline_cases"
    label = "违纪案件"
    time = Happens("closed_on")

    number = Code("案件编号")
    unit = Reference("单位编号", to="units")
    closed_on = Day("结案日期")
    inquiries = Choices("已开展的调查", choices=("当事人责任", "领导责任"), optional=True)


class Audits(Ledger):
    """One audit of a leader."""

    code = "audits"
    label = "经济责任审计"
    time = Happens("audited_on")

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("被审计人编号", to="persons", key=True)
    kind = Choice("审计类型", choices=("离任审计", "任期审计"), key=True)
    audited_on = Day("审计报告日期", key=True)


class Supervisions(Ledger):
    """One joint supervision and the bodies that took part."""

    code = "supervisions"
    label = "联合监督"
    time = Happens("held_on")

    number = Code("监督编号")
    unit = Reference("单位编号", to="units")
    held_on = Day("开展日期")
    bodies = Choices("参加机构", choices=("纪委", "监事会", "审计委员会", "审计部门"))


class Disclosures(Ledger):
    """One disclosure of enterprise information."""

    code = "disclosures"
    label = "信息公开"
    time = Happens("disclosed_on")

    number = Code("公开编号")
    unit = Reference("单位编号", to="units")
    disclosed_on = Day("公开日期")
    title = Text("公开事项")


class Budgets(Ledger):
    """The Party-work budget of an enterprise for a year."""

    code = "budgets"
    label = "党建工作经费预算"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("预算年度", key=True)
    amount = Money("预算金额")
    carried_over = Money("结转余额充抵", optional=True)
    in_enterprise_budget = Flag("是否纳入企业预算")


class Payroll(Ledger):
    """The total payroll of an enterprise for a year."""

    code = "payroll"
    label = "工资总额"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("年度", key=True)
    total = Money("全年职工工资总额")


class EconomicFigures(Ledger):
    """One economic figure of an enterprise for a year."""

    code = "economic_figures"
    label = "经济指标"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("年度", key=True)
    metric = Choice(
        "指标", choices=METRICS, key=True, help="集团公司填合并口径；年末国有资本扣除客观因素"
    )
    amount = Money("金额", signed=True)


class Assessments(Ledger):
    """One score by a named assessor on the rubric of a clause."""

    code = "assessments"
    label = "评定"
    time = Holds("assessed_on", "expires_on")
    of_checklist = "checklist"

    unit = Reference("单位编号", to="units", key=True)
    checklist = Text("清单", key=True, optional=True, help=WHOSE_CLAUSE)
    clause = Text("判据编号", key=True, longest=10)
    assessed_on = Day("评定日期", key=True)
    expires_on = Day("有效期至", help="自该日起失效")
    assessed_by = Choice("评定主体", choices=ASSESSED_BY)
    assessor = Reference("评定人编号", to="persons")
    score = Whole("得分", unit="分", most=FULL_SCORE, help="百分制")
    evidence = Text("佐证")


class Justifications(Ledger):
    """One approved justification of one clause, period or member not met."""

    code = "justifications"
    label = "情况说明"
    time = Holds("approved_on", "expires_on")
    of_checklist = "checklist"

    unit = Reference("单位编号", to="units", key=True)
    checklist = Text("清单", key=True, optional=True, help=WHOSE_CLAUSE)
    clause = Text("判据编号", key=True, longest=10)
    period = Text("期间", key=True, optional=True, longest=10, form=Form.PERIOD,
                  help="如 2026-03、2026Q1、2026")  # fmt: skip
    member = Text("对象", key=True, optional=True, longest=80, help="人员编号或其他对象编号")
    approved_on = Day("批准日期", key=True)
    expires_on = Day("有效期至", optional=True)
    reason = Text("理由", longest=500)
    approved_by = Text("批准机构")


class NilDeclarations(Ledger):
    """A dated statement that a register has nothing to record for a span of time (本期无)."""

    code = "nil_declarations"
    label = "本期无申报"
    time = Happens("declared_on")

    unit = Reference("单位编号", to="units", key=True)
    ledger = Text("台账", key=True, longest=40, form=Form.LEDGER, help="台账名称，如 违纪案件")
    declared_on = Day("申报日期", key=True)
