"""五不公开: which records may be told of to somebody who is not cleared for units abroad."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, Q, QuerySet

from tongrong.facts.clearance import SAID_ABROAD, SAY_WHAT_IS_ABROAD, without_overseas
from tongrong.facts.directory import UNIT_LEDGERS
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.concealed import concealed
from tongrong.records.models import LEDGER_MODELS, RowVersion

_AT_ONCE = 500


def told_of(records: Collection[str]) -> frozenset[str]:
    """Those of the records of which no version, now or before, is of a unit abroad.

    Asked for are the units abroad, and of these records whether they tell of one; where no unit
    abroad was ever recorded, nothing. A person is of a unit abroad who is named by records of
    such units alone.
    """
    if not records or not any_abroad():
        return frozenset(records)
    units = hidden_units()
    asked: dict[str, set[str]] = {}
    for record in records:
        asked.setdefault(record.partition("/")[0], set()).add(record)
    found: set[str] = set()
    for code, some in asked.items():
        abroad = _abroad(LEDGERS[code], some, units)
        found |= some - abroad
    return frozenset(found - _only_abroad(asked.get(PERSONS, set()), units))


def hidden_units() -> frozenset[str]:
    """The units abroad, by what the registers say now; drafts and withdrawn rows count too."""
    if not any_abroad():
        return frozenset()
    rows = {
        code: list(_current(code).values(*LEDGERS[code].arrow_schema().names))
        for code in SAY_WHAT_IS_ABROAD
    }
    everything = Snapshot.of_rows(rows)
    shown = without_overseas(everything)
    codes: set[str] = set()
    for register in UNIT_LEDGERS:
        codes.update(map(str, everything[register]["number"].to_pylist()))
        codes.difference_update(map(str, shown[register]["number"].to_pylist()))
    return frozenset(codes)


def any_abroad() -> bool:
    """Whether any version of any row says that something is abroad; one query."""
    features, workplaces = _saying_abroad()
    return bool(features.union(workplaces, all=True).exists())


def something_abroad() -> Q:
    """The same as a condition of another query."""
    features, workplaces = _saying_abroad()
    return Q(Exists(features)) | Q(Exists(workplaces))


def _saying_abroad() -> "tuple[QuerySet[Any], ...]":
    return tuple(
        LEDGER_MODELS[code].objects.filter(**where).values(RECORD)
        for code, where in SAID_ABROAD.items()
    )


def _current(code: str) -> "QuerySet[RowVersion]":
    return LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)


def _abroad(ledger: type[Ledger], records: Collection[str], units: frozenset[str]) -> set[str]:
    """Those of the records of a ledger any version of which tells of a unit abroad."""
    told = concealed(ledger, units)
    if told is None:
        return set()
    versions = LEDGER_MODELS[ledger.code].objects.filter(told)
    return {
        record
        for some in _parts(records)
        for record in versions.filter(**{f"{RECORD}__in": some}).values_list(RECORD, flat=True)
    }


def _only_abroad(persons: Collection[str], units: frozenset[str]) -> set[str]:
    """Those of the persons whom records name, but none of a unit here."""
    numbers = {record.partition("/")[2] for record in persons}
    unseen = numbers - _named(numbers, units)
    return {f"{PERSONS}/{number}" for number in _named(unseen, None)}


def _named(persons: Collection[str], units: frozenset[str] | None) -> set[str]:
    """Those of the persons whom a record names; one that tells of none of the units, if given."""
    found: set[str] = set()
    for ledger in LEDGERS.values():
        told = None if units is None else concealed(ledger, units)
        rows = _current(ledger.code) if told is None else _current(ledger.code).exclude(told)
        for name, reference in ledger.references().items():
            if reference.to == PERSONS:
                for some in _parts({*persons} - found):
                    named = rows.filter(**{f"{name}__in": some}).order_by()
                    found.update(named.values_list(name, flat=True).distinct())
    return found


def _parts(texts: Collection[str]) -> Iterator[list[str]]:
    """So many of the texts at a time."""
    listed = sorted(texts)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
