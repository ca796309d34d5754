"""Hand-made groups changed a little: near what their clause turns on, to either side of it.

A change moves a day, nudges a number, puts another value or another unit or person, drops a
record, repeats it, withdraws it, or adds a drawn one.
"""

import datetime as dt
import random
from collections.abc import Callable, Sequence

from tests.brought_near import once_each
from tests.calendar_edges import Moment
from tests.drawn_values import Rows, Values
from tests.hand_made import HandMade, under
from tests.other_years import facts_later
from tests.read_by_clauses import UNIT_REGISTERS, Read, Row

from tongrong.facts.columns import Code, Column, Day, Money, Month, Reference, Share, Whole
from tongrong.facts.ledger import STATUSES, Ledger
from tongrong.facts.ledgers.organization import FEATURE_VALUES
from tongrong.facts.registry import LEDGERS

HOW_MANY = (1, 1, 2, 3)
BY_DAYS = (1, -1, 1, -1, 3, -14, 15, 30, -31, 90, -366)
BY = (1, -1, 100)


def perturbed(
    roll: random.Random, model: HandMade, read: Read, moment: Moment, prefix: str = ""
) -> Rows:
    """The facts of a hand-made group in the moment's year, changed in one to three places."""
    years = moment.today.year - model.moment.today.year
    return _Change(roll, under(prefix, facts_later(model.rows, years)), read, moment, prefix).rows


class _Change(Values):
    """Changes a group's rows; which and how are rolls."""

    def __init__(
        self, roll: random.Random, rows: Rows, read: Read, moment: Moment, prefix: str
    ) -> None:
        super().__init__(roll, read, moment, prefix)
        self.rows = rows
        self.persons = self._codes("persons") or self.persons
        self.enterprises = self._codes("enterprises")
        self.organizations = self._codes("party_organizations")
        self.branches = self.organizations[::-1]
        self.units = self.organizations + self.enterprises
        changes = (self._move, self._nudge, self._put, self._refer_anew, self._drop, self._repeat,
                   self._withdraw, self._add)  # fmt: skip
        for _ in range(roll.choice(HOW_MANY)):
            self._one(changes)
        self.rows = {
            code: once_each(LEDGERS[code], found) for code, found in self.rows.items() if found
        }

    def _codes(self, register: str) -> list[str]:
        return [row["number"] for row in self.rows.get(register, ())]

    def _one(self, changes: Sequence[Callable[[type[Ledger], Row], None]]) -> None:
        """One change of one row, mostly of a ledger the clause reads."""
        codes = [code for code, found in self.rows.items() if found]
        read = [code for code in codes if code in self.read.tests and code not in UNIT_REGISTERS]
        code = self.roll.choice(codes if not read or self.one_in(6) else read)
        self.roll.choice(changes)(LEDGERS[code], self.roll.choice(self.rows[code]))

    def _column(self, ledger: type[Ledger], *kinds: type[Column]) -> tuple[str, Column] | None:
        found = [(n, c) for n, c in ledger.columns.items() if isinstance(c, kinds)]
        return self.roll.choice(found) if found else None

    # --- changes -------------------------------------------------------------------------

    def _move(self, ledger: type[Ledger], row: Row) -> None:
        """A day some days earlier or later, or to where something turns; a month to the next."""
        if chosen := self._column(ledger, Day, Month):
            name, column = chosen
            old = row.get(name)
            if old is None or self.one_in(3):
                row[name] = self.present(name, column)
            elif isinstance(column, Month):
                row[name] = (old + dt.timedelta(days=self.roll.choice((31, -1)))).replace(day=1)
            else:
                row[name] = old + dt.timedelta(days=self.roll.choice(BY_DAYS))

    def _nudge(self, ledger: type[Ledger], row: Row) -> None:
        """A number one more or one less."""
        if chosen := self._column(ledger, Whole, Money, Share):
            row[chosen[0]] = max(0, (row.get(chosen[0]) or 0) + self.roll.choice(BY))

    def _put(self, ledger: type[Ledger], row: Row) -> None:
        """Another value of a column that neither names the record nor refers to one."""
        found = [
            (name, column)
            for name, column in ledger.columns.items()
            if not isinstance(column, Code | Reference)
        ]
        if found:
            name, column = self.roll.choice(found)
            row[name] = self.anything(name, column)
        if ledger.code == "enterprise_features" and row.get("feature") in FEATURE_VALUES:
            row["value"] = self.roll.choice(FEATURE_VALUES[row["feature"]])

    def _refer_anew(self, ledger: type[Ledger], row: Row) -> None:
        """Another unit, person, meeting, matter."""
        if chosen := self._column(ledger, Reference):
            row[chosen[0]] = self.refer(chosen[1])

    def _drop(self, ledger: type[Ledger], row: Row) -> None:
        if ledger.code not in UNIT_REGISTERS:
            self.rows[ledger.code].remove(row)

    def _repeat(self, ledger: type[Ledger], row: Row) -> None:
        """The same again under a code of its own, or for another person or unit, or moved."""
        again = dict(row)
        self.rows[ledger.code].append(again)
        if chosen := self._column(ledger, Code):
            again[chosen[0]] = f"{row[chosen[0]]}再"
        self.roll.choice((self._move, self._nudge, self._put, self._refer_anew))(ledger, again)

    def _withdraw(self, _: type[Ledger], row: Row) -> None:
        row["status"] = self.roll.choice(STATUSES[1:])

    def _add(self, ledger: type[Ledger], _: Row) -> None:
        """A drawn record of a ledger the clause reads."""
        code = self.roll.choice(sorted(self.read.tests) or [ledger.code])
        if code not in UNIT_REGISTERS:
            tests = self.read.tests.get(code) or [{}]
            self.rows.setdefault(code, []).append(
                self.a_row(LEDGERS[code], self.roll.choice(tests))
            )
