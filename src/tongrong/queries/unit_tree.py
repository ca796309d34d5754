"""The tree of units beside the checklist: at each level how many verdicts are met, of how many."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tongrong.findings.subtree import Share
from tongrong.queries.judgements import Judgements
from tongrong.queries.places import MOST_BELOW, UnitPlace, below, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.tallies import by_unit
from tongrong.records.models import Place

_SEE = Permission.SEE_CHECKLIST


@dataclass(frozen=True)
class Branching:
    """A unit in the tree: the verdicts of it and all below, and whether anything is below."""

    unit: str
    name: str
    enterprise: bool
    share: Share
    opens: bool


@dataclass(frozen=True)
class Level:
    """The units right below one, or where the viewer's roles are held; `more` are not shown."""

    units: tuple[Branching, ...]
    more: int


def level_below(viewer: Viewer, seen: Judgements, unit: UnitPlace) -> Level:
    """The units right below a unit."""
    places = visible(viewer, _SEE).filter(below(unit.path))
    return _level(seen, places, places.filter(upper=unit.unit))


def top_level(viewer: Viewer, seen: Judgements) -> Level:
    """The units in which the viewer's roles are held."""
    places = visible(viewer, _SEE)
    return _level(seen, places, places.filter(unit__in=viewer.units(_SEE)))


def _level(seen: Judgements, places: "QuerySet[Place]", shown: "QuerySet[Place]") -> Level:
    """The units shown, each with the sum of all the places that are or stand below it."""
    own = list(shown.order_by("-leads", "-enterprise", "unit")[: MOST_BELOW + 1])
    more = shown.count() - MOST_BELOW if len(own) > MOST_BELOW else 0
    at = {one.path: one.unit for one in own[:MOST_BELOW]}
    counted = by_unit(seen.key, places)
    sums, opening = dict.fromkeys(at.values(), Share(0, 0)), set[str]()
    for unit, path, upper in places.values_list("unit", "path", "upper"):
        opening.add(upper)
        if unit in counted:
            own_share = counted[unit].share
            for top in (at[start] for start in _starts(path) if start in at):
                found = sums[top]
                sums[top] = Share(found.met + own_share.met, found.of + own_share.of)
    units = tuple(
        Branching(one.unit, one.name, one.enterprise, sums[one.unit], one.unit in opening)
        for one in own[:MOST_BELOW]
    )
    return Level(units, more)


def _starts(path: str) -> Iterator[str]:
    """The paths of the units a path leads through, its own the last."""
    end = 0
    while (end := path.find("/", end + 1)) > 0:
        yield path[: end + 1]
