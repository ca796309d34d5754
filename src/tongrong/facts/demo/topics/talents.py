"""Talents of the demo: the pool, those in direct contact with a leader, studies and praise."""

from tongrong.facts.demo.bodies import BRANCHES, LEADING
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BUILDER,
    CARRIER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    LISTED,
    WATER,
    YOUNG,
    YOUNG_ON,
)
from tongrong.facts.demo.people import Cast

AFTER = ("duties",)

_CATEGORIES = ("管理", "技术", "技能")
_LACKING = {(HEAVY, "技能")}
# Introduced from outside: enterprise and the day they entered the pool.
_INTRODUCED = (
    (GROUP, "2025-05-12"),
    (GROUP, "2026-03-02"),
    (LISTED, "2026-05-18"),
    (HEAVY, "2025-10-20"),
    (CARRIER, "2025-04-14"),
)
_REVIEWED = (
    *((enterprise, "2025-11-18") for enterprise in ENTERPRISES if enterprise != CARRIER),
    *((enterprise, "2026-06-16") for enterprise in (GROUP, HEAVY, LISTED, WATER)),
)
_WITHOUT_LEADER = {HEAVY}
_NOT_YET = {BUILDER, YOUNG}
"""Enterprises whose leaders have not met their talents this year."""
_STUDIES = (
    (GROUP, "2025-07-14"),
    (HEAVY, "2025-08-18"),
    (GROUP, "2026-07-13"),
    (LISTED, "2026-08-17"),
)
_PRAISED = (
    (GROUP, "优秀企业家", "2025-07-01"),
    (GROUP, "优秀企业家", "2026-07-01"),
    (HEAVY, "领军人才", "2025-09-30"),
    (LISTED, "领军人才", "2026-05-29"),
)


def write(book: Book, cast: Cast) -> None:
    """Enters the pool and its reviews, contacts with their talks, studies and awards."""
    for enterprise in ENTERPRISES:
        _pool(book, cast, enterprise)
        _contact(book, cast, enterprise)
    for enterprise, day in _INTRODUCED:
        person = _members(cast, enterprise)[12 if day < "2026" else 13]
        _talent(book, enterprise, person, "技术", day)
    for enterprise, day in _REVIEWED:
        book.add(
            "activities",
            number=book.number("RCK"),
            unit=enterprise,
            kind="人才库评审",
            title="优秀人才库年度评审",
            held_on=on(day),
        )
    for enterprise, day in _STUDIES:
        book.add(
            "trainings",
            number=book.number("SZ"),
            unit=enterprise,
            kind="培养对象学习深造",
            title="创新型企业家培养对象专题研修",
            held_on=on(day),
            planned=True,
        )
    for enterprise, kind, day in _PRAISED:
        book.add(
            "awards",
            number=book.number("BZ"),
            unit=enterprise,
            kind=kind,
            awarded_on=on(day),
            title=f"{day[:4]}年度{kind}",
        )


def _members(cast: Cast, enterprise: str) -> list[str]:
    """Ordinary members of the enterprise's branches."""
    leaders = {person for _, person in cast.leaders}
    own = [body.number for body in BRANCHES if body.enterprise == enterprise]
    members = [m.person for number in own for m in cast.branches.get(number, ())]
    return [person for person in dict.fromkeys(members) if person not in leaders]


def _pool(book: Book, cast: Cast, enterprise: str) -> None:
    people = _members(cast, enterprise)
    since = "2025-05-06" if enterprise == YOUNG else "2024-06-03"
    for place, category in enumerate(_CATEGORIES):
        if (enterprise, category) not in _LACKING:
            _talent(book, enterprise, people[5 + place], category, since, introduced=False)


def _talent(
    book: Book, enterprise: str, person: str, category: str, day: str, *, introduced: bool = True
) -> None:
    book.add(
        "talents",
        unit=enterprise,
        person=person,
        category=category,
        from_on=on(day),
        level="高层次",
        introduced=introduced,
    )


def _contact(book: Book, cast: Cast, enterprise: str) -> None:
    """One talent of the pool, met by the secretary each year; a second one at the group."""
    people = _members(cast, enterprise)
    secretary, since = cast.person(enterprise, "书记"), max(on("2025-01-06"), YOUNG_ON)
    without = enterprise in _WITHOUT_LEADER
    for person, leader in ((people[6], secretary), (people[5], None if without else secretary)):
        book.add(
            "talent_contacts", unit=LEADING[enterprise], person=person, from_on=since, leader=leader
        )
        for day in ("2025-09-23", *(() if enterprise in _NOT_YET else ("2026-05-27",))):
            if leader:
                book.add(
                    "talks",
                    unit=LEADING[enterprise],
                    talker=leader,
                    listener=person,
                    talked_on=on(day),
                    kind="联系人才",
                )
