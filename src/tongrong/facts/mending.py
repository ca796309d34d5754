"""What a copy to be mended says: which cells are wrong, and of each what to write instead.

The copy is a workbook with the sheets of the file it is of, the wrong cells coloured and
commented, and a sheet in front that lists them. It is imported again once it is mended.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from tongrong.facts.from_sheets import MENDING_SHEET
from tongrong.facts.sift import HELD
from tongrong.vocabulary.errors import Problem

WRONG, WAITING = "FFC7CE", "FFEB9C"
"""The red and the yellow that spreadsheet programs have for what is bad and what is neutral: a cell
that is wrong, and one that only refers to a row held back."""
SIGN = "【同融】"
"""How every comment of ours begins: those of an earlier copy are known by it."""
AUTHOR = "同融"
HEADINGS = ("序号", "工作表", "单元格", "填的内容", "应为", "怎样改")
WIDTHS = (6, 18, 10, 30, 48, 60)
TITLE = "待改清单"
MOST_COMMENTS, MOST_LISTED = 5_000, 50_000
_LETTERS, _LINE_HEIGHT = 24, 15


@dataclass(frozen=True)
class Mark:
    """A problem at its cell of the copy: row from 1, column from 0."""

    sheet: str
    row: int
    column: int
    problem: Problem

    @property
    def cell(self) -> str:
        """The cell as sheets name it: B7."""
        return f"{xl_col_to_name(self.column)}{self.row}"

    @property
    def link(self) -> str:
        """The place within the workbook that a click leads to."""
        sheet = self.sheet.replace("'", "''")
        return f"'{sheet}'!{self.cell}"


def by_cell(marks: Sequence[Mark]) -> Mapping[str, Mapping[tuple[int, int], list[Problem]]]:
    """The problems of each cell, by sheet, then row and column."""
    found: dict[str, dict[tuple[int, int], list[Problem]]] = {}
    for mark in marks:
        cells = found.setdefault(mark.sheet, defaultdict(list))
        cells[mark.row, mark.column].append(mark.problem)
    return found


def colour_of(problems: Sequence[Problem]) -> str:
    """The colour of a cell with these problems."""
    return WAITING if all(one.code == HELD for one in problems) else WRONG


def comment_of(problems: Sequence[Problem]) -> str:
    """What the comment on a cell says."""
    return SIGN + "\n\n".join("\n".join(_lines(problem)) for problem in problems)


def _lines(problem: Problem) -> Iterator[str]:
    yield f"填的是：{problem.found}" if problem.found else "这里没有填"
    yield f"应为：{problem.expected}"
    yield f"办法：{problem.remedy}"


def comment_size(text: str) -> tuple[int, int]:
    """Width and height, in pixels, of a comment in which the whole text is seen."""
    lines = sum(1 + len(line) // _LETTERS for line in text.splitlines())
    return 340, min(18 * lines + 12, 600)


def row_height(cells: Sequence[str]) -> int:
    """The height, in points, of a row of the list in which every wrapped text is seen whole.

    Programs other than Excel do not work it out for themselves when they open the workbook.
    """
    lines = (
        sum(1 + _width(line) // width for line in text.splitlines())
        for text, width in zip(cells, WIDTHS, strict=True)
    )
    return _LINE_HEIGHT * max(1, *lines)


def _width(text: str) -> int:
    """How wide a text is, in the letters column widths are told in; a Chinese one is two."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def listing_words(marks: Sequence[Mark], held: int) -> Sequence[str]:
    """What stands above the list."""
    return (
        TITLE,
        (
            f"共 {len(marks)} 处，{held} 行暂缓导入，其余的行不受影响。"
            "有错的单元格已标红并加批注；标黄的没有错，只是所引用的行暂缓。"
        ),
        "点“单元格”跳到该处，照“怎样改”改好、保存，把本文件再导入一次；已导入的行不会重复。",
        f"本页“{MENDING_SHEET}”、颜色和批注都不影响导入，不必删除。",
    )


def listed(marks: Sequence[Mark]) -> Iterator[tuple[Mark, tuple[str, ...]]]:
    """The rows of the list under its headings, each with the mark it is of."""
    for number, mark in enumerate(marks[:MOST_LISTED], start=1):
        one = mark.problem
        cells = (str(number), mark.sheet, mark.cell, one.found, one.expected, one.remedy)
        yield mark, cells


def unlisted(marks: Sequence[Mark]) -> str:
    """What stands below a list that is cut short; empty for one that is not."""
    more = len(marks) - MOST_LISTED
    return f"另有 {more} 处未列出，其单元格也已标成红色" if more > 0 else ""
