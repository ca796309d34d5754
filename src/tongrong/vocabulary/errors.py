"""The one shape of an error: where, what was found, what was expected, how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    `code` is stable and documented; `where` is `file:line:column`, `sheet!cell` or a
    command-line word; `found` quotes the input.
    """

    code: str
    where: str
    found: str
    expected: str
    remedy: str

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
