"""Who is judged in the demo: five enterprises, what they are, and their Party organizations."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on

GROUP, HEAVY, BUILDER, SERVICE, YOUNG = "QY00", "QY01", "QY02", "QY03", "QY04"
ENTERPRISES = (GROUP, HEAVY, BUILDER, SERVICE, YOUNG)
ABOVE = "SJ00"
LEADING = {
    ABOVE: ABOVE,
    GROUP: "DW00",
    HEAVY: "DW01",
    BUILDER: "DW02",
    SERVICE: "DZB09",
    YOUNG: "DW04",
}
"""The Party organization that leads each enterprise."""
NEW_BRANCH, NEW_BRANCH_ON = "DZB06", on("2026-05-15")
SUPERVISED = (GROUP, HEAVY, BUILDER)
"""Those with a supervisory board."""
YOUNG_ON = on("2025-03-18")


class Firm(NamedTuple):
    """An enterprise and its features since it was founded."""

    number: str
    name: str
    founded_on: dt.date
    features: dict[str, str]


class Body(NamedTuple):
    """A Party organization; `members` is how many it starts with, for a branch."""

    number: str
    name: str
    kind: str
    enterprise: str | None
    superior: str | None
    founded_on: dt.date
    members: int = 0


FIRMS = (
    Firm(
        GROUP,
        "天工样例集团有限公司",
        on("1998-06-18"),
        {
            "规模": "大型",
            "监督机构": "监事会",
            "董事会形式": "董事会",
            "行业门类": "C",
            "法律形式": "有限责任公司",
        },
    ),
    Firm(
        HEAVY,
        "天工样例重型装备有限公司",
        on("2001-03-12"),
        {"规模": "大型", "监督机构": "监事会", "董事会形式": "董事会", "行业门类": "C"},
    ),
    Firm(
        BUILDER,
        "天工样例建设工程有限公司",
        on("2004-09-01"),
        {"规模": "中型", "监督机构": "监事会", "董事会形式": "董事会", "行业门类": "E"},
    ),
    Firm(
        SERVICE,
        "天工样例物业服务有限公司",
        on("2009-05-20"),
        {"规模": "小型", "监督机构": "监事", "董事会形式": "执行董事", "行业门类": "K"},
    ),
    Firm(
        YOUNG,
        "天工样例智能科技有限公司",
        YOUNG_ON,
        {
            "规模": "中型",
            "监督机构": "审计委员会",
            "董事会形式": "董事会",
            "行业门类": "I",
            "有条件整体市场化选聘": "是",
        },
    ),
)

BODIES = (
    Body(ABOVE, "示例省拟设国资系统党委", "党委", None, None, on("1996-01-15")),
    Body("DW00", "天工样例集团党委", "党委", GROUP, ABOVE, on("1998-07-01")),
    Body("DZB01", "集团机关第一党支部", "党支部", GROUP, "DW00", on("2012-03-01"), 30),
    Body("DZB02", "集团机关第二党支部", "党支部", GROUP, "DW00", on("2012-03-01"), 28),
    Body("DW01", "样例重装公司党委", "党委", HEAVY, "DW00", on("2001-05-01")),
    Body("DZZ01", "样例重装制造党总支", "党总支", HEAVY, "DW01", on("2016-04-01")),
    Body("DZB03", "铸造车间党支部", "党支部", HEAVY, "DZZ01", on("2008-04-01"), 38),
    Body("DZB04", "总装车间党支部", "党支部", HEAVY, "DZZ01", on("2008-04-01"), 42),
    Body("DZB05", "技术中心党支部", "党支部", HEAVY, "DW01", on("2010-06-01"), 36),
    Body(NEW_BRANCH, "风电项目部党支部", "党支部", HEAVY, "DW01", NEW_BRANCH_ON),
    Body("DW02", "样例建设公司党委", "党委", BUILDER, "DW00", on("2004-10-01")),
    Body("DZB07", "建设机关党支部", "党支部", BUILDER, "DW02", on("2011-03-01"), 34),
    Body("DZB08", "桥隧分公司党支部", "党支部", BUILDER, "DW02", on("2011-03-01"), 30),
    Body("DZB09", "样例物业公司党支部", "党支部", SERVICE, "DW00", on("2009-06-15"), 18),
    Body("DW04", "样例智能公司党委", "党委", YOUNG, "DW00", on("2025-03-25")),
    Body("DZB10", "智能研发党支部", "党支部", YOUNG, "DW04", on("2025-04-10"), 22),
    Body("DZB11", "智能运营党支部", "党支部", YOUNG, "DW04", on("2025-04-10"), 16),
)
BRANCHES = tuple(body for body in BODIES if body.kind == "党支部")
BODY = {body.number: body for body in BODIES}

_GROUPS = (
    ("DZB03", "DXZ0301", "造型党小组"),
    ("DZB03", "DXZ0302", "熔炼党小组"),
    ("DZB03", "DXZ0303", "清理党小组"),
    ("DZB07", "DXZ0701", "经营党小组"),
    ("DZB07", "DXZ0702", "工程党小组"),
)
GROUPS = tuple((branch, number) for branch, number, _ in _GROUPS)


def write_structure(book: Book) -> None:
    """Enters enterprises, their features, Party organizations and Party groups."""
    for firm in FIRMS:
        top = firm.number == GROUP
        book.add(
            "enterprises",
            number=firm.number,
            name=firm.name,
            is_group=top,
            parent=None if top else GROUP,
            superior=ABOVE if top else "DW00",
            founded_on=firm.founded_on,
        )
        since = max(firm.founded_on, on("2018-01-01"))
        for feature, value in firm.features.items():
            book.add(
                "enterprise_features",
                unit=firm.number,
                feature=feature,
                from_on=since,
                value=value,
                reason="按上年末数据划型" if feature == "规模" else None,
            )
    for body in BODIES:
        book.add(
            "party_organizations",
            number=body.number,
            name=body.name,
            kind=body.kind,
            enterprise=body.enterprise,
            leads=body.enterprise is not None and LEADING[body.enterprise] == body.number,
            superior=body.superior,
            dues_by_quarter=body.number == "DZB08" if body.kind == "党支部" else None,
            founded_on=body.founded_on,
        )
    for branch, number, name in _GROUPS:
        book.add("party_groups", number=number, unit=branch, name=name, founded_on=on("2020-03-01"))
