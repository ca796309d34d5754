"""Editions: the versions of a checklist that judge a run, each with its own numbers and days.

A period is judged by the version in force on its last day; what has no period by the version in
force at D, which stands first.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tongrong.engine.adjustments import Adjustments
from tongrong.engine.from_norms import BoundClause, bind
from tongrong.engine.moment import Moment
from tongrong.engine.part import Part
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.family import Family, Version
from tongrong.vocabulary.errors import Problem, TongrongError

# The parts of another version are numbered from this many on, so that no number is taken twice.
APART = 10_000


@dataclass(frozen=True)
class Edition:
    """One version of a checklist in a run. `name` is empty for the one in force at D."""

    name: str
    checklist: Checklist
    moment: Moment
    adjustments: Adjustments

    @property
    def words(self) -> str:
        """What a person is told it is: name and days in force; empty for that in force at D."""
        return f"{self.name} {self.moment.span.words}" if self.name else ""

    def judges(self, part: Part) -> bool:
        """Whether it has anything to judge by a part: a period of its own, or what stands at D."""
        if part.rule.per:
            return bool(self.moment.periods(part.rule.per))
        return not self.name


def editions_of(
    norms: Checklist | Family, snapshot: Snapshot, as_of: dt.date, year: int | None
) -> tuple[Edition, ...]:
    """The version in force at D, then the others, the oldest first.

    Raises TongrongError for a day on which none is in force, or a year that has not begun.
    """
    family = norms if isinstance(norms, Family) else Family.of_one(norms)
    current = family.on(as_of)

    def edition(version: Version) -> Edition:
        checklist = version.checklist
        return Edition(
            "" if version is current else checklist.slug,
            checklist,
            replace(Moment.of(as_of, year, checklist.thresholds), span=version.span),
            Adjustments(checklist, snapshot),
        )

    return tuple(edition(version) for version in (current, *family.others(as_of)))


def bind_editions(
    editions: Sequence[Edition], day: dt.date, only: set[str] | None = None
) -> list[BoundClause]:
    """The clauses of all editions, those of one id as one, with the parts that judge something.

    A clause is known by its id within the family, and told in the words of the first edition
    that has it. Raises TongrongError with every problem found.
    """
    found: dict[str, BoundClause] = {}
    problems: list[Problem] = []
    for number, edition in enumerate(editions):
        try:
            bound = bind(edition.checklist, day, only)
        except TongrongError as error:
            problems += error.problems
            continue
        for one in bound:
            parts = tuple(_of(edition, number * APART, one.parts))
            if parts:
                known = found.get(one.clause.id, BoundClause(one.clause, ()))
                found[one.clause.id] = BoundClause(known.clause, (*known.parts, *parts))
    if problems:
        raise TongrongError(problems)
    return list(found.values())


def _of(edition: Edition, apart: int, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts an edition judges by, numbered apart from those of the others."""
    for part in parts:
        if edition.judges(part):
            yield replace(part, index=part.index + apart, version=edition.name)


def shown(editions: Sequence[Edition], bound: Sequence[BoundClause]) -> Checklist:
    """The checklist in force at D, the clauses of other versions alone in their places."""
    checklist = editions[0].checklist
    own = {clause.id for clause in checklist.clauses()}
    for one in bound:
        if one.clause.id not in own:
            origin = next(e.checklist for e in editions if e.name == one.parts[0].version)
            checklist = checklist.with_clause(one.clause, origin)
    return checklist
