"""What lies near: the records one unit's clauses read.

The way follows the places of `reach.py` through whatever holds the records. It may find more
than is needed, never less; `concerned.py` goes the other way.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tongrong.engine.kinship import Kinship
from tongrong.engine.reach import ANYONE, BY, FEATURE, SETTER, TIED, Place, Tie
from tongrong.engine.selection import OWN
from tongrong.engine.tables import OWNERS
from tongrong.facts.columns import Choices
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Holds
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope

Row = Mapping[str, Any]
Where = Mapping[str, Collection[Any]]
REGISTERS = ("enterprises", "party_organizations")


class Records(Protocol):
    """What holds the effective records of now."""

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The effective rows of a ledger whose columns, own or carried, have one of the values.

        Rows show carried columns too. `but` leaves out these records, `most` stops at so many.
        """
        ...


def owner_of(code: str, row: Row) -> str | None:
    """The unit a row is of."""
    owner = LEDGERS[code].owner
    return None if owner is None else row.get(owner)


def is_column(code: str, name: str) -> bool:
    """Whether a name is a column, own or carried; else it is one of the four owners."""
    ledger = LEDGERS[code]
    return name in ledger.columns or any(
        name == f"{own}_{carried}"
        for own, reference in ledger.references().items()
        for carried in reference.carry
    )


def owner_named(name: str, scope: Scope) -> str:
    """Whose rows are read: the owner of a scope, or who is named."""
    return OWN[scope] if name == "owner" else name


@dataclass
class Near:
    """The rows that some places read for one unit, found once each."""

    records: Records
    kinship: Kinship
    unit: str
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    _found: dict[Place, Sequence[Row]] = field(default_factory=dict)
    _asked: dict[tuple[str, Any], Sequence[Row]] = field(default_factory=dict)
    _said: dict[tuple[Place, str, Scope], set[Any]] = field(default_factory=dict)

    def read(self, place: Place) -> Sequence[Row]:
        """The rows of a place."""
        if place not in self._found:
            self._found[place] = self._find(place)
        return self._found[place]

    def asked(self, place: Place) -> tuple[str, Where] | None:
        """Of which ledger a place asks for what, its ties read; None where no row can be."""
        where = self.where(place)
        if where is None:
            return None
        time = LEDGERS[place.ledger].time
        following = isinstance(time, Holds) and time.next_of
        if not place.any_row and not following:
            where = {**dict(place.tests), **where}
        return place.ledger, where

    def _find(self, place: Place) -> Sequence[Row]:
        asked = self.asked(place)
        if asked is None:
            return []
        rows, time = self.ask(*asked), LEDGERS[place.ledger].time
        if isinstance(time, Holds) and time.next_of and place.whose in (BY, TIED):
            # A state of such a register lasts until the next one begins.
            same = {name: {row[name] for row in rows} for name in time.next_of}
            self.ask(place.ledger, same)
        return rows

    def ask(self, code: str, where: Where) -> Sequence[Row]:
        """Rows by what their columns say; kept among the rows found."""
        if any(not values for values in where.values()):
            return []
        key = code, frozenset((name, frozenset(values)) for name, values in where.items())
        if key not in self._asked:
            found = self.records.find(code, where)
            self._asked[key] = found
            kept = self.rows.setdefault(code, {})
            kept.update((row[RECORD], row) for row in found)
        return self._asked[key]

    def rows_found(self) -> dict[str, list[Row]]:
        """The rows found so far, by ledger."""
        return {code: list(rows.values()) for code, rows in self.rows.items()}

    def where(self, place: Place) -> Where | None:
        """What the rows of a place must say; None where no row can."""
        owner = str(LEDGERS[place.ledger].owner)
        if place.whose == ANYONE:
            return {}
        if place.whose == BY:
            if is_column(place.ledger, place.by):
                return {place.by: {self.unit}}
            return {owner: self.kinship.having(owner_named(place.by, place.scope), self.unit)}
        if place.whose == FEATURE:
            host = self.kinship.owner("host", self.unit)
            return None if host is None else {owner: {host}}
        if place.whose == SETTER:
            return {owner: self.kinship.setters(self.unit)}
        if place.whose != TIED:
            return {owner: self.kinship.owning(place.whose, place.scope, self.unit)}
        found: dict[str, Collection[Any]] = {}
        for tie in place.ties:
            self._tied(place, tie, found)
        return found

    def _tied(self, place: Place, tie: Tie, found: dict[str, Collection[Any]]) -> None:
        """Add what one tie asks."""
        if isinstance(LEDGERS[place.ledger].columns.get(tie.column), Choices):
            return
        values = self._values(place, tie)
        if is_column(place.ledger, tie.column):
            name, wanted = tie.column, values
        else:
            alias = owner_named(tie.column, place.scope)
            name = str(LEDGERS[place.ledger].owner)
            wanted = {unit for one in values for unit in self.kinship.having(alias, one)}
        found[name] = wanted & set(found[name]) if name in found else wanted

    def _values(self, place: Place, tie: Tie) -> set[Any]:
        if tie.to_subject:
            return {self.unit}
        if tie.left is None:
            return set(tie.values)
        key = tie.left, tie.of, place.scope
        if key not in self._said:  # asked each time rows are read, and read once
            self._said[key] = self._saying(*key)
        return self._said[key]

    def _saying(self, left: Place, of: str, scope: Scope) -> set[Any]:
        """What the rows of a place say in a column, or whose they are."""
        rows = [row for row in self.read(left) if left.passes(row)]
        if is_column(left.ledger, of):
            return {row[of] for row in rows} - {None}
        alias = owner_named(of, scope)
        return {self.kinship.owner(alias, owner_of(left.ledger, row)) for row in rows} - {None}

    # --- what the rows need beside them ---------------------------------------------------

    def complete(self, *, heads: Iterable[str] = ()) -> dict[str, list[dict[str, Any]]]:
        """The rows found with those they refer to, and the units they belong to, by ledger.

        `heads` are enterprises without which the unit would not be what it is.
        """
        for code in list(self.rows):
            for name, reference in LEDGERS[code].references().items():
                if reference.carry:
                    (key,) = LEDGERS[reference.to].keys()
                    codes = {row[name] for row in self.rows[code].values()} - {None}
                    self.ask(reference.to, {key: codes})
        needed = self._units({self.unit, *heads})
        for register in REGISTERS:
            known = {row["number"] for row in self.rows.get(register, {}).values()}
            units = getattr(self.kinship, "enterprises" if register == REGISTERS[0]
                            else "organizations").keys()  # fmt: skip
            self.ask(register, {"number": (needed & units) - known})
        effective = {STATUS: EFFECTIVE}
        return {
            code: [{**row, **effective} for row in rows.values()]
            for code, rows in self.rows.items()
        }

    def _units(self, units: set[str]) -> set[str]:
        """The units of the rows found, with the owners of each and all above."""
        for code, rows in self.rows.items():
            units |= {owner_of(code, row) or "" for row in rows.values()}
        for unit in list(units):
            units |= {self.kinship.owner(one, unit) or "" for one in OWNERS}
        for unit in list(units):
            # Whether it leads, and whom: its enterprise's leading organization decides.
            units |= {self.kinship.owner(one, unit) or "" for one in OWNERS}
        units |= {upper for unit in list(units) for upper in self.kinship.above(unit)}
        return units | set(self.kinship.setters(self.unit))
