"""The people of the demo: evidently invented names, leaders' posts, members and their branches."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from tongrong.facts.demo.bodies import (
    BODIES,
    BRANCHES,
    LEADING_BRANCHES,
    NEW_BRANCH,
    NEW_BRANCH_ON,
    TEMPORARY,
    TEMPORARY_ON,
    Body,
)
from tongrong.facts.demo.book import Book, Row
from tongrong.facts.demo.days import FIRST_MONTH, LAST_YEAR, on, workday
from tongrong.facts.demo.firms import WOUND_UP, ZOMBIE_MOVED_ON
from tongrong.facts.demo.leaders import MANAGERS, TEAM, Leader
from tongrong.facts.demo.places import place_of
from tongrong.facts.demo.teams import BORN_1980S, LEADERS, outsiders
from tongrong.facts.ledgers.people import SOURCES

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_INVENTED = "例样试拟"
_GIVEN = "安邦诚德恩方刚恒佳康朗敏宁平勤荣山涛维欣彦泽"

# Members admitted as candidates: branch, day, where they came from, and when confirmed.
_ADMITTED = (
    ("DZB01", "2025-10-16", ("经营管理层",), None),
    ("DZB04", "2025-09-12", ("生产经营一线",), "2026-09-12"),
    ("DZB08", "2025-11-20", ("其他",), None),
    ("DZB02", "2026-03-27", ("技术骨干", "青年职工"), None),
    ("DZB01", "2026-06-26", ("其他",), None),
    ("DZB03", "2026-04-16", ("生产经营一线",), None),
    ("DZB03", "2026-04-16", ("其他",), None),
    ("DZB04", "2026-06-24", ("其他",), None),
    ("DZB04", "2026-06-24", ("其他",), None),
    ("DZB05", "2026-06-25", ("其他",), None),
    ("DZB05", "2026-06-25", ("其他",), None),
    ("DZB09", "2026-06-29", ("青年职工",), None),
    ("DZB10", "2026-05-21", ("技术骨干",), None),
    ("DZB16", "2025-05-22", ("生产经营一线",), "2026-05-22"),
    ("DZB12", "2025-11-13", ("青年职工",), None),
    ("DZB16", "2026-05-14", ("生产经营一线",), None),
    ("DZB14", "2026-05-14", ("技术骨干", "业务精英"), None),
    ("DZB21", "2026-06-18", ("其他",), None),
    ("DZB27", "2026-04-23", ("技术骨干",), None),
    ("DZB25", "2026-06-25", ("其他",), None),
    ("DZB31", "2026-06-11", ("其他",), None),
    ("DZB35", "2026-03-19", ("生产经营一线",), None),
    ("DZB44", "2026-06-17", ("青年职工",), None),
)


class _Move(NamedTuple):
    """Members who move on one day: from a branch to another, how many of the last, None all."""

    branch: str
    to: str
    on: dt.date
    count: int | None = None


_MOVES = (
    _Move("DZB04", NEW_BRANCH, NEW_BRANCH_ON, 6),
    _Move("DZB05", NEW_BRANCH, NEW_BRANCH_ON, 6),
    _Move("DZB07", TEMPORARY, TEMPORARY_ON, 5),
    _Move("DZB08", TEMPORARY, TEMPORARY_ON, 4),
    _Move("DZB43", "DZB19", ZOMBIE_MOVED_ON),
)
_OFFICES = ("党支部书记", "党支部副书记", "党支部委员", "党支部委员", "党支部委员")
_GENERAL_OFFICES = (
    ("党总支书记", 0, 5),
    ("党总支副书记", 1, 5),
    ("党总支委员", 0, 6),
    ("党总支委员", 1, 6),
)
"""Of a general branch's committee: the post, which of its branches, which member of that one."""


class Member(NamedTuple):
    """One member in one branch, from a day until the day of transfer out."""

    person: str
    branch: str
    since: dt.date
    until: dt.date | None = None
    full_on: dt.date | None = None

    def belongs(self, day: dt.date) -> bool:
        """Whether the member is in the branch on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Cast:
    """Who plays what: leaders and officers by their person codes, members of every branch.

    `persons` are the rows of all of them by code.
    """

    leaders: list[tuple[Leader, str]] = field(default_factory=list)
    branches: dict[str, list[Member]] = field(default_factory=dict)
    officers: dict[str, list[str]] = field(default_factory=dict)
    persons: dict[str, Row] = field(default_factory=dict)

    def person(self, enterprise: str, key: str) -> str:
        """The code of a leader by short name."""
        return next(p for x, p in self.leaders if (x.enterprise, x.key) == (enterprise, key))

    def leading(self, enterprise: str, day: dt.date) -> list[tuple[Leader, str]]:
        """Leaders, directors and supervisors of an enterprise in office on a day."""
        return [(x, p) for x, p in self.leaders if x.enterprise == enterprise and x.in_office(day)]

    def meets(self, enterprise: str, month: dt.date) -> bool:
        """Whether an enterprise's own bodies meet in a month: it has leaders, and goes on."""
        end = WOUND_UP.get(enterprise)
        return bool(self.leading(enterprise, month)) and (end is None or month < end)

    def of_branch(self, branch: str, day: dt.date) -> list[Member]:
        """The members of a branch on a day, leaders first, then by code."""
        return [m for m in self.branches.get(branch, ()) if m.belongs(day)]

    def joins(self, member: Member) -> None:
        """Notes one more member."""
        self.branches.setdefault(member.branch, []).append(member)


class Registry:
    """Hands out person codes and names, each name once."""

    def __init__(self, book: Book, cast: Cast) -> None:
        self._book, self._cast = book, cast
        self._names = ["".join(parts) for parts in product(_SURNAMES, _INVENTED, _GIVEN)]
        book.rng.shuffle(self._names)

    def enter(self, born_on: dt.date | None = None) -> str:
        """One more person; the day of birth is kept for leaders and middle managers only."""
        persons = self._cast.persons
        code = f"P{len(persons) + 1:04d}"
        name = self._names[len(persons)]
        persons[code] = self._book.add("persons", number=code, name=name, born_on=born_on)
        return code


def write_people(book: Book) -> Cast:
    """Enters everyone: leaders with their posts, members with their branches, officers."""
    cast = Cast()
    registry = Registry(book, cast)
    for place, leader in enumerate((*LEADERS, *outsiders())):
        person = registry.enter(_born_on(leader, place))
        cast.leaders.append((leader, person))
        for post in leader.posts:
            manager = post in MANAGERS
            book.add(
                "posts",
                unit=leader.unit(post),
                person=person,
                post=post,
                from_on=leader.since,
                until_on=leader.until,
                market_hired=leader.hired if manager else None,
                steps=leader.steps if manager else (),
            )
    _write_members(book, cast, registry)
    _write_officers(book, cast)
    return cast


def _born_on(leader: Leader, place: int) -> dt.date | None:
    """From 1966 to 1978, or in 1982 those named; not kept of those outside the team."""
    if not leader.holds(*TEAM):
        return None
    named = (leader.enterprise, leader.key) in BORN_1980S
    return dt.date(1982 if named else 1966 + place * 5 % 13, place % 12 + 1, place % 28 + 1)


def _write_members(book: Book, cast: Cast, registry: Registry) -> None:
    for body in BRANCHES:
        leaders = [(x, p) for x, p in cast.leaders if x.branch == body.number]
        for leader, person in leaders:
            until = leader.until and leader.until + dt.timedelta(days=4)
            _enter(book, cast, Member(person, body.number, leader.since, until))
        stay = sum(leader.until is None for leader, _ in leaders)
        for from_last in range(body.members - stay, 0, -1):
            since = _joined_on(book, body.founded_on)
            _enter(book, cast, Member(registry.enter(), body.number, since), from_last)
    for branch, day, sources, full in _ADMITTED:
        confirmed = on(full) if full else None
        _admit(book, cast, registry.enter(), (branch, on(day), sources, confirmed))
    rows = {(row["unit"], row["person"]): row for row in book.rows["memberships"]}
    for move in _MOVES:
        _move(book, cast, rows, move)


def _joined_on(book: Book, founded_on: dt.date) -> dt.date:
    """Some workday from the founding until the demo begins."""
    if founded_on.year == LAST_YEAR:
        return workday(book.rng, dt.date(2025, 4, 1), 10, 28)
    year = book.rng.randint(max(founded_on.year + 1, 2014), 2024)
    return workday(book.rng, dt.date(year, book.rng.randint(1, 12), 1), 3, 26)


def _enter(book: Book, cast: Cast, member: Member, from_last: int = 1000) -> None:
    """A full member of long standing, the so-manyth from the branch's last."""
    year = book.rng.randint(max(member.since.year - 18, 1992), member.since.year - 2)
    admitted = workday(book.rng, dt.date(year, book.rng.choice((6, 11)), 1), 3, 26)
    full = workday(book.rng, admitted.replace(year=year + 1, day=1), 27, 28)
    cast.joins(member._replace(full_on=full))
    book.add(
        "memberships",
        unit=member.branch,
        person=member.person,
        from_on=member.since,
        until_on=member.until,
        admitted_on=admitted,
        full_on=full,
        sources=(book.rng.choice(SOURCES),),
        workplace=place_of(member.branch, from_last),
    )


def _admit(
    book: Book,
    cast: Cast,
    person: str,
    admission: tuple[str, dt.date, tuple[str, ...], dt.date | None],
) -> None:
    """A candidate member, confirmed after a year where that has passed."""
    branch, day, sources, full = admission
    cast.joins(Member(person, branch, day, full_on=full))
    book.add(
        "memberships",
        unit=branch,
        person=person,
        from_on=day,
        admitted_on=day,
        full_on=full,
        sources=sources,
        workplace=f"GD{branch}",
    )


def _move(book: Book, cast: Cast, rows: dict[tuple[str, str], Row], move: _Move) -> None:
    """Ends the membership of those who move on that day, and enters the new one."""
    there = [m for m in cast.of_branch(move.branch, move.on) if m.full_on and m.full_on <= move.on]
    for member in there[-move.count :] if move.count else there:
        left = cast.branches[move.branch]
        left[left.index(member)] = member._replace(until=move.on)
        cast.joins(member._replace(branch=move.to, since=move.on, until=None))
        old = rows[move.branch, member.person]
        old["until_on"] = move.on
        new = {"unit": move.to, "from_on": move.on, "until_on": None, "workplace": f"GD{move.to}"}
        book.rows["memberships"].append({**old, **new})


def _elected_on(body: Body) -> dt.date:
    """When a branch elected its present committee; a young one once its members had come."""
    young = body.founded_on.year == LAST_YEAR
    return on("2025-05-08") if young else max(body.founded_on, on("2024-03-05"))


def _write_officers(book: Book, cast: Cast) -> None:
    """Branch committees, and those of general branches, from ordinary members."""
    leaders = {person for _, person in cast.leaders}
    for body in BRANCHES:
        if body.number in LEADING_BRANCHES:  # the firm's leaders, whose posts are entered already
            own = [(x, p) for x, p in cast.leaders if x.enterprise == body.enterprise]
            chosen = [p for x, p in own if x.holds(*_OFFICES)]
        else:
            since = _elected_on(body)
            pool = [m for m in cast.of_branch(body.number, since) if m.person not in leaders]
            chosen = [m.person for m in pool if m.full_on][: len(_OFFICES)]
            for person, post in zip(chosen, _OFFICES, strict=False):
                book.add("posts", unit=body.number, person=person, post=post, from_on=since)
        cast.officers[body.number] = chosen
    for body in BODIES:
        if body.kind == "党总支":
            below = [b.number for b in BRANCHES if b.superior == body.number]
            cast.officers[body.number] = []
            for post, branch, place in _GENERAL_OFFICES:
                person = cast.of_branch(below[branch], FIRST_MONTH)[place].person
                cast.officers[body.number].append(person)
                book.add(
                    "posts", unit=body.number, person=person, post=post, from_on=on("2024-03-05")
                )
