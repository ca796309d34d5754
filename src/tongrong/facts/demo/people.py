"""The people of the demo: evidently invented names, leaders' posts, members and their branches."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import product

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import LAST_YEAR, on, workday
from tongrong.facts.demo.leaders import LEADERS, MANAGERS, Leader, outsiders
from tongrong.facts.demo.structure import BRANCHES, NEW_BRANCH, NEW_BRANCH_ON, SERVICE, Body
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
)
_MOVED_TO_NEW = 6
"""So many members of each of two branches moved to the new one."""
_OFFICES = ("党支部书记", "党支部副书记", "党支部委员", "党支部委员", "党支部委员")
_MAIN_BRANCH = (
    ("党总支书记", "DZB03", 5),
    ("党总支副书记", "DZB04", 5),
    ("党总支委员", "DZB03", 6),
    ("党总支委员", "DZB04", 6),
)


@dataclass(frozen=True)
class Member:
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
    """Who plays what: leaders and officers by their person codes, members of every branch."""

    leaders: list[tuple[Leader, str]] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    officers: dict[str, list[str]] = field(default_factory=dict)

    def person(self, enterprise: str, key: str) -> str:
        """The code of a leader by short name."""
        return next(p for x, p in self.leaders if (x.enterprise, x.key) == (enterprise, key))

    def leading(self, enterprise: str, day: dt.date) -> list[tuple[Leader, str]]:
        """Leaders, directors and supervisors of an enterprise in office on a day."""
        return [(x, p) for x, p in self.leaders if x.enterprise == enterprise and x.in_office(day)]

    def of_branch(self, branch: str, day: dt.date) -> list[Member]:
        """The members of a branch on a day, leaders first, then by code."""
        return [m for m in self.members if m.branch == branch and m.belongs(day)]


class Registry:
    """Hands out person codes and names, each name once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._names = ["".join(parts) for parts in product(_SURNAMES, _INVENTED, _GIVEN)]
        book.rng.shuffle(self._names)
        self._count = 0

    def enter(self) -> str:
        """One more person."""
        self._count += 1
        code = f"P{self._count:04d}"
        self._book.add("persons", number=code, name=self._names[self._count])
        return code


def write_people(book: Book) -> Cast:
    """Enters everyone: leaders with their posts, members with their branches, officers."""
    cast, registry = Cast(), Registry(book)
    for leader in (*LEADERS, *outsiders()):
        person = registry.enter()
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


def _write_members(book: Book, cast: Cast, registry: Registry) -> None:
    for body in BRANCHES:
        leaders = [(x, p) for x, p in cast.leaders if x.branch == body.number]
        for leader, person in leaders:
            until = leader.until and leader.until + dt.timedelta(days=4)
            _enter(book, cast, Member(person, body.number, leader.since, until), ())
        for _ in range(body.members - sum(leader.until is None for leader, _ in leaders)):
            since = _joined_on(book, body.founded_on)
            _enter(book, cast, Member(registry.enter(), body.number, since), ())
    for branch, day, sources, full in _ADMITTED:
        confirmed = on(full) if full else None
        _admit(book, cast, registry.enter(), (branch, on(day), sources, confirmed))
    _found_new_branch(book, cast)


def _joined_on(book: Book, founded_on: dt.date) -> dt.date:
    """Some workday from the founding until the demo begins."""
    if founded_on.year == LAST_YEAR:
        return workday(book.rng, dt.date(2025, 4, 1), 10, 28)
    year = book.rng.randint(max(founded_on.year + 1, 2014), 2024)
    return workday(book.rng, dt.date(year, book.rng.randint(1, 12), 1), 3, 26)


def _enter(book: Book, cast: Cast, member: Member, sources: tuple[str, ...]) -> None:
    """A full member of long standing."""
    year = book.rng.randint(max(member.since.year - 18, 1992), member.since.year - 2)
    admitted = workday(book.rng, dt.date(year, book.rng.choice((6, 11)), 1), 3, 26)
    full = workday(book.rng, admitted.replace(year=year + 1, day=1), 27, 28)
    known = Member(member.person, member.branch, member.since, member.until, full)
    cast.members.append(known)
    book.add(
        "memberships",
        unit=member.branch,
        person=member.person,
        from_on=member.since,
        until_on=member.until,
        admitted_on=admitted,
        full_on=full,
        sources=sources or (book.rng.choice(SOURCES),),
    )


def _admit(
    book: Book,
    cast: Cast,
    person: str,
    admission: tuple[str, dt.date, tuple[str, ...], dt.date | None],
) -> None:
    """A candidate member, confirmed after a year where that has passed."""
    branch, day, sources, full = admission
    cast.members.append(Member(person, branch, day, full_on=full))
    book.add(
        "memberships",
        unit=branch,
        person=person,
        from_on=day,
        admitted_on=day,
        full_on=full,
        sources=sources,
    )


def _found_new_branch(book: Book, cast: Cast) -> None:
    """The last ordinary members of two branches move to the new one on its first day."""
    rows = {(r["unit"], r["person"]): r for r in book.rows["memberships"]}
    for branch in ("DZB04", "DZB05"):
        ordinary = [m for m in cast.of_branch(branch, on("2025-08-01")) if m.full_on]
        for member in ordinary[-_MOVED_TO_NEW:]:
            at = cast.members.index(member)
            cast.members[at] = Member(
                member.person, branch, member.since, NEW_BRANCH_ON, member.full_on
            )
            old = rows[branch, member.person]
            old["until_on"] = NEW_BRANCH_ON
            cast.members.append(
                Member(member.person, NEW_BRANCH, NEW_BRANCH_ON, full_on=member.full_on)
            )
            book.rows["memberships"].append(
                {**old, "unit": NEW_BRANCH, "from_on": NEW_BRANCH_ON, "until_on": None}
            )


def _elected_on(body: Body) -> dt.date:
    """When a branch elected its present committee; a young one once its members had come."""
    young = body.founded_on.year == LAST_YEAR
    return on("2025-05-08") if young else max(body.founded_on, on("2024-03-05"))


def _write_officers(book: Book, cast: Cast) -> None:
    """Branch committees, and the committee of the general branch, from ordinary members."""
    leaders = {person for _, person in cast.leaders}
    for body in BRANCHES:
        if body.number == "DZB09":  # its officers are the firm's leaders, entered already
            chosen = [cast.person(SERVICE, key) for key in ("书记", "总经理", "副总")]
        else:
            since = _elected_on(body)
            pool = [m for m in cast.of_branch(body.number, since) if m.person not in leaders]
            chosen = [m.person for m in pool if m.full_on][: len(_OFFICES)]
            for person, post in zip(chosen, _OFFICES, strict=False):
                book.add("posts", unit=body.number, person=person, post=post, from_on=since)
        cast.officers[body.number] = chosen
    general = []
    for post, branch, place in _MAIN_BRANCH:
        person = cast.of_branch(branch, on("2025-08-01"))[place].person
        general.append(person)
        book.add("posts", unit="DZZ01", person=person, post=post, from_on=on("2024-03-05"))
    cast.officers["DZZ01"] = general
