"""The user's own workbook with its wrong cells marked: all else stays as it looks."""

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.cell import (  # type: ignore[import-untyped]
    ILLEGAL_CHARACTERS_RE,
    TYPE_STRING,
    MergedCell,
)
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]
from openpyxl.worksheet.properties import PageSetupProperties  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from tongrong.facts import mending
from tongrong.facts.from_sheets import MENDING_SHEET
from tongrong.facts.mending import Mark

_FILLS = {
    colour: PatternFill("solid", fgColor=f"FF{colour}")
    for colour in (mending.WRONG, mending.WAITING)
}


def mark_workbook(source: Path, target: Path, marks: Sequence[Mark], held: int) -> None:
    """Write the .xlsx workbook `source` to `target` with these cells marked and listed.

    Marks of an earlier copy are taken away first. Formulas stay formulas; their values are
    worked out when the copy is opened.
    """
    book = openpyxl.load_workbook(source, rich_text=True)
    if MENDING_SHEET in book.sheetnames:
        del book[MENDING_SHEET]
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for sheet in sheets.values():
        _unmark(sheet)
        sheet.sheet_view.tabSelected = False  # or what is typed goes into several sheets at once
    comments = mending.MOST_COMMENTS
    for name, cells in mending.by_cell(marks).items():
        if name not in sheets:
            continue
        for (row, column), problems in cells.items():
            text = mending.comment_of(problems) if comments > 0 else ""
            _mark(sheets[name], (row, column + 1), mending.colour_of(problems), text)
            comments -= 1
    _list(book.create_sheet(MENDING_SHEET, 0), marks, held)
    book.active = 0
    book.save(target)


def _unmark(sheet: Worksheet) -> None:
    """Take away what an earlier copy marked; comments of others are shown whole."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is None:
                continue
            own, sign, _ = cell.comment.text.partition(mending.SIGN)
            cell.comment = _comment(own.strip(), cell.comment.author) if own.strip() else None
            if sign and str(cell.fill.fgColor.rgb)[-6:] in _FILLS:
                cell.fill = PatternFill()


def _comment(text: str, author: str) -> Comment:
    width, height = mending.comment_size(text)
    return Comment(_writable(text), author, width=width, height=height)


def _mark(sheet: Worksheet, at: tuple[int, int], colour: str, text: str) -> None:
    """Colour a cell and say in its comment what is wrong, behind what is said there already."""
    cell = _shown(sheet, *at)
    cell.fill = copy(_FILLS[colour])
    if not text:
        return
    if cell.comment is not None:
        cell.comment = _comment(f"{cell.comment.text}\n\n{text}", cell.comment.author)
    else:
        cell.comment = _comment(text, mending.AUTHOR)


def _shown(sheet: Worksheet, row: int, column: int) -> Any:
    """The cell, or the one that shows the value of those it is merged with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)
    return cell


def _list(sheet: Worksheet, marks: Sequence[Mark], held: int) -> None:
    words = mending.listing_words(marks, held)
    for number, text in enumerate(words, start=1):
        _put(sheet, number, 1, text).font = Font(bold=number == 1, size=14 if number == 1 else 11)
    head = len(words) + 2
    for at, (text, width) in enumerate(zip(mending.HEADINGS, mending.WIDTHS, strict=True), start=1):
        _put(sheet, head, at, text).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    row = head
    for row, (mark, cells) in enumerate(mending.listed(marks), start=head + 1):
        for at, text in enumerate(cells, start=1):
            _put(sheet, row, at, text).alignment = Alignment(wrap_text=at > 3, vertical="top")
        sheet.row_dimensions[row].height = mending.row_height(cells)
        link = sheet.cell(row, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=mark.link)
        link.font = Font(color="0563C1", underline="single")
    if more := mending.unlisted(marks):
        _put(sheet, row + 1, 1, more)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes, one across


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = _writable(text)
    cell.data_type = TYPE_STRING
    return cell


def _writable(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
