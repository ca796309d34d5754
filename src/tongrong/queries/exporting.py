"""The records of a list as rows for a sheet: all that are asked for, as the page shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tongrong.facts.cell_text import MASKED
from tongrong.facts.columns import Column, IdentityNumber, Privacy, Reference
from tongrong.facts.directory import UNIT_LEDGERS, UNITS
from tongrong.facts.erasure import PERSONS
from tongrong.facts.headings import sheet_columns
from tongrong.facts.ledger import Ledger
from tongrong.facts.national_codes import masked
from tongrong.queries.listing import Asked, order_of, searched, sort_of
from tongrong.queries.lookups import names
from tongrong.queries.policy import Viewer

_AT_ONCE = 1000


@dataclass(frozen=True)
class Exported:
    """How many records there are, the headings with the column below each, and the rows.

    A name stands beside each code of a unit or person, in a column of its own that belongs to
    no column of the ledger. The rows come once.
    """

    count: int
    headings: tuple[tuple[str, str], ...]
    rows: Iterator[tuple[Any, ...]]


def exported(viewer: Viewer, ledger: type[Ledger], asked: Asked) -> Exported:
    """All records that a list shows the viewer, in its order."""
    columns = sheet_columns(ledger)
    found = searched(viewer, ledger, asked)
    rows = found.order_by(*order_of(sort_of(ledger, asked))).values(*columns)
    return Exported(found.count(), tuple(_headings(columns)), _rows(viewer, columns, rows))


def _headings(columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    for name, column in columns.items():
        yield column.label, name
        if (to := _named(column)) is not None:
            word = "姓名" if to == PERSONS else "名称"
            yield f"{column.label.removesuffix('编号')}{word}", ""


def _named(column: Column) -> str | None:
    """By what the codes of a column are named beside it; None where they are not."""
    if not isinstance(column, Reference) or column.privacy is Privacy.SENSITIVE:
        return None
    if column.to in (UNITS, *UNIT_LEDGERS):
        return UNITS
    return PERSONS if column.to == PERSONS else None


def _rows(viewer: Viewer, columns: Mapping[str, Column], rows: Any) -> Iterator[tuple[Any, ...]]:
    told = rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(told, _AT_ONCE)):
        known = names(viewer, _wanted(columns, some))
        for row in some:
            yield tuple(_cells(columns, row, known))


def _wanted(
    columns: Mapping[str, Column], rows: Sequence[Mapping[str, Any]]
) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, column in columns.items():
        if (to := _named(column)) is not None:
            found.setdefault(to, set()).update(row[name] for row in rows if row[name] is not None)
    return found


def _cells(
    columns: Mapping[str, Column], row: Mapping[str, Any], known: Mapping[str, dict[str, str]]
) -> Iterator[Any]:
    for name, column in columns.items():
        value = row[name]
        if value is not None and isinstance(column, IdentityNumber):
            value = masked(str(value))
        elif value is not None and column.privacy is Privacy.SENSITIVE:
            value = MASKED
        yield value
        if (to := _named(column)) is not None:
            yield known.get(to, {}).get(value)
