"""Talks and reports of the demo: who spoke with whom and when, never what was said."""

import datetime as dt
from typing import Any

from tongrong.facts.demo.bodies import (
    ABOVE,
    BODIES,
    BODY,
    BRANCHES,
    LEADING,
    LEADING_BRANCHES,
    LED_BY_BRANCH,
)
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, on, quarters, workday
from tongrong.facts.demo.firms import (
    BUILDER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    YOUNG,
)
from tongrong.facts.demo.leaders import TEAM, Leader
from tongrong.facts.demo.people import Cast
from tongrong.facts.demo.teams import IN_CHARGE_OF
from tongrong.facts.ledgers.meetings import Reports

AFTER = ("governance",)
_FOUR = Reports.elements.choices
_NO_TALK = {(HEAVY, "副总2", on("2026-04-01")), (BUILDER, "纪委", on("2026-07-01"))}
"""Leaders their secretary did not talk with in a quarter (by its first day)."""
_NOT_YET = {BUILDER, YOUNG}
"""Subsidiaries whose heads were not talked with in the running half-year."""
_REPORTED_ALL = {SERVICE, MIXED, WATER}
"""Enterprises whose leaders have all reported on 一岗双责 this year."""
_FILED_LATE = {(GROUP, "副总2")}
_PART_OF_FOUR = {(BUILDER, "总工")}
_REPORT_LATER = {"DW04", "DZZ01", "DZB08", "DZB10", "DZB11", "DZZ03", "DZB18", "DZB33"}
"""Party organizations whose secretary reports on Party building only in December."""
_TALKED_WITH_ALL = {LEADING[SERVICE], LEADING[OVERSEAS], "DZB35", "DZB36", "DZB44"}
"""Branches whose secretary has talked with every ordinary member this year."""
_SECRETARIES = ("党委书记", "党支部书记")


def write(book: Book, cast: Cast) -> None:
    """Enters talks and reports of leaders, officers and branch secretaries."""
    _team_talks(book, cast)
    _subsidiary_talks(book, cast)
    _officer_talks(book, cast)
    _member_talks(book, cast)
    _secretary_reports(book, cast)
    for enterprise in ENTERPRISES:
        _leader_reports(book, cast, enterprise)


def _talk(book: Book, unit: str, pair: tuple[str, str], day: dt.date) -> None:
    if day <= AS_OF:
        talker, listener = pair
        book.add(
            "talks", unit=unit, talker=talker, listener=listener, talked_on=day, kind="谈心谈话"
        )


def _team_talks(book: Book, cast: Cast) -> None:
    """Each quarter's talk of the secretary with every member of the team."""
    for enterprise in (ABOVE, *ENTERPRISES):
        secretary = cast.person(enterprise, "书记")
        for first, second, _ in quarters():
            if enterprise != ABOVE and not cast.meets(enterprise, second):
                continue
            for leader, person in cast.leading(enterprise, second):
                listens = leader.holds(*TEAM) and not leader.holds(*_SECRETARIES)
                if listens and (enterprise, leader.key, first) not in _NO_TALK:
                    day = workday(book.rng, second, 6, 27)
                    _talk(book, LEADING[enterprise], (secretary, person), day)


def _subsidiary_talks(book: Book, cast: Cast) -> None:
    """Each half-year's talk of the leader in charge with the heads of a subsidiary."""
    for subsidiary, (firm, key) in IN_CHARGE_OF.items():
        talker = cast.person(firm, key)
        for month in (on("2025-05-01"), on("2025-11-01"), on("2026-05-01"), on("2026-08-01")):
            if month.month == 8 and subsidiary in _NOT_YET:
                continue
            for leader, person in cast.leading(subsidiary, month):
                if leader.holds("党委书记", "董事长", "执行董事", "总经理"):
                    day = workday(book.rng, month, 6, 27)
                    _talk(book, LEADING[firm], (talker, person), day)


def _officer_talks(book: Book, cast: Cast) -> None:
    """Each quarter's talk of a branch's secretary with the branch's other officers."""
    for unit, (secretary, *others) in cast.officers.items():
        if unit in LEADING_BRANCHES:
            continue
        for first, second, _ in quarters():
            for person in others:
                if BODY[unit].exists(first):
                    day = workday(book.rng, second, 6, 27)
                    _talk(book, unit, (secretary, person), day)


def _member_talks(book: Book, cast: Cast) -> None:
    """The yearly talk of the branch secretary with every ordinary member, so far as held."""
    for body in BRANCHES:
        officers = set(cast.officers[body.number])
        ordinary = [
            m for m in cast.of_branch(body.number, on("2026-07-01")) if m.person not in officers
        ]
        everyone = body.number in _TALKED_WITH_ALL
        done = len(ordinary) if everyone else len(ordinary) * 3 // 4
        for member in ordinary[:done]:
            first = 7 if member.since >= on("2026-01-01") else 1
            last = body.dissolved_on.month - 1 if body.dissolved_on else 9
            day = workday(book.rng, dt.date(2026, book.rng.randint(first, last), 1), 4, 23)
            _talk(book, body.number, (cast.officers[body.number][0], member.person), day)


def _report(book: Book, unit: str, person: str, kind: str, day: dt.date, **values: Any) -> None:
    book.add("reports", unit=unit, person=person, kind=kind, reported_on=day, **values)


def _secretary_reports(book: Book, cast: Cast) -> None:
    """The secretary's pledge as first person responsible, and the report on Party building."""
    for body in BODIES:
        if body.is_new:
            continue
        officers = cast.officers.get(body.number)
        firm = body.enterprise or ABOVE
        secretary = officers[0] if officers else cast.person(firm, "书记")
        day = workday(book.rng, on("2026-02-01"), 2, 13)
        _report(book, body.number, secretary, "第一责任人责任书", day)
        if body.number not in _REPORT_LATER:
            day = workday(book.rng, on("2026-01-01"), 12, 29)
            _report(book, body.number, secretary, "党建工作述职", day)


def _leader_reports(book: Book, cast: Cast, enterprise: str) -> None:
    """What every leader reports once a year: 个人有关事项, 述职述廉 and 一岗双责."""
    unit, january = LEADING[enterprise], on("2026-01-01")
    meeting, heard_on = _spring_meeting(book, enterprise)
    for place, (leader, person) in enumerate(cast.leading(enterprise, heard_on)):
        if not leader.holds(*TEAM):
            continue
        if leader.in_office(january):
            day = workday(book.rng, january, 8, 28)
            if (enterprise, leader.key) in _FILED_LATE:
                day = on("2026-02-06")
            _report(book, unit, person, "个人有关事项报告", day)
            elements = _FOUR[:2] if (enterprise, leader.key) in _PART_OF_FOUR else _FOUR
            day = workday(book.rng, january, 19, 30)
            _report(book, unit, person, "述职述廉", day, elements=elements)
        if _reports_duty(leader) and (enterprise in _REPORTED_ALL or place % 2 == 0):
            _report(book, unit, person, "一岗双责报告", heard_on, meeting=meeting)
    for leader, person in cast.leaders:
        if leader.enterprise == enterprise and leader.until and leader.until > january:
            day = workday(book.rng, january, 8, 28)
            _report(book, unit, person, "个人有关事项报告", day)


def _reports_duty(leader: Leader) -> bool:
    """Other leaders than the secretary and the full-time deputy, members of the Party."""
    return leader.branch is not None and not leader.holds(*_SECRETARIES, "专职副书记")


def _spring_meeting(book: Book, enterprise: str) -> tuple[str, dt.date]:
    """The committee meeting of June 2026, or the last one held by then."""
    kinds = ("支部委员会",) if enterprise in LED_BY_BRANCH else ("党委会",)
    rows = [
        row
        for row in book.rows["meetings"]
        if row["unit"] == LEADING[enterprise]
        and row["kind"] in kinds
        and row["held_on"] <= on("2026-06-30")
    ]
    in_june = [row for row in rows if row["held_on"] >= on("2026-06-01")]
    row = in_june[0] if in_june else max(rows, key=lambda row: row["held_on"])
    return row["number"], row["held_on"]
