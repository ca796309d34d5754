"""A sheet as rows of cells, and how it becomes a ledger's table.

Row 1 holds the headings (labels or column codes, any order), every further row a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from tongrong.facts.cell_text import closest_label
from tongrong.facts.cells import parse_cells, quoted
from tongrong.facts.columns import Choice, Column
from tongrong.facts.ledger import EFFECTIVE, STATUS, STATUS_LABEL, STATUSES, Ledger
from tongrong.facts.reading import Source, repeated_records
from tongrong.facts.snapshot import conform
from tongrong.vocabulary.errors import Problem

STATUS_COLUMN = Choice(STATUS_LABEL, choices=STATUSES, optional=True, help="空白即 有效")


def sheet_columns(ledger: type[Ledger]) -> dict[str, Column]:
    """The columns of the ledger's sheet: its own, then the record state."""
    return {**ledger.columns, STATUS: STATUS_COLUMN}


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet or CSV file, row 1 first."""

    file: str
    sheet: str
    rows: Sequence[Sequence[Any]]

    def at(self, row: int, column: int) -> str:
        """The address of a cell; `row` counts from 1, `column` from 0."""
        cell = f"{xl_col_to_name(column)}{row}"
        return "!".join(part for part in (self.file, self.sheet, cell) if part)


@dataclass
class Sheet:
    """A grid read as a ledger: its table, where the rows came from, what is wrong with them."""

    ledger: type[Ledger]
    table: pa.Table
    source: Source
    problems: list[Problem] = field(default_factory=list)


def read_grid(ledger: type[Ledger], grid: Grid) -> Sheet:
    """The grid as the ledger's table, with every problem found in it."""
    body = [(n, row) for n, row in enumerate(grid.rows[1:], start=2) if not _empty(row)]
    numbers = [n for n, _ in body]
    rows = [row for _, row in body]
    heading = [_heading(cell) for cell in grid.rows[0]] if grid.rows else []
    if not rows and not any(heading):
        return Sheet(ledger, conform(ledger, None), Source(grid.file, grid.sheet, [], {}))
    placed, problems = _place(ledger, grid, heading)
    source = Source(
        grid.file, grid.sheet, numbers, {name: xl_col_to_name(at) for name, at in placed.items()}
    )
    problems += _stray_cells(grid, heading, rows, numbers)
    arrays: dict[str, Any] = {}
    faults: list[tuple[int, int, Problem]] = []
    broken: set[int] = set()
    columns = sheet_columns(ledger)
    for name, at in placed.items():
        column = columns[name]
        cells = [row[at] if at < len(row) else None for row in rows]
        values, refused = parse_cells(column, cells)
        if name == STATUS:
            values = [value or EFFECTIVE for value in values]
        for index, fault in refused:
            problem = Problem(
                fault.code,
                source.at(index, name),
                quoted(column, cells[index]),
                fault.expected,
                fault.remedy,
            )
            faults.append((index, at, problem))
            if column.key:
                broken.add(index)
        arrays[name] = pa.array(values, column.arrow)
    problems += [problem for _, _, problem in sorted(faults, key=lambda fault: fault[:2])]
    table = conform(ledger, pa.table(arrays)) if arrays else conform(ledger, None)
    if all(
        name in placed or columns[name].optional for name in ledger.columns if columns[name].key
    ):
        problems += repeated_records(ledger, table, source, frozenset(broken))
    return Sheet(ledger, table, source, problems)


def _empty(row: Sequence[Any]) -> bool:
    return all(c is None or (c.__class__ is str and (not c or c.isspace())) for c in row)


def _heading(cell: Any) -> str:
    return "" if cell is None else "".join(str(cell).replace("\ufeff", "").split())


def _place(
    ledger: type[Ledger], grid: Grid, heading: Sequence[str]
) -> tuple[dict[str, int], list[Problem]]:
    """Which sheet column holds which ledger column."""
    columns = sheet_columns(ledger)
    labels = {column.label: name for name, column in columns.items()}
    placed: dict[str, int] = {}
    problems = []
    for at, text in enumerate(heading):
        name = labels.get(text, text)
        if not text:
            continue
        if name not in columns:
            near = closest_label(text, labels)
            remedy = f"是否应为“{near}”？" if near else "删去此列，或改为模板中的列名"
            expected = f"“{ledger.label}”的列名：{'、'.join(labels)}"
            problems.append(
                Problem("facts.heading.unknown", grid.at(1, at), text, expected, remedy)
            )
        elif name in placed:
            where = xl_col_to_name(placed[name])
            problems.append(
                Problem(
                    "facts.heading.duplicate",
                    grid.at(1, at),
                    text,
                    "每个列名只出现一次",
                    f"与 {where} 列重复，删去其中一列",
                )
            )
        else:
            placed[name] = at
    for name, column in columns.items():
        if name not in placed and not column.optional:
            problems.append(
                Problem(
                    "facts.heading.missing",
                    grid.at(1, len(heading)),
                    "",
                    f"必填列“{column.label}”（{column.type_label}）",
                    f"在第1行加上列名“{column.label}”并逐行填写",
                )
            )
    return placed, problems


def _stray_cells(
    grid: Grid, heading: Sequence[str], rows: Sequence[Sequence[Any]], numbers: Sequence[int]
) -> list[Problem]:
    """A problem for each column that has values but no heading."""
    problems = []
    width = max((len(row) for row in rows), default=0)
    for at in range(width):
        if at < len(heading) and heading[at]:
            continue
        for number, row in zip(numbers, rows, strict=True):
            if at < len(row) and not _empty([row[at]]):
                problems.append(
                    Problem(
                        "facts.heading.blank",
                        grid.at(number, at),
                        quoted(STATUS_COLUMN, row[at]),
                        "有内容的列，第1行要有列名",
                        "补上列名，或删去多余的单元格",
                    )
                )
                break
    return problems
