"""What reform left behind in the demo: term contracts, awards, loss cases and deposits."""

import datetime as dt

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, YEARS, on, workday
from tongrong.facts.demo.firms import (
    BUILDER,
    CARRIER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    LISTED,
    MIXED,
    WATER,
)
from tongrong.facts.demo.leaders import MANAGERS
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledgers.reform import CONTRACT_ELEMENTS

_AWARDS = (
    (GROUP, "优秀员工", "2026-01-28", "2025年度优秀员工"),
    (GROUP, "特殊贡献人员", "2026-06-18", "重大技术攻关特殊贡献"),
    (BUILDER, "优秀员工", "2026-04-30", "春季施工优秀员工"),
    (HEAVY, "优秀员工", "2025-12-30", "2025年度优秀员工"),
    (LISTED, "优秀员工", "2026-02-05", "2025年度优秀员工"),
    (LISTED, "特殊贡献人员", "2025-06-26", "新车型研制特殊贡献"),
    (MIXED, "优秀员工", "2026-05-07", "2025年度优秀员工"),
    (WATER, "优秀员工", "2025-09-18", "抗旱保供优秀员工"),
    (CARRIER, "优秀员工", "2026-06-09", "百日保畅优秀员工"),
)
# Number, enterprise, recognized, decided: one in time, one overdue, one still running.
_LOSSES = (
    ("SS2026-01", GROUP, "2026-01-22", "2026-06-30"),
    ("SS2026-02", BUILDER, "2026-02-20", None),
    ("SS2026-03", HEAVY, "2026-05-10", None),
)
_NO_LOSSES = tuple((x, "2026-07-06") for x in ENTERPRISES if x not in {GROUP, BUILDER, HEAVY})
_UNPAID = {(HEAVY, "副总1", 2026), (CARRIER, "总会", 2025)}
_NO_CONTRACT = {BUILDER}
"""The builder never signed with the managers it hired on the market."""


def write(book: Book, cast: Cast) -> None:
    """Enters contracts and deposits of operators, awards and losses."""
    for enterprise in ENTERPRISES:
        for leader, person in cast.leading(enterprise, AS_OF):
            if leader.hired and leader.holds(*MANAGERS) and enterprise not in _NO_CONTRACT:
                book.add(
                    "term_contracts",
                    unit=enterprise,
                    person=person,
                    from_on=leader.since,
                    until_on=leader.since.replace(year=leader.since.year + 6),
                    elements=CONTRACT_ELEMENTS,
                )
        for year in YEARS:
            _deposits(book, cast, enterprise, year)
    for unit, kind, day, title in _AWARDS:
        number = book.number("BZ")
        book.add("awards", number=number, unit=unit, kind=kind, awarded_on=on(day), title=title)
    for number, unit, recognized, decided in _LOSSES:
        book.add(
            "loss_cases",
            number=number,
            unit=unit,
            recognized_on=on(recognized),
            decided_on=on(decided) if decided else None,
        )
    for unit, day in _NO_LOSSES:
        book.add("nil_declarations", unit=unit, ledger="资产损失事项", declared_on=on(day))


def _deposits(book: Book, cast: Cast, enterprise: str, year: int) -> None:
    """Every operator's deposit of a year, paid in March or on coming into office."""
    for leader, person in cast.leading(enterprise, min(AS_OF, dt.date(year, 12, 31))):
        if leader.holds("董事长", *MANAGERS) and (enterprise, leader.key, year) not in _UNPAID:
            paid_on = workday(book.rng, dt.date(year, 3, 1), 9, 20)
            book.add(
                "deposits",
                unit=enterprise,
                person=person,
                year=year,
                paid_on=max(paid_on, leader.since),
                amount=5_000_000,
            )
