"""Who leads the demo's enterprises: one line a leader, with the posts held and since when."""

import datetime as dt

from tongrong.facts.demo.bodies import ABOVE, LEADING
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    GROUP,
    HEAVY,
    LISTED,
    LISTED_AUDIT_ON,
    MINORITY,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    YOUNG,
    ZOMBIE,
    ZOMBIE_MOVED_ON,
)
from tongrong.facts.demo.leaders import THREE_STEPS, Leader

IN_CHARGE_OF = {
    HEAVY: (GROUP, "副总1"),
    BUILDER: (GROUP, "副总2"),
    SERVICE: (GROUP, "副总3"),
    YOUNG: (GROUP, "总会"),
    LISTED: (GROUP, "总经理"),
    MIXED: (GROUP, "副总1"),
    CARRIER: (GROUP, "副总3"),
    WATER: (GROUP, "副总2"),
    OVERSEAS: (BUILDER, "副总1"),
    ZOMBIE: (LISTED, "副总2"),
    BANKRUPT: (LISTED, "副总1"),
}
"""The leader of the parent in charge of each subsidiary."""

_L = Leader
_A, _B, _C, _D, _E = "DZB01", "DZB02", "DZB05", "DZB07", "DZB10"
_HEAD = ("党委书记", "董事长")
_DEPUTY = ("专职副书记", "工会主席", "职工董事")
_WATCH = ("纪委书记", "监事会主席")

_OLD = (
    _L(ABOVE, "书记", ("党委书记",), on("2024-02-01")),
    _L(ABOVE, "副书记", ("专职副书记",), on("2024-02-01")),
    _L(ABOVE, "纪委", ("纪委书记",), on("2024-06-01")),
    _L(ABOVE, "委员", ("党委委员",), on("2024-06-01")),
    # The group: nine on the committee, three of ten directors.
    _L(GROUP, "书记", _HEAD, on("2023-05-10"), _A),
    _L(GROUP, "总经理", ("总经理", "党委副书记", "董事"), on("2024-03-01"), _A),
    _L(GROUP, "副书记", _DEPUTY, on("2024-01-15"), _A),
    _L(GROUP, "纪委", _WATCH, on("2024-01-15"), _A),
    _L(GROUP, "副总1", ("副总经理", "党委委员"), on("2022-06-01"), _B),
    _L(GROUP, "副总2", ("副总经理", "党委委员"), on("2024-05-06"), _B),
    _L(GROUP, "副总3", ("副总经理", "党委委员"), on("2024-07-01"), _B, hired=True),
    _L(GROUP, "总会", ("总会计师", "党委委员"), on("2024-09-02"), _B),
    _L(GROUP, "组织", ("党委委员",), on("2024-09-02"), _A),
    _L(GROUP, "离任", ("副总经理",), on("2022-11-01"), _B, until=on("2025-11-30")),
    # The manufacturer: a vice manager left in March 2026, another came in May.
    _L(HEAVY, "书记", _HEAD, on("2024-04-08"), _C),
    _L(HEAVY, "总经理", ("总经理", "党委副书记", "董事"), on("2023-10-20"), _C),
    _L(HEAVY, "副书记", _DEPUTY, on("2024-04-08"), _C),
    _L(HEAVY, "纪委", _WATCH, on("2024-08-01"), _C),
    _L(HEAVY, "副总1", ("副总经理", "党委委员", "董事"), on("2024-08-01"), _C),
    _L(HEAVY, "副总2", ("副总经理", "党委委员"), on("2022-05-05"), _C),
    _L(HEAVY, "总工", ("总工程师", "党委委员"), on("2024-10-10"), _C, hired=True),
    _L(HEAVY, "离任", ("副总经理",), on("2022-03-01"), _C, until=on("2026-03-16")),
    _L(HEAVY, "新任", ("副总经理",), on("2026-05-20"), _C, hired=True),
    # The builder: two of seven directors, and a full-time deputy who also manages.
    _L(BUILDER, "书记", _HEAD, on("2024-02-20"), _D),
    _L(BUILDER, "总经理", ("总经理", "党委副书记", "董事"), on("2024-02-20"), _D),
    _L(BUILDER, "副书记", ("专职副书记", "工会主席", "副总经理"), on("2024-05-15"), _D),
    _L(BUILDER, "纪委", _WATCH, on("2024-05-15"), _D),
    _L(BUILDER, "副总1", ("副总经理", "党委委员"), on("2024-06-03"), _D, hired=True),
    _L(BUILDER, "总工", ("总工程师", "党委委员"), on("2022-04-01"), _D),
    _L(BUILDER, "委员", ("党委委员",), on("2024-06-03"), "DZB08"),
    _L(BUILDER, "职工", ("职工董事",), on("2024-06-20")),
    _L(BUILDER, "离任", ("总会计师",), on("2024-07-01"), until=on("2026-04-10")),
    _L(BUILDER, "新任", ("总会计师",), on("2026-04-20"), steps=THREE_STEPS),
    # The service firm: one executive director, led by its branch.
    _L(SERVICE, "书记", ("党支部书记", "执行董事"), on("2024-03-11"), "DZB09"),
    _L(SERVICE, "总经理", ("党支部副书记", "总经理"), on("2024-03-11"), "DZB09"),
    _L(SERVICE, "副总", ("党支部委员", "副总经理"), on("2024-09-01"), "DZB09", hired=True),
    _L(SERVICE, "监事", ("监事",), on("2024-03-11")),
    # The young firm: an audit committee, and six on the Party committee.
    _L(YOUNG, "书记", ("党委书记", "总经理", "董事"), on("2025-04-10"), _E, hired=True),
    _L(YOUNG, "董事长", ("党委副书记", "董事长"), on("2025-04-10"), _E),
    _L(YOUNG, "副书记", (*_DEPUTY, "审计委员会委员"), on("2025-04-10"), _E),
    _L(YOUNG, "纪委", ("纪委书记",), on("2025-04-10"), _E),
    _L(YOUNG, "副总1", ("副总经理", "党委委员"), on("2025-04-10"), _E, hired=True),
    _L(YOUNG, "副总2", ("副总经理", "党委委员"), on("2025-06-03"), _E, hired=True),
    _L(YOUNG, "总工", ("总工程师",), on("2025-06-03"), hired=True),
)


def _team(
    firm: str,
    branches: tuple[str, str],
    since: tuple[str, ...],
    watch: tuple[str, ...] = (),
) -> tuple[Leader, ...]:
    """A whole team: eight on the committee, three of them directors, five managers.

    `branches` of the Party side and of the managers; `since` when each of the two came, and
    the 专职副书记 if on a day of her own;
    `watch` the posts of the 纪委书记 beside that one.
    """
    party, managers = branches
    first, second, *own = map(on, since)
    return (
        _L(firm, "书记", _HEAD, first, party),
        _L(firm, "总经理", ("总经理", "党委副书记", "董事"), second, managers),
        _L(firm, "副书记", _DEPUTY, own[0] if own else first, party),
        _L(firm, "纪委", ("纪委书记", *watch), first, party),
        _L(firm, "副总1", ("副总经理", "党委委员"), second, managers),
        _L(firm, "副总2", ("副总经理", "党委委员"), second, managers, hired=True),
        _L(firm, "总会", ("总会计师", "党委委员"), second, managers),
        _L(firm, "总工", ("总工程师", "党委委员"), second, managers, hired=True),
    )


def _small_team(firm: str, since: str, until: dt.date | None = None) -> tuple[Leader, ...]:
    """The team of a small firm that its branch leads: a sole director and two managers."""
    day, branch = on(since), LEADING[firm]
    return (
        _L(firm, "书记", ("党支部书记", "执行董事"), day, branch, until),
        _L(firm, "总经理", ("党支部副书记", "总经理"), day, branch, until),
        _L(firm, "副总", ("党支部委员", "副总经理"), day, branch, until),
        _L(firm, "监事", ("监事",), day, until=until),
    )


LEADERS = (
    *_OLD,
    *_team(LISTED, ("DZB12", "DZB13"), ("2024-03-18", "2024-05-20")),
    _L(LISTED, "前监事", ("监事会主席",), on("2023-06-28"), until=LISTED_AUDIT_ON),
    *_team(MIXED, ("DZB24", "DZB27"), ("2024-02-26", "2024-06-11"), ("监事会主席",)),
    *_small_team(OVERSEAS, "2024-05-13"),
    *_small_team(ZOMBIE, "2024-01-22", ZOMBIE_MOVED_ON),
    *_team(CARRIER, ("DZB29", "DZB30"), ("2023-04-17", "2024-08-12", "2025-03-10")),
    _L(CARRIER, "监事会主席", ("监事会主席",), on("2024-06-28")),
    *_team(WATER, ("DZB38", "DZB40"), ("2024-01-29", "2024-07-08"), ("监事会主席",)),
    *_small_team(BANKRUPT, "2024-02-05"),
    _L(
        WATER,
        "兼任",
        ("副总经理", "党委委员", "董事"),
        on("2025-03-05"),
        "DZB40",
        steps=THREE_STEPS,
    ),
    _L(MINORITY, "总经理", ("总经理",), on("2024-03-04"), "DZB44"),
)

_EXTERNAL_DIRECTORS = {
    GROUP: 7,
    HEAVY: 5,
    BUILDER: 4,
    YOUNG: 4,
    LISTED: 5,
    MIXED: 7,
    CARRIER: 4,
    WATER: 4,
}
_AUDITING = {YOUNG: on("2025-04-10"), LISTED: LISTED_AUDIT_ON}
"""Firms whose first two external directors came to form the audit committee, and when."""
_AUDITORS = 2
_SUPERVISED = {
    **dict.fromkeys((GROUP, HEAVY, BUILDER, MIXED, CARRIER, WATER)),
    LISTED: LISTED_AUDIT_ON,
}
"""Firms with a supervisory board, and until when."""
_SUPERVISORS = ("监事", "监事", "职工监事", "职工监事")
"""Beside the chair, who is mostly the 纪委书记; the carrier has one employee fewer."""


BORN_1980S = {
    (GROUP, "副总3"),
    (BUILDER, "委员"),
    (SERVICE, "副总"),
    (YOUNG, "副总1"),
    (LISTED, "总工"),
    (MIXED, "副总2"),
    (WATER, "总工"),
    (OVERSEAS, "副总"),
}
"""Leaders born from 1980 to 1989; the others are older."""


def outsiders() -> list[Leader]:
    """External directors and supervisors, one line each as in LEADERS."""
    found = []
    for firm, count in _EXTERNAL_DIRECTORS.items():
        for n in range(1, count + 1):
            auditing = firm in _AUDITING and n <= _AUDITORS
            posts = ("外部董事", "审计委员会委员") if auditing else ("外部董事",)
            since = on("2025-04-10") if firm == YOUNG else on("2024-06-28")
            if auditing and since < _AUDITING[firm]:  # the seats before had no committee
                found.append(_L(firm, f"前外董{n}", posts[:1], since, until=_AUDITING[firm]))
                since = _AUDITING[firm]
            found.append(_L(firm, f"外董{n}", posts, since))
    for firm, until in _SUPERVISED.items():
        seats = _SUPERVISORS[:3] if firm == CARRIER else _SUPERVISORS
        for n, post in enumerate(seats, start=1):
            found.append(_L(firm, f"监事{n}", (post,), on("2024-06-28"), until=until))
    return found
