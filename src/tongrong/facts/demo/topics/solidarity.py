"""How the demo's enterprises care for their staff and for others: congresses, care, culture."""

import datetime as dt
from collections.abc import Iterator

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, YEARS, on, quarters, workday
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
    SERVICE,
    WATER,
    YOUNG,
    ZOMBIE,
)
from tongrong.facts.demo.people import Cast

_CARE = ("带薪疗养", "困难党员帮扶", "特殊群体关爱")
_TRAINED = ("党员教育培训", "职业培训")
_STANDING: dict[str, tuple[str, ...]] = {
    "职工代表大会制度": (),
    "集体合同": (),
    "关怀帮扶制度": _CARE,
    "企业核心价值观": (),
    "员工行为准则": (),
    "品牌文化方案": (),
}
_NEVER_MADE = {(YOUNG, "集体合同"), (YOUNG, "品牌文化方案"), (SERVICE, "员工行为准则")}
_CARES_FOR = {SERVICE: _CARE[1:]}
_PLANNED_ON = {CARRIER: "2026-04-08"}
_PLANS = {MIXED: _TRAINED[:1]}
_REPORTED_ON = {LISTED: "2026-04-28", WATER: "2026-06-30", CARRIER: "2026-07-10"}
"""When an enterprise published its report of 2025, if not in June."""
_NOT_REPORTED = {HEAVY, YOUNG}
# Matter, enterprise, in effect from, deliberated on, outcome.
_MATTERS = (
    ("QS2026-01", GROUP, "2026-04-01", "2026-01-22", "审议通过"),
    ("QS2026-02", HEAVY, "2026-06-01", "2026-07-08", "审议通过"),
    ("QS2026-03", BUILDER, "2026-05-06", "2026-03-18", "审议未通过"),
    ("QS2026-04", WATER, "2026-03-26", "2026-03-26", "审议通过"),
)
_CONGRESS_ON = {2025: "2025-03-20", 2026: "2026-01-23"}
_NO_CONGRESS = {(SERVICE, 2025)}
_YEARLY = ("集体协商", "职业生涯规划", "心理咨询")
_NOT_HELD = {
    (BUILDER, "集体协商", 2026),
    (SERVICE, "心理咨询", 2025),
    (WATER, "心理咨询", 2026),
}
# Enterprise, branch, which member from the branch's last, since when, days of help.
_HARDSHIPS = (
    (GROUP, "DZB02", 5, "2024-11-05", ("2025-01-20", "2026-01-28")),
    (HEAVY, "DZB04", 9, "2024-12-10", ("2025-06-20", "2026-02-04")),
    (BUILDER, "DZB07", 9, "2024-10-15", ("2026-02-05",)),
    (LISTED, "DZB16", 7, "2024-09-10", ("2025-01-22",)),
)
_CULTURE_MISSED = {(BUILDER, 2026, 1)}
_OUTREACH = ("脱贫帮困", "结对共建")
_OUTREACH_MISSED = {(CARRIER, "2026-04-01"), (HEAVY, "2026-07-01")}
"""Enterprises that went out once instead of twice in a quarter."""
_GONE = {ZOMBIE, BANKRUPT}
"""Enterprises in disposal, whose staff life is over."""


def write(book: Book, cast: Cast) -> None:
    """Enters documents, congresses and matters, care, culture and outreach."""
    for enterprise in ENTERPRISES:
        if enterprise in _GONE:
            continue
        _documents(book, enterprise)
        for year in YEARS:
            _year(book, enterprise, year)
        for first, second, _ in quarters():
            _outreach(book, enterprise, first, second)
    _matters(book)
    _hardships(book, cast)


def _documents(book: Book, enterprise: str) -> None:
    for kind, elements in _STANDING.items():
        if (enterprise, kind) not in _NEVER_MADE:
            given = _CARES_FOR.get(enterprise, elements) if elements else ()
            since = max(FIRM[enterprise].founded_on, on("2025-01-06"))
            _document(book, enterprise, kind, since, elements=given)
    for year, day in ((2025, "2025-03-12"), (2026, _PLANNED_ON.get(enterprise, "2026-03-12"))):
        if on(day) > FIRM[enterprise].founded_on:
            planned = _PLANS.get(enterprise, _TRAINED)
            _document(book, enterprise, "年度培训计划", on(day), year=year, elements=planned)
    if enterprise not in _NOT_REPORTED:
        day = _REPORTED_ON.get(enterprise, "2026-06-18")
        _document(book, enterprise, "社会责任报告", on(day), year=2025)


def _document(book: Book, enterprise: str, kind: str, since: dt.date, **values: object) -> None:
    book.add(
        "documents",
        number=book.number(f"WJ{enterprise}-S"),
        unit=enterprise,
        type=kind,
        title=f"{FIRM[enterprise].name}{values.get('year') or ''}{kind}",
        effective_on=since,
        **values,
    )


def _year(book: Book, enterprise: str, year: int) -> None:
    """The congress of the year, what is held once a year, and culture each half-year."""
    congress = on(_CONGRESS_ON[year])
    if (enterprise, year) not in _NO_CONGRESS and congress > FIRM[enterprise].founded_on:
        book.meeting(enterprise, "职代会", congress)
    for kind in _YEARLY:
        month = book.rng.choice((5, 6))
        if (enterprise, kind, year) not in _NOT_HELD:
            _activity(book, enterprise, kind, workday(book.rng, dt.date(year, month, 1), 6, 26))
    day = workday(book.rng, dt.date(year, 5, 1), 8, 28)
    book.add(
        "trainings",
        number=book.number("XJN"),
        unit=enterprise,
        kind="新知识新技术新工艺培训",
        title=f"{year}年新技术新工艺培训班",
        held_on=day,
        planned=True,
    )
    for half, month, kind in ((1, 6, "红色文化"), (2, 8, "优良传统")):
        if (enterprise, year, half) not in _CULTURE_MISSED:
            _activity(book, enterprise, kind, workday(book.rng, dt.date(year, month, 1), 3, 26))


def _outreach(book: Book, enterprise: str, first: dt.date, second: dt.date) -> None:
    """Two activities a quarter, one of each kind; of a quarter missed only the first."""
    for kind in _OUTREACH:
        day = workday(book.rng, second, 5, 26)
        if not ((enterprise, str(first)) in _OUTREACH_MISSED and kind == _OUTREACH[1]):
            _activity(book, enterprise, kind, day)


def _activity(book: Book, enterprise: str, kind: str, day: dt.date) -> None:
    if FIRM[enterprise].founded_on < day <= AS_OF:
        book.add(
            "activities",
            number=book.number("HDS"),
            unit=enterprise,
            kind=kind,
            title=f"{day.year}年{kind}活动",
            held_on=day,
        )


def _matters(book: Book) -> None:
    """Matters of vital interest to staff, and the congress that deliberated on each."""
    for number, unit, effective, deliberated, outcome in _MATTERS:
        book.add(
            "matters",
            number=number,
            unit=unit,
            title="薪酬分配和考勤办法调整",
            category="其他事项",
            vital_interest=True,
            effective_on=on(effective),
        )
        meeting = book.meeting(unit, "职代会", on(deliberated))
        book.add(
            "agenda_items",
            meeting=meeting,
            item="1",
            title="审议薪酬分配和考勤办法",
            topic="重大事项",
            matter=number,
            outcome=outcome,
        )


def _hardships(book: Book, cast: Cast) -> None:
    for enterprise, branch, from_last, since, helped in _HARDSHIPS:
        person = cast.of_branch(branch, AS_OF)[-from_last].person
        book.add("hardships", unit=branch, person=person, from_on=on(since))
        for day in helped:
            book.add(
                "assistance",
                unit=enterprise,
                person=person,
                given_on=on(day),
                kind="慰问",
                amount=book.rng.choice((100_000, 150_000, 200_000)),
            )
    for enterprise in _unburdened():
        book.add(
            "nil_declarations", unit=enterprise, ledger="困难党员", declared_on=on("2026-01-19")
        )


def _unburdened() -> Iterator[str]:
    """Enterprises that registered nobody in difficulty."""
    burdened = {enterprise for enterprise, *_ in _HARDSHIPS}
    yield from (x for x in ENTERPRISES if x not in burdened)
