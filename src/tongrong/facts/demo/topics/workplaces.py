"""The demo's workplaces and departments: where members work, and who keeps which function."""

from tongrong.facts.demo.bodies import BODIES, LED_BY_BRANCH
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BUILDER,
    CARRIER,
    ENTERPRISES,
    FIRM,
    GROUP,
    MIXED,
    WOUND_UP,
    YOUNG,
)
from tongrong.facts.demo.people import Cast
from tongrong.facts.demo.places import PLACES, Place

# Name, level, whether for Party work, functions, the leader in charge, posts.
_Department = tuple[str, str, bool, tuple[str, ...], str, int]
_FIRST, _SECOND = "一级部门", "二级部门"
_DEPARTMENTS: tuple[_Department, ...] = (
    ("党委组织部", _FIRST, True, ("组织", "基层党建"), "副书记", 6),
    ("党委宣传部", _FIRST, True, ("宣传",), "副书记", 4),
    ("纪委办公室", _FIRST, True, ("纪检",), "纪委", 5),
    ("人力资源部", _FIRST, False, ("人事管理",), "副书记", 6),
    ("财务资产部", _FIRST, False, ("其他",), "总经理", 7),
    ("生产经营部", _FIRST, False, ("其他",), "副总1", 8),
    ("安全环保部", _FIRST, False, ("其他",), "副总2", 4),
    ("综合事务中心", _SECOND, False, ("其他",), "副总2", 6),
)
_SMALL: tuple[_Department, ...] = (
    ("党群综合部", _FIRST, True, ("组织", "宣传", "基层党建", "人事管理"), "书记", 3),
    ("业务部", _FIRST, False, ("其他",), "总经理", 5),
)
_LACKING = {(MIXED, "党委宣传部")}
_LED_BY = {
    (CARRIER, "人力资源部"): "总经理",
    (GROUP, "财务资产部"): "总会",
    (YOUNG, "财务资产部"): "董事长",
    (BUILDER, "安全环保部"): "总工",
    (BUILDER, "综合事务中心"): "总工",
}
_OTHERWISE = {"DZB07"}
"""Branches whose place is managed by another member of their committee."""
_NO_MEMBER = {"DZB08": (BUILDER, "职工")}
"""Branches whose place is managed by one who is no Party member."""


def write(book: Book, cast: Cast) -> None:
    """Enters a workplace for every branch and a few others, and every firm's departments."""
    for place in PLACES:
        book.add(
            "workplaces",
            number=place.number,
            unit=place.enterprise,
            kind=place.kind,
            name=place.name,
            manager=_manager(cast, place),
            organization=place.organization,
            from_on=max(on("2018-01-01"), FIRM[place.enterprise].founded_on),
        )
    for body in BODIES:
        if body.kind == "党总支" and body.enterprise:
            book.add(
                "workplaces",
                number=f"GD{body.number}",
                unit=body.enterprise,
                kind="车间班组",
                name=body.name.replace("党总支", "部"),
                manager=cast.officers[body.number][0],
                organization=body.number,
                from_on=body.founded_on,
            )
    for enterprise in ENTERPRISES:
        usual = _SMALL if enterprise in LED_BY_BRANCH else _DEPARTMENTS
        for name, level, party, functions, key, posts in usual:
            if (enterprise, name) in _LACKING:
                continue
            book.add(
                "departments",
                number=book.number(f"BM{enterprise}"),
                unit=enterprise,
                name=name,
                level=level,
                party=party,
                functions=functions,
                leader=cast.person(enterprise, _LED_BY.get((enterprise, name), key)),
                authorized=posts,
                from_on=max(on("2019-01-10"), FIRM[enterprise].founded_on),
                until_on=WOUND_UP.get(enterprise),
            )


def _manager(cast: Cast, place: Place) -> str | None:
    """Mostly the secretary of the branch that covers the place."""
    if place.organization in _NO_MEMBER:
        return cast.person(*_NO_MEMBER[place.organization])
    officers = cast.officers.get(place.organization or "", [])
    return officers[2 if place.organization in _OTHERWISE else 0] if officers else None
