"""Kinship: which units a unit's records count for, and whose records count for a unit.

The same four owners as `prepare.py` gives every row, for one unit at a time and both ways.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from tongrong.engine.prepare import BRANCH_KINDS
from tongrong.engine.selection import OWN
from tongrong.vocabulary.verdicts import Scope


@dataclass(frozen=True)
class Enterprise:
    """What of an enterprise says whose records count for whom."""

    parent: str | None
    superior: str | None
    is_group: bool
    founded_on: dt.date
    dissolved_on: dt.date | None


@dataclass(frozen=True)
class Organization:
    """What of a Party organization says whose records count for whom."""

    enterprise: str | None
    leads: bool
    superior: str | None
    kind: str
    founded_on: dt.date
    dissolved_on: dt.date | None


Unit = Enterprise | Organization
U = TypeVar("U", Enterprise, Organization)
Row = Mapping[str, Any]


def _existing(unit: Unit, day: dt.date) -> bool:
    end = unit.dissolved_on
    return unit.founded_on <= day and (end is None or end > day)


@dataclass(frozen=True)
class Kinship:
    """Every effective unit by its code, and how they stand to one another."""

    enterprises: Mapping[str, Enterprise]
    organizations: Mapping[str, Organization]

    @cached_property
    def _leading(self) -> Mapping[str, str]:
        """The Party organization that leads each enterprise; of several, the smallest code."""
        found: dict[str, str] = {}
        for number, one in self.organizations.items():
            if one.leads and one.enterprise is not None:
                found[one.enterprise] = min(number, found.get(one.enterprise, number))
        return found

    @cached_property
    def _led(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for enterprise, leader in self._leading.items():
            found[leader].append(enterprise)
        return found

    @cached_property
    def _attached(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for number, one in self.organizations.items():
            if one.enterprise is not None:
                found[one.enterprise].append(number)
        return found

    @cached_property
    def _under(self) -> Mapping[str, list[str]]:
        """The enterprises of each superior."""
        found = defaultdict(list)
        for number, one in self.enterprises.items():
            if one.superior is not None:
                found[one.superior].append(number)
        return found

    @cached_property
    def _directly_below(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for number in self.every:
            upper = self.upper(number)
            if upper is not None:
                found[upper].append(number)
        return found

    @property
    def every(self) -> Iterator[str]:
        """The code of every unit."""
        yield from self.enterprises
        yield from (one for one in self.organizations if one not in self.enterprises)

    def upper(self, unit: str) -> str | None:
        """The unit right above: a parent company, or a superior Party organization."""
        if unit in self.organizations:
            return self.organizations[unit].superior
        return self.enterprises[unit].parent if unit in self.enterprises else None

    def above(self, unit: str) -> list[str]:
        """Every unit above a unit, the nearest first."""
        found: list[str] = []
        upper = self.upper(unit)
        while upper is not None and upper not in found:
            found.append(upper)
            upper = self.upper(upper)
        return found

    def below(self, unit: str) -> list[str]:
        """A unit and every unit below it."""
        found, todo = {unit}, [unit]
        while todo:
            new = [one for one in self._directly_below.get(todo.pop(), ()) if one not in found]
            found.update(new)
            todo += new
        return sorted(found)

    def owner(self, owner: str, unit: str | None) -> str | None:
        """One of the four owners of a record of this unit."""
        if unit is None:
            return None
        host = unit if unit in self.enterprises else None
        if unit in self.organizations:
            host = self.organizations[unit].enterprise
        if owner == "host":
            return host
        if owner == "superior":
            firm = None if host is None else self.enterprises.get(host)
            return None if firm is None else firm.superior
        if unit in self.organizations:
            leads = host is not None and self._leading.get(host) == unit
            return unit if owner == "organization" else host if leads else None
        if unit not in self.enterprises:
            return None
        return unit if owner == "enterprise" else self._leading.get(unit)

    def having(self, owner: str, unit: str) -> set[str]:
        """The units whose records have this unit as the owner named."""
        if owner == "superior":
            hosts = self._under.get(unit, ())
            return {one for host in hosts for one in self.having("host", host)}
        if owner == "organization":
            found = {unit} & self.organizations.keys()
            return found | {one for one in self._led.get(unit, ()) if one in self.enterprises}
        known = {unit} & self.enterprises.keys()
        if owner == "host":
            return known | set(self._attached.get(unit, ()))
        return known | ({self._leading[unit]} if unit in self._leading else set())

    def owning(self, whose: str, scope: Scope, unit: str) -> set[str]:
        """The units whose records are a unit's under a scope, in the sense of `whose`."""
        if whose == "below":
            owner = "host" if OWN[scope] == "enterprise" else "organization"
            return {one for lower in self.below(unit) for one in self.having(owner, lower)}
        return self.having(_owner_of(whose, scope), unit)

    def counted_for(self, whose: str, scope: Scope, unit: str | None) -> set[str]:
        """The units under a scope whose records, in the sense of `whose`, those of a unit are."""
        if whose == "below":
            found = self.owner("host" if OWN[scope] == "enterprise" else "organization", unit)
            return set() if found is None else {found, *self.above(found)}
        found = self.owner(_owner_of(whose, scope), unit)
        return set() if found is None else {found}

    def setters(self, unit: str) -> list[str]:
        """The units whose numbers hold for a unit: its enterprise, those above it in the Party."""
        host = self.owner("host", unit)
        found = [host] if host is not None and host in self.enterprises else []
        row: Unit | None = self.organizations.get(unit) or self.enterprises.get(unit)
        passed, upper = {unit}, row.superior if row else None
        while upper is not None and upper in self.organizations and upper not in passed:
            passed.add(upper)
            found.append(upper)
            upper = self.organizations[upper].superior
        return found

    def set_for(self, setter: str) -> set[str]:
        """The units for which a unit's numbers may hold."""
        if setter in self.enterprises:
            return self.having("host", setter)
        lower = self.below(setter)
        return {*lower, *(one for body in lower for one in self._under.get(body, ()))}

    def exists(self, unit: str, scope: Scope, day: dt.date) -> bool:
        """Whether a unit is judged under a scope on a day."""
        if OWN[scope] == "enterprise":
            firm = self.enterprises.get(unit)
            return (
                firm is not None
                and _existing(firm, day)
                and (firm.is_group or scope is not Scope.GROUP)
            )
        body = self.organizations.get(unit)
        if body is None or not _existing(body, day):
            return False
        if scope is Scope.BRANCH:
            return body.kind in BRANCH_KINDS
        return scope is not Scope.SUPERIOR or any(True for _ in self.heads(unit, day))

    def heads(self, unit: str, day: dt.date) -> Iterator[str]:
        """The enterprises that exist on a day and have the unit as their superior."""
        under = self._under.get(unit, ())
        return (one for one in under if _existing(self.enterprises[one], day))

    def standing(self, unit: str) -> tuple[object, ...]:
        """All that decides whom a unit's records count for, and whose numbers hold for it."""
        owners = tuple(self.owner(one, unit) for one in ("enterprise", "organization", "host"))
        uppers = {upper for one in {unit, *owners} if one for upper in self.above(str(one))}
        return (
            *owners, self.owner("superior", unit), frozenset(uppers), tuple(self.setters(unit)),
            self.enterprises.get(unit) or self.organizations.get(unit),
        )  # fmt: skip

    def kin(self, units: Iterable[str]) -> set[str]:
        """The units with those whose records may count for them, or theirs for."""
        found: set[str] = set()
        for unit in units:
            owners = [self.owner(one, unit) for one in ("enterprise", "organization", "host")]
            for one in {unit, *owners}:
                if one is not None:
                    found |= {one, *self.above(one)}
            superior = self.owner("superior", unit)
            found |= {superior} if superior is not None else set()
        return found


def kinship_of(enterprises: Iterable[Row], organizations: Iterable[Row]) -> Kinship:
    """How the units of these effective rows stand to one another."""
    return Kinship(
        {row["number"]: _as(Enterprise, row) for row in enterprises},
        {row["number"]: _as(Organization, row) for row in organizations},
    )


def rewritten(kinship: Kinship, rows: Iterable[tuple[Row | None, Row | None]]) -> Kinship:
    """How units stood where each row, the first of a pair, was as the second."""
    enterprises, organizations = {**kinship.enterprises}, {**kinship.organizations}
    for now, then in rows:
        if now is not None:
            (enterprises if "parent" in now else organizations).pop(now["number"], None)
        if then is not None and "parent" in then:
            enterprises[then["number"]] = _as(Enterprise, then)
        elif then is not None:
            organizations[then["number"]] = _as(Organization, then)
    return Kinship(enterprises, organizations)


def _as(made: type[U], row: Row) -> U:
    return made(**{name: row[name] for name in made.__dataclass_fields__})


def _owner_of(whose: str, scope: Scope) -> str:
    return {"own": OWN[scope], "attached": "host", "subordinates": "superior"}.get(whose, whose)
