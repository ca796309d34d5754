"""Enterprises and Party organizations: who is judged, and what they are."""

from tongrong.facts.columns import Choice, Code, Day, Flag, Reference, Text
from tongrong.facts.ledger import Holds, Ledger

SIZES = ("大型", "中型", "小型", "微型")
FEATURES = (
    "规模",
    "监督机构",
    "董事会形式",
    "法律形式",
    "行业门类",
    "控制关系",
    "有条件整体市场化选聘",
)
ORGANIZATION_KINDS = ("党委", "党组", "党总支", "党支部", "联合党支部", "临时党支部")


class Enterprises(Ledger):
    """One enterprise with its own business licence."""

    code = "enterprises"
    label = "企业"
    time = Holds("founded_on", "dissolved_on")
    owner = "number"

    number = Code("企业编号")
    name = Text("企业名称")
    is_group = Flag("是否集团公司")
    parent = Reference("母公司编号", to="enterprises", optional=True)
    superior = Reference(
        "上级党组织编号", to="party_organizations", optional=True, help="联系指导本企业的上级党委"
    )
    founded_on = Day("设立日期")
    dissolved_on = Day("注销日期", optional=True, help="自该日起不再存续")


class EnterpriseFeatures(Ledger):
    """What an enterprise is from a day on, until the next row of the same feature."""

    code = "enterprise_features"
    label = "企业属性"
    time = Holds("from_on", None, next_of=("unit", "feature"))

    unit = Reference("企业编号", to="enterprises", key=True)
    feature = Choice("属性", choices=FEATURES, key=True)
    from_on = Day("起始日期", key=True)
    value = Text("属性值", help="如 规模=大型；监督机构=监事会；董事会形式=董事会")
    reason = Text("依据或理由", optional=True)


class PartyOrganizations(Ledger):
    """One Party organization of any level."""

    code = "party_organizations"
    label = "党组织"
    time = Holds("founded_on", "dissolved_on")
    owner = "number"

    number = Code("党组织编号")
    name = Text("党组织名称")
    kind = Choice("党组织类型", choices=ORGANIZATION_KINDS)
    enterprise = Reference("所在企业编号", to="enterprises", optional=True)
    leads = Flag("是否企业本级党组织", help="一个企业只有一个：它的会议即企业党委会")
    superior = Reference("上级党组织编号", to="party_organizations", optional=True)
    dues_by_quarter = Flag("是否按季缴纳党费", optional=True)
    founded_on = Day("成立日期")
    dissolved_on = Day("撤销日期", optional=True, help="自该日起不再存在")


class PartyGroups(Ledger):
    """One 党小组 of a branch."""

    code = "party_groups"
    label = "党小组"
    time = Holds("founded_on", "dissolved_on")

    number = Code("党小组编号")
    unit = Reference("党支部编号", to="party_organizations")
    name = Text("党小组名称")
    founded_on = Day("成立日期")
    dissolved_on = Day("撤销日期", optional=True)
