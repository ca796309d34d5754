"""A fresh workbook with the cells of a file, the wrong ones marked: for all but a small .xlsx."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tongrong.facts import mending
from tongrong.facts.from_sheets import MENDING_SHEET
from tongrong.facts.grid import Grid
from tongrong.facts.mending import Mark
from tongrong.vocabulary.errors import Problem

_LONGEST, _WIDTH = 32_767, 14
_FIRST_DAY = dt.date(1900, 3, 1)
_FORMS: Mapping[type, str] = {
    dt.date: "yyyy-mm-dd",
    dt.datetime: "yyyy-mm-dd hh:mm:ss",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
    str: "@",
}


def write_plain(grids: Iterator[Grid], target: Path, marks: Sequence[Mark], held: int) -> None:
    """Write these sheets to an .xlsx workbook, row by row, with the cells marked and listed."""
    first = next(grids)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "date_1904": first.from_1904,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        _list(book, marks, held)
        pen, cells = _Pen(book), mending.by_cell(marks)
        for grid in chain([first], grids):
            if grid.sheet != MENDING_SHEET:
                pen.write(grid, cells.get(grid.sheet, {}))


class _Pen:
    """Writes sheets into one workbook; its formats and how many comments are still to be had."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[str, str], Any] = {}
        self._comments = mending.MOST_COMMENTS

    def write(self, grid: Grid, wrong: Mapping[tuple[int, int], list[Problem]]) -> None:
        """Write a sheet; the value of cells merged downwards stands in each of them."""
        sheet = self._book.add_worksheet(grid.sheet)
        sheet.set_column(0, max(map(len, grid.rows), default=1), _WIDTH)
        if grid.hidden:
            sheet.hide()
        marked: dict[int, dict[int, list[Problem]]] = {}
        for (row, column), problems in wrong.items():
            marked.setdefault(row, {})[column] = problems
        filled = _filled(grid)
        for row in range(1, max([len(grid.rows), *marked]) + 1):
            cells = dict(enumerate(grid.rows[row - 1])) if row <= len(grid.rows) else {}
            cells.update(filled.get(row, {}))
            here = marked.get(row, {})
            for column in sorted({*cells, *here}):
                colour = mending.colour_of(here[column]) if column in here else ""
                self._cell(sheet, (row - 1, column), cells.get(column), colour)
            for column, problems in here.items():
                self._comment(sheet, (row - 1, column), problems)

    def _cell(self, sheet: Any, at: tuple[int, int], value: Any, colour: str) -> None:
        if value is None or value == "":
            if colour:
                sheet.write_blank(*at, None, self._format("", colour))
            return
        if isinstance(value, dt.date) and _day(value) < _FIRST_DAY:
            value = str(value)
        style = self._format(_FORMS.get(type(value), ""), colour)
        if isinstance(value, str):
            sheet.write_string(*at, value[:_LONGEST], style)
        elif isinstance(value, bool):
            sheet.write_boolean(*at, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(*at, value, style)
        else:
            sheet.write_datetime(*at, value, style)

    def _comment(self, sheet: Any, at: tuple[int, int], problems: Sequence[Problem]) -> None:
        if self._comments <= 0:
            return
        self._comments -= 1
        text = mending.comment_of(problems)
        width, height = mending.comment_size(text)
        sheet.write_comment(*at, text, {"author": mending.AUTHOR, "width": width, "height": height})

    def _format(self, form: str, colour: str) -> Any:
        if (form, colour) not in self._formats:
            said = {"num_format": form} if form else {}
            said |= {"bg_color": f"#{colour}"} if colour else {}
            self._formats[form, colour] = self._book.add_format(said) if said else None
        return self._formats[form, colour]


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _filled(grid: Grid) -> Mapping[int, Mapping[int, Any]]:
    """By row and column, the values of cells merged downwards in the rows below the first."""
    found: dict[int, dict[int, Any]] = {}
    for first, last, column in grid.merged:
        if first <= len(grid.rows) and column < len(grid.rows[first - 1]):
            for row in range(first + 1, min(last, len(grid.rows)) + 1):
                found.setdefault(row, {})[column] = grid.rows[first - 1][column]
    return found


def _list(book: Any, marks: Sequence[Mark], held: int) -> None:
    sheet = book.add_worksheet(MENDING_SHEET)
    title = book.add_format({"bold": True, "font_size": 14})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    wrapped.set_align("top")
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    for at, width in enumerate(mending.WIDTHS):
        sheet.set_column(at, at, width)
    words = mending.listing_words(marks, held)
    for row, text in enumerate(words):
        sheet.write_string(row, 0, text, title if row == 0 else None)
    head = len(words) + 1
    for at, text in enumerate(mending.HEADINGS):
        sheet.write_string(head, at, text, bold)
    row = head
    for row, (mark, cells) in enumerate(mending.listed(marks), start=head + 1):
        sheet.set_row(row, mending.row_height(cells))
        for at, text in enumerate(cells):
            if at == 2:
                sheet.write_url(row, at, f"internal:{mark.link}", link, string=text)
            else:
                sheet.write_string(row, at, text[:_LONGEST], wrapped)
    if more := mending.unlisted(marks):
        sheet.write_string(row + 1, 0, more)
    sheet.freeze_panes(head + 1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.activate()
