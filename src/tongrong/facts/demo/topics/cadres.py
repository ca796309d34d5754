"""Party staff of the demo: who does Party work, what they are paid, where they moved, training."""

import datetime as dt
from itertools import islice

from tongrong.facts.demo.bodies import BRANCHES, LEADING, LED_BY_BRANCH
from tongrong.facts.demo.book import Book, Row
from tongrong.facts.demo.days import LAST_YEAR, THIS_YEAR, on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    ENTERPRISES,
    FIRM,
    GROUP,
    HEAVY,
    LISTED,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    ZOMBIE,
    ZOMBIE_MOVED_ON,
)
from tongrong.facts.demo.people import Cast

AFTER = ("workplaces", "documents")

# Full-time workers of a Party department: the other departments have 6.25 posts on average.
_STAFF, _SMALL_STAFF = 7, 5
_FEWER = {(HEAVY, "党委宣传部"): 6, (OVERSEAS, "党群综合部"): 1, (BANKRUPT, "党群综合部"): 2}
# Industry, employees, revenue and assets (in 分) of the small firms at the end of 2025.
_SCALE = {
    SERVICE: ("7020", 286, 5_230_000_000, 3_100_000_000),
    OVERSEAS: ("4813", 180, 8_940_000_000, 6_020_000_000),
    ZOMBIE: ("3391", 88, 900_000_000, 4_000_000_000),
    BANKRUPT: ("3551", 64, 620_000_000, 2_700_000_000),
}
# Average pay of the managers of each rank, in 分.
_PAY = {"中层正职": 26_000_000, "中层副职": 21_000_000, "主管": 14_000_000}
_PAID_LESS = {(HEAVY, "主管")}
_TO_MANAGEMENT, _TO_PARTY, _POSTED = "党务转经营管理", "经营管理转党务", "到领军企业挂职"
_BOTH_WAYS = (GROUP, BUILDER, LISTED, MIXED, CARRIER, WATER)
_MOVES = (
    (HEAVY, _TO_MANAGEMENT, "2025-06-09"),
    (GROUP, _POSTED, "2025-03-10"),
    (LISTED, _POSTED, "2025-09-08"),
    (GROUP, _POSTED, "2026-03-09"),
    (LISTED, _POSTED, "2026-05-11"),
)
_LEFT = ("DZB19", "党支部副书记", on("2026-08-31"))
"""A deputy secretary nobody has followed yet."""
_SECRETARIES = ("党委书记", "党总支书记", "党支部书记")
_TRAINED_ON = {LAST_YEAR: on("2025-06-17"), THIS_YEAR: on("2026-04-21")}
_ABSENT = {(THIS_YEAR, HEAVY), (LAST_YEAR, CARRIER)}
"""Enterprises that sent none of their Party workers to the year's training."""


def write(book: Book, cast: Cast) -> None:
    """Enters Party workers, figures of the small firms, pay, exchanges and trainings."""
    for enterprise in ENTERPRISES:
        _workers(book, cast, enterprise)
        if enterprise in _SCALE:
            _scale(book, enterprise)
        _pay(book, enterprise)
    _exchanges(book)
    book.add("nil_declarations", unit=ZOMBIE, ledger="党务工作人员", declared_on=ZOMBIE_MOVED_ON)
    unit, post, day = _LEFT
    for row in book.rows["posts"]:
        if (row["unit"], row["post"]) == (unit, post):
            row["until_on"] = day
    for year, day in _TRAINED_ON.items():
        _training(book, "基层党组织书记培训", day, _in_office(book, day))
        _training(book, "党务干部培训", day + dt.timedelta(days=2), _sent(book, year))


def _workers(book: Book, cast: Cast, enterprise: str) -> None:
    """The full-time workers of every Party department, from the last members of the branches."""
    leaders = {person for _, person in cast.leaders}
    own = [body.number for body in BRANCHES if body.enterprise == enterprise]
    members = [m for number in own for m in cast.branches.get(number, ())]
    free = reversed([m.person for m in members if m.until is None and m.person not in leaders])
    usual = _SMALL_STAFF if enterprise in LED_BY_BRANCH else _STAFF
    for row in book.rows["departments"]:
        if row["unit"] != enterprise or not row["party"]:
            continue
        for person in islice(free, _FEWER.get((enterprise, row["name"]), usual)):
            book.add(
                "party_workers",
                unit=LEADING[enterprise],
                person=person,
                from_on=max(on("2024-03-01"), FIRM[enterprise].founded_on),
                full_time=True,
                department=row["number"],
            )


def _scale(book: Book, enterprise: str) -> None:
    industry, employees, revenue, assets = _SCALE[enterprise]
    book.add(
        "enterprise_scale",
        unit=enterprise,
        counted_on=dt.date(LAST_YEAR, 12, 31),
        industry=industry,
        employees=employees,
        revenue=revenue,
        total_assets=assets,
    )


def _pay(book: Book, enterprise: str) -> None:
    """Last year's pay by rank, of both tracks; small firms have no Party staff above 主管."""
    for rank, average in _PAY.items():
        if rank != "主管" and enterprise in LED_BY_BRANCH:
            continue
        less = (enterprise, rank) in _PAID_LESS
        party = average - 600_000 if less else average + book.rng.randrange(0, 500_000)
        for track, heads, paid in (("党务", 3, party), ("经营管理", 9, average)):
            book.add(
                "rank_pay",
                unit=enterprise,
                year=LAST_YEAR,
                rank=rank,
                track=track,
                heads=heads,
                total=heads * paid,
            )


def _exchanges(book: Book) -> None:
    """Moves of middle managers, each of another one."""
    usual = [
        (enterprise, kind, day)
        for enterprise in _BOTH_WAYS
        for kind, day in ((_TO_MANAGEMENT, "2024-05-20"), (_TO_PARTY, "2025-09-15"))
    ]
    middle: dict[str, list[str]] = {}
    for row in book.rows["posts"]:
        if row["post"].startswith("中层"):
            middle.setdefault(row["unit"], []).append(row["person"])
    for enterprise, kind, day in (*usual, *_MOVES):
        person = middle[enterprise].pop()
        book.add("exchanges", unit=enterprise, person=person, moved_on=on(day), kind=kind)


def _in_office(book: Book, day: dt.date) -> list[str]:
    return sorted({row["person"] for row in book.rows["posts"] if _holds(row, day)})


def _holds(row: Row, day: dt.date) -> bool:
    until = row.get("until_on")
    in_office = row["from_on"] <= day and (until is None or day < until)
    return row["post"] in _SECRETARIES and in_office


def _sent(book: Book, year: int) -> list[str]:
    stayed = {LEADING[enterprise] for absent, enterprise in _ABSENT if absent == year}
    workers = book.rows["party_workers"]
    return sorted({row["person"] for row in workers if row["unit"] not in stayed})


def _training(book: Book, kind: str, day: dt.date, people: list[str]) -> None:
    """One training the group's committee held, and who took part."""
    number = book.number(f"PX{day.year}")
    book.add(
        "trainings",
        number=number,
        unit=LEADING[GROUP],
        kind=kind,
        title=f"{day.year}年{kind}班",
        held_on=day,
        planned=True,
    )
    for person in people:
        book.add("training_attendance", training=number, person=person)
