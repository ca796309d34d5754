"""Enterprises and Party organizations: who is judged, and what they are."""

from collections.abc import Mapping

from tongrong.facts.columns import Choice, Code, CreditCode, Day, Flag, Reference, Text
from tongrong.facts.ledger import Holds, Ledger

SIZES = ("大型", "中型", "小型", "微型")
SIZE, SECTION = "规模", "行业门类"
"""The features that follow from an enterprise's figures where no row of theirs is recorded."""
CLASS = "功能类别"
"""The feature that says for which enterprises a superior sets metrics."""
YES_NO = ("是", "否")
# What an enterprise can be: the only words a value may be written in. 行业门类 is the section
# of GB/T 4754-2017; where a feature is the name of a list, 否 takes the enterprise off it.
FEATURE_VALUES: Mapping[str, tuple[str, ...]] = {
    SIZE: SIZES,
    "监督机构": ("监事会", "审计委员会", "监事", "无"),
    "董事会形式": ("董事会", "执行董事", "无"),
    "法律形式": ("有限责任公司", "股份有限公司", "全民所有制企业", "集体所有制企业", "合伙企业"),
    SECTION: tuple("ABCDEFGHIJKLMNOPQRST"),
    "控制关系": ("控股", "参股"),
    "有条件整体市场化选聘": YES_NO,
    CLASS: ("商业一类", "商业二类", "公益类"),
    "股东会形式": ("股东会", "不设股东会"),
    "上市后备": YES_NO,
    "混合所有制": YES_NO,
    "退出清单": ("不具备竞争优势", "产能过剩", "“僵尸”企业", "否"),
    "有条件国际化经营": YES_NO,
    "境外企业": YES_NO,
    "上市情况": ("上市", "未上市"),
}
FEATURES = tuple(FEATURE_VALUES)
ORGANIZATION_KINDS = ("党委", "党组", "党总支", "党支部", "联合党支部", "临时党支部")


class Enterprises(Ledger):
    """One enterprise with its own business licence."""

    code = "enterprises"
    label = "企业"
    time = Holds("founded_on", "dissolved_on")
    owner = "number"
    also = ("企业信息", "企业名录", "公司")
    alike = ("name",)

    number = Code("企业编号", also=("公司编号", "单位编号"))
    name = Text("企业名称", also=("企业全称", "公司名称", "公司全称", "单位名称"))
    short_name = Text(
        "企业简称", optional=True, longest=50, help="引用本企业时也可以写", also=("公司简称",)
    )
    credit_code = CreditCode("统一社会信用代码", optional=True, also=("社会信用代码", "信用代码"))
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
    also = ("党组织信息", "基层党组织")
    alike = ("name", "enterprise")

    number = Code("党组织编号")
    name = Text("党组织名称", also=("党组织全称", "组织名称"))
    short_name = Text("党组织简称", optional=True, longest=50, help="引用本党组织时也可以写")
    kind = Choice("党组织类型", choices=ORGANIZATION_KINDS, also=("党组织类别", "组织类型"))
    enterprise = Reference("所在企业编号", to="enterprises", optional=True)
    leads = Flag("是否企业本级党组织", help="一个企业只有一个：它的会议即企业党委会")
    superior = Reference("上级党组织编号", to="party_organizations", optional=True)
    outside_superior = Text(
        "系统外的上级党组织", optional=True, help="上级党组织不在本系统时填写其名称"
    )
    basis = Choice(
        "设立依据",
        choices=("按党员人数设立", "经上级批准设立"),
        optional=True,
        help="党员人数不足、因工作需要经上级批准设立的，选后者",
    )
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


class MassOrganizations(Ledger):
    """One mass organization of an enterprise: trade union, Youth League, women workers' body."""

    code = "mass_organizations"
    label = "群团组织"
    time = Holds("founded_on", "dissolved_on")

    number = Code("群团组织编号")
    unit = Reference("企业编号", to="enterprises")
    kind = Choice("群团组织类型", choices=("工会", "共青团", "女工委"))
    name = Text("群团组织名称")
    founded_on = Day("成立日期")
    dissolved_on = Day("撤销日期", optional=True)


class Elections(Ledger):
    """One election of a Party or mass organization, in force until the next one (换届)."""

    code = "elections"
    label = "换届选举"
    time = Holds("elected_on", None, next_of=("unit", "body"))

    unit = Reference("单位编号", to="units", key=True, help="群团组织填企业编号")
    body = Choice("选举机构", choices=("党组织", "工会", "共青团", "女工委"), key=True)
    elected_on = Day("选举日期", key=True)
    term_until = Day("任期届满日期")


class EnterpriseDisposals(Ledger):
    """One zombie or bankrupt enterprise in disposal, and what was done with its Party side."""

    code = "enterprise_disposals"
    label = "企业处置"
    time = Holds("started_on", "finished_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    kind = Choice("处置类型", choices=("“僵尸”企业处置", "破产"), key=True)
    started_on = Day("处置启动日期", key=True)
    finished_on = Day("处置完成日期", optional=True)
    affiliation_adjusted_on = Day("党组织隶属关系调整日期", optional=True)
