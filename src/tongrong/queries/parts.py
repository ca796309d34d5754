"""What hangs on a record: its parts, which are nothing without it, and what else names it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast

from tongrong.facts.directory import UNIT_LEDGERS
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import WITHDRAWN, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.concealed import shown
from tongrong.queries.ledger_scope import entered, owning, rows_within
from tongrong.queries.persons import current
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import RowVersion

MOST_NAMED = 12


@dataclass(frozen=True)
class Naming:
    """A record that names another, by the number of its page."""

    ledger: type[Ledger]
    number: int


@dataclass(frozen=True)
class Hanging:
    """How many parts a record has, by ledger, and what else names it, at most `MOST_NAMED`."""

    parts: tuple[tuple[type[Ledger], int], ...] = ()
    named_by: tuple[Naming, ...] = ()


def parts_in(ledger: type[Ledger]) -> tuple[tuple[type[Ledger], str], ...]:
    """The ledgers whose records are parts of one of these, with the column that says of which.

    Attendance is part of a meeting: the meeting is in its key, and whose it is says the meeting.
    """
    found = ((one, name) for one, name in naming(ledger) if one.columns[name].key)
    return tuple((one, name) for one, name in found if owning(one) == name)


def parts_of(ledger: type[Ledger], code: str) -> "Iterator[tuple[type[Ledger], list[RowVersion]]]":
    """The parts that a record of a code has now, by ledger; withdrawn ones are none any more."""
    for one, name in parts_in(ledger):
        rows = current(one.code).filter(**{name: code}).exclude(status=WITHDRAWN)
        found = list(rows.order_by("version_id"))
        if found:
            yield one, found


def hanging_on(viewer: Viewer, ledger: type[Ledger], code: str) -> Hanging:
    """What hangs on a record, as far as the viewer may see it; by at most two queries."""
    if ledger.code in (PERSONS, *UNIT_LEDGERS):
        return Hanging()
    parts = parts_in(ledger)
    counted: list[QuerySet[Any, Any]] = []
    for one, name in parts:
        rows = shown(viewer, one, current(one.code)).filter(**{name: code})
        counted.append(_of(one, rows).annotate(told=Count("pk")).values_list("of_ledger", "told"))
    named: list[QuerySet[Any, Any]] = []
    for one, name in naming(ledger):
        if (one, name) not in parts:
            rows = rows_within(viewer, Permission.SEE_LEDGERS, one).filter(**{name: code})
            named.append(_of(one, rows).values_list("of_ledger", "version_id"))
    return Hanging(
        tuple((LEDGERS[of], told) for of, told in _together(counted)),
        tuple(Naming(LEDGERS[of], told) for of, told in _together(named)[:MOST_NAMED]),
    )


def naming(ledger: type[Ledger]) -> Iterator[tuple[type[Ledger], str]]:
    """The ledgers entered by hand whose records name one of these, with the column that does."""
    for one in LEDGERS.values():
        for name, reference in one.references().items():
            if reference.to == ledger.code and entered(one):
                yield one, name


def _of(ledger: type[Ledger], rows: "QuerySet[RowVersion]") -> "QuerySet[Any, Any]":
    """The rows that still count, with the code of their ledger."""
    told = Cast(Value(ledger.code), TextField())
    return rows.exclude(status=WITHDRAWN).order_by().values(of_ledger=told)


def _together(selects: "list[QuerySet[Any, Any]]") -> list[tuple[str, int]]:
    if not selects:
        return []
    first, *others = selects
    every = first.union(*others, all=True) if others else first
    return [(str(of), int(told)) for of, told in every[: MOST_NAMED * 4]]
