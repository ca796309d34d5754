"""The demo's documents in force, quotas and division of work."""

import datetime as dt

from tongrong.facts.demo.bodies import BRANCHES, LEADING, LED_BY_BRANCH
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, on
from tongrong.facts.demo.firms import (
    BUILDER,
    CARRIER,
    ENTERPRISES,
    FIRM,
    GROUP,
    HEAVY,
    LISTED,
    LISTED_AUDIT_ON,
    MIXED,
    SERVICE,
    WATER,
    WITH_BOARD,
    YOUNG,
    YOUNG_ON,
)
from tongrong.facts.demo.leaders import COMMITTEE, Leader
from tongrong.facts.demo.people import Cast
from tongrong.facts.demo.teams import IN_CHARGE_OF
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
    (GROUP, "人事管理制度"): ("能上能下",),
    (HEAVY, "人事管理制度"): ("能上能下",),
    (WATER, "企业改革方案"): _FOUR_OF_PARTY[:2],
    (MIXED, "董事会职权规则"): BOARD_POWERS[:3],
}
_BEFORE_CHANGE, _IN_TIME = on("2025-01-01"), "2026-03-10"
_YEARLY, _PAYROLL, _DIVISION = "年度党建任务清单", "工资总额预算", "班子分工文件"
_NO_PAYROLL_BUDGET = {(SERVICE, 2025)}
_ONLY_GROUP = {"纪检审计联合监督办法", "职工中长期激励方案"}
_WITH_BOARD = {"董事会职权规则", "外部董事选聘办法"}
_WITH_SUPERVISORS = {"监事会议事规则", "监事选聘办法"}
_WITH_AUDIT_COMMITTEE = {"审计委员会议事规则"}
_NEVER_MADE = {
    (SERVICE, "企业信息公开制度"),
    (SERVICE, "双向交流机制"),
    (SERVICE, "差异化薪酬管理制度"),
    (SERVICE, "风险保证金制度"),
}
_REPEALED = {
    (HEAVY, "监事选聘办法"): on("2026-07-01"),
    (CARRIER, "党委会议事规则"): on("2026-08-01"),
    (MIXED, "监事会议事规则"): on("2026-07-01"),
    (LISTED, "监事会议事规则"): LISTED_AUDIT_ON,
    (LISTED, "监事选聘办法"): LISTED_AUDIT_ON,
}
_ELSEWHERE = {
    "年度培训计划",
    "职工代表大会制度",
    "集体合同",
    "关怀帮扶制度",
    "企业核心价值观",
    "员工行为准则",
    "品牌文化方案",
    "社会责任报告",
    "党建考核方案",
    "责任追究办法",
    "母子公司管理制度",
    "员工持股方案",
}
"""Types that the topics of solidarity, capital and the two accounts write."""
_NO_CHARGE = {(CARRIER, "总工")}
_MADE_ON = {(LISTED, "审计委员会议事规则"): LISTED_AUDIT_ON}
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
    YOUNG: (("高层", 8), ("经理层", 4)),
    LISTED: (("高层", 9), ("中层", 22), ("经理层", 5)),
    CARRIER: (("高层", 8), ("中层", 12), ("经理层", 4)),
    WATER: (("高层", 9), ("中层", 11), ("经理层", 5)),
}
_QUOTA = (("高层", 8), ("中层", 12), ("经理层", 5))
_SMALL_QUOTA = (("高层", 3), ("中层", 6), ("经理层", 2))
"""Posts set by level; the young firm has set none for its middle level, the carrier has one
manager more than its board allows, and the water firm one middle manager more than set."""

# Middle managers: in post by 2024 (of them market-hired), joined 2025 (market-hired), and
# how many of the market-hired left in 2025.
_MIDDLE = {
    GROUP: (12, 3, 2, 2, 0),
    HEAVY: (14, 5, 0, 0, 1),
    BUILDER: (10, 3, 0, 0, 0),
    SERVICE: (4, 1, 1, 1, 0),
    YOUNG: (0, 0, 6, 6, 0),
    LISTED: (20, 5, 2, 2, 0),
    MIXED: (10, 3, 1, 1, 0),
    CARRIER: (11, 3, 0, 0, 1),
    WATER: (10, 2, 2, 1, 0),
}
_SMALL_MIDDLE = (2, 0, 0, 0, 0)
_OLDER = {HEAVY, CARRIER}
"""Firms where one in five middle managers was born in the 1980s; elsewhere every second."""


def write(book: Book, cast: Cast) -> None:
    """Enters documents, quotas, middle managers and who is in charge of what."""
    for enterprise in ENTERPRISES:
        for kind in DOCUMENT_TYPES:
            if _has(enterprise, kind):
                _document(book, enterprise, kind, FIRM[enterprise].name)
        _middle(book, cast, enterprise)
        for level, posts in _quotas(enterprise):
            setter = "上级单位" if level == "高层" else "董事会"
            book.add(
                "post_quotas",
                unit=enterprise,
                level=level,
                from_on=_since(enterprise),
                posts_set=posts,
                set_by=setter if enterprise in WITH_BOARD else "股东会",
            )
        for leader, person in cast.leading(enterprise, AS_OF):
            _charge(book, enterprise, leader, person)


def _quotas(enterprise: str) -> tuple[tuple[str, int], ...]:
    usual = _QUOTA if enterprise in WITH_BOARD else _SMALL_QUOTA
    return _QUOTAS.get(enterprise, usual)


def _since(enterprise: str) -> dt.date:
    return on("2025-04-15") if enterprise == YOUNG else on("2024-10-15")


def _has(enterprise: str, kind: str) -> bool:
    if kind in _ELSEWHERE or (enterprise, kind) in _NEVER_MADE:
        return False
    if kind in _ONLY_GROUP:
        return enterprise == GROUP
    if kind in _WITH_BOARD:
        return enterprise in WITH_BOARD
    if kind in _WITH_SUPERVISORS:
        return FIRM[enterprise].is_("监督机构", "监事会", day=_BEFORE_CHANGE)
    if kind in _WITH_AUDIT_COMMITTEE:
        return FIRM[enterprise].is_("监督机构", "审计委员会")
    return True


def _document(book: Book, enterprise: str, kind: str, name: str) -> None:
    if kind == _YEARLY:
        for year, day in ((2025, "2025-03-20"), (2026, _TASKS_ON.get(enterprise, _IN_TIME))):
            if year == YOUNG_ON.year and enterprise == YOUNG:
                continue
            _enter(book, enterprise, kind, f"{name}{year}年党建任务清单", on(day), year=year)
        return
    if kind == _PAYROLL:
        for year, day in ((2025, "2025-04-16"), (2026, _TASKS_ON.get(enterprise, _IN_TIME))):
            founded = FIRM[enterprise].founded_on
            if on(day) > founded and (enterprise, year) not in _NO_PAYROLL_BUDGET:
                _enter(book, enterprise, kind, f"{name}{year}年工资总额预算", on(day), year=year)
        return
    title = f"{name}{kind}"
    if kind == "党委会议事规则" and enterprise in LED_BY_BRANCH:
        title = f"{name}党支部委员会议事规则"
    made = _MADE_ON.get((enterprise, kind), _since(enterprise))
    elements = _FEWER_ELEMENTS.get((enterprise, kind), _ELEMENTS.get(kind, ()))
    if kind == "公司章程" and enterprise != YOUNG:
        before = max(on("2016-01-20"), FIRM[enterprise].founded_on)
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
    if (enterprise, leader.key) in _NO_CHARGE:
        return
    area = next((area for post, area in _AREAS if leader.holds(post)), "组织人事")
    own = [s for s, by in IN_CHARGE_OF.items() if by == (enterprise, leader.key)]
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
    standing, hired, joined, joined_hired, left = _MIDDLE.get(enterprise, _SMALL_MIDDLE)
    leaders = {person for _, person in cast.leaders}
    first = on("2025-06-01")
    pool = [
        m.person
        for body in BRANCHES
        if body.enterprise == enterprise
        for m in cast.branches[body.number]
        if m.since <= first and m.until is None and m.person not in leaders
    ]
    for place, person in enumerate(pool[: standing + joined]):
        new = place >= standing
        eighties = place % (5 if enterprise in _OLDER else 2) == 1
        born = dt.date((1981 if eighties else 1968) + place % 8, place % 12 + 1, place % 28 + 1)
        cast.persons[person]["born_on"] = born
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
