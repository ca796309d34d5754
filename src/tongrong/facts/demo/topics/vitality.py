"""What Party work does for production in the demo: topics, pioneers, mentors, trainings."""

import datetime as dt

from tongrong.facts.demo.bodies import ABOVE, BRANCHES, LEADING
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, YEARS, on, opening, workday
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    LISTED,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    YOUNG,
    ZOMBIE,
)
from tongrong.facts.demo.people import Cast

_RESTING = {OVERSEAS, ZOMBIE, BANKRUPT}
"""Enterprises too small, too far or too near their end to have topics, platforms or mentors."""
# Enterprise, begun, concluded, output; then the milestones: name, due, done.
_TOPICS: tuple[
    tuple[str, str, str | None, str | None, tuple[tuple[str, str, str | None], ...]], ...
]
_TOPICS = (
    (GROUP, "2025-03-03", "2026-05-29", "研究报告一份", (("结题", "2026-05-30", "2026-05-20"),)),
    (GROUP, "2026-02-10", None, None, (("开题", "2026-03-31", "2026-03-20"),)),
    (HEAVY, "2026-02-24", None, None, (("中期", "2026-08-31", None),)),  # overdue
    (BUILDER, "2026-01-12", "2026-06-30", "案例集", (("结题", "2026-06-30", "2026-07-10"),)),
    (YOUNG, "2025-06-10", "2026-06-10", None, (("结题", "2026-06-10", "2026-06-10"),)),
    (LISTED, "2026-03-02", None, None, (("中期", "2026-10-10", None),)),  # at risk
    (MIXED, "2026-03-16", None, None, (("中期", "2026-11-20", None),)),  # pending
    (CARRIER, "2026-04-07", None, None, ()),  # no milestones
    (WATER, "2026-01-20", None, None, (("开题", "2026-02-27", "2026-03-02"),)),
)
_NO_LEADER = WATER
_AWARDS = (
    (GROUP, "省级", "2026-06-18", "党建引领装备制造创新研究"),
    (LISTED, "市级", "2025-11-20", "车间党建与精益生产研究"),
    (HEAVY, "市级", "2026-05-14", "党员攻关机制研究"),
)
_CREATIONS = ("四强党组织创建", "四优党员创建")
_PIONEERS = ("示范行动", "承诺践诺", "责任区", "志愿服务", "三带三促")
_NOT_HELD = {
    ("DZB09", "四优党员创建", 2025),
    (HEAVY, "责任区", 2026),
    (YOUNG, "三带三促", 2026),
}
_PLATFORMS = (
    (GROUP, "技能大师工作室", "2018-04-12", None),
    (HEAVY, "技能大师工作室", "2016-09-20", None),
    (BUILDER, "工匠工作室", "2020-06-01", None),
    (LISTED, "工匠工作室", "2017-05-10", None),
    (MIXED, "劳模创新工作室", "2021-03-15", None),
    (CARRIER, "劳模创新工作室", "2019-10-08", "2026-03-01"),
    (WATER, "劳模创新工作室", "2015-05-01", None),
    (YOUNG, "工匠工作室", "2025-09-01", None),
)
_MENTORING = {GROUP: "DZB02", HEAVY: "DZB03", BUILDER: "DZB08", LISTED: "DZB16", WATER: "DZB35"}
_SILENT = {(BUILDER, 2026, 1), (WATER, 2026, 1)}
"""Enterprises of which one pair met in no day of a half-year; the water firm said why."""
_SCORES = {GROUP: 92, HEAVY: 58, BUILDER: 76, LISTED: 88, MIXED: 81, CARRIER: 70, WATER: 85}
_TRAININGS = ("党员教育培训", "职业培训")
_UNPLANNED = {(SERVICE, "职业培训", 2025), (WATER, "职业培训", 2026)}


def write(book: Book, cast: Cast) -> None:
    """Enters topics, activities, platforms, mentoring, assessments and trainings."""
    _topics(book, cast)
    for year in YEARS:
        for body in BRANCHES:
            if body.founded_on < dt.date(year, 1, 1):
                for kind in _CREATIONS:
                    _activity(book, body.number, kind, year, body.dissolved_on)
        for enterprise in ENTERPRISES:
            for kind in _PIONEERS:
                _activity(book, enterprise, kind, year)
            for kind in _TRAININGS:
                _training(book, enterprise, kind, year)
    _platforms(book)
    for enterprise in (*sorted(_RESTING), SERVICE):
        for ledger in ("项目", "项目节点", "创新与技能平台", "传帮带结对"):
            book.add(
                "nil_declarations", unit=enterprise, ledger=ledger, declared_on=on("2026-01-16")
            )
    _mentoring(book, cast)
    _assessments(book, cast)


def _platforms(book: Book) -> None:
    for number, (unit, kind, since, until) in enumerate(_PLATFORMS, start=1):
        book.add(
            "platforms",
            number=f"JN{number:02d}",
            unit=unit,
            kind=kind,
            name=f"{kind}{number}（拟设）",
            from_on=on(since),
            until_on=on(until) if until else None,
        )


def _topics(book: Book, cast: Cast) -> None:
    for number, (unit, begun, concluded, output, milestones) in enumerate(_TOPICS, start=1):
        code = f"KT{number:02d}"
        book.add(
            "projects",
            number=code,
            unit=unit,
            kind="党建研究课题",
            title=f"党建与生产经营相融研究之{number}",
            from_on=on(begun),
            until_on=on(concluded) if concluded else None,
            leader=None if unit == _NO_LEADER else cast.person(unit, "书记"),
            output=output,
        )
        for name, due, done in milestones:
            book.add(
                "milestones",
                project=code,
                name=name,
                set_on=on(begun),
                due_on=on(due),
                done_on=on(done) if done else None,
            )
    for unit, level, day, title in _AWARDS:
        book.add(
            "awards",
            number=book.number("YXKT"),
            unit=unit,
            kind="优秀课题",
            level=level,
            awarded_on=on(day),
            title=title,
        )


def _activity(book: Book, unit: str, kind: str, year: int, until: dt.date | None = None) -> None:
    """One activity of the year, in spring, unless it was never held."""
    day = workday(book.rng, max(opening(year), dt.date(year, book.rng.choice((3, 4)), 1)), 6, 26)
    if (unit, kind, year) in _NOT_HELD or (until and day >= until):
        return
    number, title = book.number("HD"), f"{year}年{kind}"
    book.add("activities", number=number, unit=unit, kind=kind, title=title, held_on=day)


def _training(book: Book, enterprise: str, kind: str, year: int) -> None:
    day = workday(book.rng, dt.date(year, book.rng.choice((5, 6)), 1), 8, 26)
    book.add(
        "trainings",
        number=book.number("PX"),
        unit=enterprise,
        kind=kind,
        title=f"{year}年{kind}班",
        held_on=day,
        planned=(enterprise, kind, year) not in _UNPLANNED,
    )


def _mentoring(book: Book, cast: Cast) -> None:
    """Two pairs a branch; a record of each in every half-year, but for the silent ones."""
    for enterprise, branch in _MENTORING.items():
        members = cast.of_branch(branch, AS_OF)
        for pair, (mentor, apprentice) in enumerate(((-1, -2), (-3, -4)), start=1):
            number = f"CBD{branch}-{pair}"
            book.add(
                "mentoring_pairs",
                number=number,
                unit=branch,
                mentor=members[mentor].person,
                apprentice=members[apprentice].person,
                from_on=on("2024-07-01"),
            )
            for year, half in ((2025, 1), (2025, 2), (2026, 1), (2026, 2)):
                if pair == 1 and (enterprise, year, half) in _SILENT:
                    continue
                day = workday(book.rng, dt.date(year, 4 if half == 1 else 8, 1), 6, 26)
                book.add("mentoring_records", pair=number, met_on=day)
    book.add(
        "justifications",
        unit=WATER,
        clause="13.3.b",
        period="2026H1",
        member=f"CBD{_MENTORING[WATER]}-1",
        approved_on=on("2026-07-08"),
        reason="师傅上半年驻外援建，结对暂停",
        approved_by="样例水务公司党委",
    )


def _assessments(book: Book, cast: Cast) -> None:
    """How far awards of members rest on their work, scored by the committee above."""
    for unit, score in _SCORES.items():
        above = (ABOVE, "委员") if unit == GROUP else (GROUP, "书记")
        book.add(
            "assessments",
            unit=LEADING[unit],
            clause="13.4.a",
            assessed_on=on("2026-03-10"),
            expires_on=on("2027-03-10"),
            assessed_by="上级党组织",
            assessor=cast.person(*above),
            score=score,
            evidence="党员评先选优情况评定表（示例）",
        )
