"""The tree of units beside a page: each unit a link of that page, the level below it on demand."""

from dataclasses import dataclass

from tongrong.findings.subtree import Share


@dataclass(frozen=True, kw_only=True)
class TreeUnit:
    """A unit in the tree; `below` fetches the units right below it, empty: there are none.

    `share` is how many verdicts are met of the unit and all below, where the page tells of them.
    """

    name: str
    enterprise: bool
    address: str
    below: str
    here: bool
    share: Share | None = None


@dataclass(frozen=True)
class Tree:
    """A level of the tree; `more` units are not shown, `opened`: the one below comes by itself."""

    units: tuple[TreeUnit, ...]
    more: int = 0
    opened: bool = False
