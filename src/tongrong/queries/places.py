"""Where units stand, and which of them somebody may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from tongrong.facts.unit_tree import way_of
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Place

MOST_BELOW = 60
FEW = 200


@dataclass(frozen=True)
class UnitPlace:
    """A unit as pages name it."""

    unit: str
    name: str
    enterprise: bool
    path: str
    answering: str
    upper: str


@dataclass(frozen=True)
class UnitView:
    """A unit with those above and right below it, as far as the viewer may see them.

    `more` says how many below are not shown.
    """

    own: UnitPlace
    above: tuple[UnitPlace, ...]
    below: tuple[UnitPlace, ...]
    more: int


def visible(viewer: Viewer, permission: Permission) -> "QuerySet[Place]":
    """The places a viewer may see for a purpose: one condition a role, whatever the size."""
    scopes = viewer.scopes(permission)
    within = Q()
    for path in scopes:
        within |= below(path)
    found = Place.objects.filter(within) if scopes else Place.objects.none()
    return found if viewer.cleared else found.filter(hidden=False)


def of_roles(viewer: Viewer, permission: Permission, *, below: bool) -> "QuerySet[Place]":
    """The units of the viewer's roles that may, an enterprise with its organizations.

    With `below` those of the units below them too.
    """
    places = visible(viewer, permission)
    if below:
        return places
    units = viewer.units(permission)
    return places.filter(Q(unit__in=units) | Q(answering__in=units))


def few(places: "QuerySet[Place]") -> "QuerySet[Place]":
    """The same places; up to `FEW` are named one by one.

    A database that does not know how few there are reads a ledger from its newest row on.
    """
    units = list(places.values_list("unit", flat=True)[: FEW + 1])
    return places if len(units) > FEW else Place.objects.filter(unit__in=units)


def below(path: str) -> Q:
    """The condition that a place is one or stands below it; an index finds them.

    SQLite's LIKE takes `qy01` for `QY01` and uses no index, so there it is a range: "0" comes
    right after the stroke every path ends with. PostgreSQL orders by language, and has LIKE.
    """
    if connection.vendor == "sqlite":
        return Q(path__gte=path, path__lt=f"{path[:-1]}0")
    return Q(path__startswith=path)


def unit_place(viewer: Viewer, permission: Permission, unit: str) -> UnitPlace | None:
    """A unit by itself; None where it does not exist for the viewer."""
    own = visible(viewer, permission).filter(unit=unit).first()
    return None if own is None else _told(own)


def unit_view(viewer: Viewer, permission: Permission, unit: str) -> UnitView | None:
    """A unit with its surroundings; None where it does not exist for the viewer."""
    seen = visible(viewer, permission)
    around = seen.filter(Q(unit=unit) | Q(upper=unit)).order_by("-leads", "-enterprise", "unit")
    near = {one.unit: one for one in around[: MOST_BELOW + 2]}
    own = near.pop(unit, None) or seen.filter(unit=unit).first()
    if own is None:
        return None
    way = way_of(own.path)
    above = {one.unit: _told(one) for one in seen.filter(unit__in=way[:-1])}
    some = [_told(one) for one in near.values()][: MOST_BELOW + 1]
    return UnitView(
        own=_told(own),
        above=tuple(above[one] for one in way if one in above),
        below=tuple(some[:MOST_BELOW]),
        more=max(0, len(some) - MOST_BELOW),
    )


def places_of(viewer: Viewer, permission: Permission, unit: UnitPlace) -> "QuerySet[Place]":
    """The places whose verdicts are a unit's own: an enterprise's with its organizations'."""
    seen = visible(viewer, permission)
    return seen.filter(answering=unit.unit) if unit.enterprise else seen.filter(unit=unit.unit)


def own_units(viewer: Viewer, permission: Permission) -> Sequence[UnitPlace]:
    """The units the viewer's roles are held in: where a page begins."""
    units = viewer.units(permission)
    return [_told(one) for one in visible(viewer, permission).filter(unit__in=units)]


def own_and_leading(viewer: Viewer, permission: Permission) -> Sequence[UnitPlace]:
    """The same, and of an enterprise the organization that leads it."""
    units = viewer.units(permission)
    leading = Q(leads=True, answering__in=units)
    found = visible(viewer, permission).filter(Q(unit__in=units) | leading)
    return [_told(one) for one in found.order_by("unit")]


def names_of_units(
    viewer: Viewer, permission: Permission, units: Collection[str]
) -> Mapping[str, str]:
    """The names of those of the units that the viewer may see."""
    if not units:
        return {}
    return dict(visible(viewer, permission).filter(unit__in=units).values_list("unit", "name"))


def _told(one: Place) -> UnitPlace:
    return UnitPlace(one.unit, one.name, one.enterprise, one.path, one.answering, one.upper)
