"""The enterprises of the demo: a group, its twelve subsidiaries on two levels, what each is."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from tongrong.facts.demo.days import AS_OF, on

GROUP, HEAVY, BUILDER, SERVICE, YOUNG = "QY00", "QY01", "QY02", "QY03", "QY04"
LISTED, MIXED, OVERSEAS, ZOMBIE = "QY05", "QY06", "QY07", "QY08"
CARRIER, WATER, MINORITY, BANKRUPT = "QY09", "QY10", "QY11", "QY12"
YOUNG_ON = on("2025-03-18")
STOCK_ON = on("2026-06-30")
"""The group becomes a company limited by shares."""
LISTED_AUDIT_ON = on("2025-12-26")
"""The listed firm's audit committee takes over from its supervisory board."""
ZOMBIE_ON, ZOMBIE_MOVED_ON = on("2026-05-18"), on("2026-08-10")
"""The zombie's disposal begins; its members are transferred and its branch is dissolved."""
BANKRUPT_ON = on("2026-05-06")


class Firm(NamedTuple):
    """An enterprise and its features: one value since it was founded, or values from days."""

    number: str
    name: str
    founded_on: dt.date
    parent: str | None
    features: Mapping[str, str | tuple[tuple[str, str], ...]]

    def is_(self, feature: str, *values: str, day: dt.date = AS_OF) -> bool:
        """Whether the feature has one of these values on a day."""
        value = self.features.get(feature)
        if isinstance(value, tuple):
            value = next((text for since, text in reversed(value) if on(since) <= day), None)
        return value in values


def _size(size: str, sector: str, supervised: str = "监事会") -> dict[str, str]:
    """What most enterprises are: companies the group controls, with a board and shareholders."""
    small = size in ("小型", "微型")
    return {
        "规模": size,
        "监督机构": "监事" if small else supervised,
        "董事会形式": "执行董事" if small else "董事会",
        "行业门类": sector,
        "法律形式": "有限责任公司",
        "控制关系": "控股",
        "功能类别": "商业一类",
        "股东会形式": "不设股东会",
        "上市情况": "未上市",
    }


FIRMS = (
    Firm(
        GROUP,
        "天工样例集团股份有限公司",
        on("1998-06-18"),
        None,
        {
            **_size("大型", "C"),
            "功能类别": "商业二类",
            "法律形式": (
                ("2018-01-01", "全民所有制企业"),
                ("2019-03-20", "有限责任公司"),
                (str(STOCK_ON), "股份有限公司"),
            ),
        },
    ),
    Firm(HEAVY, "天工样例重型装备有限公司", on("2001-03-12"), GROUP, _size("大型", "C")),
    Firm(
        BUILDER,
        "天工样例建设工程有限公司",
        on("2004-09-01"),
        GROUP,
        {**_size("中型", "E"), "有条件国际化经营": "是"},
    ),
    Firm(SERVICE, "天工样例物业服务有限公司", on("2009-05-20"), GROUP, _size("小型", "K")),
    Firm(
        YOUNG,
        "天工样例智能科技有限公司",
        YOUNG_ON,
        GROUP,
        {**_size("中型", "I", "审计委员会"), "有条件整体市场化选聘": "是"},
    ),
    Firm(
        LISTED,
        "天工样例轨道装备股份有限公司",
        on("2006-11-08"),
        GROUP,
        {
            **_size("大型", "C"),
            "监督机构": (("2018-01-01", "监事会"), (str(LISTED_AUDIT_ON), "审计委员会")),
            "法律形式": (("2018-01-01", "有限责任公司"), ("2019-06-20", "股份有限公司")),
            "股东会形式": (("2018-01-01", "不设股东会"), ("2019-06-20", "股东会")),
            "上市情况": (("2018-01-01", "未上市"), ("2021-09-15", "上市")),
            "混合所有制": (("2018-01-01", "否"), ("2021-09-15", "是")),
            "有条件国际化经营": "是",
        },
    ),
    Firm(
        MIXED,
        "天工样例绿能技术有限公司",
        on("2015-04-22"),
        GROUP,
        {
            **_size("中型", "C"),
            "混合所有制": (("2018-01-01", "否"), ("2022-07-01", "是")),
            "股东会形式": (("2018-01-01", "不设股东会"), ("2022-07-01", "股东会")),
        },
    ),
    Firm(
        OVERSEAS,
        "天工样例海外工程有限公司",
        on("2017-08-15"),
        BUILDER,
        {**_size("小型", "E"), "境外企业": "是"},
    ),
    Firm(
        ZOMBIE,
        "天工样例铸锻件有限公司",
        on("2002-10-10"),
        LISTED,
        {**_size("小型", "C"), "退出清单": (("2018-01-01", "否"), ("2025-03-20", "“僵尸”企业"))},
    ),
    Firm(
        CARRIER,
        "天工样例物流供应链有限公司",
        on("2010-03-30"),
        GROUP,
        {**_size("中型", "G"), "有条件整体市场化选聘": "是"},
    ),
    Firm(
        WATER,
        "天工样例水务环境有限公司",
        on("2008-12-05"),
        GROUP,
        {**_size("中型", "D"), "功能类别": "公益类", "上市后备": "是"},
    ),
    Firm(
        MINORITY,
        "天工样例汽车零部件有限公司",
        on("2016-05-16"),
        GROUP,
        {**_size("中型", "C"), "控制关系": "参股", "股东会形式": "股东会"},
    ),
    Firm(
        BANKRUPT,
        "天工样例纺织机械有限公司",
        on("2003-02-18"),
        LISTED,
        {**_size("小型", "C"), "退出清单": (("2018-01-01", "否"), ("2025-03-20", "产能过剩"))},
    ),
)
FIRM = {firm.number: firm for firm in FIRMS}
ENTERPRISES = tuple(firm.number for firm in FIRMS if not firm.is_("控制关系", "参股"))
"""The enterprises the group controls: their bodies' meetings and documents are recorded."""
WITH_BOARD = frozenset(x for x in ENTERPRISES if FIRM[x].is_("董事会形式", "董事会"))
DISPOSALS = (
    (ZOMBIE, "“僵尸”企业处置", ZOMBIE_ON, on("2026-07-20")),
    (BANKRUPT, "破产", BANKRUPT_ON, None),
)
"""Enterprises in disposal: since when, and when the Party organization was put elsewhere."""
WOUND_UP = {ZOMBIE: ZOMBIE_ON}
"""Enterprises whose own bodies meet no more from a day on."""
