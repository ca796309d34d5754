"""Judging again: single verdicts by the readings, from the few records they read.

A run of the engine plans hundreds of statements before it reads a row; a reading reads. So the
engine judges everything at once, and this one unit and some clauses, with the same verdicts.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from tongrong.engine.editions import Edition, bind_editions, editions_of
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.judged import Judged, from_reading
from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import Near, Records
from tongrong.engine.programs import ENGINE_VERSION
from tongrong.engine.reach import Place, Reach
from tongrong.engine.readings.clause import read_unit
from tongrong.engine.readings.world import Allowed, World
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.family import Family
from tongrong.norms.from_files import load_family
from tongrong.vocabulary.verdicts import Scope


@dataclass(frozen=True)
class Norms:
    """The versions of a checklist bound as of a day, ready to judge single units again."""

    family: Family
    as_of: dt.date
    editions: tuple[Edition, ...]
    bound: Mapping[str, BoundClause]

    @classmethod
    def of(cls, norms: Checklist | Family, as_of: dt.date) -> "Norms":
        """A checklist or its versions as of the end of a day, in the year of that day."""
        family = norms if isinstance(norms, Family) else Family.of_one(norms)
        editions = editions_of(family, Snapshot.of({}), as_of, None)
        bound = bind_editions(editions, as_of)
        return cls(family, as_of, editions, {one.clause.id: one for one in bound})

    @cached_property
    def made_by(self) -> str:
        """What verdicts are made by that are judged now."""
        return fingerprint(self.family)

    @cached_property
    def reach(self) -> Reach:
        """What each clause reads of whom."""
        return Reach.of(self.bound.values())

    @cached_property
    def _rules(self) -> Mapping[str, list[tuple[Edition, Mapping[str, Any]]]]:
        found: dict[str, list[tuple[Edition, Mapping[str, Any]]]] = {}
        for edition in self.editions:
            for clause in edition.checklist.clauses():
                rule = edition.checklist.rule(clause)
                found.setdefault(clause.id, []).append((edition, rule))
        return found

    def judged(
        self, unit: str, clauses: Collection[str], records: Records, kinship: Kinship
    ) -> Iterator[Judged]:
        """The verdicts of a unit on those of the clauses that are put to it."""
        asked = self.asked(unit, clauses, kinship)
        if not asked:
            return
        tables = self.around(Near(records, kinship, unit), asked)
        worlds = {one.name: world_of(one, self.as_of, tables) for one in self.editions}
        for clause in asked:
            rules = [(rule, worlds[edition.name]) for edition, rule in self._rules[clause]]
            outcome = read_unit(rules, unit)
            if outcome is not None:
                yield from_reading(unit, self.bound[clause], outcome)

    def asked(self, unit: str, clauses: Collection[str], kinship: Kinship) -> list[str]:
        """Those of the clauses that are put to a unit."""
        return [
            clause
            for clause in clauses
            if clause in self.bound
            and any(kinship.exists(unit, one, self.as_of) for one in self.reach.scopes[clause])
        ]

    def places(self, near: Near, clauses: Collection[str]) -> list[Place]:
        """The places where the clauses read something for a unit."""
        return [
            place
            for clause in clauses
            for place in self.reach.clauses[clause]
            if near.kinship.exists(near.unit, place.scope, self.as_of)
        ]

    def around(self, near: Near, clauses: Collection[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows the clauses read for a unit, with those they need beside them, by ledger."""
        for place in self.places(near, clauses):
            near.read(place)
        return near.complete(heads=self._heads(near.unit, clauses, near.kinship))

    def _heads(self, unit: str, clauses: Collection[str], kinship: Kinship) -> list[str]:
        """An enterprise that makes the unit a superior, where that is asked."""
        if not any(Scope.SUPERIOR in self.reach.scopes[clause] for clause in clauses):
            return []
        return list(kinship.heads(unit, self.as_of))[:1]


def world_of(edition: Edition, as_of: dt.date, tables: Mapping[str, list[dict[str, Any]]]) -> World:
    """The rows near a unit as the readings lay them out for a version of a checklist."""
    numbers, span = edition.checklist.thresholds, edition.moment.span
    world = World.of(
        tables,
        as_of,
        edition.moment.year,
        numbers.value,
        lambda name, day: [dict(row) for row in numbers.table(name, day)],
        Allowed(edition.checklist.names, numbers.model_dump()),
    )
    in_force = not edition.name
    return replace(world, since=span.since, until=span.until, in_force=in_force)


def fingerprint(family: Family) -> str:
    """What verdicts are made by: the text of every version, and the program."""
    digest = hashlib.sha256(ENGINE_VERSION.encode())
    for version in family.versions:
        digest.update(f"{version.checklist.slug} {version.span.words}".encode())
        for name in ("checklist.yaml", "thresholds.yaml"):
            digest.update((version.checklist.folder / name).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=24)
def norms_of(name: str, as_of: dt.date) -> Norms:
    """An installed checklist as of a day, read once: a process judges by the text it began with.

    Raises TongrongError where there is none of that name, or its text does not read.
    """
    norms = Norms.of(load_family(name), as_of)
    _ = norms.made_by  # of the files as they were read, not as somebody leaves them later
    return norms
