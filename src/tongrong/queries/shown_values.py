"""Values of records as pages show them: codes by name, what is private masked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.facts.cell_text import MASKED
from tongrong.facts.cells import show
from tongrong.facts.columns import Column, IdentityNumber, Privacy, Reference
from tongrong.facts.directory import UNIT_LEDGERS, UNITS
from tongrong.facts.ledger import Ledger
from tongrong.facts.national_codes import masked
from tongrong.queries.lookups import names
from tongrong.queries.policy import Viewer


@dataclass(frozen=True)
class ShownValue:
    """A value of a column as text; of a reference `code` is what it names, and `text` its name."""

    column: str
    label: str
    text: str
    code: str = ""
    masked: bool = False


def shown_values(
    viewer: Viewer, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]], columns: Iterable[str]
) -> list[tuple[ShownValue, ...]]:
    """The values of these columns of each row; one query for each kind of thing they refer to."""
    columns = tuple(columns)
    wanted: dict[str, set[str]] = {}
    for name in columns:
        column = ledger.columns[name]
        if isinstance(column, Reference) and column.privacy is not Privacy.SENSITIVE:
            codes = {row[name] for row in rows if row[name] is not None}
            wanted.setdefault(_named_as(column), set()).update(codes)
    known = names(viewer, wanted)
    return [tuple(_value(ledger, name, row[name], known) for name in columns) for row in rows]


def hidden(column: Column) -> bool:
    """Whether a column's values are masked whoever looks."""
    return column.privacy is Privacy.SENSITIVE


def _named_as(column: Reference) -> str:
    return UNITS if column.to in UNIT_LEDGERS else column.to


def _value(
    ledger: type[Ledger], name: str, value: Any, known: Mapping[str, dict[str, str]]
) -> ShownValue:
    column = ledger.columns[name]
    label = column.label.removesuffix("编号") if isinstance(column, Reference) else column.label
    if value is None:
        return ShownValue(name, label, "")
    if isinstance(column, IdentityNumber):
        return ShownValue(name, label, masked(str(value)), masked=True)
    if hidden(column):
        return ShownValue(name, label, MASKED, masked=True)
    if isinstance(column, Reference):
        text = known.get(_named_as(column), {}).get(value, value)
        return ShownValue(name, label, text, value)
    return ShownValue(name, label, show(column, value))
