"""The one shape of an error: where, what was found, what was expected, how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


class Place(str):
    """Where something stands in a file: text for people, its parts for programs.

    `row` counts from 1 and `column` from 0 as a spreadsheet shows them; None where the fault
    is the whole row's, column's, sheet's or file's. `sheet` is empty for CSV and Parquet.
    """

    __slots__ = ("column", "file", "row", "sheet")
    file: str
    sheet: str
    row: int | None
    column: int | None

    def __new__(
        cls, text: str, file: str, sheet: str, row: int | None = None, column: int | None = None
    ) -> Self:
        """The place that reads `text`."""
        place = super().__new__(cls, text)
        place.file, place.sheet, place.row, place.column = file, sheet, row, column
        return place


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    `code` is stable and documented; `where` is `file:line:column`, `sheet!cell` or a
    command-line word, a `Place` if it is in a file of facts; `found` quotes the input.
    """

    code: str
    where: str
    found: str
    expected: str
    remedy: str

    @property
    def place(self) -> Place | None:
        """File, sheet, row and column of a problem in a file of facts."""
        return self.where if isinstance(self.where, Place) else None

    def __str__(self) -> str:
        found = f"：{self.found}" if self.found else ""
        mend = f"    应为：{self.expected}\n    办法：{self.remedy}  [{self.code}]"
        return f"{self.where}{found}\n{mend}"


class TongrongError(Exception):
    """Bad input, refused whole. Carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(code: str, where: str, found: str, expected: str, remedy: str) -> TongrongError:
    """An error of a single problem, ready to raise."""
    return TongrongError([Problem(code, where, found, expected, remedy)])
