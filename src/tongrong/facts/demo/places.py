"""Where the demo's members work: one place a branch, and a few that share a branch or have none."""

from typing import NamedTuple

from tongrong.facts.demo.bodies import BRANCHES
from tongrong.facts.demo.firms import CARRIER, LISTED


class Place(NamedTuple):
    """A workplace; the branch its members belong to, and the organization that covers it.

    `members` is how many of the branch's last members work there, None for all the others.
    """

    number: str
    enterprise: str
    kind: str
    name: str
    branch: str
    organization: str | None
    members: int | None = None


_OWN = tuple(
    Place(
        f"GD{body.number}",
        body.enterprise or "",
        body.place,
        body.name.replace("联合党支部", "").replace("临时党支部", "").replace("党支部", ""),
        body.number,
        body.number,
    )
    for body in BRANCHES
)
PLACES = (
    *_OWN,
    Place("GDQY09-01", CARRIER, "经营网点", "东部经营网点", "DZB46", "DZB46", 4),
    Place("GDQY09-02", CARRIER, "经营网点", "西部经营网点", "DZB30", None, 4),
    Place("GDQY09-03", CARRIER, "经营网点", "南部经营网点", "DZB33", None, 2),
    Place("GDQY05-01", LISTED, "境外分支机构", "海外检修服务站", "DZB21", None, 3),
)
"""The western point has four members and no Party organization; the southern one two members; the
station abroad has three members and no Party organization."""


def place_of(branch: str, from_last: int) -> str:
    """The workplace of the member who is the so-manyth from a branch's last, counted from 1."""
    others = (p for p in PLACES if p.branch == branch and p.members and from_last <= p.members)
    return next((p.number for p in others), f"GD{branch}")
