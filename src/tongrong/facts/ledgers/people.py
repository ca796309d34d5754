"""Persons, the posts they hold, their Party membership and division of work."""

from tongrong.facts.columns import (
    Choice,
    Choices,
    Code,
    Day,
    Flag,
    IdentityNumber,
    Privacy,
    Reference,
    Text,
    Whole,
)
from tongrong.facts.ledger import Holds, Ledger, Timeless

POSTS = (
    "党委书记",
    "专职副书记",
    "党委副书记",
    "纪委书记",
    "党委委员",
    "党总支书记",
    "党总支副书记",
    "党总支委员",
    "党支部书记",
    "党支部副书记",
    "党支部委员",
    "董事长",
    "董事",
    "职工董事",
    "外部董事",
    "执行董事",
    "总经理",
    "副总经理",
    "总会计师",
    "总工程师",
    "监事会主席",
    "监事",
    "职工监事",
    "审计委员会委员",
    "工会主席",
    "中层正职",
    "中层副职",
)
COMMITTEE_POSTS = POSTS[:5]
LEADERS_POSTS = POSTS[: POSTS.index("工会主席") + 1]
"""Those of the leading bodies, without the middle ranks."""
FOUR_STEPS = ("确定标准", "规范程序", "参与考察", "推荐人选")
SOURCES = ("经营管理层", "技术骨干", "业务精英", "生产经营一线", "青年职工", "其他")
AREAS = ("全面工作", "党建工作", "纪检监察", "组织人事", "生产经营", "财务资产", "安全环保", "其他")


class Persons(Ledger):
    """One person who holds a post or is a Party member."""

    code = "persons"
    label = "人员"
    time = Timeless()
    owner = None
    also = ("人员信息", "花名册")
    alike = ("identity_number",)

    number = Code("人员编号", also=("工号", "职工编号", "员工编号"))
    name = Text("姓名", privacy=Privacy.PERSONAL, longest=50, also=("人员姓名",))
    born_on = Day(
        "出生日期",
        optional=True,
        privacy=Privacy.SENSITIVE,
        help="只用于班子和中层的年龄结构",
        past=True,
    )
    identity_number = IdentityNumber(
        "公民身份号码",
        optional=True,
        help="只用于核对，不作编号；页面上只显示首尾几位，看全号要写原因、留记录",
        also=("身份证号", "身份证号码", "居民身份证号码", "身份证件号码"),
    )


class Posts(Ledger):
    """One person holding one post, from a day until the day it ends."""

    code = "posts"
    label = "任职"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("任职单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True, carry=("born_on",))
    post = Choice("职务", choices=POSTS, key=True, also=("职位",))
    from_on = Day("任职日期", key=True)
    until_on = Day("免职日期", optional=True, help="自该日起不再任职")
    market_hired = Flag("是否市场化选聘", optional=True)
    steps = Choices(
        "党组织把关", choices=FOUR_STEPS, optional=True, help="经理层任用中党组织已履行的环节"
    )


class Memberships(Ledger):
    """One member's relation with one branch, from transfer in until transfer out."""

    code = "memberships"
    label = "党员组织关系"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    from_on = Day("转入日期", key=True, help="发展的党员填支部大会接收日期")
    until_on = Day("转出日期", optional=True, help="自该日起不在本支部")
    admitted_on = Day("接收为预备党员日期", optional=True)
    full_on = Day("转正日期", optional=True, help="空白为预备党员")
    sources = Choices("发展来源", choices=SOURCES, optional=True)
    workplace = Reference("所在基层单位编号", to="workplaces", optional=True)


class Charges(Ledger):
    """One portfolio of a leader (分工), with the subsidiary in his or her charge if any."""

    code = "charges"
    label = "班子分工"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True)
    area = Choice("分工领域", choices=AREAS, key=True)
    subsidiary = Reference("分管下属企业编号", to="enterprises", key=True, optional=True)
    from_on = Day("起始日期", key=True)
    until_on = Day("终止日期", optional=True)
    document = Reference(
        "分工文件编号", to="documents", optional=True, carry=("type", "effective_on", "repealed_on")
    )


class PostQuotas(Ledger):
    """The number of posts of a level set by a competent body."""

    code = "post_quotas"
    label = "职数核定"
    time = Holds("from_on", "until_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    level = Choice("职务层级", choices=("高层", "中层", "经理层"), key=True)
    from_on = Day("起始日期", key=True)
    until_on = Day("终止日期", optional=True)
    posts_set = Whole("核定职数", unit="人")
    set_by = Choice("核定机构", choices=("董事会", "股东会", "党委", "上级单位"))
