"""Organized life of the demo's branches, and study and self-criticism of its leaders."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from tongrong.facts.demo.bodies import (
    BODY,
    BRANCHES,
    GROUPS,
    LEADING,
    LEADING_BRANCHES,
    LED_BY_BRANCH,
    Body,
)
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, months, next_month, on, quarters, workday
from tongrong.facts.demo.firms import BUILDER, ENTERPRISES, GROUP, SERVICE, YOUNG
from tongrong.facts.demo.leaders import TEAM
from tongrong.facts.demo.people import Cast

_ONLINE, _OFFLINE = "线上线下结合", "线下"
_THIS_QUARTER = on("2026-07-01")
# What did not take place: (branch or group, first day of the month or quarter).
_NO_THEME_DAY = {("DZB04", on("2026-03-01")), ("DZB08", on("2026-09-01"))}
_NO_COMMITTEE = {("DZB10", on("2026-06-01")), ("DZB02", on("2026-06-01"))}
_NO_GROUP_MEETING = {("DXZ0702", on("2026-04-01"))}
_NO_ASSEMBLY = {("DZB11", _THIS_QUARTER)}
_NO_LECTURE = {("DZB05", _THIS_QUARTER)}
_NO_LIFE_MEETING = {("DZB11", 2026)}
_NO_STUDY = {(YOUNG, on("2026-04-01")), (GROUP, _THIS_QUARTER), (BUILDER, _THIS_QUARTER)}
_ALL_OFFLINE = {(SERVICE, on("2026-01-01"))}
_ABSENT = {(YOUNG, "副总2", on("2026-04-01"))}
"""A leader who missed the whole branch life of a quarter."""

# Lectures given by leaders outside their own enterprise: branch, quarter, leader of the group.
_GUEST_LECTURES = {
    ("DZB03", on("2026-04-01")): "书记",
    ("DZB07", on("2026-04-01")): "副书记",
    ("DZB09", on("2026-04-01")): "纪委",
    ("DZB10", on("2026-04-01")): "总经理",
}
_OWN_LECTURES = ("副总1", "副总2", "副总3", "总会", "组织", "书记")
"""Leaders of the group who lecture in its own branches in 2026, in turn."""


class _Life(NamedTuple):
    """The book and the people, as every branch's life needs them."""

    book: Book
    cast: Cast
    leaders: frozenset[str]
    lectures: Counter[str]


def write(book: Book, cast: Cast) -> None:
    """Enters what branches and leading teams did, and who came."""
    life = _Life(book, cast, frozenset(person for x, person in cast.leaders if x.branch), Counter())
    for body in BRANCHES:
        _monthly(life, body)
        for first, second, third in quarters():
            if body.exists(first) and body.exists(third):
                _assembly(life, body, first, second)
                _lecture(life, body, first, (second, third))
        _life_meeting(life, body)
    for branch, group in GROUPS:
        for month in months():
            if (group, month) not in _NO_GROUP_MEETING and BODY[branch].exists(month):
                day = workday(book.rng, month, 5, 22)
                book.meeting(branch, "党小组会", day, form=_OFFLINE, party_group=group)
    for enterprise in ENTERPRISES:
        _team(life, enterprise)


def _monthly(life: _Life, body: Body) -> None:
    """Theme days, and committee meetings; where the branch leads a firm these are its own."""
    for month in months():
        if not (body.exists(month) and body.exists(next_month(month))):
            continue
        if (body.number, month) not in _NO_THEME_DAY:
            day = workday(life.book.rng, month, 8, 22)
            life.book.meeting(body.number, "主题党日", day, form=_form(life, body, month))
        if body.number in LEADING_BRANCHES and life.cast.meets(body.enterprise or "", month):
            continue
        if (body.number, month) not in _NO_COMMITTEE:
            day = workday(life.book.rng, month, 3, 20)
            life.book.meeting(
                body.number, "支部委员会", day, started_at=15 * 60 + 30, form=_OFFLINE
            )


def _form(life: _Life, body: Body, month: dt.date) -> str:
    """One theme day a quarter combines both ways; others now and then."""
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    if (body.enterprise, quarter) in _ALL_OFFLINE:
        return _OFFLINE
    return _ONLINE if month.month % 3 == 2 or life.book.rng.random() < 0.15 else _OFFLINE


def _assembly(life: _Life, body: Body, first: dt.date, second: dt.date) -> None:
    """The assembly of the quarter; leaders come as ordinary members."""
    if (body.number, first) in _NO_ASSEMBLY:
        return
    day = workday(life.book.rng, second, 6, 26)
    if day > AS_OF:
        return
    number = life.book.meeting(body.number, "支部党员大会", day, started_at=14 * 60, form=_OFFLINE)
    _everyone(life, body, number, (first, day))


def _everyone(life: _Life, body: Body, meeting: str, when: tuple[dt.date, dt.date]) -> None:
    """The recorder's list of a meeting: nearly everyone came."""
    quarter, day = when
    away = {
        life.cast.person(enterprise, key) for enterprise, key, first in _ABSENT if first == quarter
    }
    for place, member in enumerate(life.cast.of_branch(body.number, day)):
        leads = member.person in life.leaders
        present = member.person not in away and (leads or life.book.rng.random() > 0.06)
        life.book.add(
            "attendance",
            meeting=meeting,
            person=member.person,
            role="主持" if place == 0 and present else "出席",
            present=present,
            absence_reason=None if present else life.book.rng.choice(("出差", "病假", "值班")),
        )


def _lecture(life: _Life, body: Body, first: dt.date, later: tuple[dt.date, dt.date]) -> None:
    """The Party lecture of the quarter, by a leader or the branch's secretary."""
    second, third = later
    if (body.number, first) in _NO_LECTURE:
        return
    month = second if body.number in ("DZB01", "DZB03", "DZB07") else third
    day = workday(life.book.rng, month, 4, 22)
    if day <= AS_OF:
        lecturer = _lecturer(life, body, first)
        life.book.meeting(body.number, "党课", day, form=_OFFLINE, lecturer=lecturer)


def _lecturer(life: _Life, body: Body, first: dt.date) -> str:
    guest = _GUEST_LECTURES.get((body.number, first))
    if guest:
        return life.cast.person(GROUP, guest)
    quarter = (first.month - 1) // 3
    if body.enterprise == GROUP and first.year == AS_OF.year:
        turn = quarter * 2 + (body.number == "DZB02")
        return life.cast.person(GROUP, _OWN_LECTURES[turn])
    own = [p for x, p in life.cast.leading(body.enterprise or "", first) if x.branch]
    if first.year == AS_OF.year and quarter and own and body.enterprise != GROUP:
        life.lectures[body.enterprise or ""] += 1
        return own[life.lectures[body.enterprise or ""] % len(own)]
    return life.cast.officers[body.number][0]


def _life_meeting(life: _Life, body: Body) -> None:
    """The yearly 组织生活会, held early in the year."""
    first = on("2026-01-01")
    if not body.exists(first) or (body.number, first.year) in _NO_LIFE_MEETING:
        return
    day = workday(life.book.rng, on("2026-02-01"), 3, 13)
    number = life.book.meeting(body.number, "组织生活会", day, started_at=14 * 60, form=_OFFLINE)
    _everyone(life, body, number, (first, day))


def _team(life: _Life, enterprise: str) -> None:
    """Group study of the committee every quarter, and the team's 民主生活会 in January."""
    unit = LEADING[enterprise]
    for first, _, third in quarters():
        day = workday(life.book.rng, third, 2, 20)
        meets = life.cast.meets(enterprise, third) and enterprise not in LED_BY_BRANCH
        if meets and day <= AS_OF and (enterprise, first) not in _NO_STUDY:
            life.book.meeting(unit, "中心组学习", day, started_at=9 * 60, form=_OFFLINE)
    held_on = workday(life.book.rng, on("2026-01-01"), 19, 29)
    number = life.book.meeting(unit, "民主生活会", held_on, started_at=9 * 60, form=_OFFLINE)
    for leader, person in life.cast.leading(enterprise, held_on):
        if leader.holds(*TEAM):
            life.book.add(
                "attendance",
                meeting=number,
                person=person,
                role="主持" if leader.key == "书记" else "出席",
                present=True,
            )
