"""The facts of a scenario: rows of ledgers as a person would jot them down, typed by their columns.

A list on a column that takes one value stands for several rows; meetings may nest `agenda`
and `attendance`. What is left out gets its default when the world is built.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from tongrong.facts.cell_choices import NO, YES
from tongrong.facts.cell_text import Refused, Value, closest
from tongrong.facts.cells import parser_of
from tongrong.facts.columns import (
    Choice,
    Choices,
    Code,
    Column,
    Flag,
    Money,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import EFFECTIVE, STATUS, STATUS_LABEL, STATUSES, Holds, Ledger, Timeless
from tongrong.facts.registry import LEDGERS
from tongrong.norms.located import Located, Route
from tongrong.vocabulary.errors import Problem

Facts = Mapping[str, list[dict[str, Value]]]

SINCE = dt.date(2000, 1, 1)
UNSAID = "—"
NESTED = {"agenda": "agenda_items", "attendance": "attendance"}
UNITS = ("units", "enterprises", "party_organizations")
_STATUS = Choice(STATUS_LABEL, choices=STATUSES)


@dataclass
class FactsReader:
    """Reads the `facts` of one scenario, collecting what is wrong at file:line:column.

    `usual` holds, by ledger and number, the rows of the default world: a row given under the
    same number says only what is different.
    """

    at: Located
    year: int
    clause: str
    usual: Mapping[tuple[str, Value], Mapping[str, Value]]
    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, facts: Mapping[str, Any], route: Route) -> None:
        """The rows of every ledger named."""
        for code, rows in facts.items():
            here = (*route, code)
            if code not in LEDGERS:
                self._problem(here, code, "台账代码：" + "、".join(LEDGERS), _near(code, LEDGERS))
                continue
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                self._problem(here, str(rows)[:40], "若干行，每行写作 {列: 值}", "每行前加“- ”")
                continue
            for number, row in enumerate(rows):
                self._rows(LEDGERS[code], row, (*here, number), {})

    def _rows(
        self, ledger: type[Ledger], raw: Mapping[str, Any], route: Route, given: dict[str, Value]
    ) -> None:
        """The rows one written row stands for, and those nested in each of them."""
        nested = {key: raw[key] for key in NESTED if key in raw and ledger.code == "meetings"}
        columns = {name: raw[name] for name in raw if name not in nested}
        values = dict(self._columns(ledger, columns, route))
        refused = set(columns) - set(values)
        known = len(self.problems)
        for chosen in product(*values.values()):
            said = {**given, **dict(zip(values, chosen, strict=True))}
            row = {**self.usual.get((ledger.code, said.get("number")), {}), **said}
            self._default(ledger, row, route, refused)
            self.rows.setdefault(ledger.code, []).append(row)
            for key, children in nested.items():
                self._children(key, children, (*route, key), row["number"])
            if len(self.problems) > known:
                return

    def _children(self, key: str, children: Any, route: Route, meeting: Value) -> None:
        if not isinstance(children, list) or not all(isinstance(row, dict) for row in children):
            self._problem(route, str(children)[:40], "若干行，每行写作 {列: 值}", "写成列表")
            return
        ledger = LEDGERS[NESTED[key]]
        for number, row in enumerate(children, start=1):
            given: dict[str, Value] = {"meeting": meeting}
            if "item" in ledger.columns:
                given["item"] = str(number)
            self._rows(ledger, row, (*route, number - 1), given)

    def _columns(
        self, ledger: type[Ledger], raw: Mapping[str, Any], route: Route
    ) -> Iterator[tuple[str, list[Value]]]:
        """Each column given, with its one value or several."""
        for name, written in raw.items():
            here = (*route, name)
            column = _STATUS if name == STATUS else ledger.columns.get(name)
            if column is None:
                names = [*ledger.columns, STATUS, *(NESTED if ledger.code == "meetings" else ())]
                self._problem(here, name, f"{ledger.label}的列：{'、'.join(names)}",
                              _near(name, names))  # fmt: skip
                continue
            cells = written if isinstance(written, list) else [written]
            if isinstance(written, list) and isinstance(column, Choices):
                cells = ["、".join(map(str, written))]
            try:
                yield name, [_value(column, cell) for cell in cells]
            except Refused as refusal:
                where, found = self.at.where(here), str(written)[:40]
                problem = Problem(refusal.code, where, found, refusal.expected, refusal.remedy)
                self.problems.append(problem)

    def _default(
        self, ledger: type[Ledger], row: dict[str, Value], route: Route, refused: set[str]
    ) -> None:
        """Fill in what was left out, units excepted; a day or a person must be given."""
        row.setdefault(STATUS, EFFECTIVE)
        for name, column in ledger.columns.items():
            if name in row or name in refused or column.optional or is_unit(ledger, name):
                continue
            if isinstance(column, Code):
                row[name] = f"{ledger.label}{len(self.rows.get(ledger.code, ())) + 1}"
            elif name == "clause":
                row[name] = self.clause
            else:
                value = self._usual(ledger, name, column)
                row[name] = value
                if value is None:
                    remedy = f"补上 {name}（{column.label}）"
                    self._problem(route, "", f"{ledger.label}的每行写明 {name}", remedy)

    def _usual(self, ledger: type[Ledger], name: str, column: Column) -> Value:
        if isinstance(ledger.time, Holds) and name == ledger.time.start:
            return SINCE
        if isinstance(column, Year):
            return self.year
        if isinstance(column, Choice):
            return column.choices[0]
        if isinstance(column, Flag):
            return False
        if isinstance(column, Whole | Money | Share):
            return 0
        free = isinstance(column, Text) or (isinstance(column, Reference) and is_thing(column))
        return UNSAID if free and not column.key else None

    def _problem(self, route: Route, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem("S004", self.at.where(route), found, expected, remedy))


def is_thing(reference: Reference) -> bool:
    """Whether what is referred to has no time of its own: persons and matters."""
    return reference.to not in UNITS and isinstance(LEDGERS[reference.to].time, Timeless)


def is_unit(ledger: type[Ledger], name: str) -> bool:
    """Whether a column says whose record it is, which by default is the unit judged."""
    column = ledger.columns[name]
    return name == ledger.owner and isinstance(column, Reference) and column.to in UNITS


def _value(column: Column, cell: Any) -> Value:
    if isinstance(cell, bool):
        cell = YES if cell else NO
    return parser_of(column)(cell)


def _near(word: str, among: Any) -> str:
    near = closest(word, list(among))
    return f"是否指 {near}？" if near else "改用其中之一"
