"""Which ledgers the portal has pages for, and which rows of one somebody may see or write."""

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.lookups import Exact

from tongrong.facts.clearance import SAY_WHAT_IS_ABROAD
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS, TOPICS, topic_of
from tongrong.queries import persons
from tongrong.queries.clearance import any_abroad
from tongrong.queries.concealed import shown
from tongrong.queries.judgements import Judgements
from tongrong.queries.places import FEW, few, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import LEDGER_MODELS, Place, RowVersion

_DECIDED = frozenset({"metric_sets", "parameter_adjustments", "assessments", "justifications"})
"""What a superior approves or an assessor finds: no unit writes them of itself."""


def listed() -> dict[str, list[type[Ledger]]]:
    """All ledgers, by the title of their topic."""
    found: dict[str, list[type[Ledger]]] = {title: [] for title in TOPICS.values()}
    for ledger in LEDGERS.values():
        found[TOPICS[topic_of(ledger)]].append(ledger)
    return {title: ledgers for title, ledgers in found.items() if ledgers}


def ledger_seen(code: str) -> type[Ledger] | None:
    """The ledger with a code, if there is one."""
    return LEDGERS.get(code)


def entered(ledger: type[Ledger]) -> bool:
    """Whether records are entered by hand; the others come by import, with an approval."""
    return ledger.code not in {*SAY_WHAT_IS_ABROAD, *_DECIDED}


def entered_for(seen: Judgements, clause: str) -> tuple[type[Ledger], ...]:
    """The ledgers entered by hand that a clause reads, those it counts first.

    Left out is what is said about any clause, 本期无申报, and who people are: that settles nothing.
    """
    read = dict.fromkeys(place.ledger for place in seen.norms.reach.clauses.get(clause, ()))
    found = (LEDGERS[code] for code in read if code not in ("nil_declarations", PERSONS))
    return tuple(one for one in found if entered(one))


def owning(ledger: type[Ledger]) -> str:
    """The column that says whose a row is, or that names the record that says it.

    Not to be asked of 人员: who belongs where is said elsewhere (`queries/persons.py`).
    """
    if ledger.owner is not None and ledger.owner in ledger.columns:
        return ledger.owner
    return next(
        name
        for name, reference in ledger.references().items()
        if ledger.owner in {f"{name}_{carried}" for carried in reference.carry}
    )


def rows_within(
    viewer: Viewer, permission: Permission, ledger: type[Ledger]
) -> "QuerySet[RowVersion]":
    """The current rows of the units in which the viewer may, withdrawn ones included."""
    return versions_within(viewer, permission, ledger).filter(superseded_at__isnull=True)


def listed_within(
    viewer: Viewer, permission: Permission, ledger: type[Ledger], *, through: bool = False
) -> "QuerySet[RowVersion]":
    """The same, of very many: where nothing is abroad no row is asked whether it tells of it.

    `through`: rows are gone through by the thousand. Of many units all are then read before the
    rows; a database that takes them for few rows looks the unit of each up.
    """
    rows = _owned_within(viewer, permission, ledger, through=through)
    rows = rows.filter(superseded_at__isnull=True)
    if viewer.cleared or ledger.code == PERSONS or not any_abroad():
        return rows
    return shown(viewer, ledger, rows)


def versions_within(
    viewer: Viewer, permission: Permission, ledger: type[Ledger]
) -> "QuerySet[RowVersion]":
    """The same with the rows superseded since: a list goes on from one of these too."""
    return shown(viewer, ledger, _owned_within(viewer, permission, ledger))


def _owned_within(
    viewer: Viewer, permission: Permission, ledger: type[Ledger], *, through: bool = False
) -> "QuerySet[RowVersion]":
    every = LEDGER_MODELS[ledger.code].objects.all()
    if ledger.code == PERSONS:
        return every.filter(persons.within(viewer, permission))
    places = visible(viewer, permission)
    owned = owned_by(ledger, places)
    if through and ledger.owner in ledger.columns and places[FEW : FEW + 1].exists():
        return every.filter(Exact(ExpressionWrapper(owned, BooleanField()), Value(value=True)))
    return every.filter(owned)


def of_units(viewer: Viewer, ledger: type[Ledger], places: "QuerySet[Place]") -> Q:
    """The same, of few places named one by one, as far as the viewer may know."""
    if ledger.code == PERSONS:
        return persons.belonging(viewer, places)
    return owned_by(ledger, few(places))


def owned_by(ledger: type[Ledger], places: "QuerySet[Place]") -> Q:
    """The condition that a row belongs to a unit at one of the places."""
    name = owning(ledger)
    if name == ledger.owner:
        return Q(**{f"{name}__in": places.values("unit")})
    upper = LEDGERS[ledger.references()[name].to]
    rows = LEDGER_MODELS[upper.code].objects.filter(
        owned_by(upper, places), superseded_at__isnull=True
    )
    return Q(**{f"{name}__in": rows.values(str(upper.code_column()))})


def standing(ledger: type[Ledger]) -> Subquery:
    """Where the unit of a record stands, found over the record it refers to if that says it."""
    whose = owning(ledger)
    if whose == ledger.owner:
        return Subquery(Place.objects.filter(unit=OuterRef(whose)).values("path"))
    upper = LEDGERS[ledger.references()[whose].to]
    named = {str(upper.code_column()): OuterRef(whose)}
    rows = LEDGER_MODELS[upper.code].objects.filter(superseded_at__isnull=True, **named)
    return Subquery(rows.order_by("version_id").values_list(standing(upper))[:1])
