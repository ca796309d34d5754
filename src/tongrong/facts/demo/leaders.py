"""What a leader of the demo's enterprises is: the posts held, since when, and what they make."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.bodies import LEADING
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


def is_watcher(leader: Leader) -> bool:
    """Whether the leader sits on the body that supervises."""
    return leader.holds("监事会主席", "监事", "职工监事", "审计委员会委员")


def is_director(leader: Leader) -> bool:
    """Whether the leader sits on the board."""
    return leader.holds("董事长", "董事", "职工董事", "外部董事", "执行董事")
