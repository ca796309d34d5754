"""Facts from sheets: workbooks with a sheet per ledger, CSV files of one ledger each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from tongrong.facts.cell_text import closest_label, squeezed
from tongrong.facts.columns import Code
from tongrong.facts.file_kinds import FileKind
from tongrong.facts.grid import Grid, Sheet, read_grid
from tongrong.facts.headings import Meant, match_said
from tongrong.facts.layout import find_head
from tongrong.facts.ledger import Ledger
from tongrong.facts.reading import FilesRefused, Note, Reading, Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.text_files import read_text
from tongrong.facts.workbooks import grids_of
from tongrong.vocabulary.errors import Place, Problem
from tongrong.vocabulary.progress import Progress, untold

SCHEMA_VERSION = 1
"""The version of the sheet layout; files of a later one are refused."""
GUIDE_SHEET, META_SHEET, LISTS_SHEET = "说明", "_meta", "_lists"
MENDING_SHEET = "待改清单"
"""The sheet that a copy to be mended has in front: what is wrong where."""
UNKNOWN_LEDGER = "facts.sheet.unknown"
RENAME_FILE = "把文件名改为台账名"
"""How to say which ledger a file without sheets is."""
_OTHER_SHEETS = (GUIDE_SHEET, META_SHEET, LISTS_SHEET, MENDING_SHEET)
_LOOKED_AT = 40
_AROUND = re.compile(
    r"^(附件|附表|表)?[\d一二三四五六七八九十]*[.、_-]?(20\d\d(年度?|-)?)?"
    r"|(台账|登记表|登记簿|信息表|明细表|明细|一览表|清单|名册|情况表|表)?"
    r"([(_-].*)?(20\d\d年?)?\d*$"
)


def read_workbook(
    path: Path,
    kind: FileKind = FileKind.XLSX,
    said: Sequence[Meant] = (),
    tell: Progress = untold,
) -> Reading:
    """The facts of a workbook, with what is wrong in any sheet; one without a sheet is empty.

    Raises:
        FilesRefused, TongrongError: the workbook does not read.
    """
    return _reading(grids_of(path, kind), said, tell)


def read_texts(
    files: Iterable[Path],
    said: Sequence[Meant] = (),
    tell: Progress = untold,
    ledger: type[Ledger] | None = None,
) -> Reading:
    """The facts of CSV files, each of one ledger, told by its name or by its columns.

    `ledger` is which it is where somebody said so, whatever name and columns say.
    """
    return _reading((one for file in files for one in _text_grids(file)), said, tell, ledger)


def _text_grids(file: Path) -> Iterator[Grid | Problem]:
    try:
        yield read_text(file)
    except FilesRefused as refused:
        yield from refused.problems


def csv_files(folder: Path) -> list[Path]:
    """The CSV files of a folder by name, hidden and lock files left out."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))
    )


def ledger_named(name: str) -> type[Ledger] | None:
    """The ledger with this name: its label, its code or a customary one, numbers around it or not.

    `2026年会议活动台账(2)` is 会议活动.
    """
    text = squeezed(name)
    known = _names()
    return known.get(text) or known.get(_AROUND.sub("", text))


@cache
def _names() -> dict[str, type[Ledger]]:
    said: dict[str, list[type[Ledger]]] = {}
    for ledger in LEDGERS.values():
        for name in {squeezed(name) for name in (ledger.label, ledger.code, *ledger.also)}:
            said.setdefault(name, []).append(ledger)
    return {name: ledgers[0] for name, ledgers in said.items() if len(ledgers) == 1}


def unknown_ledger(where: str, name: str, candidates: Sequence[type[Ledger]] = ()) -> Problem:
    """The problem of a sheet or file that is no ledger, with the nearest one."""
    near = closest_label(name, {ledger.label: code for code, ledger in LEDGERS.items()})
    of_a_sheet = isinstance(where, Place) and where.sheet
    mend = "改为模板中的台账名，或删去" if of_a_sheet else RENAME_FILE
    remedy = f"是否应为“{near}”？" if near else mend
    if candidates:
        labels = "、".join(f"“{ledger.label}”" for ledger in candidates[:3])
        remedy = f"从列名看，可能是{labels}：{mend}"
    return Problem(UNKNOWN_LEDGER, where, name, "以台账名命名，如“会议活动”", remedy)


def _reading(
    grids: Iterable[Grid | Problem],
    said: Sequence[Meant],
    tell: Progress,
    chosen: type[Ledger] | None = None,
) -> Reading:
    """Reads grid by grid and lets each go, so that one at a time is in memory."""
    sheets: dict[str, Sheet] = {}
    problems, strangers, notes = list[Problem](), list[Problem](), list[Note]()
    doubled = set[str]()
    for grid in grids:
        if isinstance(grid, Problem):
            problems.append(grid)
        elif grid.sheet == META_SHEET:
            problems += _check_version(grid)
        elif grid.hidden and grid.sheet not in _OTHER_SHEETS and not grid.empty:
            notes.append(Note(grid.place, "是隐藏的工作表，没有读入；要读入，先取消隐藏"))
        elif grid.sheet not in _OTHER_SHEETS:
            ledger, candidates = (chosen, []) if chosen else _ledger_of(grid, said)
            if ledger is None and not grid.empty:
                name = grid.sheet or Path(grid.file).stem
                told = unknown_ledger(grid.place, name, candidates)
                (problems if candidates else strangers).append(told)
            elif ledger is not None and ledger.code in sheets:
                problems.append(_second(grid, ledger, sheets[ledger.code].source))
                doubled.add(ledger.code)
            elif ledger is not None:
                sheets[ledger.code] = read_grid(ledger, grid, said, tell)
        del grid  # before the next one is read
    problems += [problem for sheet in sheets.values() for problem in sheet.problems]
    return Reading(
        Snapshot.of({code: sheet.table for code, sheet in sheets.items()}),
        {code: sheet.source for code, sheet in sheets.items()},
        {(c, name): told for c, sheet in sheets.items() for name, told in sheet.beside.items()},
        (*notes, *(note for sheet in sheets.values() for note in sheet.notes)),
        tuple(problems),
        frozenset(doubled),
        tuple(strangers),
    )


def _second(grid: Grid, ledger: type[Ledger], source: Source) -> Problem:
    """A further sheet of a ledger: which one is meant is not for us to say."""
    remedy = f"与“{source.sheet or source.file}”合并为一处"
    name = grid.sheet or Path(grid.file).stem
    expected = f"“{ledger.label}”只有一处"
    return Problem("facts.sheet.duplicate", grid.place, name, expected, remedy)


def _ledger_of(grid: Grid, said: Sequence[Meant]) -> tuple[type[Ledger] | None, list[type[Ledger]]]:
    """The ledger of a sheet, by its name or, failing that, by its headings; or what it may be.

    A sender who once said of every heading what it is in a ledger has told whose sheet it is.

    Headings tell a ledger if they name all its required columns and nothing else, and name
    more of it than of any other ledger.
    """
    named = ledger_named(grid.sheet or Path(grid.file).stem)
    if named is not None:
        return named, []
    if (known := _of_sender(grid, said)) is not None:
        return known, []
    told: list[tuple[int, type[Ledger]]] = []
    perhaps: list[tuple[int, type[Ledger]]] = []
    for ledger in LEDGERS.values():
        head = find_head(ledger, grid.rows[:_LOOKED_AT], said)
        if head is None or head.known < 2:
            continue
        columns = {one.column for one in head.matches.values()}
        lacks = [
            name
            for name, column in ledger.columns.items()
            if not column.optional and not isinstance(column, Code) and name not in columns
        ]
        whole = not lacks and not head.unknown
        (told if whole else perhaps).append((head.known, ledger))
    best = _best(told)
    if len(best) == 1:
        return best[0], []
    return None, best or [one for one in _best(perhaps) if _likely(one, perhaps)]


def _of_sender(grid: Grid, said: Sequence[Meant]) -> type[Ledger] | None:
    """The only ledger in which something was said of every heading of a sheet."""
    found = []
    for code in {one.ledger for one in said} - {None}:
        ledger, own = LEDGERS[str(code)], [one for one in said if one.ledger == code]
        head = find_head(ledger, grid.rows[:_LOOKED_AT], own)
        if (
            head is not None
            and head.known
            and not any(match_said(ledger, words, own) is None for words in head.words if words)
        ):
            found.append(ledger)
    return found[0] if len(found) == 1 else None


def _best(found: Sequence[tuple[int, type[Ledger]]]) -> list[type[Ledger]]:
    most = max((known for known, _ in found), default=0)
    return [ledger for known, ledger in found if known == most]


def _likely(ledger: type[Ledger], found: Sequence[tuple[int, type[Ledger]]]) -> bool:
    """Whether a sheet names at least half of the columns the ledger requires."""
    known = next(known for known, one in found if one is ledger)
    return 2 * known >= sum(not column.optional for column in ledger.columns.values())


def _check_version(grid: Grid) -> Iterator[Problem]:
    version = next((row[1] for row in grid.rows if len(row) > 1 and row[0] == "schema_version"), 0)
    if not isinstance(version, float | int) or version > SCHEMA_VERSION:
        yield Problem(
            "facts.sheet.version",
            grid.place,
            str(version),
            f"模板版本不高于 {SCHEMA_VERSION}",
            "文件由更新的版本生成：升级本系统，或用本系统的模板重新填写",
        )
