"""Sheets from the ledgers' declarations: filled workbooks, templates to fill, CSV folders.

A workbook has a guide, a sheet per ledger and two sheets nobody sees: the lists behind the
drop-downs and the version of the layout. It reads back to an equal snapshot.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from tongrong.facts.cell_choices import NO, YES
from tongrong.facts.cell_text import EXACT
from tongrong.facts.cells import show
from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Column,
    Day,
    Flag,
    Money,
    Month,
    Text,
    Whole,
    Year,
)
from tongrong.facts.from_sheets import GUIDE_SHEET, LISTS_SHEET, META_SHEET, SCHEMA_VERSION
from tongrong.facts.guide import comment, guide_rows, width
from tongrong.facts.headings import sheet_columns
from tongrong.facts.ledger import Ledger
from tongrong.facts.new_workbook import new_workbook
from tongrong.facts.registry import LEDGERS
from tongrong.facts.samples import sample_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import refuse

LAST_ROW = 1_048_575
_FIRST_SHEET_DAY = dt.date(1900, 3, 1)
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Written as every workbook's creation time, so that equal facts give equal files."""
_A_NAME = Text("名称", optional=True)
_FORMATS: Mapping[type[Column], str] = {
    Day: "yyyy-mm-dd",
    Month: "yyyy-mm",
    Clock: "hh:mm",
    Money: "0.00",
    Whole: "0",
    Year: "0",
}


def write_workbook(snapshot: Snapshot, path: Path) -> None:
    """Writes every ledger of the snapshot to an .xlsx file that can be edited and read back.

    Raises:
        TongrongError: a ledger has more rows than a sheet can hold.
    """
    for code, ledger in LEDGERS.items():
        rows = snapshot[code].num_rows
        if rows > LAST_ROW:
            raise refuse(
                "sheet.rows",
                f"{path.name}!{ledger.label}",
                f"{rows} 行",
                f"工作表最多 {LAST_ROW} 行记录",
                "改写到文件夹（Parquet 或 CSV）",
            )
    _write(path, list(LEDGERS.values()), snapshot)


def write_template(
    path: Path, ledgers: Sequence[str] | None = None, *, with_samples: bool = False
) -> None:
    """Writes an .xlsx file to fill in, for these ledger codes or all, with sample rows or none.

    Raises:
        KeyError: a code is no ledger.
    """
    chosen = list(LEDGERS.values()) if ledgers is None else [LEDGERS[code] for code in ledgers]
    _write(path, chosen, sample_snapshot() if with_samples else Snapshot.of({}))


def write_list(
    path: Path,
    ledger: type[Ledger],
    headings: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Writes rows of one ledger to an .xlsx file that reads back, as far as values are shown.

    `headings` are the words above each column with the ledger column below them, empty for a
    name beside a code. A cell that is text stands as it is, any other as a value of its column.
    """
    columns = sheet_columns(ledger)
    with new_workbook(path) as workbook:
        workbook.set_properties({"title": f"同融台账 {ledger.label}", "created": _MADE})
        styles, sheet = _Styles.of(workbook), workbook.add_worksheet(ledger.label)
        writers = []
        for at, (text, name) in enumerate(headings):
            column = columns.get(name, _A_NAME)
            sheet.set_column(at, at, width(column), styles.of_column(column))
            sheet.write_string(0, at, text, styles.optional)
            writers.append((column, _cell_writer(sheet, column, styles)))
        sheet.freeze_panes(1, 0)
        last = 1
        for last, row in enumerate(rows, start=1):
            for at, (value, (column, write)) in enumerate(zip(row, writers, strict=True)):
                if isinstance(value, str) and not isinstance(column, Choices):
                    sheet.write_string(last, at, value, styles.text)
                elif value is not None:
                    write(last, at, value)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        _write_meta(workbook)


def write_folder(snapshot: Snapshot, folder: Path) -> None:
    """Writes `<ledger code>.csv` for every ledger, empty ones too.

    UTF-8 with a BOM, so that spreadsheet programs show Chinese text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for code, ledger in LEDGERS.items():
        columns = sheet_columns(ledger)
        cells = [
            [show(column, value) for value in snapshot[code][name].to_pylist()]
            for name, column in columns.items()
        ]
        with (folder / f"{code}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.label for column in columns.values()])
            writer.writerows(zip(*cells, strict=True))


@dataclass(frozen=True)
class _Styles:
    """The formats of one workbook."""

    required: Any
    optional: Any
    title: Any
    wrapped: Any
    columns: Mapping[type[Column], Any]
    text: Any

    @classmethod
    def of(cls, workbook: Any) -> "_Styles":
        head = {"bold": True, "border": 1, "align": "center", "num_format": "@"}
        return cls(
            required=workbook.add_format({**head, "bg_color": "#F8CBAD"}),
            optional=workbook.add_format({**head, "bg_color": "#DDEBF7"}),
            title=workbook.add_format({"bold": True, "font_size": 14}),
            wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
            columns={
                kind: workbook.add_format({"num_format": form}) for kind, form in _FORMATS.items()
            },
            text=workbook.add_format({"num_format": "@"}),
        )

    def of_column(self, column: Column) -> Any:
        return self.columns.get(type(column), self.text)


def _write(path: Path, ledgers: Sequence[type[Ledger]], snapshot: Snapshot) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_workbook(path) as workbook:
        workbook.set_properties({"title": "同融台账", "created": _MADE})
        styles = _Styles.of(workbook)
        _write_guide(workbook.add_worksheet(GUIDE_SHEET), ledgers, styles)
        for ledger in ledgers:
            sheet = workbook.add_worksheet(ledger.label)
            _write_heading(sheet, ledger, styles)
            _write_rows(sheet, ledger, snapshot, styles)
        _write_lists(workbook, ledgers)
        _write_meta(workbook)


def _write_meta(workbook: Any) -> None:
    """The hidden sheet that says which layout the others have."""
    meta = workbook.add_worksheet(META_SHEET)
    meta.write_string(0, 0, "schema_version")
    meta.write_number(0, 1, SCHEMA_VERSION)
    meta.very_hidden()


def _write_guide(sheet: Any, ledgers: Sequence[type[Ledger]], styles: _Styles) -> None:
    for column, wide in enumerate((20, 48, 60, 40)):
        sheet.set_column(column, column, wide)
    for row, cells in enumerate(guide_rows(ledgers)):
        style = styles.title if row == 0 else styles.wrapped
        for column, text in enumerate(cells):
            if column == 0 and text in {ledger.label for ledger in ledgers}:
                sheet.write_url(row, 0, f"internal:'{text}'!A1", string=text)
            else:
                sheet.write_string(row, column, text, style)


def _write_heading(sheet: Any, ledger: type[Ledger], styles: _Styles) -> None:
    columns = sheet_columns(ledger)
    for at, (name, column) in enumerate(columns.items()):
        sheet.set_column(at, at, width(column), styles.of_column(column))
        style = styles.optional if column.optional else styles.required
        sheet.write_string(0, at, column.label, style)
        sheet.write_comment(0, at, comment(column), {"x_scale": 2, "y_scale": 1.6})
        if isinstance(column, Choice | Flag):
            rule = {
                "validate": "list",
                "source": f"={_list_name(ledger, name, column)}",
                "error_title": column.label,
                "error_message": "请从下拉列表中选择",
            }
            sheet.data_validation(1, at, LAST_ROW, at, rule)
    sheet.freeze_panes(1, 0)


def _write_rows(sheet: Any, ledger: type[Ledger], snapshot: Snapshot, styles: _Styles) -> None:
    table = snapshot[ledger.code]
    columns = sheet_columns(ledger)
    writers = [_cell_writer(sheet, column, styles) for column in columns.values()]
    values = [table[name].to_pylist() for name in columns]
    for row, cells in enumerate(zip(*values, strict=True), start=1):
        for at, value in enumerate(cells):
            if value is not None:
                writers[at](row, at, value)
    sheet.autofilter(0, 0, max(table.num_rows, 1), len(columns) - 1)


def _cell_writer(sheet: Any, column: Column, styles: _Styles) -> Callable[[int, int, Any], Any]:
    """How a value of the column is written: dates as dates, numbers as numbers, else text.

    What a spreadsheet cannot hold exactly (early dates, more than 15 digits) becomes text.
    """
    style = styles.of_column(column)

    def as_text(row: int, at: int, value: Any) -> None:
        sheet.write_string(row, at, show(column, value), styles.text)

    def as_day(row: int, at: int, value: Any) -> None:
        if value < _FIRST_SHEET_DAY:
            as_text(row, at, value)
        else:
            sheet.write_datetime(row, at, value, style)

    def as_number(row: int, at: int, value: Any) -> None:
        if abs(value) >= EXACT:
            as_text(row, at, value)
        else:
            sheet.write_number(row, at, value / 100 if isinstance(column, Money) else value, style)

    def as_clock(row: int, at: int, value: Any) -> None:
        sheet.write_number(row, at, value / (24 * 60), style)

    if isinstance(column, Day | Month):
        return as_day
    if isinstance(column, Money | Whole | Year):
        return as_number
    return as_clock if isinstance(column, Clock) else as_text


def _list_name(ledger: type[Ledger], name: str, column: Column) -> str:
    return "list.flag" if isinstance(column, Flag) else f"list.{ledger.code}.{name}"


def _lists(ledgers: Iterable[type[Ledger]]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {"list.flag": (YES, NO)}
    for ledger in ledgers:
        for name, column in sheet_columns(ledger).items():
            if isinstance(column, Choice):
                lists[_list_name(ledger, name, column)] = column.choices
    return lists


def _write_lists(workbook: Any, ledgers: Sequence[type[Ledger]]) -> None:
    """One row of the hidden sheet per list; the drop-downs refer to it by a defined name."""
    sheet = workbook.add_worksheet(LISTS_SHEET)
    for row, (name, choices) in enumerate(_lists(ledgers).items()):
        sheet.write_string(row, 0, name)
        for at, choice in enumerate(choices, start=1):
            sheet.write_string(row, at, choice)
        last = xl_col_to_name(len(choices))
        workbook.define_name(name, f"={LISTS_SHEET}!$B${row + 1}:${last}${row + 1}")
    sheet.very_hidden()
