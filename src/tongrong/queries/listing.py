"""One page of a ledger's records: searched, sorted, in the units somebody may see."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from tongrong.facts.columns import Choice, Code, Column, Day, Privacy, Text
from tongrong.facts.ledger import DRAFT, WITHDRAWN, Ledger
from tongrong.queries.ledger_scope import listed_within, owned_by, owning, versions_within
from tongrong.queries.lookups import by_initials, having, named_like
from tongrong.queries.places import below, few, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.shown_values import ShownValue, shown_values
from tongrong.records.models import Place, RowVersion

ON_A_PAGE = 20
COUNTED_TO = 1000
_ID = "version_id"


@dataclass(frozen=True)
class Asked:
    """What is searched for, and from where on: `after` or `before` the row of a number.

    `unit` is a name or code, `under` a unit with all below it; `withdrawn`: those only.
    `first` is the place of the first row in the list, `sort` a column, `-` before it: backwards.
    """

    unit: str = ""
    under: str = ""
    text: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None
    withdrawn: bool = False
    sort: str = ""
    after: int | None = None
    before: int | None = None
    first: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything is searched for."""
        of = self.unit or self.under
        return bool(of or self.text or self.choices or self.since or self.until)


@dataclass(frozen=True)
class Line:
    """A record of the list: its place in it, the number of its address, what it says."""

    place: int
    number: int
    draft: bool
    values: tuple[ShownValue, ...]


@dataclass(frozen=True)
class Listed:
    """A page of records. `count` is exact up to `COUNTED_TO`, of more there are `many`.

    `earlier` and `later` say whether there are rows before and after those shown.
    """

    lines: tuple[Line, ...]
    count: int
    many: bool
    earlier: bool
    later: bool


def shown_columns(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns of the list: whose a record is first, its code last."""
    first, code = owning(ledger), ledger.code_column()
    others = [name for name in ledger.columns if name not in (first, code)]
    last = (code,) if code is not None and code != first else ()
    return (first, *others, *last)


def kept_columns(ledger: type[Ledger], chosen: Collection[str]) -> tuple[str, ...]:
    """The columns chosen, in the order of the list; the first one always, all if none is."""
    columns = shown_columns(ledger)
    kept = [name for name in columns[1:] if name in chosen]
    return (columns[0], *kept) if kept else columns


def sortable(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns a list may be sorted by: those that are never empty and open to all."""
    return tuple(
        name
        for name, one in ledger.columns.items()
        if not one.optional and one.privacy is Privacy.OPEN
    )


def chosen_by(ledger: type[Ledger]) -> dict[str, Choice]:
    """The columns of which a list may be cut to one choice."""
    found = {name: one for name, one in ledger.columns.items() if isinstance(one, Choice)}
    return {name: one for name, one in found.items() if one.privacy is Privacy.OPEN}


def dated_by(ledger: type[Ledger]) -> str | None:
    """The day by which a list may be cut."""
    name = ledger.day_column()
    return name if name is not None and isinstance(ledger.columns[name], Day) else None


def usual_sort(ledger: type[Ledger]) -> str:
    """The newest first."""
    name = ledger.day_column()
    return "" if name is None or ledger.columns[name].optional else f"-{name}"


def listed(
    viewer: Viewer, ledger: type[Ledger], asked: Asked, columns: Sequence[str] = ()
) -> Listed:
    """The records asked for, at most `ON_A_PAGE`, with these columns, or all a list has.

    Pages are found by where the last one ended, not by counting from the first, so a page far
    on costs what the first one does. A list that is on one page is not counted again.
    """
    rows = searched(viewer, ledger, asked)
    sort = sort_of(ledger, asked)
    backwards = asked.before is not None
    found = _page(viewer, ledger, rows, sort, asked, backwards=backwards)
    more = len(found) > ON_A_PAGE
    whole = not more and not backwards and asked.after is None
    count = len(found) if whole else rows.order_by()[: COUNTED_TO + 1].count()
    found = found[:ON_A_PAGE][::-1] if backwards else found[:ON_A_PAGE]
    told = shown_values(viewer, ledger, found, columns or shown_columns(ledger))
    first = max(asked.first, 1)
    lines = tuple(
        Line(first + at, row[_ID], row["status"] == DRAFT, values)
        for at, (row, values) in enumerate(zip(found, told, strict=True))
    )
    return Listed(
        lines=lines,
        count=min(count, COUNTED_TO),
        many=count > COUNTED_TO,
        earlier=more if backwards else asked.after is not None,
        later=True if backwards else more,
    )


def sort_of(ledger: type[Ledger], asked: Asked) -> str:
    """What the list is sorted by: what is asked for, where that sorts."""
    return asked.sort if asked.sort.removeprefix("-") in sortable(ledger) else usual_sort(ledger)


def searched(viewer: Viewer, ledger: type[Ledger], asked: Asked) -> "QuerySet[RowVersion]":
    """The records asked for, in no order: those withdrawn, or all others."""
    rows = listed_within(viewer, Permission.SEE_LEDGERS, ledger)
    rows = rows.filter(status=WITHDRAWN) if asked.withdrawn else rows.exclude(status=WITHDRAWN)
    if asked.unit:
        places = visible(viewer, Permission.SEE_LEDGERS)
        rows = rows.filter(owned_by(ledger, few(places.filter(named_like(asked.unit)))))
    if asked.under:
        rows = rows.filter(owned_by(ledger, few(_under(viewer, asked.under))))
    if asked.text:
        said = Q()
        for name, column in ledger.columns.items():
            if _searchable(column):
                said |= having(name, asked.text)
        rows = rows.filter(said | by_initials(ledger, asked.text))
    rows = rows.filter(**{n: v for n, v in asked.choices.items() if n in chosen_by(ledger)})
    day = dated_by(ledger)
    if day is not None and asked.since is not None:
        rows = rows.filter(**{f"{day}__gte": asked.since})
    if day is not None and asked.until is not None:
        rows = rows.filter(**{f"{day}__lte": asked.until})
    return rows


def _under(viewer: Viewer, unit: str) -> "QuerySet[Place]":
    """A unit and all below it, as far as the viewer may see them."""
    seen = visible(viewer, Permission.SEE_LEDGERS)
    path = seen.filter(unit=unit).values_list("path", flat=True).first()
    return seen.none() if path is None else seen.filter(below(path))


def _searchable(column: Column) -> bool:
    return isinstance(column, Text | Code) and column.privacy is Privacy.OPEN


def _page(
    viewer: Viewer,
    ledger: type[Ledger],
    rows: "QuerySet[RowVersion]",
    sort: str,
    asked: Asked,
    *,
    backwards: bool,
) -> list[dict[str, Any]]:
    """One row more than a page, in the order of the list, or from its end if `backwards`."""
    name, falling = sort.removeprefix("-"), _falls(sort) is not backwards
    start = asked.before if backwards else asked.after
    if start is not None:
        known = versions_within(viewer, Permission.SEE_LEDGERS, ledger).filter(version_id=start)
        rows = rows.filter(_beyond(known, name, start, "lt" if falling else "gt"))
    columns = (_ID, "status", *shown_columns(ledger))
    return list(rows.order_by(*_order(name, falling=falling)).values(*columns)[: ON_A_PAGE + 1])


def order_of(sort: str) -> list[str]:
    """What the rows of a list are put in order by."""
    return _order(sort.removeprefix("-"), falling=_falls(sort))


def _falls(sort: str) -> bool:
    return sort.startswith("-") or not sort


def _order(name: str, *, falling: bool) -> list[str]:
    return [f"-{one}" if falling else one for one in (name, _ID) if one]


def _beyond(known: "QuerySet[RowVersion]", name: str, start: int, than: str) -> Q:
    """The rows that come after one in the order of the list.

    `known` is that row; without it, as where the viewer may not see it, the list begins anew: what
    comes after it would tell of it.
    """
    further = Q(**{f"{_ID}__{than}": start})
    if not name:
        return further
    value = known.values_list(name, flat=True).first()
    if value is None:
        return Q()
    from_there = Q(**{f"{name}__{than}e": value})  # by itself, for the index
    return from_there & (Q(**{f"{name}__{than}": value}) | further)
