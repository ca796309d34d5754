"""Cases, audits, joint supervision, disclosures, assessments and explanations of the demo."""

from tongrong.facts.demo.bodies import ABOVE, BRANCHES
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
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
from tongrong.facts.ledger import DRAFT, EFFECTIVE

_BOTH = ("当事人责任", "领导责任")
_CASES = (
    ("AJ2025-01", HEAVY, "2025-11-18", _BOTH),
    ("AJ2026-01", HEAVY, "2026-04-22", _BOTH),
    ("AJ2026-02", BUILDER, "2026-03-11", ("当事人责任",)),
    ("AJ2026-03", LISTED, "2026-07-08", ("当事人责任",)),
)
_AUDITS = (
    (GROUP, "离任", "任期审计", "2025-10-22"),
    (GROUP, "离任", "离任审计", "2026-03-20"),
    (GROUP, "书记", "任期审计", "2026-04-17"),
    (GROUP, "副总1", "任期审计", "2025-05-16"),
    (HEAVY, "副总2", "任期审计", "2025-04-15"),
    (HEAVY, "离任", "任期审计", "2025-02-20"),
    (BUILDER, "总工", "任期审计", "2025-03-18"),
    (BUILDER, "离任", "任期审计", "2026-03-25"),
    (ZOMBIE, "书记", "任期审计", "2026-06-24"),
    (ZOMBIE, "总经理", "任期审计", "2026-06-24"),
    (ZOMBIE, "副总", "任期审计", "2026-06-24"),
    (ZOMBIE, "书记", "离任审计", "2026-09-11"),
)
_SUPERVISIONS = (
    (GROUP, "2025-10-21", ("纪委", "监事会")),
    (GROUP, "2026-05-19", ("纪委", "监事会", "审计部门")),
    (BUILDER, "2026-06-10", ("纪委", "监事会")),
    (YOUNG, "2026-04-28", ("纪委", "审计委员会")),
    (HEAVY, "2025-12-09", ("纪委", "监事会")),
    (LISTED, "2025-06-17", ("纪委", "监事会")),
    (LISTED, "2026-06-16", ("纪委", "审计委员会")),
    (MIXED, "2026-04-21", ("纪委", "监事会")),
    (WATER, "2026-07-14", ("纪委", "监事会", "审计部门")),
)
_DISCLOSURES = (
    (GROUP, "2025-10-30", "前三季度主要经营数据"),
    (GROUP, "2026-04-29", "2025年度经营情况和负责人薪酬"),
    (GROUP, "2026-08-28", "上半年主要经营数据"),
    (HEAVY, "2026-05-08", "2025年度经营情况"),
    (BUILDER, "2026-05-12", "2025年度经营情况"),
    (SERVICE, "2026-06-03", "物业服务收费公示"),
    (YOUNG, "2025-12-15", "年度招聘结果"),
    (LISTED, "2026-04-28", "2025年年度报告"),
    (LISTED, "2026-08-27", "2026年半年度报告"),
    (MIXED, "2026-05-14", "2025年度经营情况"),
    (CARRIER, "2026-05-20", "2025年度经营情况"),
    (WATER, "2026-04-15", "供水水质和收费公示"),
    (OVERSEAS, "2026-05-22", "2025年度经营情况"),
)
# Unit, assessor (enterprise, leader), day, valid until, score.
_ASSESSMENTS = (
    (GROUP, (ABOVE, "副书记"), "2026-03-10", "2027-03-10", 88),
    (HEAVY, (GROUP, "副书记"), "2025-09-20", "2026-09-20", 84),
    (BUILDER, (GROUP, "副书记"), "2026-03-24", "2027-03-24", 76),
    (YOUNG, (GROUP, "副书记"), "2026-04-02", "2027-04-02", 60),
    (LISTED, (GROUP, "副书记"), "2026-03-12", "2027-03-12", 91),
    (MIXED, (GROUP, "副书记"), "2026-03-19", "2027-03-19", 82),
    (CARRIER, (GROUP, "副书记"), "2026-03-26", "2027-03-26", 58),
    (WATER, (GROUP, "副书记"), "2026-04-09", "2027-04-09", 79),
    (SERVICE, (GROUP, "副书记"), "2026-04-09", "2027-04-09", 85),
)
_NIL = (
    (GROUP, "违纪案件", "2026-01-15"),
    (GROUP, "违纪案件", "2026-07-10"),
    (SERVICE, "违纪案件", "2026-07-06"),
    *((x, "违纪案件", "2026-07-08") for x in (MIXED, WATER, OVERSEAS, ZOMBIE, BANKRUPT)),
    *((body.number, "民主评议党员", "2026-07-01") for body in BRANCHES if body.is_new),
)


def write(book: Book, cast: Cast) -> None:
    """Enters what was supervised, audited, disclosed, assessed, explained and declared nil."""
    for number, unit, day, inquiries in _CASES:
        book.add(
            "discipline_cases", number=number, unit=unit, closed_on=on(day), inquiries=inquiries
        )
    for unit, key, kind, day in _AUDITS:
        person = cast.person(unit, key)
        book.add("audits", unit=unit, person=person, kind=kind, audited_on=on(day))
    for unit, day, bodies in _SUPERVISIONS:
        number = book.number("LJ")
        book.add("supervisions", number=number, unit=unit, held_on=on(day), bodies=bodies)
    for unit, day, title in _DISCLOSURES:
        number = book.number("GK")
        book.add("disclosures", number=number, unit=unit, disclosed_on=on(day), title=title)
    for unit, assessor, day, expires, score in _ASSESSMENTS:
        book.add(
            "assessments",
            unit=unit,
            clause="6.1.b",
            assessed_on=on(day),
            expires_on=on(expires),
            assessed_by="上级党组织",
            assessor=cast.person(*assessor),
            score=score,
            evidence="班子分工和履职情况考察报告（示例）",
        )
    for unit, ledger, day in _NIL:
        book.add("nil_declarations", unit=unit, ledger=ledger, declared_on=on(day))
    _explanations(book, cast)


def _explanations(book: Book, cast: Cast) -> None:
    """Approved explanations; one has expired and one was never approved (a draft)."""
    director = cast.person(HEAVY, "副总1")
    rows = (
        (GROUP, "6.2.c", None, "2026-01-20", "2027-01-20", "外部董事调整过渡期，增设1席", ""),
        (HEAVY, "2.5.a", director, "2026-02-10", None, "分管技改的副总经理经批准兼任董事", ""),
        (BUILDER, "3.2.b", None, "2026-05-15", None, "2025年管理岗位冻结，无新增选聘", ""),
        (BUILDER, "2.3.b", None, "2026-09-10", None, "职工董事由职代会另行选出，待批", DRAFT),
        (YOUNG, "2.3.a", None, "2025-07-01", "2026-06-30", "公司新设，一年过渡期", ""),
    )
    for unit, clause, member, approved, expires, reason, status in rows:
        book.add(
            "justifications",
            unit=unit,
            clause=clause,
            member=member,
            approved_on=on(approved),
            expires_on=on(expires) if expires else None,
            reason=reason,
            approved_by="天工样例集团党委" if unit != GROUP else "示例省拟设国资系统党委",
            status=status or EFFECTIVE,
        )
