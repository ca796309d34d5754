"""Projects with their milestones, and the platforms an enterprise runs."""

from tongrong.facts.columns import Choice, Code, Day, Reference, Text
from tongrong.facts.ledger import Holds, Ledger

RESTRUCTURING = ("合并", "划转", "并购", "内部整合")
PROJECT_KINDS = (
    *RESTRUCTURING,
    "上市培育",
    "退出",
    "产学研合作",
    "国家重大项目",
    "省重大项目",
    "一带一路",
    "全创试验",
    "军民融合",
    "国际化经营",
    "党建研究课题",
)
LABORATORIES = ("重点实验室", "工程技术研究中心", "企业技术中心", "院士专家工作站")
WORKSHOPS = ("技能大师工作室", "工匠工作室", "劳模创新工作室")


class Projects(Ledger):
    """One project, from its start until it is concluded."""

    code = "projects"
    label = "项目"
    time = Holds("from_on", "until_on")

    number = Code("项目编号")
    unit = Reference("单位编号", to="units")
    kind = Choice("项目类型", choices=PROJECT_KINDS)
    title = Text("项目名称")
    enterprise = Reference(
        "对象企业编号", to="enterprises", optional=True, help="上市培育、退出等针对某企业时填写"
    )
    from_on = Day("开始日期", help="列入计划的项目填列入日期")
    until_on = Day("结项日期", optional=True)
    leader = Reference("负责人编号", to="persons", optional=True)
    output = Text("成果", optional=True, help="结项时填写")


class Milestones(Ledger):
    """One stage of a project's plan: when it is due and when it was done."""

    code = "milestones"
    label = "项目节点"
    time = Holds("set_on", None)
    owner = "project_unit"

    project = Reference(
        "项目编号", to="projects", key=True, carry=("unit", "kind", "enterprise", "until_on")
    )
    name = Text("节点名称", key=True, longest=60)
    set_on = Day("制定日期")
    due_on = Day("计划完成日期")
    done_on = Day("实际完成日期", optional=True, past=True)


class Platforms(Ledger):
    """One platform of innovation or craft, in use from a day until another."""

    code = "platforms"
    label = "创新与技能平台"
    time = Holds("from_on", "until_on")

    number = Code("平台编号")
    unit = Reference("企业编号", to="enterprises")
    kind = Choice("平台类型", choices=(*LABORATORIES, *WORKSHOPS))
    name = Text("平台名称")
    from_on = Day("启用日期")
    until_on = Day("停用日期", optional=True)
