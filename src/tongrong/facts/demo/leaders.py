"""Who leads the demo's enterprises: one line a leader, with the posts held and since when."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.days import on
from tongrong.facts.demo.structure import (
    ABOVE,
    BUILDER,
    GROUP,
    HEAVY,
    LEADING,
    SERVICE,
    SUPERVISED,
    YOUNG,
)
from tongrong.facts.ledgers.people import FOUR_STEPS, POSTS

PARTY_POSTS = frozenset(POSTS[: POSTS.index("董事长")])
COMMITTEE = ("党委书记", "专职副书记", "党委副书记", "纪委书记", "党委委员")
MANAGERS = ("总经理", "副总经理", "总会计师", "总工程师")
TEAM = (*COMMITTEE, "董事长", "董事", "职工董事", "执行董事", *MANAGERS)
"""The posts of 领导班子: external directors and supervisors are not of it."""
THREE_STEPS = tuple(step for step in FOUR_STEPS if step != "参与考察")


class Leader(NamedTuple):
    """One leader: where, under which short name, with which posts, from when until when.

    `branch` is the branch a Party member belongs to; None for one who is no member here.
    `hired` and `steps` describe the post in management.
    """

    enterprise: str
    key: str
    posts: tuple[str, ...]
    since: dt.date
    branch: str | None = None
    until: dt.date | None = None
    hired: bool = False
    steps: tuple[str, ...] = FOUR_STEPS

    def unit(self, post: str) -> str:
        """The unit a post belongs to: Party posts to the leading Party organization."""
        return LEADING[self.enterprise] if post in PARTY_POSTS else self.enterprise

    def holds(self, *posts: str) -> bool:
        """Whether one of these posts is among the leader's."""
        return any(post in self.posts for post in posts)

    def in_office(self, day: dt.date) -> bool:
        """Whether the leader holds the posts on a day."""
        return self.since <= day and (self.until is None or day < self.until)


IN_CHARGE_OF = {HEAVY: "副总1", BUILDER: "副总2", SERVICE: "副总3", YOUNG: "总会"}
"""The leader of the group in charge of each subsidiary."""

_L = Leader
_A, _B, _C, _D, _E = "DZB01", "DZB02", "DZB05", "DZB07", "DZB10"
_HEAD = ("党委书记", "董事长")
_DEPUTY = ("专职副书记", "工会主席", "职工董事")
_WATCH = ("纪委书记", "监事会主席")

LEADERS = (
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

EXTERNAL_DIRECTORS = {GROUP: 7, HEAVY: 5, BUILDER: 4, YOUNG: 4}
_SUPERVISORS = ("监事", "监事", "职工监事", "职工监事")
"""Beside the chair, who is the 纪委书记."""


def outsiders() -> list[Leader]:
    """External directors and supervisors, one line each as in LEADERS."""
    found = []
    for firm, count in EXTERNAL_DIRECTORS.items():
        since = on("2025-04-10") if firm == YOUNG else on("2024-06-28")
        for n in range(1, count + 1):
            posts = ("外部董事", "审计委员会委员") if firm == YOUNG and n <= 2 else ("外部董事",)
            found.append(Leader(firm, f"外董{n}", posts, since))
    for firm in SUPERVISED:
        for n, post in enumerate(_SUPERVISORS, start=1):
            found.append(Leader(firm, f"监事{n}", (post,), on("2024-06-28")))
    return found


def is_watcher(leader: Leader) -> bool:
    """Whether the leader sits on the body that supervises."""
    return leader.holds("监事会主席", "监事", "职工监事", "审计委员会委员")


def is_director(leader: Leader) -> bool:
    """Whether the leader sits on the board."""
    return leader.holds("董事长", "董事", "职工董事", "外部董事", "执行董事")
