"""Workbooks of every kind as grids, one sheet at a time."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

from tongrong.facts.file_kinds import (
    BROKEN_ARCHIVE,
    UNLOCK,
    WORKBOOKS,
    FileKind,
    damaged,
    kind_of,
    unreadable,
)
from tongrong.facts.grid import Grid
from tongrong.facts.ods_scan import scan_ods
from tongrong.facts.reading import FilesRefused, placed
from tongrong.facts.records_scan import scan_xls, scan_xlsb
from tongrong.facts.workbook_scan import BookScan, SheetScan, scan_workbook
from tongrong.vocabulary.errors import Problem, TongrongError

_SCANS = {
    FileKind.XLSX: scan_workbook,
    FileKind.XLSB: scan_xlsb,
    FileKind.XLS: scan_xls,
    FileKind.ODS: scan_ods,
}
_BROKEN = (
    *BROKEN_ARCHIVE,
    LookupError,
    StopIteration,
    ElementTree.ParseError,
    python_calamine.CalamineError,
    UnicodeError,
    struct.error,
)
_VISIBLE = python_calamine.SheetVisibleEnum.Visible


def grids_of(path: Path, kind: FileKind) -> Iterator[Grid | Problem]:
    """Every worksheet of a workbook; a problem for each that is too large to read.

    Sheets are read one after another, so only one is in memory if the last is let go.

    Raises:
        FilesRefused, TongrongError: the workbook does not read.
    """
    scan, workbook = _open(path, kind)
    for meta in workbook.sheets_metadata:
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = scan.sheets.get(meta.name)
        if sheet is None:
            raise damaged(path)
        if sheet.too_large:
            yield _too_large(path, meta.name, sheet)
            continue
        yield replace(
            _grid(path, workbook, meta.name, sheet),
            hidden=meta.visible is not _VISIBLE,
            from_1904=scan.from_1904,
        )


def sheets_of(path: Path) -> list[Grid]:
    """The cells of every worksheet of a workbook, whatever it holds.

    Raises:
        FilesRefused, TongrongError: it is no workbook, does not read, or a sheet is too large.
    """
    kind = kind_of(path)
    if kind not in WORKBOOKS:
        raise unreadable(path, "不是工作簿", "用表格软件打开，另存为“Excel 工作簿（.xlsx）”")
    found = list(grids_of(path, kind))
    if problems := [one for one in found if isinstance(one, Problem)]:
        raise FilesRefused(problems)
    return [one for one in found if isinstance(one, Grid)]


def _open(path: Path, kind: FileKind) -> tuple[BookScan, python_calamine.CalamineWorkbook]:
    try:
        scan = _scan(path, kind)
        with path.open("rb") as stream:  # by content: the reader goes by the name of a path
            return scan, python_calamine.load_workbook(stream)
    except TongrongError:
        raise
    except python_calamine.PasswordError:
        raise unreadable(path, "有密码的工作簿", UNLOCK) from None
    except ValueError as error:
        if "too large" not in str(error):
            raise damaged(path) from None
        where = placed(path.name, "")
        problem = Problem("facts.file.too_large", where, "", "解压后不超过 2 GB", "分成几个文件")
        raise FilesRefused([problem]) from None
    except _BROKEN:
        raise damaged(path) from None
    except BaseException as error:
        if _is_panic(error):
            raise damaged(path) from None
        raise


def _scan(path: Path, kind: FileKind) -> BookScan:
    scan = _SCANS[kind](path)
    if scan.locked:
        raise unreadable(path, "有密码的工作簿", UNLOCK)
    return scan


def _is_panic(error: BaseException) -> bool:
    """Whether the reader, which is written in Rust, gave up on the file in a way of its own."""
    return type(error).__name__ == "PanicException"


def _grid(
    path: Path, workbook: python_calamine.CalamineWorkbook, name: str, scan: SheetScan
) -> Grid:
    """The cells of one sheet, those with formula errors showing them."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows: list[list[Any]] = [*sheet.to_python(skip_empty_area=False)]
        ranges = sheet.merged_cell_ranges or []
    except _BROKEN:
        raise damaged(path) from None
    except BaseException as error:
        if _is_panic(error):
            raise damaged(path) from None
        raise
    for (row, column), shown in scan.errors.items():
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = shown
    merged = [(top + 1, bottom + 1, left) for (top, left), (bottom, _) in ranges if bottom > top]
    return Grid(path.name, name, rows, merged=merged or scan.merged)


def _too_large(path: Path, sheet: str, scan: SheetScan) -> Problem:
    return Problem(
        "facts.sheet.too_large",
        placed(path.name, sheet),
        f"{scan.height} 行 × {scan.width} 列",
        "有内容的区域不超过 4000 万个单元格",
        "远处有多余的单元格：选中其行列并删除；数据确实多的，分成几个文件或改用 Parquet",
    )
