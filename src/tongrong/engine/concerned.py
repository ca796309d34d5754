"""What a record concerns: the units and clauses that may be judged otherwise after a write.

The way of `nearby.py` backwards, by the same places. It may find more than is needed, never less.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import REGISTERS, Near, Records, Row, is_column, owner_named, owner_of
from tongrong.engine.reach import ANYONE, BY, FEATURE, SETTER, TIED, Place, Reach
from tongrong.facts.columns import Choices
from tongrong.facts.ledger import RECORD, Happens, Holds, Timeless, Yearly
from tongrong.facts.registry import LEDGERS

_ENOUGH = 20


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
        if is_column(place.ledger, name):
            value = row[name]
            if isinstance(LEDGERS[place.ledger].columns.get(name), Choices):
                return set(value.strip("、").split("、")) if value else set()
            return set() if value is None else {value}
        owner, alias = owner_of(place.ledger, row), owner_named(name, place.scope)
        return self._each(lambda k: [k.owner(alias, owner)])

    def _through(self, place: Place, left: Place, row: Row) -> set[str]:
        """The units of the rows on the left to which a row on the right is tied."""
        where: dict[str, set[Any]] = {}
        for tie in place.ties:
            if tie.left != left:
                continue
            name, wanted = tie.of, self._said(place, tie.column, row)
            if not is_column(left.ledger, name):
                alias = owner_named(name, place.scope)
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
