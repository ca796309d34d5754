"""五不公开, row by row: which rows of a ledger tell of a unit abroad."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from tongrong.facts.clearance import SAID_ABROAD
from tongrong.facts.directory import UNIT_LEDGERS, targets
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.policy import Viewer
from tongrong.records.models import LEDGER_MODELS, Place, RowVersion

_AT_ONCE = 500


def concealed(ledger: type[Ledger], units: Collection[str] | None = None) -> Q | None:
    """The condition that a row tells of a unit abroad; None where no row of the ledger can.

    It names one, or a record that tells of one: a matter of an enterprise abroad, say; or it
    says itself that something is abroad. `units` are the units abroad, if not those of `Place`.
    """
    found = Q()
    hidden = Place.objects.filter(hidden=True).values("unit") if units is None else units
    if ledger.code in UNIT_LEDGERS:
        found |= Q(**{f"{ledger.code_column()}__in": hidden})
    if ledger.code in SAID_ABROAD:
        found |= Q(**SAID_ABROAD[ledger.code])
    for name, reference in ledger.references().items():
        for to in targets(reference.to):
            if to in UNIT_LEDGERS:
                found |= Q(**{f"{name}__in": hidden})
            elif (inner := concealed(LEDGERS[to], units)) is not None:
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


class Concealment:
    """The same of rows at hand, for one transaction: only what they refer to is asked for."""

    def __init__(self) -> None:
        self.hidden = hidden_places()
        self._told: dict[str, dict[str, bool]] = {}

    def shown(self, code: str, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Those of the rows that tell of no unit abroad."""
        ledger = LEDGERS[code]
        concealing = self._concealing(ledger, rows)
        return [
            row
            for row in rows
            if not any(row[name] in codes for name, codes in concealing.items())
            and not _says_abroad(code, row)
        ]

    def _concealing(
        self, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]]
    ) -> dict[str, Collection[str]]:
        """By column, the codes that tell of a unit abroad."""
        found: dict[str, Collection[str]] = {}
        if ledger.code in UNIT_LEDGERS:
            found[str(ledger.code_column())] = self.hidden
        for name, reference in ledger.references().items():
            for to in targets(reference.to):
                codes = self.hidden if to in UNIT_LEDGERS else self._of(to, name, rows)
                found[name] = {*found.get(name, ()), *codes}
        return found

    def _of(self, to: str, name: str, rows: Sequence[Mapping[str, Any]]) -> Collection[str]:
        """Those of the codes in a column that are of concealed records of a ledger."""
        told = concealed(LEDGERS[to])
        if told is None:
            return ()
        known, codes = self._told.setdefault(to, {}), {row[name] for row in rows} - {None}
        asked, number = sorted(codes - known.keys()), str(LEDGERS[to].code_column())
        current = LEDGER_MODELS[to].objects.filter(told, superseded_at__isnull=True)
        known.update((code, False) for code in asked)
        for start in range(0, len(asked), _AT_ONCE):
            some = current.filter(**{f"{number}__in": asked[start : start + _AT_ONCE]})
            known.update((code, True) for code in some.values_list(number, flat=True))
        return {code for code in codes if known[code]}


def _says_abroad(code: str, row: Mapping[str, Any]) -> bool:
    """Whether a row says itself that something is abroad."""
    said = SAID_ABROAD.get(code)
    return said is not None and all(row[name] == value for name, value in said.items())
