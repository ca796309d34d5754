"""One cell of a sheet: from what a user typed to the kept value, and back to text.

A cell that breaks its column's rule is refused with a stable code, what was expected and
how to mend it; nothing is guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tongrong.facts.cell_choices import NO, YES
from tongrong.facts.cell_kinds import MEASURED, PARSERS
from tongrong.facts.cell_text import MASKED, NIL, NONE, Parser, Refused, Value, tidy
from tongrong.facts.columns import (
    Choices,
    Clock,
    Column,
    Day,
    Flag,
    IdentityNumber,
    Money,
    Month,
    Reference,
    Share,
    Text,
)
from tongrong.facts.national_codes import NATIONAL_PARSERS, masked
from tongrong.facts.workbook_scan import UNCALCULATED
from tongrong.vocabulary.quantities import fen_to_yuan, millionths_to_percent

FORMULA_ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"),
        *("#SPILL!", "#CALC!", "#GETTING_DATA", UNCALCULATED),
    )
)

_PARSERS = {**PARSERS, **NATIONAL_PARSERS}


def parse_cells(
    column: Column, cells: Sequence[Any], unit: str | None = None
) -> tuple[list[Value], list[tuple[int, Refused]]]:
    """The kept values of one column and, by position, the cells refused (their value is None).

    `unit` is the one the heading names. Each distinct cell is parsed once, so long columns of
    few values cost little.
    """
    if bool in set(map(type, cells)):
        cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    parse = parser_of(column, unit)
    values: dict[Any, Value] = {}
    refused: dict[Any, Refused] = {}
    for cell in set(cells):
        try:
            values[cell] = parse(cell)
        except Refused as refusal:
            refused[cell] = refusal
    faults = [(i, refused[cell]) for i, cell in enumerate(cells) if cell in refused]
    return list(map(values.get, cells)), faults


def parser_of(column: Column, unit: str | None = None) -> Parser:
    """How a cell of this column is read; blank cells and formula errors are seen to first."""
    kind = type(column)
    parse = MEASURED[kind](column, unit) if kind in MEASURED else _PARSERS[kind](column)
    missing = f"{column.type_label}（必填）"
    nil = frozenset() if kind is Text else NIL
    nil |= {NONE} if kind in (Reference, Day, Month) else set()

    def read(cell: Any) -> Value:
        if isinstance(cell, str):
            cell = tidy(cell)
            if cell in FORMULA_ERRORS:
                raise Refused("error", column.type_label, "修正公式，或改填确定的值")
            if cell == MASKED:
                raise Refused("masked", column.type_label, "填写原来的内容，或不导入这一行")
        value = None if cell is None or cell == "" or cell in nil else parse(cell)
        if value is None and not column.optional:
            raise Refused("missing", missing, f"填写“{column.label}”")
        return value

    return read


def show(column: Column, value: Any) -> str:
    """A kept value as the text a user would type; empty for none."""
    if value is None:
        return ""
    writer = _WRITERS.get(type(column))
    return str(value) if writer is None else writer(value)


def quoted(column: Column, cell: Any) -> str:
    """A cell as a message may quote it: identity numbers masked, long texts cut."""
    text = "" if cell is None else str(cell)
    if isinstance(column, IdentityNumber):
        return masked(text)
    return text if len(text) <= 60 else f"{text[:60]}…"


_WRITERS: Mapping[type[Column], Callable[[Any], str]] = {
    Choices: lambda value: str(value).strip("、"),
    Month: lambda value: f"{value:%Y-%m}",
    Clock: lambda value: f"{value // 60:02d}:{value % 60:02d}",
    Flag: lambda value: YES if value else NO,
    Money: lambda value: str(fen_to_yuan(value)),
    Share: millionths_to_percent,
}
