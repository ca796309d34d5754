"""What keeps the demo's Party work going: money, rooms, appraisals and contact points."""

from tongrong.facts.demo.bodies import ABOVE, BODIES, BRANCHES, LEADING
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, LAST_YEAR, THIS_YEAR, on, quarters, workday
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
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
)
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledgers.branch_life import SIX_HAVES

_WAN = 1_000_000
"""分 in 10 000 元, the unit of the figures below."""

# Payroll of last year and of the year before; Party-work budget of this year, carried over.
_MONEY: dict[str, tuple[int | None, int | None, int, int]] = {
    GROUP: (42_000, 40_100, 210, 0),  # exactly half a per cent
    HEAVY: (31_500, 30_200, 180, 0),
    BUILDER: (18_000, 17_400, 82, 10),  # reached with what was carried over
    SERVICE: (None, 6_050, 36, 0),  # payroll of last year never entered
    YOUNG: (4_800, None, 30, 0),
    LISTED: (58_000, 55_200, 330, 0),
    MIXED: (12_600, 11_900, 70, 0),
    OVERSEAS: (3_900, 3_700, 22, 0),
    ZOMBIE: (1_150, 1_600, 6, 0),
    CARRIER: (14_300, 13_800, 66, 0),  # 0.46 per cent
    WATER: (13_500, 13_000, 82, 0),
    BANKRUPT: (980, 1_420, 5, 0),
}
# Research spending and sales by year.
_ECONOMY = (
    (GROUP, 2025, 15_810, 510_000),
    (GROUP, 2024, 14_400, 480_000),
    (HEAVY, 2025, 9_600, 320_000),  # exactly three per cent
    (HEAVY, 2024, 9_300, 305_000),
    (BUILDER, 2025, 4_350, 150_000),
    (BUILDER, 2024, 4_100, 141_000),
    (LISTED, 2025, 29_400, 840_000),
    (LISTED, 2024, 27_500, 805_000),
    (MIXED, 2025, 5_900, 122_000),
    (MIXED, 2024, 5_100, 108_000),
    (OVERSEAS, 2025, 420, 31_000),
    (ZOMBIE, 2025, 0, 2_600),
    (WATER, 2025, 1_980, 66_000),  # three per cent too
    (WATER, 2024, 1_760, 62_000),
    (BANKRUPT, 2025, 15, 1_900),
)
_ROOMLESS = "DZZ01"
_NO_BOOKS, _NO_BOARD = "DZB08", "DZB32"
_CONTACTS = (
    ("LX0001", ABOVE, "委员", GROUP, "2025-01-10"),
    ("LX0101", GROUP, "书记", HEAVY, "2025-01-20"),
    ("LX0102", GROUP, "副书记", BUILDER, "2025-01-20"),
    ("LX0103", GROUP, "纪委", SERVICE, "2025-01-20"),
    ("LX0104", GROUP, "总经理", YOUNG, "2025-04-15"),
    ("LX0105", GROUP, "副总1", LISTED, "2025-01-20"),
    ("LX0106", GROUP, "副总2", MIXED, "2025-01-20"),
    ("LX0109", GROUP, "副总3", CARRIER, "2025-01-20"),
    ("LX0110", GROUP, "总会", WATER, "2025-01-20"),
    ("LX0111", GROUP, "组织", MINORITY, "2025-01-20"),
    ("LX0207", BUILDER, "副书记", OVERSEAS, "2025-02-10"),
    ("LX0508", LISTED, "副书记", ZOMBIE, "2025-02-12"),
)
_NOT_VISITED = {("LX0104", on("2026-07-01")), ("LX0207", on("2026-04-01"))}
_APPRAISED_THIS_YEAR = (LEADING[SERVICE], "DZB44", "DZB20")
_FAILED = {"DZB03": ("2026-01-20", None), "DZB07": ("2026-01-15", "2026-06-18")}
"""Branches where a member was rated 不合格: when, and when a decision was made."""


def write(book: Book, cast: Cast) -> None:
    """Enters budgets and figures, positions, appraisals and contact points."""
    _money(book)
    _positions(book)
    _contacts(book, cast)
    for body in BRANCHES:
        if not body.is_new:
            _appraisals(book, cast, body.number, LAST_YEAR)
    for branch in _APPRAISED_THIS_YEAR:
        _appraisals(book, cast, branch, THIS_YEAR)


def _money(book: Book) -> None:
    for unit, (payroll, before, budget, carried) in _MONEY.items():
        for year, total in ((2024, before), (2025, payroll)):
            if total is not None:
                book.add("payroll", unit=unit, year=year, total=total * _WAN)
        for year, amount in ((2025, budget * 19 // 20), (2026, budget)):
            if year == LAST_YEAR and unit == YOUNG:
                continue
            book.add(
                "budgets",
                unit=unit,
                year=year,
                amount=amount * _WAN,
                carried_over=carried * _WAN if carried and year == THIS_YEAR else None,
                in_enterprise_budget=True,
            )
    book.add(
        "parameter_adjustments",
        unit=WATER,
        checklist="442",
        parameter="party_budget_floor",
        from_on=on("2026-01-01"),
        value="0.6%",
        reason="新建党群活动中心，阵地建设投入较多",
        approved_by=f"{LEADING[WATER]}党委会",
    )
    for unit, year, research, sales in _ECONOMY:
        for metric, amount in (("研发经费支出", research), ("销售收入", sales)):
            book.add("economic_figures", unit=unit, year=year, metric=metric, amount=amount * _WAN)


def _positions(book: Book) -> None:
    for body in BODIES:
        kind = "学习宣传栏" if body.is_branch else "党员活动室"
        if body.number == _NO_BOARD:
            kind = "其他阵地"
        if body.number == _ROOMLESS:
            kind = "党建展厅"
        elements = tuple(h for h in SIX_HAVES if body.number != _NO_BOOKS or h != "有书报")
        since = on("2026-06-01") if body.is_new else on("2019-09-01")
        book.add(
            "positions",
            number=book.number("ZD"),
            unit=body.number,
            kind=kind,
            name=f"{body.name}{kind}",
            from_on=max(since, body.founded_on),
            until_on=body.dissolved_on,
            elements=elements,
        )


def _contacts(book: Book, cast: Cast) -> None:
    for number, firm, key, enterprise, since in _CONTACTS:
        book.add(
            "contact_points",
            number=number,
            unit=LEADING[firm],
            person=cast.person(firm, key),
            enterprise=enterprise,
            from_on=on(since),
        )
        for first, second, _ in quarters():
            if (number, first) not in _NOT_VISITED:
                day = workday(book.rng, second, 8, 27)
                if day <= AS_OF:
                    book.add("visits", contact_point=number, visited_on=day, kind="专题调研")
        day = workday(book.rng, on("2026-09-01"), 2, 18)
        book.add("visits", contact_point=number, visited_on=day, kind="一般走访")


def _appraisals(book: Book, cast: Cast, branch: str, year: int) -> None:
    """Every full member's grade of the year; at most a third are rated 优秀."""
    failed_on, disposed_on = _FAILED.get(branch, (None, None))
    day = workday(book.rng, on("2026-01-01"), 8, 22)
    if failed_on:
        day = on(failed_on)
    if year == THIS_YEAR:
        day = on("2026-07-03")
    members = [m for m in cast.of_branch(branch, day) if m.full_on and m.full_on <= day]
    for place, member in enumerate(members):
        grade = "优秀" if place % 3 == 1 and place < len(members) // 3 * 3 else "合格"
        if place == len(members) - 1 and failed_on:
            grade = "不合格"
            if disposed_on:
                book.add(
                    "disposals",
                    unit=branch,
                    person=member.person,
                    decided_on=on(disposed_on),
                    kind="限期改正",
                )
        elif place == len(members) - 2 and branch == "DZB11":
            grade = "基本合格"
        book.add(
            "appraisals",
            unit=branch,
            person=member.person,
            year=year,
            appraised_on=day,
            grade=grade,
        )
