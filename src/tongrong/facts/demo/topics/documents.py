"""The demo's documents in force, quotas and division of work."""

import datetime as dt

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, on
from tongrong.facts.demo.leaders import COMMITTEE, IN_CHARGE_OF, Leader
from tongrong.facts.demo.people import Cast
from tongrong.facts.demo.structure import (
    BODY,
    BUILDER,
    ENTERPRISES,
    FIRMS,
    GROUP,
    HEAVY,
    LEADING,
    SERVICE,
    SUPERVISED,
    YOUNG,
    YOUNG_ON,
)
from tongrong.facts.ledgers.documents import DOCUMENT_TYPES
from tongrong.facts.ledgers.meetings import BOARD_POWERS

_FOUR_OF_PARTY = ("职责权限", "机构设置", "运行机制", "基础保障")
_ELEMENTS = {
    "企业改革方案": _FOUR_OF_PARTY,
    "公司章程": _FOUR_OF_PARTY,
    "董事会职权规则": BOARD_POWERS,
    "劳动用工制度": ("择优录用", "能进能出"),
    "人事管理制度": ("能上能下", "取消行政级别"),
    "工资总额管理办法": ("分级管理", "正常增长机制"),
}
_FEWER_ELEMENTS = {
    (YOUNG, "公司章程"): _FOUR_OF_PARTY[:3],
    (HEAVY, "人事管理制度"): ("能上能下",),
}
_YEARLY, _PAYROLL, _DIVISION = "年度党建任务清单", "工资总额预算", "班子分工文件"
_ONLY_GROUP = {"纪检审计联合监督办法", "职工中长期激励方案"}
_WITH_BOARD = {"董事会职权规则", "外部董事选聘办法"}
_WITH_SUPERVISORS = {"监事会议事规则", "监事选聘办法"}
_WITH_AUDIT_COMMITTEE = {"审计委员会议事规则"}
_NEVER_MADE = {
    (SERVICE, "企业信息公开制度"),
    (SERVICE, "差异化薪酬管理制度"),
    (SERVICE, "风险保证金制度"),
}
_REPEALED = {(HEAVY, "监事选聘办法"): on("2026-07-01")}
_TASKS_ON = {
    GROUP: "2026-02-12",
    HEAVY: "2026-03-05",
    BUILDER: "2026-03-31",
    SERVICE: "2026-03-18",
    YOUNG: "2026-04-08",
}
"""When the year's list of Party tasks came into force: the builder's on the last day, the
young firm's too late."""

_AREAS = (
    ("党委书记", "全面工作"),
    ("专职副书记", "党建工作"),
    ("纪委书记", "纪检监察"),
    ("党支部书记", "全面工作"),
    ("总经理", "生产经营"),
    ("总会计师", "财务资产"),
    ("总工程师", "安全环保"),
    ("副总经理", "生产经营"),
)
_QUOTAS = {
    GROUP: (("高层", 10), ("中层", 16), ("经理层", 5)),
    HEAVY: (("高层", 9), ("中层", 14), ("经理层", 5)),
    BUILDER: (("高层", 10), ("中层", 10), ("经理层", 5)),
    SERVICE: (("高层", 3), ("中层", 6), ("经理层", 2)),
    YOUNG: (("高层", 8), ("经理层", 4)),
}
"""Posts set by level; the young firm has set none for its middle level."""

# Middle managers: in post by 2024 (of them market-hired), joined 2025 (market-hired), and
# how many of the market-hired left in 2025.
_MIDDLE = {
    GROUP: (12, 3, 2, 2, 0),
    HEAVY: (14, 5, 0, 0, 1),
    BUILDER: (10, 3, 0, 0, 0),
    SERVICE: (4, 1, 1, 1, 0),
    YOUNG: (0, 0, 6, 6, 0),
}


def write(book: Book, cast: Cast) -> None:
    """Enters documents, quotas, middle managers and who is in charge of what."""
    for firm in FIRMS:
        number = firm.number
        for kind in DOCUMENT_TYPES:
            if _has(number, kind):
                _document(book, number, kind, firm.name)
    for enterprise in ENTERPRISES:
        _middle(book, cast, enterprise)
        for level, posts in _QUOTAS[enterprise]:
            setter = "上级单位" if level == "高层" else "董事会"
            book.add(
                "post_quotas",
                unit=enterprise,
                level=level,
                from_on=_since(enterprise),
                posts_set=posts,
                set_by="股东会" if enterprise == SERVICE else setter,
            )
        for leader, person in cast.leading(enterprise, AS_OF):
            _charge(book, enterprise, leader, person)


def _since(enterprise: str) -> dt.date:
    return on("2025-04-15") if enterprise == YOUNG else on("2024-10-15")


def _has(enterprise: str, kind: str) -> bool:
    if (enterprise, kind) in _NEVER_MADE:
        return False
    if kind in _ONLY_GROUP:
        return enterprise == GROUP
    if kind in _WITH_BOARD:
        return enterprise != SERVICE
    if kind in _WITH_SUPERVISORS:
        return enterprise in SUPERVISED
    return enterprise == YOUNG or kind not in _WITH_AUDIT_COMMITTEE


def _document(book: Book, enterprise: str, kind: str, name: str) -> None:
    if kind == _YEARLY:
        for year, day in ((2025, "2025-03-20"), (2026, _TASKS_ON[enterprise])):
            if year == YOUNG_ON.year and enterprise == YOUNG:
                continue
            _enter(book, enterprise, kind, f"{name}{year}年党建任务清单", on(day), year=year)
        return
    if kind == _PAYROLL:
        _enter(
            book,
            enterprise,
            kind,
            f"{name}2026年工资总额预算",
            on(_TASKS_ON[enterprise]),
            year=2026,
        )
        return
    title = f"{name}{kind}"
    if kind == "党委会议事规则" and enterprise == SERVICE:
        title = f"{name}党支部委员会议事规则"
    made = _since(enterprise)
    elements = _FEWER_ELEMENTS.get((enterprise, kind), _ELEMENTS.get(kind, ()))
    if kind == "公司章程" and enterprise != YOUNG:
        before = on("2016-01-20")
        _enter(book, enterprise, kind, f"{title}（2016年）", before, repealed_on=made)
    repealed = _REPEALED.get((enterprise, kind))
    _enter(book, enterprise, kind, title, made, repealed_on=repealed, elements=elements)


def _enter(
    book: Book, enterprise: str, kind: str, title: str, effective_on: dt.date, **values: object
) -> None:
    party = kind in (_YEARLY, _DIVISION, "党委会议事规则")
    number = _division(enterprise) if kind == _DIVISION else book.number(f"WJ{enterprise}")
    book.add(
        "documents",
        number=number,
        unit=LEADING[enterprise] if party else enterprise,
        type=kind,
        title=title,
        effective_on=effective_on,
        **values,
    )


def _division(enterprise: str) -> str:
    """The number of the document that divides the team's work."""
    return f"WJ{enterprise}-FG"


def _charge(book: Book, enterprise: str, leader: Leader, person: str) -> None:
    """What a member of the committee or of the service firm's team is in charge of."""
    if not leader.holds(*COMMITTEE, "执行董事", "总经理", "副总经理", "总会计师"):
        return
    area = next((area for post, area in _AREAS if leader.holds(post)), "组织人事")
    own = [s for s, key in IN_CHARGE_OF.items() if (enterprise, leader.key) == (GROUP, key)]
    for subsidiary in (None, *own):
        since = max(leader.since, _since(enterprise))
        book.add(
            "charges",
            unit=LEADING[enterprise],
            person=person,
            area=area,
            subsidiary=subsidiary,
            from_on=max(since, YOUNG_ON) if subsidiary else since,
            document=_division(enterprise),
        )


def _middle(book: Book, cast: Cast, enterprise: str) -> None:
    """Heads of departments and workshops, most of them Party members."""
    standing, hired, joined, joined_hired, left = _MIDDLE[enterprise]
    leaders = {person for _, person in cast.leaders}
    first = on("2025-08-01")
    pool = [
        m.person
        for m in cast.members
        if BODY[m.branch].enterprise == enterprise
        and m.since <= first
        and m.until is None
        and m.person not in leaders
    ]
    for place, person in enumerate(pool[: standing + joined]):
        new = place >= standing
        since = on("2025-06-16") if new else on(f"20{20 + place % 5}-04-20")
        market = place - standing < joined_hired if new else place < hired
        book.add(
            "posts",
            unit=enterprise,
            person=person,
            post="中层正职" if place % 3 == 0 else "中层副职",
            from_on=since,
            until_on=on("2025-09-01") if place < left else None,
            market_hired=market,
        )
