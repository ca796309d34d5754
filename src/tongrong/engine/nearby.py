"""What lies near: the records one unit's clauses read, and the clauses one record concerns.

Both ways follow the places of `reach.py` through whatever holds the records. They may find
more than is needed, never less.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tongrong.engine.kinship import Kinship
from tongrong.engine.reach import ANYONE, BY, FEATURE, SETTER, TIED, Place, Reach, Tie
from tongrong.engine.selection import OWN
from tongrong.engine.tables import OWNERS
from tongrong.facts.columns import Choices
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Happens, Holds, Timeless, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope

Row = Mapping[str, Any]
Where = Mapping[str, Collection[Any]]
REGISTERS = ("enterprises", "party_organizations")
_ENOUGH = 20


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


def _is_column(code: str, name: str) -> bool:
    """Whether a name is a column, own or carried; else it is one of the four owners."""
    ledger = LEDGERS[code]
    return name in ledger.columns or any(
        name == f"{own}_{carried}"
        for own, reference in ledger.references().items()
        for carried in reference.carry
    )


def _owner_named(name: str, scope: Scope) -> str:
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

    def read(self, place: Place) -> Sequence[Row]:
        """The rows of a place."""
        if place not in self._found:
            where = self.where(place)
            self._found[place] = [] if where is None else self._find(place, where)
        return self._found[place]

    def _find(self, place: Place, where: Where) -> Sequence[Row]:
        time = LEDGERS[place.ledger].time
        following = isinstance(time, Holds) and time.next_of
        if not place.any_row and not following:
            where = {**dict(place.tests), **where}
        rows = self.ask(place.ledger, where)
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

    def where(self, place: Place) -> Where | None:
        """What the rows of a place must say; None where no row can."""
        owner = str(LEDGERS[place.ledger].owner)
        if place.whose == ANYONE:
            return {}
        if place.whose == BY:
            if _is_column(place.ledger, place.by):
                return {place.by: {self.unit}}
            return {owner: self.kinship.having(_owner_named(place.by, place.scope), self.unit)}
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
        if _is_column(place.ledger, tie.column):
            name, wanted = tie.column, values
        else:
            alias = _owner_named(tie.column, place.scope)
            name = str(LEDGERS[place.ledger].owner)
            wanted = {unit for one in values for unit in self.kinship.having(alias, one)}
        found[name] = wanted & set(found[name]) if name in found else wanted

    def _values(self, place: Place, tie: Tie) -> set[Any]:
        if tie.to_subject:
            return {self.unit}
        if tie.left is None:
            return set(tie.values)
        rows = [row for row in self.read(tie.left) if tie.left.passes(row)]
        if _is_column(tie.left.ledger, tie.of):
            return {row[tie.of] for row in rows} - {None}
        alias, code = _owner_named(tie.of, place.scope), tie.left.ledger
        return {self.kinship.owner(alias, owner_of(code, row)) for row in rows} - {None}

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


# --- from a record to the clauses it concerns ----------------------------------------------


@dataclass(frozen=True)
class Touched:
    """A record before and after a write, each as its columns say; None where it did not count.

    `new`: it was not there in any way, so nothing refers to it but what was written with it.
    """

    code: str
    before: Row | None
    after: Row | None
    new: bool = False


Marks = set[tuple[str, str]]


class Concerned:
    """Which units and clauses a write concerns; ask it once, after the write."""

    def __init__(
        self,
        reach: Reach,
        records: Records,
        kinships: tuple[Kinship, Kinship],
        day: dt.date,
    ) -> None:
        self._reach, self._records, self._day = reach, records, day
        self._before, self._now = kinships
        self._kinships = kinships if self._before != self._now else (self._now,)
        self._kept: dict[tuple[Place, str], bool] = {}
        self._records_touched: set[str] = set()

    def marks(self, touched: Sequence[Touched]) -> Marks:
        """(unit, clause) of everything that may be judged otherwise after the write."""
        versions = list(self._versions(touched))
        self._records_touched = {str(row[RECORD]) for _, row in versions}
        found: Marks = set()
        for code, row in versions:
            for clause, place in self._reach.by_ledger.get(code, ()):
                for unit in self._units(place, row):
                    if (unit, clause) in found or not self._judged(unit, clause):
                        continue
                    if place.passes(row) or (place.any_row and not self._is_kept(place, unit)):
                        found.add((unit, clause))
        moved = self._moved(touched)
        return found | {(unit, clause) for unit in moved for clause in self._reach.clauses}

    def _judged(self, unit: str, clause: str) -> bool:
        """Whether the clause is put to the unit now; who left is among those moved."""
        return any(self._now.exists(unit, one, self._day) for one in self._reach.scopes[clause])

    # --- versions of rows -----------------------------------------------------------------

    def _versions(self, touched: Sequence[Touched]) -> Iterator[tuple[str, Row]]:
        """Every row as it was or is, and rows that show columns of one or last until one."""
        changed: dict[str, list[Row]] = {}
        known = set[str]()
        for one in touched:
            rows = [row for row in (one.before, one.after) if row is not None]
            changed.setdefault(one.code, []).extend(rows)
            if not one.new:
                known.update(str(row[RECORD]) for row in rows)
        for code, rows in changed.items():
            shown = [shown for row in rows for shown in self._showing(code, row, changed)]
            yield from ((code, row) for row in shown)
            yield from ((code, row) for row in self._siblings(code, shown))
        for code, ledger in LEDGERS.items():
            for name, reference in ledger.references().items():
                if reference.carry and reference.to in changed:
                    yield from self._dependants(code, name, changed, known)

    def _showing(self, code: str, row: Row, changed: Mapping[str, list[Row]]) -> Iterator[Row]:
        """The row with the columns it shows of those it refers to, as they are and as they were."""
        every: list[dict[str, Any]] = [dict(row)]
        for name, reference in LEDGERS[code].references().items():
            if not reference.carry:
                continue
            (key,) = LEDGERS[reference.to].keys()
            referred: list[Row] = []
            if row[name] is not None:
                referred += self._records.find(reference.to, {key: {row[name]}})
                referred += [one for one in changed.get(reference.to, ()) if one[key] == row[name]]
            every = [
                {**one, **{f"{name}_{column}": other.get(column) for column in reference.carry}}
                for one in every
                for other in referred or [{}]
            ]
        yield from every

    def _siblings(self, code: str, rows: Sequence[Row]) -> Sequence[Row]:
        """The other states of a register in which each lasts until the next."""
        time = LEDGERS[code].time
        if not rows or not isinstance(time, Holds) or not time.next_of:
            return []
        return self._records.find(code, {name: {r[name] for r in rows} for name in time.next_of})

    def _dependants(
        self, code: str, name: str, changed: Mapping[str, list[Row]], known: Collection[str]
    ) -> Iterator[tuple[str, Row]]:
        """The rows that refer to a changed one, each as it showed and shows it.

        Only one of the records `known` before the write can be referred to by rows of before it.
        """
        to = LEDGERS[code].references()[name].to
        (key,) = LEDGERS[to].keys()
        targets: dict[str, list[Row]] = {}
        for one in changed[to]:
            targets.setdefault(one[key], []).append(one)
        asked = {one[key] for one in changed[to] if one[RECORD] in known}
        rows = [*(self._records.find(code, {name: asked}) if asked else ()), *changed.get(code, ())]
        carry = LEDGERS[code].references()[name].carry
        for row in rows:
            for target in targets.get(row[name], ()):
                shown = {f"{name}_{column}": target[column] for column in carry}
                yield code, {**row, **shown}

    # --- units ----------------------------------------------------------------------------

    def _each(self, of: Callable[[Kinship], Iterable[str | None]]) -> set[str]:
        """What the units' standing before and after the write says."""
        return {one for kinship in self._kinships for one in of(kinship) if one is not None}

    def _units(self, place: Place, row: Row) -> set[str]:
        """The units for which a row may count at a place."""
        owner = owner_of(place.ledger, row)
        if place.whose == ANYONE:
            return set(self._now.every)
        if place.whose == BY:
            return self._said(place, place.by, row)
        if place.whose == FEATURE:
            return self._each(lambda k: k.having("host", owner) if owner else ())
        if place.whose == SETTER:
            return self._each(lambda k: k.set_for(owner) if owner else ())
        if place.whose != TIED:
            return self._each(lambda k: k.counted_for(place.whose, place.scope, owner))
        for tie in place.ties:
            if tie.to_subject:
                return self._said(place, tie.column, row)
        left = next((tie.left for tie in place.ties if tie.left is not None), None)
        if left is None:
            return set(self._now.every)
        return self._through(place, left, row)

    def _said(self, place: Place, name: str, row: Row) -> set[Any]:
        """What a row says in a column, or who its owners are."""
        if _is_column(place.ledger, name):
            value = row[name]
            if isinstance(LEDGERS[place.ledger].columns.get(name), Choices):
                return set(value.strip("、").split("、")) if value else set()
            return set() if value is None else {value}
        owner, alias = owner_of(place.ledger, row), _owner_named(name, place.scope)
        return self._each(lambda k: [k.owner(alias, owner)])

    def _through(self, place: Place, left: Place, row: Row) -> set[str]:
        """The units of the rows on the left to which a row on the right is tied."""
        where: dict[str, set[Any]] = {}
        for tie in place.ties:
            if tie.left != left:
                continue
            name, wanted = tie.of, self._said(place, tie.column, row)
            if not _is_column(left.ledger, name):
                alias = _owner_named(name, place.scope)
                wanted = {u for k in self._kinships for one in wanted for u in k.having(alias, one)}
                name = str(LEDGERS[left.ledger].owner)
            where[name] = where[name] & wanted if name in where else wanted
        if any(not values for values in where.values()):
            return set()
        rows = self._records.find(left.ledger, where)
        return {u for one in rows if left.passes(one) for u in self._units(left, one)}

    def _is_kept(self, place: Place, unit: str) -> bool:
        """Whether a register has a row of the unit's at D besides those touched."""
        plain = Place(place.ledger, place.scope, place.whose, place.by)
        key = plain, unit
        if key not in self._kept:
            where = Near(self._records, self._now, unit).where(plain)
            rows: Sequence[Row] = []
            if where is not None and all(where.values()):
                rows = self._records.find(
                    place.ledger, where, but=self._records_touched, most=_ENOUGH
                )
            self._kept[key] = any(_by_day(place.ledger, row, self._day) for row in rows)
        return self._kept[key]

    def _moved(self, touched: Sequence[Touched]) -> set[str]:
        """The units whose own row changed or that stand elsewhere, and all they stand by."""
        changed = {
            str(row["number"])
            for one in touched
            if one.code in REGISTERS
            for row in (one.before, one.after)
            if row is not None
        }
        near = set(changed)
        for kinship in self._kinships:
            for unit in changed:
                host = kinship.owner("host", unit)
                lower = {*kinship.below(unit), *kinship.set_for(unit), *({host} if host else ())}
                near |= lower | {
                    one
                    for unit in lower
                    for owner in ("host", "organization", "enterprise")
                    for one in kinship.having(owner, unit)
                }
        moved = changed | {
            unit for unit in near if self._before.standing(unit) != self._now.standing(unit)
        }
        return moved | self._each(lambda k: k.kin(moved))


def _by_day(code: str, row: Row, day: dt.date) -> bool:
    """Whether a row is there by a day, which is of the year judged."""
    time = LEDGERS[code].time
    if isinstance(time, Timeless):
        return True
    if isinstance(time, Yearly):
        return bool(row[time.year] <= day.year)
    begun = row[time.on if isinstance(time, Happens) else time.start]
    return begun is not None and bool(begun <= day)
