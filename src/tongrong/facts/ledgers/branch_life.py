"""What branches keep: dues, appraisals, disposals, positions; and contact points above them."""

from tongrong.facts.columns import (
    Choice,
    Choices,
    Code,
    Day,
    Flag,
    Money,
    Month,
    Privacy,
    Reference,
    Text,
    Year,
)
from tongrong.facts.ledger import Happens, Holds, Ledger

SIX_HAVES = ("有场所", "有设施", "有标志", "有党旗", "有书报", "有制度")


class Dues(Ledger):
    """One member's dues for one month."""

    code = "dues"
    label = "党费收缴"
    also = ("党费", "党费缴纳")
    time = Happens("paid_on")

    unit = Reference("党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    month = Month("所属月份", key=True)
    category = Choice("缴费类别", choices=("在职", "离退休", "定额"))
    base = Money("缴费基数", optional=True, privacy=Privacy.SENSITIVE)
    paid = Money("实缴金额", privacy=Privacy.SENSITIVE, also=("缴纳金额", "实缴党费"))
    paid_on = Day("缴纳日期")
    by_payroll = Flag("是否从工资中代扣")
    reduced_to = Money("批准减免后应缴", optional=True, privacy=Privacy.SENSITIVE)
    reduction_approver = Reference("减免批准党组织编号", to="party_organizations", optional=True)


class Appraisals(Ledger):
    """One member's result in the annual 民主评议党员."""

    code = "appraisals"
    label = "民主评议党员"
    time = Happens("appraised_on")

    unit = Reference("党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    year = Year("评议年度", key=True)
    appraised_on = Day("评议日期")
    grade = Choice(
        "评议等次", choices=("优秀", "合格", "基本合格", "不合格"), privacy=Privacy.PERSONAL
    )


class Disposals(Ledger):
    """One decision on a member rated 不合格."""

    code = "disposals"
    label = "不合格党员处置"
    time = Happens("decided_on")

    unit = Reference("党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    decided_on = Day("处置日期", key=True)
    kind = Choice("处置方式", choices=("限期改正", "劝其退党", "除名"), privacy=Privacy.SENSITIVE)


class Positions(Ledger):
    """One 阵地: a room or a board kept for Party work."""

    code = "positions"
    label = "阵地"
    time = Holds("from_on", "until_on")

    number = Code("阵地编号")
    unit = Reference("党组织编号", to="party_organizations")
    kind = Choice("阵地类型", choices=("党员活动室", "学习宣传栏", "党建展厅", "其他阵地"))
    name = Text("阵地名称")
    from_on = Day("启用日期")
    until_on = Day("停用日期", optional=True)
    elements = Choices("六有", choices=SIX_HAVES, optional=True)


class ContactPoints(Ledger):
    """One leader of a superior committee contacting one subordinate enterprise."""

    code = "contact_points"
    label = "党建工作联系点"
    time = Holds("from_on", "until_on")

    number = Code("联系点编号")
    unit = Reference("上级党组织编号", to="party_organizations")
    person = Reference("联系领导编号", to="persons")
    enterprise = Reference("联系企业编号", to="enterprises")
    from_on = Day("起始日期")
    until_on = Day("终止日期", optional=True)


class Visits(Ledger):
    """One visit to a contact point."""

    code = "visits"
    label = "联系点调研"
    time = Happens("visited_on")
    owner = "contact_point_unit"

    contact_point = Reference(
        "联系点编号", to="contact_points", key=True, carry=("unit", "enterprise")
    )
    visited_on = Day("调研日期", key=True)
    kind = Choice("调研类型", choices=("专题调研", "一般走访"))
