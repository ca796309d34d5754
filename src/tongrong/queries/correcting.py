"""Which record is to be corrected where a verdict falls short by what a record itself says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from tongrong.engine.part import OwnRow
from tongrong.facts.ledger import EFFECTIVE
from tongrong.facts.registry import LEDGERS
from tongrong.queries.judgements import Judgements
from tongrong.queries.ledger_scope import entered, rows_within, standing
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.settling import Form
from tongrong.queries.shown_values import label_of
from tongrong.records.models import RowVersion

Row = tuple[int, str, int, str, str]
"""The place of its register, the member, its number, when it is due, where its unit stands."""


class Short(Protocol):
    """A verdict that falls short: whose, on which clause, by which part, of which members."""

    @property
    def unit(self) -> str:
        """The unit judged."""

    @property
    def clause(self) -> str:
        """The clause it is judged on."""

    @property
    def part(self) -> int:
        """The part that decided."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The members and periods that fall short."""


def to_correct(
    viewer: Viewer, seen: Judgements, falls: Iterable[Short], paths: Mapping[str, str]
) -> Mapping[tuple[str, str], Form]:
    """By unit and clause the first record to be corrected, where no further one would settle it.

    That is a record of a member that falls short, of the unit at its path or below it: the one
    that is due first. One query for all, whatever the ledgers; none where there is no such thing.
    """
    wanted = {
        (one.unit, one.clause): (_rows_of(seen, one), {*_members(one.missing)})
        for one in falls
        if one.unit in paths and one.missing
    }
    asked = list(dict.fromkeys(own for rows, _ in wanted.values() for own in rows))
    members = {
        own: {member for rows, some in wanted.values() if own in rows for member in some}
        for own in asked
    }
    found = _found(viewer, [(own, members[own]) for own in asked])
    forms: dict[tuple[str, str], Form] = {}
    for (unit, clause), (rows, some) in wanted.items():
        places = {asked.index(own) for own in rows}
        for place, member, number, _, path in found:
            if place in places and member in some and path.startswith(paths[unit]):
                forms[unit, clause] = _form(asked[place], number)
                break
    return forms


def _rows_of(seen: Judgements, one: Short) -> tuple[OwnRow, ...]:
    """The rows the deciding part looks at, of ledgers that are entered by hand."""
    bound = seen.norms.bound.get(one.clause)
    parts = bound.parts if bound else ()
    rows = next((part.rule.own_rows() for part in parts if part.index == one.part), ())
    return tuple(
        own
        for own in rows
        if entered(LEDGERS[own.ledger]) and own.column in LEDGERS[own.ledger].columns
    )


def _members(missing: Iterable[str]) -> Iterable[str]:
    return (piece for label in missing for piece in label.split("/"))


def _found(viewer: Viewer, asked: Sequence[tuple[OwnRow, set[str]]]) -> list[Row]:
    """The rows in question, those due first before the others."""
    selects = [_select(viewer, place, *one) for place, one in enumerate(asked)]
    rows: list[Row] = list(selects[0].union(*selects[1:], all=True)) if selects else []
    return sorted(rows, key=lambda row: (row[3], row[2]))


def _select(
    viewer: Viewer, place: int, own: OwnRow, members: set[str]
) -> "QuerySet[RowVersion, Row]":
    ledger = LEDGERS[own.ledger]
    rows = rows_within(viewer, Permission.RECORD, ledger).filter(status=EFFECTIVE)
    rows = rows.filter(**{f"{own.member}__in": members})
    if own.empty:
        rows = rows.filter(**{f"{own.column}__isnull": True})
    due = F(own.due) if own.due in ledger.columns else Value("")
    return rows.order_by().values_list(
        Value(place),
        Cast(F(own.member), TextField()),
        "version_id",
        Cast(due, TextField()),
        standing(ledger),
    )


def _form(own: OwnRow, number: int) -> Form:
    ledger = LEDGERS[own.ledger]
    return Form(ledger, "", number, own.column, label_of(ledger.columns[own.column]))
