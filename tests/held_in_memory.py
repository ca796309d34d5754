"""Records held in memory as the operational database holds them, and rows changed at random."""

import copy
import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from tests.calendar_edges import Moment
from tests.drawn_values import within_the_whole
from tests.read_by_clauses import UNIT_REGISTERS, Read
from tests.strategies import Rows, _Builder

from tongrong.engine.concerned import Touched
from tongrong.engine.kinship import Kinship, kinship_of
from tongrong.engine.nearby import Row, Where
from tongrong.facts.ledger import EFFECTIVE, STATUS
from tongrong.facts.ledgers.organization import FEATURE_VALUES
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

UNITS_NAMED = {"parent": "enterprises", "enterprise": "enterprises",
               "superior": "party_organizations"}  # fmt: skip
OFTEN = (*UNIT_REGISTERS, "enterprise_features", "persons", "meetings", "justifications",
         "parameter_adjustments")  # fmt: skip


class Held:
    """The effective rows of a group, each with the columns it carries."""

    def __init__(self, rows: Rows) -> None:
        tables = Snapshot.of_rows(rows).tables
        self.rows: dict[str, list[dict[str, Any]]] = {
            code: [row for row in table.to_pylist() if row[STATUS] == EFFECTIVE]
            for code, table in tables.items()
        }
        for code, ledger in LEDGERS.items():
            for name, reference in ledger.references().items():
                known = {row[LEDGERS[reference.to].keys()[0]]: row
                         for row in self.rows.get(reference.to, ()) if reference.carry}  # fmt: skip
                for row in self.rows[code]:
                    referred = known.get(row[name], {})
                    row |= {f"{name}_{one}": referred.get(one) for one in reference.carry}

    @property
    def kinship(self) -> Kinship:
        """How the units stand to one another."""
        return kinship_of(self.rows["enterprises"], self.rows["party_organizations"])

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The rows that say one of the values in each column."""
        found = [
            row
            for row in self.rows[code]
            if row["record"] not in but
            and all(row[name] in values for name, values in where.items())
        ]
        return found[:most]


def together(groups: Sequence[Rows]) -> Rows:
    """The rows of several groups, whose codes are kept apart, as one."""
    found: Rows = defaultdict(list)
    for group in groups:
        for code, rows in group.items():
            found[code] += rows
    return found


def touched_between(before: Rows, after: Rows) -> list[Touched]:
    """The records that say something else in one of two states of the same group."""
    was, now = _by_record(before), _by_record(after)
    return [
        Touched(code, was.get((code, record)), now.get((code, record)))
        for code, record in sorted(was.keys() | now.keys())
        if was.get((code, record)) != now.get((code, record))
    ]


def _by_record(rows: Rows) -> dict[tuple[str, str], Row]:
    return {
        (code, row["record"]): row
        for code, table in Snapshot.of_rows(rows).tables.items()
        for row in table.to_pylist()
        if row[STATUS] == EFFECTIVE
    }


class Changing:
    """A group of which rows are added, corrected, withdrawn and restored at random."""

    def __init__(self, roll: random.Random, read: Read, moment: Moment, prefix: str = "") -> None:
        self._roll, self._read = roll, read
        self._builder = _Builder(roll, read, moment, prefix)
        self.rows = self._builder.group()

    def changed(self) -> tuple[str, Row] | None:
        """Change one row; the ledger and what the row says now, None where nothing came of it."""
        self.rows = copy.deepcopy(self.rows)
        known = [code for code, rows in self.rows.items() if rows]
        often = [code for code in known if code in OFTEN]
        code = self._roll.choice(often if often and self._roll.randint(0, 4) == 0 else known)
        change = self._roll.choice((self._add, self._withdraw, self._correct, self._correct))
        row = change(code)
        return None if row is None else (code, row)

    def _add(self, code: str) -> Row | None:
        if code in (*UNIT_REGISTERS, "persons", "enterprise_features", "enterprise_scale"):
            return None
        test = self._roll.choice(self._read.tests.get(code) or [{}])
        rows = [*self.rows[code], self._builder.a_row(LEDGERS[code], test)]
        records = Snapshot.of_rows({code: rows})[code]["record"].to_pylist()
        if len(set(records)) < len(records):
            return None
        self.rows[code] = rows
        return rows[-1]

    def _withdraw(self, code: str) -> Row:
        row = self._roll.choice(self.rows[code])
        row[STATUS] = "撤回" if row.get(STATUS, EFFECTIVE) == EFFECTIVE else EFFECTIVE
        return row

    def _correct(self, code: str) -> Row | None:
        row = self._roll.choice(self.rows[code])
        names = [n for n, c in LEDGERS[code].columns.items() if not c.key and n in row]
        for name in self._roll.sample(names, min(len(names), self._roll.choice((1, 1, 2)))):
            row[name] = self._value(code, name, row)
        return within_the_whole(LEDGERS[code], row)

    def _value(self, code: str, name: str, row: Row) -> Any:
        if code in UNIT_REGISTERS and name in UNITS_NAMED:
            units = [one["number"] for one in self.rows[UNITS_NAMED[name]]]
            return self._roll.choice((*units, None))
        if code == "enterprise_features" and name == "value":
            return self._roll.choice(FEATURE_VALUES[row["feature"]])
        column = LEDGERS[code].columns[name]
        if name in ("name", "title", "reason") and not column.optional:
            return row[name]
        return self._builder.anything(name, column)
