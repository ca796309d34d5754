"""A sheet as rows of cells, and how it becomes a ledger's table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from tongrong.facts.cell_amounts import MONEY_UNITS
from tongrong.facts.cell_days import FIRST_SERIAL, LAST_SERIAL
from tongrong.facts.cell_text import closest_labels, is_blank
from tongrong.facts.cells import parse_cells, quoted
from tongrong.facts.columns import Code, Column, Day, Money, Month, Whole
from tongrong.facts.headings import STATUS_COLUMN, Meant, sheet_columns, unit_of
from tongrong.facts.layout import Body, Head, body_of, find_head, placed_columns, unit_above
from tongrong.facts.ledger import EFFECTIVE, STATUS, Ledger
from tongrong.facts.reading import Note, Source, placed, repeated_records
from tongrong.facts.snapshot import conform
from tongrong.vocabulary.errors import Place, Problem
from tongrong.vocabulary.progress import Progress, untold

_DAYS_BEFORE_1904 = 1462
_SHOWN = 3


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet or CSV file, row 1 first.

    `merged` are cells merged downwards: first row, last row (from 1), column (from 0);
    `from_1904` says that bare numbers count days from 1904.
    """

    file: str
    sheet: str
    rows: Sequence[list[Any]]
    hidden: bool = False
    merged: Sequence[tuple[int, int, int]] = ()
    from_1904: bool = False

    def at(self, row: int, column: int) -> Place:
        """The address of a cell; `row` counts from 1, `column` from 0."""
        return placed(self.file, self.sheet, f"{xl_col_to_name(column)}{row}", row, column)

    def row(self, row: int) -> Place:
        """The address of a row, counted from 1."""
        return placed(self.file, self.sheet, f"第{row}行", row)

    @property
    def place(self) -> Place:
        """The address of the whole sheet."""
        return placed(self.file, self.sheet)

    @property
    def empty(self) -> bool:
        """Whether no cell shows anything."""
        return all(map(is_blank, (cell for row in self.rows for cell in row)))


@dataclass
class Sheet:
    """A grid read as a ledger: its table, where the rows came from, what is wrong with them.

    `beside` holds the names that stand beside the codes of a reference, by its column.
    """

    ledger: type[Ledger]
    table: pa.Table
    source: Source
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    beside: dict[str, list[str | None]] = field(default_factory=dict)


def read_grid(
    ledger: type[Ledger], grid: Grid, said: Sequence[Meant] = (), tell: Progress = untold
) -> Sheet:
    """The grid as the ledger's table, with every problem found in it.

    The code of a record may be missing where it can be made of other columns; `settle` does.
    """
    head = find_head(ledger, grid.rows, said)
    if head is None:
        return Sheet(ledger, conform(ledger, None), Source(grid.file, grid.sheet, [], {}))
    columns, beside, doubled = placed_columns(head)
    body = body_of(_filled_down(grid, head), head)
    headings = tuple(words[-1] if words else "" for words in head.words)
    source = Source(grid.file, grid.sheet, body.numbers, columns, head.last, headings)
    sheet = Sheet(ledger, conform(ledger, None), source)
    sheet.problems += _wrong_headings(ledger, grid, head, columns, doubled, body)
    sheet.problems += _stray_cells(grid, head, body)
    units, wrong = _units(ledger, grid, head, columns)
    sheet.problems += wrong
    broken = _read_columns(sheet, grid, body, units, tell)
    sheet.beside = {name: [_name(row, at) for row in body.rows] for name, at in beside.items()}
    sheet.notes += _left_out(grid, body)
    own, keys = sheet_columns(ledger), ledger.keys()
    if all(one in columns or own[one].optional for one in keys):
        sheet.problems += repeated_records(ledger, sheet.table, source, broken)
    return sheet


def _filled_down(grid: Grid, head: Head) -> Sequence[list[Any]]:
    """The rows, with the value of cells merged downwards in each of their rows."""
    for first, last, at in grid.merged:
        if head.last < first <= len(grid.rows) and at < len(grid.rows[first - 1]):
            value = grid.rows[first - 1][at]
            for row in grid.rows[first:last]:
                if at < len(row) and is_blank(row[at]):
                    row[at] = value
    return grid.rows


def _name(row: Sequence[Any], at: int) -> str | None:
    cell = row[at] if at < len(row) else None
    return None if is_blank(cell) else str(cell)


def _read_columns(
    sheet: Sheet, grid: Grid, body: Body, units: Mapping[str, str | None], tell: Progress
) -> frozenset[int]:
    """Read every column into the table; the rows whose key could not be read."""
    own, arrays = sheet_columns(sheet.ledger), dict[str, Any]()
    faults: list[tuple[int, int, Problem]] = []
    broken: set[int] = set()
    for done, (name, at) in enumerate(sheet.source.columns.items(), start=1):
        tell(f"读取 {sheet.ledger.label}", done, len(sheet.source.columns))
        column = own[name]
        cells = [row[at] if at < len(row) else None for row in body.rows]
        if grid.from_1904 and isinstance(column, Day | Month):
            cells = [_since_1904(cell) for cell in cells]
        if isinstance(column, Code):
            broken.update(index for index, cell in enumerate(cells) if is_blank(cell))
            column = replace(column, optional=sheet.ledger.codeless())
        values, refused = parse_cells(column, cells, units.get(name))
        if name == STATUS:
            values = [value or EFFECTIVE for value in values]
        for index, fault in refused:
            where, found = sheet.source.at(index, name), quoted(column, cells[index])
            problem = Problem(fault.code, where, found, fault.expected, fault.remedy)
            faults.append((index, at, problem))
            if column.key:
                broken.add(index)
        arrays[name] = pa.array(values, column.arrow)
    sheet.problems += [problem for _, _, problem in sorted(faults, key=lambda fault: fault[:2])]
    if arrays:
        sheet.table = conform(sheet.ledger, pa.table(arrays))
    return frozenset(broken)


def _since_1904(cell: Any) -> Any:
    if isinstance(cell, int | float) and FIRST_SERIAL <= cell < LAST_SERIAL:
        return cell + _DAYS_BEFORE_1904
    return cell


def _units(
    ledger: type[Ledger], grid: Grid, head: Head, columns: Mapping[str, int]
) -> tuple[dict[str, str | None], list[Problem]]:
    """The unit of each column's numbers, by its heading or a note above the table."""
    own, above = sheet_columns(ledger), unit_above(grid.rows[: head.first - 1])
    units: dict[str, str | None] = {}
    problems = []
    for name, at in columns.items():
        note = head.matches[at].unit
        units[name], wrong = unit_of(own[name], note, above)
        if wrong:
            units[name] = None
            expected = f"“{own[name].label}”的单位：{_units_of(own[name])}"
            remedy = "换算成其中一种单位，并改写列名"
            where = grid.at(head.last, at)
            problems.append(Problem("facts.heading.unit", where, str(note), expected, remedy))
    return units, problems


def _units_of(column: Column) -> str:
    if isinstance(column, Whole):
        return column.unit or "个"
    return "、".join(MONEY_UNITS) if isinstance(column, Money) else "%"


def _left_out(grid: Grid, body: Body) -> Iterator[Note]:
    """What stands among or below the rows and is no record."""
    for numbers, what in ((body.sums, "合计行"), (body.notes, "表下的说明")):
        if numbers:
            rows = "、".join(map(str, numbers[:_SHOWN])) + (" 等" if numbers[_SHOWN:] else "")
            yield Note(grid.place, f"第{rows}行是{what}，没有读入")


def _wrong_headings(
    ledger: type[Ledger],
    grid: Grid,
    head: Head,
    columns: Mapping[str, int],
    doubled: Sequence[int],
    body: Body,
) -> Iterator[Problem]:
    """Headings that are not known, given twice or missing.

    A column without a single cell is no matter, whatever its heading.
    """
    own = sheet_columns(ledger)
    labels = {column.label: name for name, column in own.items()}
    for at in head.unknown:
        if body.rows and not any(at < len(row) and not is_blank(row[at]) for row in body.rows):
            continue
        text = head.words[at][-1]
        near = "、".join(closest_labels(text, labels, _SHOWN))
        hint = f"是否应为“{near}”？" if near else "删去此列，或改为模板中的列名；"
        say = f"或加 --column '{text}=列名'，不读此列加 --column '{text}='"
        expected = f"“{ledger.label}”的列名：{'、'.join(labels)}"
        where = grid.at(head.last, at)
        yield Problem("facts.heading.unknown", where, text, expected, f"{hint}{say}")
    for at in doubled:
        first = xl_col_to_name(columns[head.matches[at].column])
        yield Problem(
            "facts.heading.duplicate",
            grid.at(head.last, at),
            head.words[at][-1],
            "每个列名只出现一次",
            f"与 {first} 列重复，删去其中一列",
        )
    for name, column in own.items():
        needless = column.optional or (isinstance(column, Code) and ledger.codeless())
        if name not in columns and not needless:
            yield Problem(
                "facts.heading.missing",
                grid.at(head.last, len(head.words)),
                "",
                f"必填列“{column.label}”（{column.type_label}）",
                f"在第{head.last}行加上列名“{column.label}”并逐行填写",
            )


def _stray_cells(grid: Grid, head: Head, body: Body) -> Iterator[Problem]:
    """A problem for each column that has values but no heading."""
    width = max((len(row) for row in body.rows), default=0)
    for at in range(width):
        if at < len(head.words) and head.words[at]:
            continue
        for number, row in zip(body.numbers, body.rows, strict=True):
            if at < len(row) and not is_blank(row[at]):
                yield Problem(
                    "facts.heading.blank",
                    grid.at(number, at),
                    quoted(STATUS_COLUMN, row[at]),
                    f"有内容的列，第{head.last}行要有列名",
                    "补上列名，或删去多余的单元格",
                )
                break
