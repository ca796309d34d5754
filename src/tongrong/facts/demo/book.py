"""The book the demo is written in: rows of every ledger, in the order they were entered."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

from tongrong.facts.columns import Choices
from tongrong.facts.ledger import STATUS, Happens
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

Row = dict[str, Any]


class Book:
    """Rows by ledger code, and the source of chance they are drawn from."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.begin("")
        self.rows: dict[str, list[Row]] = {code: [] for code in LEDGERS}
        self._numbers: Counter[str] = Counter()

    def begin(self, topic: str) -> None:
        """Gives a topic chance of its own: what one topic draws changes no other's rows."""
        self.rng = Random(f"{self._seed} {topic}")  # noqa: S311 it makes a story, not a secret

    def add(self, ledger: str, /, **values: Any) -> Row:
        """Enters a row; several choices are given as a tuple.

        Raises:
            KeyError: the ledger has no such column.
        """
        columns = LEDGERS[ledger].columns
        row: Row = {}
        for name, value in values.items():
            column = None if name == STATUS else columns[name]
            row[name] = _kept(column, value) if isinstance(column, Choices) else value
        self.rows[ledger].append(row)
        return row

    def number(self, prefix: str) -> str:
        """The next number of a series, such as XX-001, then XX-002."""
        self._numbers[prefix] += 1
        return f"{prefix}-{self._numbers[prefix]:03d}"

    def meeting(self, unit: str, kind: str, held_on: dt.date, **values: Any) -> str:
        """Enters a meeting and gives its number, which bears the unit and the day."""
        number = self.number(f"HY{unit}-{held_on:%y%m%d}")
        self.add("meetings", number=number, unit=unit, kind=kind, held_on=held_on, **values)
        return number

    def snapshot(self) -> Snapshot:
        """Every ledger as Arrow tables; events stand in the order of their days."""
        for code, rows in self.rows.items():
            time = LEDGERS[code].time
            if isinstance(time, Happens) and time.on in LEDGERS[code].columns:
                rows.sort(key=lambda row, day=time.on: row[day])  # type: ignore[misc]
        return Snapshot.of_rows(self.rows)


def _kept(column: Choices, values: tuple[str, ...]) -> str | None:
    """Several choices as they are kept: in declared order, `、a、b、`; None for none."""
    chosen = [choice for choice in column.choices if choice in values]
    if len(chosen) != len(values):
        raise ValueError(f"{values} are not all choices of {column.label}")
    return "、" + "、".join(chosen) + "、" if chosen else None
