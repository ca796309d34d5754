"""The tree of units beside the checklist: at each level how many verdicts are met, of how many."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from tongrong.findings.subtree import Share
from tongrong.queries.judgements import Judgements
from tongrong.queries.places import MOST_BELOW, UnitPlace, below, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.tallies import Tally, by_unit
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
    """The units shown, each with the sum of all that are or stand below it."""
    opening = Exists(places.filter(upper=OuterRef("unit")))
    ordered = shown.annotate(opens=opening).order_by("-leads", "-enterprise", "unit")
    own = list(ordered.values_list("unit", "name", "enterprise", "opens")[: MOST_BELOW + 1])
    more = shown.count() - MOST_BELOW if len(own) > MOST_BELOW else 0
    own = own[:MOST_BELOW]
    counted = by_unit(seen.key, [unit for unit, *_ in own])
    units = tuple(
        Branching(unit, name, enterprise, counted.get(unit, Tally()).share, opens)
        for unit, name, enterprise, opens in own
    )
    return Level(units, more)
