"""Facts from sheets: a workbook with a sheet per ledger, or a folder of CSV files."""

import csv
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

from tongrong.facts.cell_text import closest_label
from tongrong.facts.grid import Grid, Sheet, read_grid
from tongrong.facts.ledger import Ledger
from tongrong.facts.reading import FilesRefused, Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.workbook_scan import SheetScan, scan_workbook
from tongrong.vocabulary.errors import Problem, TongrongError, refuse

SCHEMA_VERSION = 1
"""The version of the sheet layout; files of a later one are refused."""
GUIDE_SHEET, META_SHEET, LISTS_SHEET = "说明", "_meta", "_lists"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_OTHER_SHEETS = (GUIDE_SHEET, META_SHEET, LISTS_SHEET)


def read_workbook(path: Path) -> Reading:
    """The facts of an .xlsx workbook; a ledger without a sheet is empty.

    Raises:
        FilesRefused: with every problem found in any sheet.
    """
    found, problems = _sheets(path)
    grids: dict[str, Grid] = {}
    for grid in found:
        if grid.sheet == META_SHEET:
            problems += _check_version(grid)
        elif grid.sheet not in _OTHER_SHEETS:
            problems += _assign(grid, grid.sheet, grids)
    return _reading(grids, problems)


def read_folder(path: Path) -> Reading:
    """The facts of a folder of UTF-8 CSV files named by ledger code or label.

    Raises:
        FilesRefused: with every problem found in any file.
    """
    problems: list[Problem] = []
    grids: dict[str, Grid] = {}
    for file in csv_files(path):
        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.reader(stream, strict=True))
        except UnicodeDecodeError as error:
            expected = "UTF-8 编码的 CSV 文件"
            found = f"第 {error.start + 1} 字节不是 UTF-8"
            remedy = "在表格软件中另存为“CSV UTF-8（逗号分隔）”"
            problems.append(Problem("facts.file.encoding", file.name, found, expected, remedy))
        except csv.Error:
            expected = "逗号分隔、引号成对的 CSV 文件"
            remedy = "核对引号是否成对，或改用工作簿"
            found = "引号不成对，或一格内容过长"
            problems.append(Problem("facts.file.csv", file.name, found, expected, remedy))
        else:
            problems += _assign(Grid(file.name, "", rows), file.stem, grids)
    return _reading(grids, problems)


def csv_files(folder: Path) -> list[Path]:
    """The CSV files of a folder by name, hidden and lock files left out."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))
    )


def sheets_of(path: Path) -> list[Grid]:
    """The cells of every worksheet of an .xlsx workbook, whatever it holds.

    Raises:
        FilesRefused, TongrongError: it does not read, or a sheet is too large.
    """
    found, problems = _sheets(path)
    if problems:
        raise FilesRefused(problems)
    return found


def ledger_named(name: str) -> type[Ledger] | None:
    """The ledger with this label or code."""
    labels = {ledger.label: ledger for ledger in LEDGERS.values()}
    return labels.get(name.strip()) or LEDGERS.get(name.strip())


def unknown_ledger(where: str, name: str) -> Problem:
    """The problem of a sheet or file that is no ledger, with the nearest one."""
    near = closest_label(name, {ledger.label: code for code, ledger in LEDGERS.items()})
    remedy = f"是否应为“{near}”？" if near else "改为模板中的台账名，或删去"
    return Problem("facts.sheet.unknown", where, name, "以台账名命名，如“会议活动”", remedy)


def _open(path: Path) -> tuple[Mapping[str, SheetScan], python_calamine.CalamineWorkbook]:
    try:
        return scan_workbook(path), python_calamine.load_workbook(path)
    except ValueError:
        raise FilesRefused(
            [Problem("facts.file.too_large", path.name, "", "解压后不超过 2 GB", "分成几个文件")]
        ) from None
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        python_calamine.CalamineError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise _unreadable(path, _what_it_is(path)) from None


def _sheets(path: Path) -> tuple[list[Grid], list[Problem]]:
    """Every worksheet's cells, and the sheets too large to read."""
    scans, workbook = _open(path)
    found, problems = list[Grid](), list[Problem]()
    for meta in workbook.sheets_metadata:
        name = meta.name
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        scan = scans.get(name)
        if scan is None:
            raise _unreadable(path, f"工作表“{name}”缺少内容")
        if scan.too_large:
            problems.append(_too_large(f"{path.name}!{name}", scan))
            continue
        try:
            found.append(Grid(path.name, name, _rows(workbook, name, scan)))
        except python_calamine.CalamineError:
            raise _unreadable(path, f"工作表“{name}”读不出来") from None
    return found, problems


def _what_it_is(path: Path) -> str:
    """In words what a file is that cannot be read as a workbook, by how it begins."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(8)
    except OSError:
        return "文件打不开：没有权限，或正被其他程序占用"
    if not begins:
        return "空文件"
    if begins.startswith(_OLD_OR_LOCKED):
        return "有密码的工作簿，或旧版 .xls 工作簿"
    if begins.startswith(b"PK"):
        return "工作簿的内容残缺或已损坏"
    return "内容不是工作簿，只是扩展名如此"


def _unreadable(path: Path, found: str) -> TongrongError:
    return refuse(
        "facts.file.unreadable",
        path.name,
        found,
        "未加密的 .xlsx 工作簿",
        "用表格软件打开，另存为“Excel 工作簿（.xlsx）”；有密码的先取消密码",
    )


def _rows(
    workbook: python_calamine.CalamineWorkbook, name: str, scan: SheetScan
) -> list[list[Any]]:
    rows: list[list[Any]] = [*workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    for (row, column), shown in scan.errors.items():
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = shown
    return rows


def _too_large(where: str, scan: SheetScan) -> Problem:
    return Problem(
        "facts.sheet.too_large",
        where,
        f"{scan.height} 行 × {scan.width} 列",
        "有内容的区域不超过 4000 万个单元格",
        "远处有多余的单元格：选中其行列并删除；数据确实多的，分成几个文件或改用 Parquet",
    )


def _check_version(grid: Grid) -> Iterator[Problem]:
    version = next((row[1] for row in grid.rows if len(row) > 1 and row[0] == "schema_version"), 0)
    if not isinstance(version, float | int) or version > SCHEMA_VERSION:
        yield Problem(
            "facts.sheet.version",
            f"{grid.file}!{META_SHEET}",
            str(version),
            f"模板版本不高于 {SCHEMA_VERSION}",
            "文件由更新的版本生成：升级本系统，或用本系统的模板重新填写",
        )


def _assign(grid: Grid, name: str, grids: dict[str, Grid]) -> Iterator[Problem]:
    """Puts the grid under its ledger, or says why not. An empty sheet of any name is no error."""
    where = "!".join(part for part in (grid.file, grid.sheet) if part)
    ledger = ledger_named(name)
    if ledger is None:
        if any(cell not in ("", None) for row in grid.rows for cell in row):
            yield unknown_ledger(where, name)
    elif ledger.code in grids:
        other = grids[ledger.code].sheet or grids[ledger.code].file
        expected = f"“{ledger.label}”只有一处"
        remedy = f"与“{other}”合并为一处"
        yield Problem("facts.sheet.duplicate", where, name, expected, remedy)
    else:
        grids[ledger.code] = grid


def _reading(grids: Mapping[str, Grid], problems: list[Problem]) -> Reading:
    sheets: list[Sheet] = [read_grid(LEDGERS[code], grid) for code, grid in grids.items()]
    problems = problems + [problem for sheet in sheets for problem in sheet.problems]
    if problems:
        raise FilesRefused(problems)
    return Reading(
        Snapshot.of({sheet.ledger.code: sheet.table for sheet in sheets}),
        {sheet.ledger.code: sheet.source for sheet in sheets},
    )
