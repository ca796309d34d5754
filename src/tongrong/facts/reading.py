"""What reading files gives: a snapshot, and where each row of it was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem, TongrongError

SHOWN = 50
"""How many problems a printed refusal lists; `.problems` holds all."""


class FilesRefused(TongrongError):
    """Files that cannot be taken in. Carries every problem; prints the first 50 and the count."""

    def __str__(self) -> str:
        """The first problems in full, then how many more there are."""
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        total = len(self.problems)
        if total > SHOWN:
            lines.append(f"另有 {total - SHOWN} 处未列出，共 {total} 处问题")
        return "\n".join(lines)


@dataclass(frozen=True)
class Source:
    """Where a ledger's rows were written: `rows[i]` is the sheet row of the table's row i.

    `letters` gives the sheet column of each ledger column; empty for Parquet.
    """

    file: str
    sheet: str
    rows: Sequence[int]
    letters: Mapping[str, str]

    def at(self, index: int, column: str = "") -> str:
        """The address of a row or its cell in `column`: `文件!工作表!B7`, `文件!第7行held_on`."""
        row = self.rows[index]
        letter = self.letters.get(column)
        cell = f"{letter}{row}" if letter else f"第{row}行{column}"
        return "!".join(part for part in (self.file, self.sheet, cell) if part)


@dataclass(frozen=True)
class Reading:
    """The rows of one workbook or folder, and the source of each ledger found in it."""

    snapshot: Snapshot
    sources: Mapping[str, Source]


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
