"""Internal units with their staff: departments, workplaces, Party workers, pay and exchanges."""

from tongrong.facts.columns import (
    Choice,
    Choices,
    Code,
    Day,
    Flag,
    Money,
    Privacy,
    Reference,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import Happens, Holds, Ledger, Yearly

FUNCTIONS = ("纪检", "组织", "宣传", "人事管理", "基层党建", "其他")
WORKPLACE_KINDS = (
    "机关部门",
    "车间班组",
    "经营网点",
    "工程项目",
    "窗口单位",
    "参股企业",
    "混合所有制企业",
    "境外分支机构",
)
RANKS = ("高层正职", "高层副职", "中层正职", "中层副职", "主管", "员工")


class Departments(Ledger):
    """One department, what it is for, who is in charge of it and how many posts it has."""

    code = "departments"
    label = "内设部门"
    time = Holds("from_on", "until_on")

    number = Code("部门编号")
    unit = Reference("企业编号", to="enterprises")
    name = Text("部门名称")
    level = Choice("部门级别", choices=("一级部门", "二级部门"))
    party = Flag("是否党建工作部门")
    functions = Choices("职能", choices=FUNCTIONS)
    leader = Reference("分管领导编号", to="persons")
    authorized = Whole("编制数", unit="人")
    from_on = Day("设立日期")
    until_on = Day("撤销日期", optional=True)


class Workplaces(Ledger):
    """One place where members work: who manages it, and which Party organization covers it."""

    code = "workplaces"
    label = "基层单位"
    time = Holds("from_on", "until_on")

    number = Code("基层单位编号")
    unit = Reference("企业编号", to="enterprises", help="由哪个企业管理")
    kind = Choice("基层单位类型", choices=WORKPLACE_KINDS)
    name = Text("基层单位名称")
    manager = Reference("行政负责人编号", to="persons", optional=True)
    organization = Reference(
        "所在党组织编号", to="party_organizations", optional=True, help="单独或联合设立的党组织"
    )
    from_on = Day("设立日期")
    until_on = Day("撤销日期", optional=True)


class PartyWorkers(Ledger):
    """One person doing Party work, full-time or part-time."""

    code = "party_workers"
    label = "党务工作人员"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True)
    from_on = Day("起始日期", key=True)
    until_on = Day("终止日期", optional=True)
    full_time = Flag("是否专职")
    department = Reference("所在部门编号", to="departments", optional=True)


class RankPay(Ledger):
    """What the people of one rank on one track were paid in a year; sums, no persons."""

    code = "rank_pay"
    label = "同职级薪酬"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("年度", key=True)
    rank = Choice("职级", choices=RANKS, key=True)
    track = Choice("序列", choices=("党务", "经营管理"), key=True)
    heads = Whole("人数", unit="人")
    total = Money("薪酬合计", privacy=Privacy.SENSITIVE)


class Exchanges(Ledger):
    """One person moved between Party work and management, or posted to a leading peer."""

    code = "exchanges"
    label = "交流任职"
    time = Happens("moved_on")

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True)
    moved_on = Day("交流日期", key=True)
    kind = Choice("交流类型", choices=("党务转经营管理", "经营管理转党务", "到领军企业挂职"))
