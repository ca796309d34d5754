"""The Party organizations of the demo: a superior committee, and some sixty below it."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.days import THIS_YEAR, on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    LISTED,
    MINORITY,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    YOUNG,
    ZOMBIE,
    ZOMBIE_MOVED_ON,
)

ABOVE = "SJ00"
LEADING = {
    ABOVE: ABOVE,
    GROUP: "DW00",
    HEAVY: "DW01",
    BUILDER: "DW02",
    SERVICE: "DZB09",
    YOUNG: "DW04",
    LISTED: "DW05",
    MIXED: "DW06",
    OVERSEAS: "DZB42",
    ZOMBIE: "DZB43",
    CARRIER: "DW09",
    WATER: "DW10",
    MINORITY: "DZB44",
    BANKRUPT: "DZB45",
}
"""The Party organization that leads each enterprise."""
NEW_BRANCH, NEW_BRANCH_ON = "DZB06", on("2026-05-15")
TEMPORARY, TEMPORARY_ON = "DZB47", on("2026-03-12")


class Body(NamedTuple):
    """A Party organization; a branch starts with so many members, at a place of this kind."""

    number: str
    name: str
    kind: str
    enterprise: str | None
    superior: str | None
    founded_on: dt.date
    members: int = 0
    place: str = "机关部门"
    dissolved_on: dt.date | None = None

    @property
    def is_branch(self) -> bool:
        """Whether members belong to it directly."""
        return self.kind in ("党支部", "联合党支部", "临时党支部")

    @property
    def leads(self) -> bool:
        """Whether it leads its enterprise."""
        return self.enterprise is not None and LEADING[self.enterprise] == self.number

    @property
    def is_new(self) -> bool:
        """Whether it was founded in the year the demo ends in."""
        return self.founded_on.year == THIS_YEAR

    def exists(self, day: dt.date) -> bool:
        """Whether it exists on a day."""
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)


_SHOP, _SITE, _POINT, _WINDOW = "车间班组", "工程项目", "经营网点", "窗口单位"


def _branches(
    enterprise: str, superior: str, founded: str, rows: tuple[tuple[int, str, int, str], ...]
) -> tuple[Body, ...]:
    """Branches of one superior founded on one day: number, name, members, place."""
    return tuple(
        Body(
            f"DZB{n}", f"{name}党支部", "党支部", enterprise, superior, on(founded), members, place
        )
        for n, name, members, place in rows
    )


BODIES = (
    Body(ABOVE, "示例省拟设国资系统党委", "党委", None, None, on("1996-01-15")),
    Body("DW00", "天工样例集团党委", "党委", GROUP, ABOVE, on("1998-07-01")),
    Body("DZB01", "集团机关第一党支部", "党支部", GROUP, "DW00", on("2012-03-01"), 30),
    Body("DZB02", "集团机关第二党支部", "党支部", GROUP, "DW00", on("2012-03-01"), 28),
    Body("DW01", "样例重装公司党委", "党委", HEAVY, "DW00", on("2001-05-01")),
    Body("DZZ01", "样例重装制造党总支", "党总支", HEAVY, "DW01", on("2016-04-01")),
    Body("DZB03", "铸造车间党支部", "党支部", HEAVY, "DZZ01", on("2008-04-01"), 38, _SHOP),
    Body("DZB04", "总装车间党支部", "党支部", HEAVY, "DZZ01", on("2008-04-01"), 42, _SHOP),
    Body("DZB05", "技术中心党支部", "党支部", HEAVY, "DW01", on("2010-06-01"), 36),
    Body(NEW_BRANCH, "风电项目部党支部", "党支部", HEAVY, "DW01", NEW_BRANCH_ON, 0, _SITE),
    Body("DW02", "样例建设公司党委", "党委", BUILDER, "DW00", on("2004-10-01")),
    Body("DZB07", "建设机关党支部", "党支部", BUILDER, "DW02", on("2011-03-01"), 34),
    Body("DZB08", "桥隧分公司党支部", "党支部", BUILDER, "DW02", on("2011-03-01"), 30, _SITE),
    Body("DZB09", "样例物业公司党支部", "党支部", SERVICE, "DW00", on("2009-06-15"), 18, _WINDOW),
    Body("DW04", "样例智能公司党委", "党委", YOUNG, "DW00", on("2025-03-25")),
    Body("DZB10", "智能研发党支部", "党支部", YOUNG, "DW04", on("2025-04-10"), 22),
    Body("DZB11", "智能运营党支部", "党支部", YOUNG, "DW04", on("2025-04-10"), 16, _POINT),
    # The listed firm: two general branches for its shops and its service, eleven branches.
    Body("DW05", "样例轨道公司党委", "党委", LISTED, "DW00", on("2006-12-01")),
    Body("DZZ02", "样例轨道制造党总支", "党总支", LISTED, "DW05", on("2014-05-06")),
    Body("DZZ03", "样例轨道服务党总支", "党总支", LISTED, "DW05", on("2014-05-06")),
    *_branches(
        LISTED,
        "DW05",
        "2012-06-18",
        (
            (12, "轨道机关第一", 42, "机关部门"),
            (13, "轨道机关第二", 38, "机关部门"),
            (14, "轨道研究院", 50, "机关部门"),
            (15, "轨道试验中心", 32, "机关部门"),
        ),
    ),
    *_branches(
        LISTED,
        "DZZ02",
        "2013-09-10",
        (
            (16, "车体车间", 52, _SHOP),
            (17, "转向架车间", 48, _SHOP),
            (18, "涂装车间", 40, _SHOP),
            (19, "总成车间", 51, _SHOP),
            (20, "电气车间", 37, _SHOP),
        ),
    ),
    *_branches(
        LISTED,
        "DZZ03",
        "2013-09-10",
        ((21, "检修服务", 44, _POINT), (22, "备件销售", 33, _POINT), (23, "客户服务", 30, _WINDOW)),
    ),
    Body("DW06", "样例绿能公司党委", "党委", MIXED, "DW00", on("2015-06-01")),
    *_branches(
        MIXED,
        "DW06",
        "2015-07-01",
        (
            (24, "绿能机关", 36, "混合所有制企业"),
            (25, "电池车间", 42, _SHOP),
            (26, "储能车间", 34, _SHOP),
            (27, "绿能研发", 38, "机关部门"),
            (28, "充电运营", 26, _POINT),
        ),
    ),
    Body("DW09", "样例物流公司党委", "党委", CARRIER, "DW00", on("2010-05-10")),
    *_branches(
        CARRIER,
        "DW09",
        "2012-11-05",
        (
            (29, "物流机关", 38, "机关部门"),
            (30, "仓储配送", 40, _POINT),
            (31, "干线运输", 46, _SHOP),
            (32, "供应链金融", 24, "机关部门"),
            (33, "港口业务", 35, _POINT),
            (34, "口岸通关", 22, _WINDOW),
        ),
    ),
    Body("DZB46", "驻外网点联合党支部", "联合党支部", CARRIER, "DW09", on("2021-04-12"), 9, _POINT),
    Body("DW10", "样例水务公司党委", "党委", WATER, "DW00", on("2009-02-01")),
    Body("DZZ04", "样例水务水厂党总支", "党总支", WATER, "DW10", on("2015-03-16")),
    *_branches(
        WATER,
        "DZZ04",
        "2015-03-16",
        ((35, "第一水厂", 34, _SHOP), (36, "第二水厂", 32, _SHOP), (37, "管网维护", 40, _SHOP)),
    ),
    *_branches(
        WATER,
        "DW10",
        "2012-07-02",
        (
            (38, "水务机关", 39, "机关部门"),
            (39, "营业大厅", 28, _WINDOW),
            (40, "污水处理", 37, _SHOP),
            (41, "环境监测", 25, "机关部门"),
        ),
    ),
    Body(
        "DZB42", "海外工程公司党支部", "党支部", OVERSEAS, "DW02", on("2017-09-20"), 16,
        "境外分支机构",
    ),
    Body(
        "DZB43", "铸锻件公司党支部", "党支部", ZOMBIE, "DW05", on("2003-01-10"), 13, _SHOP,
        ZOMBIE_MOVED_ON,
    ),
    Body(
        "DZB44", "汽车零部件公司党支部", "党支部", MINORITY, "DW00", on("2016-07-01"), 12,
        "参股企业",
    ),
    Body("DZB45", "纺织机械公司党支部", "党支部", BANKRUPT, "DW05", on("2003-06-01"), 11, _SHOP),
    Body(
        TEMPORARY, "跨江大桥项目临时党支部", "临时党支部", BUILDER, "DW02", TEMPORARY_ON, 0,
        _SITE,
    ),
)  # fmt: skip
BRANCHES = tuple(body for body in BODIES if body.is_branch)
BODY = {body.number: body for body in BODIES}
LED_BY_BRANCH = frozenset(x for x in ENTERPRISES if BODY[LEADING[x]].is_branch)
"""Enterprises whose leading Party organization is a branch: its officers are their leaders."""
LEADING_BRANCHES = frozenset(LEADING[x] for x in LED_BY_BRANCH)

PARTY_GROUPS = (
    ("DZB03", "DXZ0301", "造型党小组"),
    ("DZB03", "DXZ0302", "熔炼党小组"),
    ("DZB03", "DXZ0303", "清理党小组"),
    ("DZB07", "DXZ0701", "经营党小组"),
    ("DZB07", "DXZ0702", "工程党小组"),
    ("DZB14", "DXZ1401", "牵引党小组"),
    ("DZB14", "DXZ1402", "制动党小组"),
    ("DZB16", "DXZ1601", "甲班党小组"),
    ("DZB16", "DXZ1602", "乙班党小组"),
    ("DZB31", "DXZ3101", "北线党小组"),
    ("DZB31", "DXZ3102", "南线党小组"),
)
GROUPS = tuple((branch, number) for branch, number, _ in PARTY_GROUPS)
