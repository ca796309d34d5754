"""The tree of units beside the checklist: at each level how many verdicts are met, of how many."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Subquery

from tongrong.facts.unit_tree import way_of
from tongrong.findings.subtree import Share
from tongrong.queries.judgements import MET, NOT_APPLICABLE, Judgements
from tongrong.queries.places import MOST_BELOW, UnitPlace, below, visible
from tongrong.queries.policy import Permission, Viewer
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
    return _level(seen, places, lambda one: one.upper == unit.unit)


def top_level(viewer: Viewer, seen: Judgements) -> Level:
    """The units in which the viewer's roles are held."""
    units = viewer.units(_SEE)
    return _level(seen, visible(viewer, _SEE), lambda one: one.unit in units)


def _level(seen: Judgements, places: "QuerySet[Place]", shown: Callable[[Place], bool]) -> Level:
    every = list(places.order_by("-leads", "-enterprise", "unit"))
    rows = seen.findings().filter(unit__in=Subquery(places.values("unit")))
    rows = rows.exclude(severity=NOT_APPLICABLE).exclude(clause__in=seen.encouraged)
    counted = rows.values_list("unit").annotate(
        met=Count("finding_id", filter=Q(severity=MET)), of=Count("finding_id")
    )
    of_units = {unit: Share(met, of) for unit, met, of in counted}
    own = [one for one in every if shown(one)]
    sums = _sums(own, every, of_units)
    uppers = {one.upper for one in every}
    units = tuple(
        Branching(one.unit, one.name, one.enterprise, sums[one.unit], one.unit in uppers)
        for one in own[:MOST_BELOW]
    )
    return Level(units, max(0, len(own) - MOST_BELOW))


def _sums(
    tops: Iterable[Place], every: Iterable[Place], of_units: dict[str, Share]
) -> dict[str, Share]:
    """The shares of units added up by which of the tops they stand below."""
    wanted = {one.unit for one in tops}
    found: dict[str, Share] = defaultdict(lambda: Share(0, 0))
    for one in every:
        share = of_units.get(one.unit)
        if share is None:
            continue
        for unit in wanted.intersection(way_of(one.path)):
            found[unit] = Share(found[unit].met + share.met, found[unit].of + share.of)
    return found
