"""Writes the copy of a file in which the rows held back are to be mended."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq

from tongrong.facts.cells import show
from tongrong.facts.file_kinds import WORKBOOKS, FileKind, kind_of
from tongrong.facts.from_parquet import parquet_files
from tongrong.facts.from_sheets import MENDING_SHEET, csv_files, ledger_named
from tongrong.facts.grid import Grid
from tongrong.facts.headings import sheet_columns
from tongrong.facts.mending import Mark
from tongrong.facts.mending_own import mark_workbook
from tongrong.facts.mending_plain import write_plain
from tongrong.facts.reading import Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.text_files import read_text
from tongrong.facts.workbook_scan import scan_workbook
from tongrong.facts.workbooks import grids_of
from tongrong.vocabulary.errors import Problem

MOST_CELLS = 300_000
"""A workbook of more is not marked itself, which takes 1 KB a cell, but written out anew."""
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_ROW = re.compile(r"第[0-9]+行(.*)")


@dataclass(frozen=True)
class Copy:
    """What is to be mended: how many rows are held back, and why, and what the file was read as."""

    reading: Reading
    problems: Sequence[Problem]
    held: int


def write_copy(source: Path, target: Path, copy: Copy) -> bool:
    """Write the copy of `source`, a file or folder, to `target`; whether it looks as it did.

    An .xlsx workbook keeps its look and its formulas. Any other file, or a very large one,
    becomes a workbook with the same sheets, headings and rows, and values only.
    """
    kind = None if source.is_dir() else kind_of(source)
    if kind in WORKBOOKS:
        return _copy_workbook(source, kind, target, copy)
    parquet = kind is FileKind.PARQUET or (kind is None and not csv_files(source))
    files = [source] if kind else (parquet_files if parquet else csv_files)(source)
    names, read = _sheet_names(files, copy.reading), _parquet_grid if parquet else read_text
    marks = _in_order(_mark(one, names, parquet=parquet) for one in copy.problems)
    grids = (replace(read(file), sheet=names[file.name]) for file in files)
    write_plain(grids, target, marks, copy.held)
    return False


def _copy_workbook(source: Path, kind: FileKind, target: Path, copy: Copy) -> bool:
    marks = _in_order(map(_mark, copy.problems))
    if kind is FileKind.XLSX and _few_cells(source):
        try:
            mark_workbook(source, target, marks, copy.held)
        except Exception:  # noqa: BLE001 what that library does not open, ours has read
            target.unlink(missing_ok=True)
        else:
            return True
    grids = (grid for grid in grids_of(source, kind) if isinstance(grid, Grid))
    write_plain(grids, target, marks, copy.held)
    return False


def _few_cells(source: Path) -> bool:
    sheets = scan_workbook(source).sheets.values()
    return sum(sheet.width * sheet.height for sheet in sheets) <= MOST_CELLS


def _mark(
    problem: Problem, names: Mapping[str, str] | None = None, *, parquet: bool = False
) -> Mark:
    """Where a problem stands in the copy; what is of a whole row or sheet, in its first cell.

    `names` are the sheets of a folder's files. A Parquet file has no row of headings.
    """
    place = problem.place
    if place is None:  # such problems refuse the file whole
        raise ValueError(problem.code)
    sheet = names[place.file] if names else place.sheet
    row, column = place.row or 1, place.column or 0
    if parquet:
        ledger, said = ledger_named(Path(place.file).stem), _ROW.search(place)
        own = [*sheet_columns(ledger)] if ledger else []
        column = own.index(said[1]) if said and said[1] in own else 0
        row += 1
    return Mark(sheet, row, column, problem)


def _in_order(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Sheet by sheet, each from top to bottom."""
    given = list(marks)
    order = {name: at for at, name in enumerate(dict.fromkeys(mark.sheet for mark in given))}
    return sorted(given, key=lambda mark: (order[mark.sheet], mark.row, mark.column))


def _sheet_names(files: Sequence[Path], reading: Reading) -> Mapping[str, str]:
    """The sheet of each file: its ledger's name where it was read as one, else its own."""
    ledgers = {one.file: LEDGERS[code].label for code, one in reading.sources.items()}
    names: dict[str, str] = {}
    for file in files:
        name = ledgers.get(file.name) or _NO_NAME.sub(" ", file.stem)[:_LONGEST_NAME] or "表"
        taken = {one.lower() for one in (*names.values(), MENDING_SHEET)}
        tries = (name, *(f"{name[: _LONGEST_NAME - 4]} ({n})" for n in range(2, 999)))
        names[file.name] = next(one for one in tries if one.lower() not in taken)
    return names


def _parquet_grid(file: Path) -> Grid:
    """The rows of a Parquet file as texts under the headings of a sheet."""
    ledger, table = ledger_named(file.stem), pq.ParquetFile(file).read()
    if ledger is None:  # such a file is refused whole
        raise ValueError(file.name)
    columns = sheet_columns(ledger)
    texts = [
        [show(column, value) for value in table[name].to_pylist()]
        if name in table.column_names
        else [""] * table.num_rows
        for name, column in columns.items()
    ]
    heading = [column.label for column in columns.values()]
    return Grid(file.name, "", [heading, *map(list, zip(*texts, strict=True))])
