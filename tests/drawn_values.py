"""Values of columns that matter for the clauses read, and rows of them.

Used for groups drawn freely (`strategies`) and for changes of hand-made ones (`perturbed`).
"""

import datetime as dt
import random
from collections.abc import Mapping
from functools import partial
from typing import Any

from tests.brought_near import joined, owed
from tests.calendar_edges import Moment, day_near
from tests.figures_near import INDUSTRIES
from tests.read_by_clauses import Read, Row

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    NationalCode,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import EFFECTIVE, STATUSES, Holds, Ledger
from tongrong.facts.registry import LEDGERS

Rows = dict[str, list[Row]]

MONEY = (100, 0, 1, -1, 2, 3, 99, 101, 299, 300, 301, 20_000, 10_000, 9_999, 10_001)
MINUTES = (540, 541, 0, 1439, None)
SHARES = (500_000, 1_000_000, 0, 300_000, 10_000, 10_001, 300_001, 499_999)
CLASSES = ("公益类", "商业二类", "商业一类")
WHOLES = (60, 59, 0, 1, 2, 5, 7, 9, 100)


def within_the_whole(ledger: type[Ledger], row: Row) -> Row:
    """The row with no part above the number it is a part of, as imports demand."""
    for name, column in ledger.columns.items():
        if isinstance(column, Whole) and column.part_of and row.get(name) is not None:
            whole = row.get(column.part_of)
            row[name] = row[name] if whole is None else min(row[name], whole)
    return row


class Values:
    """Rolls values for one group; the first alternative of every choice is the plainest.

    `rows` are the group's as far as they are built; the names of its units and persons are
    what references are rolled from.
    """

    units: list[str]
    enterprises: list[str]
    organizations: list[str]
    branches: list[str]

    def __init__(self, roll: random.Random, read: Read, moment: Moment, prefix: str) -> None:
        self.roll, self.read, self.moment, self.prefix = roll, read, moment, prefix
        self.day = partial(day_near, roll, moment.today, moment.year)
        self.persons = [f"{prefix}{name}" for name in "张王李赵"[: roll.randint(1, 4)]]
        self.rows: Rows = {}

    def one_in(self, n: int) -> bool:
        """True once in n rolls; false is the plainer answer."""
        return self.roll.randint(1, n) == n

    def mostly(self) -> bool:
        """True twice in three rolls; false is the plainer answer."""
        return self.roll.randint(0, 2) > 0

    def a_row(self, ledger: type[Ledger], test: Row) -> Row:
        """A row that mostly passes the test."""
        row: Row = {"status": self.state(12)}
        for name, column in ledger.columns.items():
            asked = name in test and not self.one_in(10)
            row[name] = self.passing(column, test[name]) if asked else self.anything(name, column)
        time = ledger.time
        if isinstance(time, Holds):
            if self.roll.randint(0, 1):
                row[time.start] = dt.date(self.moment.year - self.roll.choice((3, 1, 2, 6)), 3, 1)
            if time.end and ledger.columns[time.end].optional and self.roll.randint(0, 1):
                row[time.end] = None
        for name in self.read.since & ledger.columns.keys():
            if not self.one_in(3):
                row[name] = dt.date(self.moment.year - self.roll.choice((3, 1, 2)), 3, 1)
        if ledger.code == "dues":
            owed(self.roll, row, self.moment)
        return within_the_whole(ledger, row)

    def passing(self, column: Column, test: Any) -> Any:
        """A value that passes the test, or nearly."""
        if isinstance(test, list | tuple):
            return self.roll.choice(test)
        if not isinstance(test, Mapping):
            years = {"current_year": self.moment.year, "last_year": self.moment.year - 1}
            return years.get(test, test)
        ((name, wanted),) = test.items()
        if name.startswith("contains") and isinstance(column, Choices):
            listed = wanted if isinstance(wanted, list | tuple) else [wanted]
            kept = set(listed) - ({self.roll.choice(listed)} if self.one_in(5) else set())
            return joined(column, kept)
        if name == "recorded":
            return self.present("", column) if wanted else None
        return self.present("", column)

    def anything(self, name: str, column: Column) -> Any:
        """A value of the column's kind, or none where it may have none."""
        if column.optional and self.one_in(3):
            return None
        return self.present(name, column)

    def present(self, name: str, column: Column) -> Any:
        """A value of the column's kind, of those that matter for the clauses."""
        match column:
            case Code():
                number = sum(map(len, self.rows.values()))
                return f"{self.prefix}{number}-{self.roll.randint(0, 1)}"
            case Reference():
                return self.refer(column)
            case Choice():
                return self.roll.choice(column.choices)
            case Choices():
                return joined(column, {c for c in column.choices if self.roll.randint(0, 1)})
            case Day():
                return self.day()
            case Month():
                return dt.date(self.moment.year, self.roll.randint(1, 12), 1)
            case Text():
                return self._text(name)
            case NationalCode():
                return self.roll.choice(INDUSTRIES)
            case Money():
                drawn = self.roll.choice(MONEY)
                return drawn if column.signed else abs(drawn)
        simple: dict[type[Column], tuple[Any, ...]] = {
            Clock: MINUTES[:-1] if not column.optional else MINUTES,
            Flag: (True, False),
            Whole: WHOLES,
            Share: SHARES,
            Year: tuple(self.moment.year - back for back in (0, 1, 2, -1)),
        }
        return self.roll.choice(simple[type(column)])

    def _text(self, name: str) -> str:
        if name == "ledger":
            return LEDGERS[self.roll.choice(sorted(self.read.tests) or ["posts"])].label
        y, m = self.moment.year, self.roll.randint(1, 4)
        choices: dict[str, tuple[str, ...]] = {
            "checklist": ("442-2018", "branch-standard"),
            "clause": tuple(self.read.clauses),
            **dict.fromkeys(("enterprise_class", "ranking"), CLASSES),
            **dict.fromkeys(("item", "proposal_version"), ("1", "2")),
            "member": (*self.persons, "重大决策"),
            "period": (str(y), f"{y}-{m:02}", f"{y}Q{m}", f"{y}H{-(-m // 2)}", f"{y - 2}-{y}"),
        }
        return self.roll.choice(choices.get(name, ("—",)))

    def refer(self, column: Column) -> Any:
        """The code of a record there is, mostly of the first."""
        assert isinstance(column, Reference)
        if column.to == "persons":
            return self.roll.choice(self.persons)
        if column.to == "units":
            return self.roll.choice(self.units)
        if column.to == "enterprises":
            return self.roll.choice(self.enterprises)
        if column.to == "party_organizations":
            above = 4 * self.organizations[:1] if "superior" in self.read.scopes else []
            return self.roll.choice((*self.branches, *self.branches, *self.organizations, *above))
        codes = [row["number"] for row in self.rows.get(column.to, ())]
        if not codes:
            return None if column.optional else f"{self.prefix}无"
        return self.roll.choice((codes[0], *codes))

    def person(self, number: int) -> str:
        """The nth person of the group, of a sort."""
        return self.persons[number] if number < len(self.persons) else f"{self.prefix}丙{number}"

    def state(self, n: int) -> str:
        """Effective; once in n rolls not."""
        return self.roll.choice(STATUSES[1:]) if self.one_in(n) else EFFECTIVE
