"""人员: who belongs where, for a person is of no unit but by what other records say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThan

from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import EFFECTIVE, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.clearance import any_abroad
from tongrong.queries.concealed import shown
from tongrong.queries.places import FEW, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import LEDGER_MODELS, Place, RowVersion

HOLDING = ("memberships", "posts", "party_workers")
"""The ledgers by which a person belongs to a unit."""
_NUMBER = LEDGERS[PERSONS].keys()[0]


@dataclass(frozen=True)
class Holding:
    """Where a person belongs: the record that says so by its number, the unit, and as what."""

    ledger: type[Ledger]
    number: int
    unit_name: str
    path: str
    said: str


def persons_within(viewer: Viewer, permission: Permission) -> "QuerySet[RowVersion]":
    """The persons, withdrawn ones included, of the units in which the viewer may."""
    return current(PERSONS).filter(within(viewer, permission))


def within(viewer: Viewer, permission: Permission) -> Q:
    """The condition that a person belongs to such a unit, or to none and the viewer entered them.

    Without the latter nobody could go on and say where somebody new belongs.
    """
    if not viewer.may(permission):
        return Q(pk__in=[])
    entered = Q(recorded_by=viewer.login)
    for rows, person in _held():
        entered &= ~Q(Exists(rows.filter(**{person: OuterRef(_NUMBER)})))
    return belonging(viewer, visible(viewer, permission)) | entered


def existing(viewer: Viewer) -> "QuerySet[RowVersion]":
    """The persons who exist for the viewer: all but those known from abroad only."""
    rows = current(PERSONS)
    if viewer.cleared or not any_abroad():
        return rows
    here = belonging(viewer, Place.objects.filter(hidden=False))
    return rows.filter(here | within(viewer, Permission.SEE_LEDGERS))


def belonging(viewer: Viewer, places: "QuerySet[Place]") -> Q:
    """The condition that a person is a member, or holds a post, of a unit at these places.

    A record that does not exist for the viewer tells of nobody. Of few places the persons are
    looked up first; of many, each person is asked in turn, so that a page stops when it is full.
    """
    units = list(places.values_list("unit", flat=True)[: FEW + 1])
    many = len(units) > FEW
    found = Q()
    for code, (rows, person) in zip(HOLDING, _held(), strict=True):
        of = rows.filter(**{f"{LEDGERS[code].owner}__in": places.values("unit") if many else units})
        seen = shown(viewer, LEDGERS[code], of)
        if many:
            there = seen.filter(**{person: OuterRef(_NUMBER)}).order_by().values("pk")
            found |= Q(GreaterThan(Subquery(there[:1]), 0))
        else:
            found |= Q(**{f"{_NUMBER}__in": seen.values(person)})
    return found


def holdings(viewer: Viewer, person: str) -> tuple[Holding, ...]:
    """Where a person belongs, as far as the viewer may see it; by one query."""
    every = []
    for code, (rows, named) in zip(HOLDING, _held(), strict=True):
        ledger = LEDGERS[code]
        place = visible(viewer, Permission.SEE_LEDGERS).filter(unit=OuterRef(str(ledger.owner)))
        of = shown(viewer, ledger, rows.filter(**{named: person})).annotate(
            of_ledger=Value(code, output_field=CharField()),
            unit_name=Subquery(place.values("name")),
            path=Subquery(place.values("path")),
            said=F("post") if "post" in ledger.columns else Value("", output_field=CharField()),
        )
        there = of.filter(path__isnull=False).order_by()
        every.append(there.values_list("of_ledger", "version_id", "unit_name", "path", "said"))
    told = every[0].union(*every[1:], all=True)
    found = (Holding(LEDGERS[code], *rest) for code, *rest in told)
    return tuple(sorted(found, key=lambda one: (one.path, one.ledger.code, one.number)))


def named_anywhere(person: str) -> bool:
    """Whether any record that counts names a person."""
    every = [
        current(code).filter(**{name: person}, status=EFFECTIVE).values("record")
        for code, ledger in LEDGERS.items()
        for name, reference in ledger.references().items()
        if reference.to == PERSONS
    ]
    return bool(every[0].union(*every[1:], all=True).exists())


def current(code: str) -> "QuerySet[RowVersion]":
    """The current versions of a ledger."""
    return LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)


def _held() -> "Iterator[tuple[QuerySet[RowVersion], str]]":
    """The records by which persons belong to units, with the column that names the person."""
    for code in HOLDING:
        (person,) = (n for n, one in LEDGERS[code].references().items() if one.to == PERSONS)
        yield current(code).filter(status=EFFECTIVE), person
