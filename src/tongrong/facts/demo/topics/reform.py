"""What reform left behind in the demo: term contracts, awards, loss cases and deposits."""

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, on
from tongrong.facts.demo.firms import BUILDER, ENTERPRISES, GROUP, HEAVY, YOUNG
from tongrong.facts.demo.leaders import MANAGERS
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledgers.reform import CONTRACT_ELEMENTS

_AWARDS = (
    (GROUP, "优秀员工", "2026-01-28", "2025年度优秀员工"),
    (GROUP, "特殊贡献人员", "2026-06-18", "重大技术攻关特殊贡献"),
    (BUILDER, "优秀员工", "2026-04-30", "春季施工优秀员工"),
    (HEAVY, "优秀员工", "2025-12-30", "2025年度优秀员工"),
)
# Number, enterprise, recognized, decided: one in time, one overdue, one still running.
_LOSSES = (
    ("SS2026-01", GROUP, "2026-01-22", "2026-06-30"),
    ("SS2026-02", BUILDER, "2026-02-20", None),
    ("SS2026-03", HEAVY, "2026-05-10", None),
)
_NO_LOSSES = tuple((x, "2026-07-06") for x in ENTERPRISES if x not in {GROUP, BUILDER, HEAVY})
_UNPAID = {(HEAVY, "副总1"), (YOUNG, "总经理")}
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
            if leader.holds("董事长", *MANAGERS) and (enterprise, leader.key) not in _UNPAID:
                book.add(
                    "deposits",
                    unit=enterprise,
                    person=person,
                    year=AS_OF.year,
                    paid_on=on("2026-03-16"),
                    amount=5_000_000,
                )
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
