"""Capital in the demo: who owns what, restructuring and exits, innovation, rank, going abroad."""

from collections.abc import Iterator

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    ENTERPRISES,
    FIRM,
    GROUP,
    HEAVY,
    LISTED,
    MINORITY,
    MIXED,
    OVERSEAS,
    STOCK_ON,
    WATER,
    ZOMBIE,
)
from tongrong.facts.demo.people import Cast

_WAN = 1_000_000
_PERCENT = 10_000
_STATE, _PRIVATE, _STAFF, _PUBLIC = "国有资本", "民营资本", "企业员工", "社会公众"
# Holder, kind, percent, from, until.
_Held = tuple[str, str, int | float, str | None, str | None]
_HOLDERS: dict[str, tuple[_Held, ...]] = {
    GROUP: (
        ("样例市国资委", _STATE, 100, None, str(STOCK_ON)),
        ("样例市国资委", _STATE, 90, str(STOCK_ON), None),
        ("样例产业投资基金", _PRIVATE, 10, str(STOCK_ON), None),
    ),
    LISTED: (
        (GROUP, _STATE, 62, "2021-09-15", None),
        ("流通股东", _PUBLIC, 38, "2021-09-15", None),
    ),
    MIXED: (
        (GROUP, _STATE, 65, "2022-07-01", None),
        ("样例绿能投资公司", _PRIVATE, 33, "2022-07-01", None),
        ("骨干甲", _STAFF, 1.2, "2022-07-01", "2026-01-15"),  # above 1 % until 2026
        ("骨干甲", _STAFF, 1, "2026-01-15", None),
        ("骨干乙", _STAFF, 0.8, "2022-07-01", "2026-01-15"),
        ("骨干乙", _STAFF, 1, "2026-01-15", None),
    ),
    OVERSEAS: ((BUILDER, _STATE, 95, None, None),),  # 5 % nobody recorded
    MINORITY: (
        (GROUP, _STATE, 35, None, None),
        ("样例汽车公司", _PRIVATE, 65, None, None),
    ),
}
_PARENT_RULES = (GROUP, BUILDER, LISTED)
# Metric: the amounts of 2023, 2024 and 2025 of the whole group, in 万元.
_GROUP_FIGURES = {
    "年初国有资本": (1_000_000, 1_060_000, 1_113_000),
    "年末国有资本": (1_060_000, 1_113_000, 1_190_910),  # 106 %, 105 %, 107 %
    "净利润": (60_000, 66_000, 72_000),
    "年初所有者权益": (1_200_000, 1_272_000, 1_336_000),
    "年末所有者权益": (1_272_000, 1_336_000, 1_420_000),
    "上市公司资产总额": (600_000, 620_000, 720_000),
    "资产总额": (3_000_000, 3_200_000, 3_400_000),  # 20 %, 19.4 %, 21.2 %
    "重点行业国有资本": (583_000, 600_000, 666_910),
    "国有资本总额": (1_060_000, 1_113_000, 1_190_910),  # 55 %, 53.9 %, 56 %
}
# Number, unit, kind, title, enterprise it is about, begun, concluded.
_PROJECTS = (
    ("CZ01", GROUP, "内部整合", "检修业务整合", None, "2025-03-10", None),
    ("SS01", GROUP, "上市培育", "水务板块上市培育", WATER, "2024-06-03", None),
    ("TC01", LISTED, "退出", "铸锻件公司退出", ZOMBIE, "2025-04-01", None),
    ("TC02", LISTED, "退出", "纺织机械公司退出", BANKRUPT, "2025-04-01", None),
    ("HZ01", HEAVY, "产学研合作", "与样例大学联合攻关", None, "2025-05-12", None),
    ("HZ02", BUILDER, "产学研合作", "与样例设计院合作", None, "2023-03-01", "2024-12-20"),
    ("ZD01", HEAVY, "省重大项目", "大型锻压装备产业化", None, "2026-03-18", None),
    ("GJ01", BUILDER, "一带一路", "境外样例公路工程", None, "2024-09-02", None),
)
# Project, milestone, set, due, done.
_MILESTONES = (
    ("CZ01", "清产核资", "2025-03-10", "2025-10-31", "2026-02-10"),
    ("CZ01", "业务划转", "2025-03-10", "2026-06-30", "2026-06-25"),
    ("SS01", "股份制改造", "2024-06-03", "2025-11-30", "2026-03-10"),
    ("SS01", "辅导备案", "2024-06-03", "2026-06-30", "2026-06-18"),
    ("TC01", "停产清算", "2025-04-01", "2025-09-30", "2025-09-26"),
    ("TC01", "职工安置", "2025-04-01", "2026-08-31", "2026-08-10"),
    ("TC02", "破产申请", "2025-04-01", "2025-12-15", "2026-05-06"),
)
_LABORATORIES = (
    (HEAVY, "工程技术研究中心", "2012-05-18"),
    (LISTED, "重点实验室", "2016-10-11"),
    (GROUP, "企业技术中心", "2009-03-20"),
)
# Enterprise, ranks of 2023, 2024 and 2025.
_RANKS = {
    GROUP: (21, 20, 20),
    HEAVY: (9, 8, 7),
    BUILDER: (15, 15, 18),
    LISTED: (4, 4, 3),
    MIXED: (30, 29, 28),
    CARRIER: (40, 38, 38),
    WATER: (12, 12, 11),
}
_YEARS = (2023, 2024, 2025)


def write(book: Book, cast: Cast) -> None:
    """Enters owners, figures of the whole group, projects, platforms and ranks."""
    del cast
    for enterprise in (*ENTERPRISES, MINORITY):
        for holder, kind, percent, since, until in _owners(enterprise):
            book.add(
                "shareholdings",
                unit=enterprise,
                holder=FIRM[holder].name if holder in FIRM else holder,
                from_on=on(since) if since else FIRM[enterprise].founded_on,
                until_on=on(until) if until else None,
                holder_kind=kind,
                share=round(percent * _PERCENT),
            )
    for unit in _PARENT_RULES:
        _document(book, unit, "母子公司管理制度")
    _document(book, MIXED, "员工持股方案")
    for metric, amounts in _GROUP_FIGURES.items():
        for year, amount in zip(_YEARS, amounts, strict=True):
            book.add("economic_figures", unit=GROUP, year=year, metric=metric, amount=amount * _WAN)
    for unit, ranks in _RANKS.items():
        for year, rank in zip(_YEARS, ranks, strict=True):
            book.add("industry_ranks", unit=unit, year=year, ranking="样例行业百强榜", rank=rank)
    _projects(book)


def _owners(enterprise: str) -> Iterator[_Held]:
    """What is told of its owners; otherwise the parent owns all of it."""
    parent = FIRM[enterprise].parent or ""
    yield from _HOLDERS.get(enterprise, ((parent, _STATE, 100, None, None),))


def _document(book: Book, unit: str, kind: str) -> None:
    book.add(
        "documents",
        number=book.number(f"WJ{unit}-ZB"),
        unit=unit,
        type=kind,
        title=f"{FIRM[unit].name}{kind}",
        effective_on=on("2022-08-01"),
    )


def _projects(book: Book) -> None:
    for number, unit, kind, title, about, begun, concluded in _PROJECTS:
        book.add(
            "projects",
            number=number,
            unit=unit,
            kind=kind,
            title=title,
            enterprise=about,
            from_on=on(begun),
            until_on=on(concluded) if concluded else None,
        )
    for project, name, planned, due, done in _MILESTONES:
        book.add(
            "milestones",
            project=project,
            name=name,
            set_on=on(planned),
            due_on=on(due),
            done_on=on(done),
        )
    for unit, kind, since in _LABORATORIES:
        book.add(
            "platforms",
            number=book.number("CX"),
            unit=unit,
            kind=kind,
            name=f"{FIRM[unit].name}{kind}",
            from_on=on(since),
        )
