"""Meetings of the demo's enterprises: Party committees, boards, managers; who was there."""

import datetime as dt

from tongrong.facts.demo.bodies import LEADING, LED_BY_BRANCH
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, is_workday, months, on, workday
from tongrong.facts.demo.firms import (
    BUILDER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    LISTED,
    WATER,
    WITH_BOARD,
    YOUNG,
)
from tongrong.facts.demo.leaders import COMMITTEE, Leader, is_director, is_watcher
from tongrong.facts.demo.matters import Matter, write_matters
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledger import WITHDRAWN

NINE, HALF_PAST_NINE, TWO = 9 * 60, 9 * 60 + 30, 14 * 60
_NO_PARTY_TOPIC = {(HEAVY, on("2026-05-01")), (BUILDER, on("2026-09-01"))}
_NO_REPORT = {(HEAVY, on("2026-08-01")), (WATER, on("2026-05-01"))}
_NO_INTEGRITY_STUDY = {(YOUNG, on("2026-08-01")), (LISTED, on("2025-08-01"))}
_ON_THE_DAY = {
    (HEAVY, on("2026-01-01")): on("2026-01-08"),
    (HEAVY, on("2026-04-01")): on("2026-04-08"),
}
"""Meetings whose day README and docs/tour.md tell."""
_UNWATCHED = {(BUILDER, on("2025-06-01")), (GROUP, on("2026-03-01"))}
"""The managers' meeting of this month was held without a supervisor."""


class Agenda:
    """The items of one meeting, numbered as they are entered."""

    def __init__(self, book: Book, meeting: str) -> None:
        self._book, self._meeting, self._count = book, meeting, 0

    def item(self, title: str, topic: str, **values: object) -> None:
        """One more item."""
        self._count += 1
        self._book.add(
            "agenda_items",
            meeting=self._meeting,
            item=str(self._count),
            title=title,
            topic=topic,
            **values,
        )


def write(book: Book, cast: Cast) -> None:
    """Enters every meeting of every enterprise, its agenda and its attendance."""
    matters = write_matters(book, cast)
    for enterprise in ENTERPRISES:
        own = {matter.month: matter for matter in matters if matter.enterprise == enterprise}
        for month in months():
            if not cast.meets(enterprise, month):
                continue
            matter = own.get(month)
            _committee(book, cast, enterprise, month, matter)
            _decisions(book, cast, enterprise, month, matter)
    _withdrawn(book)
    for matter in matters:
        _follow_up(book, matter)


def _committee(
    book: Book, cast: Cast, enterprise: str, month: dt.date, matter: Matter | None
) -> None:
    """The month's ordinary Party meeting, and extra ones where a matter asked for them."""
    own_days = [study[0] for study in matter.studies] if matter else []
    ordinary = workday(book.rng, month, 6, 11)
    while ordinary in own_days or not is_workday(ordinary):
        ordinary -= dt.timedelta(days=1)
    ordinary = _ON_THE_DAY.get((enterprise, month), ordinary)
    agenda = _party_meeting(book, cast, enterprise, ordinary, NINE)
    if (enterprise, month) not in _NO_PARTY_TOPIC:
        agenda.item(f"研究{month.month}月党建工作", "党建工作", outcome="听取")
    if month.month in (3, 8) and (enterprise, month) not in _NO_INTEGRITY_STUDY:
        agenda.item("专题研究党风廉洁建设", "党风廉洁和反腐败", special=True, outcome="听取")
    if month.month % 3 == 2 and (enterprise, month) not in _NO_REPORT:
        agenda.item("听取经理层工作汇报", "经营管理层工作汇报", outcome="听取")
    if matter and not matter.studies:
        _study(agenda, matter, "建议同意", matter.version)
    elif not matter:
        agenda.item("研究其他工作", "其他", outcome="其他")
    for day, start, outcome, version in matter.studies if matter else ():
        extra = _party_meeting(book, cast, enterprise, day, start)
        if matter:
            _study(extra, matter, outcome, version)


def _party_meeting(
    book: Book, cast: Cast, enterprise: str, day: dt.date, start: int | None
) -> Agenda:
    led = enterprise in LED_BY_BRANCH
    kind = "支部委员会" if led else "党委会"
    number = book.meeting(LEADING[enterprise], kind, day, started_at=start, form="线下")
    posts = ("党支部书记", "党支部副书记", "党支部委员") if led else COMMITTEE
    for leader, person in cast.leading(enterprise, day):
        if leader.holds(*posts):
            role = "主持" if leader.key == "书记" else "出席"
            _attend(book, number, person, role)
    return Agenda(book, number)


def _study(agenda: Agenda, matter: Matter, outcome: str, version: str) -> None:
    agenda.item(
        f"前置研究{matter.title}",
        "重大事项",
        matter=matter.number,
        proposal_version=version,
        outcome=outcome,
    )


def _decisions(
    book: Book, cast: Cast, enterprise: str, month: dt.date, matter: Matter | None
) -> None:
    """The managers' meeting of the month, and in even months the board's."""
    decided = matter.decided if matter else None
    by_board = bool(matter and matter.by_board)
    day, start = workday(book.rng, month, 14, 18), TWO
    if decided and not by_board:
        day, start = decided
    agenda = _office_meeting(book, cast, enterprise, day, start)
    agenda.item(f"{month.month}月生产经营调度", "其他", outcome="其他")
    if matter and not by_board:
        _decide(agenda, matter, day)
    if month.month % 2 == 1:
        return
    day, start = decided if decided and by_board else (_board_day(book, month), HALF_PAST_NINE)
    agenda = _board_meeting(book, cast, enterprise, day, start)
    agenda.item("审议经营情况报告", "其他", outcome="其他")
    if matter and by_board:
        _decide(agenda, matter, day)


def _board_day(book: Book, month: dt.date) -> dt.date:
    return workday(book.rng, month, 24 if month.month == 2 else 20, 26)


def _decide(agenda: Agenda, matter: Matter, day: dt.date) -> None:
    if not matter.outcome:
        return
    matter.decided = (day, 0)
    agenda.item(
        f"决定{matter.title}",
        "重大事项",
        matter=matter.number,
        power=matter.power,
        proposal_version=matter.version,
        outcome=matter.outcome,
    )


def _office_meeting(book: Book, cast: Cast, enterprise: str, day: dt.date, start: int) -> Agenda:
    """A managers' meeting; a supervisor sits in, but for the one nobody came to."""
    number = book.meeting(enterprise, "总经理办公会", day, started_at=start, form="线下")
    watched = (enterprise, day.replace(day=1)) not in _UNWATCHED
    watchers = 0
    for leader, person in cast.leading(enterprise, day):
        if leader.holds("总经理", "副总经理", "总会计师", "总工程师"):
            _attend(book, number, person, "主持" if leader.holds("总经理") else "出席")
        elif is_watcher(leader) and not watchers:
            watchers += 1
            _attend(book, number, person, "列席", present=watched)
    return Agenda(book, number)


def _board_meeting(book: Book, cast: Cast, enterprise: str, day: dt.date, start: int) -> Agenda:
    """A board meeting with directors and sitting-in supervisors; or the sole director decides."""
    kind = "董事会" if enterprise in WITH_BOARD else "执行董事决定"
    number = book.meeting(enterprise, kind, day, started_at=start, form="线下")
    for leader, person in cast.leading(enterprise, day):
        if is_director(leader):
            chair = leader.holds("董事长", "执行董事")
            present = chair or is_watcher(leader) or book.rng.random() > 0.05
            _attend(book, number, person, "主持" if chair else "出席", present=present)
        elif enterprise in WITH_BOARD and _sits_in(leader):
            _attend(book, number, person, "列席")
    return Agenda(book, number)


def _sits_in(leader: Leader) -> bool:
    return leader.holds("监事会主席", "监事")


def _attend(book: Book, meeting: str, person: str, role: str, *, present: bool = True) -> None:
    book.add(
        "attendance",
        meeting=meeting,
        person=person,
        role=role,
        present=present,
        absence_reason=None if present else "出差",
    )


def _withdrawn(book: Book) -> None:
    """A committee meeting entered by mistake and withdrawn; its item counts for nothing."""
    number = book.meeting(
        LEADING[HEAVY], "党委会", on("2026-05-27"), started_at=NINE, form="线下", status=WITHDRAWN
    )
    Agenda(book, number).item("研究5月党建工作", "党建工作", outcome="听取")


def _follow_up(book: Book, matter: Matter) -> None:
    """How a decided matter is carried out: one record a month or two later."""
    if matter.decided is None or matter.outcome != "决定通过" or matter.unfollowed:
        return
    day = matter.followed or workday(
        book.rng, (matter.decided[0] + dt.timedelta(days=40)).replace(day=1), 12, 24
    )
    if day <= AS_OF:
        progress = "执行中" if matter.month >= on("2026-05-01") else "已完成"
        book.add("follow_ups", matter=matter.number, followed_on=day, progress=progress)
