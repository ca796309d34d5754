"""What reading files gives: a snapshot, and where each row of it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Place, Problem, TongrongError

SHOWN = 50
"""How many kinds of problem, column by column, a printed refusal lists; `.problems` holds all."""
FIRST = 3
"""How many cells it names of one kind in one column."""
_OF_THE_FILE = ("facts.file.", "facts.sheet.version", "facts.sheet.too_large")
_CELL, _LINE = re.compile(r"([A-Z]{1,3})([0-9]+)"), re.compile(r"第[0-9]+行(.*)")


class FilesRefused(TongrongError):
    """Files that cannot be taken in. Carries every problem; prints them grouped, and the count."""

    def __str__(self) -> str:
        """Of each kind of problem in each column the first cells and how many more there are."""
        groups: dict[tuple[str, ...], list[Problem]] = {}
        for problem in self.problems:
            groups.setdefault(_kind_and_column(problem), []).append(problem)
        lines = [line for group in list(groups.values())[:SHOWN] for line in _told(group)]
        total = len(self.problems)
        unlisted = sum(map(len, list(groups.values())[SHOWN:]))
        if unlisted:
            lines.append(f"另有 {unlisted} 处未列出，共 {total} 处问题")
        elif total > 1:
            lines.append(f"共 {total} 处问题")
        return "\n".join(lines)


def _kind_and_column(problem: Problem) -> tuple[str, ...]:
    """What problems share that differ only in their row: of headings, each is its own."""
    place, _, at = problem.where.rpartition("!")
    if cell := _CELL.fullmatch(at):
        if problem.code.startswith("facts.heading."):
            return problem.code, problem.where, problem.expected, problem.found
        return problem.code, place, cell[1]
    if line := _LINE.fullmatch(at):
        return problem.code, place, line[1]
    return problem.code, place.partition("/")[0], at


def _told(group: Sequence[Problem]) -> list[str]:
    """The first problems of a group, cells with the same advice together, then how many more."""
    lines = []
    for _, alike in groupby(group[:FIRST], lambda one: (one.expected, one.remedy)):
        *before, last = alike
        quoted = (f"{one.where}：{one.found}" if one.found else one.where for one in before)
        lines += [*quoted, str(last)]
    if len(group) > FIRST:
        lines.append(f"    同一列还有同样的问题：另有 {len(group) - FIRST} 处")
    return lines


@dataclass(frozen=True)
class Source:
    """Where a ledger's rows were written: `rows[i]` is the sheet row of the table's row i.

    `columns` gives the sheet column, from 0, of each ledger column; empty for Parquet. `head`
    is the row of the headings, `headings` what stands above each sheet column.
    """

    file: str
    sheet: str
    rows: Sequence[int]
    columns: Mapping[str, int]
    head: int = 1
    headings: tuple[str, ...] = ()

    @property
    def letters(self) -> Mapping[str, str]:
        """The sheet column of each ledger column, as sheets name it: A, B, C."""
        return {name: xl_col_to_name(at) for name, at in self.columns.items()}

    def at(self, index: int, column: str = "") -> Place:
        """The address of a row or its cell in `column`: `文件!工作表!B7`, `文件!第7行held_on`."""
        row, at = self.rows[index], self.columns.get(column)
        said = column if not self.columns else ""
        text = f"第{row}行{said}" if at is None else f"{xl_col_to_name(at)}{row}"
        return placed(self.file, self.sheet, text, row, at)


def placed(
    file: str, sheet: str, cell: str = "", row: int | None = None, column: int | None = None
) -> Place:
    """The place that reads `file!sheet!cell`, parts that are empty left out."""
    text = "!".join(part for part in (file, sheet, cell) if part)
    return Place(text, file, sheet, row, column)


@dataclass(frozen=True)
class Note:
    """Something in a file that was left out of the reading, told but not refused."""

    where: str
    text: str


@dataclass(frozen=True)
class Reading:
    """The rows of one workbook or folder, and the source of each ledger found in it.

    References may still be names and codes may be missing: `settle` sees to both. `beside`
    holds, by ledger and column, names that stood beside the codes of a reference. `notes` are
    what was left out. `problems` are what is wrong: the row or the whole table each is of does
    not say what its author meant. `doubled` are ledgers with more than one sheet, of which only
    the first is read; `strangers` sheets that are no ledger.
    """

    snapshot: Snapshot
    sources: Mapping[str, Source]
    beside: Mapping[tuple[str, str], Sequence[str | None]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubled: frozenset[str] = frozenset()
    strangers: tuple[Problem, ...] = ()

    def whole(self) -> "Reading":
        """The reading if nothing is wrong in it.

        Raises:
            FilesRefused: with every problem; a sheet that is no ledger is one too if there is
                any other, or no ledger at all.
        """
        if self.problems or (self.strangers and not self.sources):
            raise FilesRefused([*self.problems, *self.strangers])
        return self.in_part()

    def in_part(self) -> "Reading":
        """The reading with its problems, sheets that are no ledger left out with a note.

        Raises:
            FilesRefused: with every problem, if one is of the file or nothing could be read.
        """
        if not self.sources or any(not _mendable(one) for one in self.problems):
            refused = [*self.problems, *self.strangers]
            if refused:
                raise FilesRefused(refused)
        notes = (Note(one.where, "不属于任何台账，没有读入") for one in self.strangers)
        return replace(self, notes=(*notes, *self.notes), strangers=())


def _mendable(problem: Problem) -> bool:
    """Whether it is of a row or a table, so that the others can be taken without it."""
    return problem.place is not None and not problem.code.startswith(_OF_THE_FILE)


def repeated_records(
    ledger: type[Ledger], table: pa.Table, source: Source, skip: frozenset[int] = frozenset()
) -> list[Problem]:
    """A problem for each row whose key columns equal an earlier row's; `skip` rows are left out."""
    records = [str(record) for record in table[RECORD].to_pylist()]
    if len(set(records)) == len(records):
        return []
    keys = ledger.keys()
    labels = "、".join(ledger.columns[name].label for name in keys)
    first: dict[str, int] = {}
    problems = []
    for index, record in enumerate(records):
        if index in skip:
            continue
        earlier = first.setdefault(record, index)
        if earlier != index:
            problems.append(
                Problem(
                    "facts.row.duplicate",
                    source.at(index, keys[0]),
                    f"{record.partition('/')[2]}，与第{source.rows[earlier]}行重复",
                    f"同一条记录（{labels}相同）只写一行",
                    f"删去第{source.rows[earlier]}行或第{source.rows[index]}行，或改正其{labels}",
                )
            )
    return problems
