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


class Naming:
    """The names of what values of a ledger refer to, as far as a viewer may know: one query."""

    def __init__(
        self, viewer: Viewer, ledger: type[Ledger], said: Iterable[tuple[str, Any]]
    ) -> None:
        """`said` are the values to be shown, each with its column."""
        self._ledger = ledger
        wanted: dict[str, set[str]] = {}
        for name, value in said:
            column = ledger.columns.get(name)
            if isinstance(column, Reference) and value is not None and not hidden(column):
                wanted.setdefault(_named_as(column), set()).add(value)
        self._known = names(viewer, wanted)

    def value(self, name: str, value: Any) -> ShownValue:
        """A value of a column as it may be shown."""
        return _value(self._ledger, name, value, self._known)

    def label(self, name: str, label: str) -> str:
        """What a column is called where names stand for codes."""
        column = self._ledger.columns.get(name)
        return label if column is None else label_of(column)

    def text(self, name: str, text: str) -> str:
        """What a text, a code where the column refers to something, is called."""
        column = self._ledger.columns.get(name)
        known = self._known.get(_named_as(column), {}) if isinstance(column, Reference) else {}
        return known.get(text, text)


def shown_values(
    viewer: Viewer, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]], columns: Iterable[str]
) -> list[tuple[ShownValue, ...]]:
    """The values of these columns of each row; one query for all they refer to."""
    columns = tuple(columns)
    naming = Naming(viewer, ledger, ((name, row[name]) for row in rows for name in columns))
    return [tuple(naming.value(name, row[name]) for name in columns) for row in rows]


def hidden(column: Column) -> bool:
    """Whether a column's values are masked whoever looks."""
    return column.privacy is Privacy.SENSITIVE


def label_of(column: Column) -> str:
    """What a column is called where names stand for codes."""
    return column.label.removesuffix("编号") if isinstance(column, Reference) else column.label


def _named_as(column: Reference) -> str:
    return UNITS if column.to in UNIT_LEDGERS else column.to


def _value(
    ledger: type[Ledger], name: str, value: Any, known: Mapping[str, dict[str, str]]
) -> ShownValue:
    column = ledger.columns[name]
    label = label_of(column)
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
