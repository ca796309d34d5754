"""五不公开, row by row: which rows of a ledger tell of a unit abroad."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from tongrong.facts.clearance import OVERSEAS_BRANCH
from tongrong.facts.directory import UNIT_LEDGERS, targets
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.policy import Viewer
from tongrong.records.models import LEDGER_MODELS, Place, RowVersion

_AT_ONCE = 500


def concealed(ledger: type[Ledger]) -> Q | None:
    """The condition that a row tells of a unit abroad; None where no row of the ledger can.

    It names one, or a record that tells of one: a matter of an enterprise abroad, say.
    """
    found = Q()
    hidden = Place.objects.filter(hidden=True).values("unit")
    if ledger.code in UNIT_LEDGERS:
        found |= Q(**{f"{ledger.code_column()}__in": hidden})
    if ledger.code == "workplaces":
        found |= Q(kind=OVERSEAS_BRANCH)
    for name, reference in ledger.references().items():
        for to in targets(reference.to):
            if to in UNIT_LEDGERS:
                found |= Q(**{f"{name}__in": hidden})
            elif (inner := concealed(LEDGERS[to])) is not None:
                number = str(LEDGERS[to].code_column())
                rows = LEDGER_MODELS[to].objects.filter(inner, superseded_at__isnull=True)
                found |= Q(**{f"{name}__in": rows.values(number)})
    return found or None


def hidden_places() -> frozenset[str]:
    """The units abroad, as their places say."""
    return frozenset(Place.objects.filter(hidden=True).values_list("unit", flat=True))


def any_hidden() -> bool:
    """Whether any unit is abroad."""
    return Place.objects.filter(hidden=True).exists()


def shown(
    viewer: Viewer, ledger: type[Ledger], rows: "QuerySet[RowVersion]"
) -> "QuerySet[RowVersion]":
    """Of rows of a ledger those that exist for the viewer."""
    told = None if viewer.cleared else concealed(ledger)
    return rows if told is None else rows.exclude(told)


def concealed_records(code: str, records: Collection[str]) -> frozenset[str]:
    """Those of the records whose current version tells of a unit abroad."""
    told = concealed(LEDGERS[code])
    if told is None:
        return frozenset()
    asked, found = sorted(records), set[str]()
    current = LEDGER_MODELS[code].objects.filter(told, superseded_at__isnull=True)
    for start in range(0, len(asked), _AT_ONCE):
        some = current.filter(**{f"{RECORD}__in": asked[start : start + _AT_ONCE]})
        found.update(some.values_list(RECORD, flat=True))
    return frozenset(found)
