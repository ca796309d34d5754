"""One page of a ledger's records: searched, sorted, in the units somebody may see."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tongrong.facts.columns import Choice, Choices, Code, Day, Privacy, Text
from tongrong.facts.erasure import PERSONS
from tongrong.facts.initials import are_initials, initials_of
from tongrong.facts.ledger import RECORD, WITHDRAWN, Ledger
from tongrong.queries.ledger_scope import listed_within, of_units, owning, versions_within
from tongrong.queries.lookups import by_initials, having, named_like
from tongrong.queries.places import FEW, below, visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.returns import open_steps
from tongrong.queries.shown_values import ShownValue, shown_values
from tongrong.records.models import Place, ReturnStep, RowVersion
from tongrong.vocabulary.returning import Step

ON_A_PAGE = 20
COUNTED_TO = 1000
SEARCHED_TO = 10_000
"""So many records are looked through for a text at a time: a page costs the same in any ledger."""
_ID, _STEP = "version_id", "open_step"


@dataclass(frozen=True)
class Asked:
    """What is searched for, and from where on: `after` or `before` the row of a number.

    `unit` is a name or code, `under` a unit with all below it; `withdrawn`: those only;
    `returned`: only those returned and not passed since, withdrawn or not.
    `first` is the place of the first row in the list, `sort` a column, `-` before it: backwards.
    """

    unit: str = ""
    under: str = ""
    text: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None
    withdrawn: bool = False
    returned: bool = False
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
    """A record of the list: its place in it, the number of its address, what it says.

    `step` is the last in its course, if it was returned and that is still open.
    """

    place: int
    number: int
    status: str
    step: Step | None
    values: tuple[ShownValue, ...]


@dataclass(frozen=True)
class Listed:
    """A page of records. `count` is exact up to `COUNTED_TO`; `many`: there are more, or may be.

    `earlier` and `later` are the numbers of the rows to turn by, none where nothing is further.
    Where a text was looked for in some records only, from the row turned by on, `searched` says in
    how many; `count` is of these, and what is left begins at the row to turn by.
    """

    lines: tuple[Line, ...]
    count: int
    many: bool
    earlier: int | None
    later: int | None
    searched: int = 0


def shown_columns(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns of the list: whose a record is first, or a person's name; its code last."""
    first = "name" if ledger.code == PERSONS else owning(ledger)
    code = ledger.code_column()
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


def holds_text(ledger: type[Ledger]) -> bool:
    """Whether a text may be looked for in the ledger at all."""
    return any(_searchable(ledger, name) for name in ledger.columns)


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
    every, sort = _narrowed(viewer, ledger, asked), sort_of(ledger, asked)
    rows = _saying(ledger, every, asked.text)
    backwards, turned = asked.before is not None, asked.before or asked.after
    way = _Way(sort.removeprefix("-"), falling=_falls(sort) is not backwards)
    ahead = _ahead(viewer, ledger, way, turned)
    end = _end_of_search(every.filter(ahead), way) if asked.text else None
    following = rows.filter(ahead) if end is None else rows.filter(ahead, way.until(end))
    found = _page(ledger, following, way)
    more = len(found) > ON_A_PAGE
    first = max(asked.first, 1)
    if turned is None or asked.text:
        count = _counted(following) if more else len(found)
    else:
        count = _counted(rows)
    unsure = asked.text != "" and turned is not None and end is None
    if unsure:  # to count what was passed, all of it would be searched again: its place tells
        count += first - 1
    found = found[:ON_A_PAGE][::-1] if backwards else found[:ON_A_PAGE]
    told = shown_values(viewer, ledger, found, columns or shown_columns(ledger))
    lines = tuple(
        Line(first + at, row[_ID], row["status"], row[_STEP] and Step(row[_STEP]), values)
        for at, (row, values) in enumerate(zip(found, told, strict=True))
    )
    beyond = None if more or end is None else end[_ID]
    top, last = (lines[0].number, lines[-1].number) if lines else (None, None)
    return Listed(
        lines=lines,
        count=min(count, COUNTED_TO),
        many=count > COUNTED_TO or (unsure and backwards),
        earlier=(top if more else beyond) if backwards else (top if turned else None),
        later=last if backwards or more else beyond,
        searched=0 if end is None else SEARCHED_TO,
    )


def sort_of(ledger: type[Ledger], asked: Asked) -> str:
    """What the list is sorted by: what is asked for, where that sorts."""
    return asked.sort if asked.sort.removeprefix("-") in sortable(ledger) else usual_sort(ledger)


def searched(viewer: Viewer, ledger: type[Ledger], asked: Asked) -> "QuerySet[RowVersion]":
    """The records asked for, in no order: those withdrawn, or all others."""
    return _saying(ledger, _narrowed(viewer, ledger, asked), asked.text)


def _narrowed(viewer: Viewer, ledger: type[Ledger], asked: Asked) -> "QuerySet[RowVersion]":
    """The records that all but the text asks for."""
    rows = listed_within(viewer, Permission.SEE_LEDGERS, ledger, through=bool(asked.text))
    if asked.returned:
        rows = rows.filter(record__in=_returned(ledger))
    else:
        rows = rows.filter(status=WITHDRAWN) if asked.withdrawn else rows.exclude(status=WITHDRAWN)
    if asked.unit:
        places = visible(viewer, Permission.SEE_LEDGERS)
        rows = rows.filter(of_units(viewer, ledger, places.filter(named_like(asked.unit))))
    if asked.under:
        rows = rows.filter(of_units(viewer, ledger, _under(viewer, asked.under)))
    rows = rows.filter(**{n: v for n, v in asked.choices.items() if n in chosen_by(ledger)})
    day = dated_by(ledger)
    if day is not None and asked.since is not None:
        rows = rows.filter(**{f"{day}__gte": asked.since})
    if day is not None and asked.until is not None:
        rows = rows.filter(**{f"{day}__lte": asked.until})
    return rows


def _saying(
    ledger: type[Ledger], rows: "QuerySet[RowVersion]", text: str
) -> "QuerySet[RowVersion]":
    """Those of the records that have a text in an open column, or a name of such initials.

    The word chosen of several is a text as well, and found by its initials: 党课 by `dk`.
    """
    if not text:
        return rows
    said = by_initials(ledger, text)
    for name in ledger.columns:
        if _searchable(ledger, name):
            said |= having(name, text)
    if are_initials(text):
        for name, choice in chosen_by(ledger).items():
            meant = [one for one in choice.choices if text.lower() in initials_of(one)]
            said |= Q(**{f"{name}__in": meant}) if meant else Q()
    return rows.filter(said) if said else rows.none()


def _returned(ledger: type[Ledger]) -> "Collection[str] | QuerySet[ReturnStep, Any]":
    """The records of a ledger returned and not passed since; few are named one by one."""
    steps = open_steps(ReturnStep.objects.filter(record__startswith=f"{ledger.code}/"))
    found = steps.values_list(RECORD, flat=True)
    some = list(found[: FEW + 1])
    return found if len(some) > FEW else some


def _under(viewer: Viewer, unit: str) -> "QuerySet[Place]":
    """A unit and all below it, as far as the viewer may see them."""
    seen = visible(viewer, Permission.SEE_LEDGERS)
    path = seen.filter(unit=unit).values_list("path", flat=True).first()
    return seen.none() if path is None else seen.filter(below(path))


def _searchable(ledger: type[Ledger], name: str) -> bool:
    """Whether a text is looked for in a column: open to all, or the name of who is listed."""
    column = ledger.columns[name]
    open_to_all = column.privacy is Privacy.OPEN or (ledger.code == PERSONS and name == "name")
    return isinstance(column, Text | Code | Choice | Choices) and open_to_all


@dataclass(frozen=True)
class _Way:
    """In what order rows are gone through: by a column, if any, then by their numbers."""

    name: str
    falling: bool

    @property
    def order(self) -> list[str]:
        return _order(self.name, falling=self.falling)

    def from_row(self, row: Mapping[str, Any]) -> Q:
        """The rows that come after one."""
        return self._beside(row, "lt" if self.falling else "gt")

    def until(self, row: Mapping[str, Any]) -> Q:
        """The rows that come before one, and that one."""
        return self._beside(row, "gt" if self.falling else "lt", its_own=True)

    def _beside(self, row: Mapping[str, Any], than: str, *, its_own: bool = False) -> Q:
        by_number = Q(**{f"{_ID}__{than}{'e' if its_own else ''}": row[_ID]})
        if not self.name:
            return by_number
        value = row[self.name]
        from_there = Q(**{f"{self.name}__{than}e": value})  # by itself, for the index
        return from_there & (Q(**{f"{self.name}__{than}": value}) | by_number)


def _page(ledger: type[Ledger], rows: "QuerySet[RowVersion]", way: _Way) -> list[dict[str, Any]]:
    """One row more than a page."""
    columns = (_ID, "status", _STEP, *shown_columns(ledger))
    open_ones = open_steps(ReturnStep.objects.filter(record=OuterRef(RECORD)))
    marked = rows.annotate(**{_STEP: Subquery(open_ones.values("step"))})
    return list(marked.order_by(*way.order).values(*columns)[: ON_A_PAGE + 1])


def _counted(rows: "QuerySet[RowVersion]") -> int:
    """How many there are, up to one more than `COUNTED_TO`."""
    return rows.order_by()[: COUNTED_TO + 1].count()


def _end_of_search(rows: "QuerySet[RowVersion]", way: _Way) -> Mapping[str, Any] | None:
    """The last of the rows to be looked through for a text; none where there are not so many."""
    last = rows.order_by(*way.order).values(_ID, *filter(None, [way.name]))
    found: Mapping[str, Any] | None = last[SEARCHED_TO - 1 : SEARCHED_TO].first()
    return found


def order_of(sort: str) -> list[str]:
    """What the rows of a list are put in order by."""
    return _order(sort.removeprefix("-"), falling=_falls(sort))


def _falls(sort: str) -> bool:
    return sort.startswith("-") or not sort


def _order(name: str, *, falling: bool) -> list[str]:
    return [f"-{one}" if falling else one for one in (name, _ID) if one]


def _ahead(viewer: Viewer, ledger: type[Ledger], way: _Way, start: int | None) -> Q:
    """The rows after the one to turn by.

    Where the viewer may not see that one, the list begins anew: what comes after it would tell of
    it.
    """
    if start is None:
        return Q()
    if not way.name:
        return way.from_row({_ID: start})
    known = versions_within(viewer, Permission.SEE_LEDGERS, ledger).filter(version_id=start)
    row = known.values(_ID, way.name).first()
    return Q() if row is None else way.from_row(row)
