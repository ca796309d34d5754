"""What laws of the whole checklist are tried on: facts on which each clause is met, and unmet.

Three sorts: groups drawn with records of all ledgers, as of several days; the hand-made groups
of the checklist's scenarios, those of one day together; and the demo group.
"""

from dataclasses import dataclass, field
from functools import cache

from tests.calendar_edges import Moment
from tests.compiled import PROGRAMS
from tests.drawn_values import Rows
from tests.hand_made import covering, hand_made, under
from tests.read_by_clauses import Read
from tests.scenarios.shelves import of_checklist
from tests.science.agreement import (
    Key,
    Said,
    batches,
    rules_of,
    the_checklist,
    what_was_said,
)

from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.ledger import RECORD
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist

MANY = 50
"""From so many hand-made groups of one day on, all clauses are judged on them."""


@dataclass(frozen=True)
class Facts:
    """Groups judged together at a moment, by these clauses."""

    name: str
    moment: Moment
    groups: tuple[Rows, ...] = field(repr=False, compare=False)
    clauses: frozenset[str] = field(repr=False)

    def rows(self) -> Rows:
        """The rows of all groups."""
        return joined(*self.groups)


def joined(*several: Rows) -> Rows:
    """The rows of several groups in one set of ledgers."""
    return {code: [r for rows in several for r in rows.get(code, ())] for code in LEDGERS}


@cache
def all_facts(slug: str, drawn: int, at_once: int) -> tuple[Facts, ...]:
    """What the laws of a checklist are tried on: so many drawn groups, and all the others."""
    clauses = frozenset(rules_of(slug))
    read = Read.by(rules_of(slug).values())
    found = [
        Facts(f"drawn {moment.today}", moment, tuple(groups), clauses)
        for moment, groups in batches(f"law {slug}", read, drawn, at_once=at_once)
    ]
    scenarios = [one for several in of_checklist(slug).values() for one in several]
    for moment, models in covering(hand_made(scenarios, the_checklist(slug))).items():
        groups = tuple(under(f"{n}·", model.rows) for n, model in enumerate(models))
        spoken_of = frozenset(model.clause for model in models)
        of = clauses if len(models) >= MANY else spoken_of
        found.append(Facts(f"hand-made {moment.today}", moment, groups, of))
    return (*found, Facts("demo", Moment(AS_OF, AS_OF.year), (demo_rows(),), clauses))


@cache
def demo_rows() -> Rows:
    """The rows of the demo group."""
    return {
        code: [{n: v for n, v in row.items() if n != RECORD} for row in table.to_pylist()]
        for code, table in demo_snapshot().tables.items()
    }


@cache
def judged(slug: str, facts: Facts) -> Evaluation:
    """Facts as they are, judged with reasons."""
    rows = Snapshot.of_rows(facts.rows())
    return evaluated(the_checklist(slug), rows, facts.moment, facts.clauses)


@cache
def as_found(slug: str, facts: Facts) -> dict[Key, Said]:
    """What is said of facts as they are."""
    return _settled(judged(slug, facts))


def verdicts(
    checklist: Checklist, rows: Rows | Snapshot, moment: Moment, clauses: frozenset[str]
) -> dict[Key, Said]:
    """What is said of rows at a moment, by some clauses of a checklist."""
    snapshot = rows if isinstance(rows, Snapshot) else Snapshot.of_rows(rows)
    return _settled(evaluated(checklist, snapshot, moment, clauses))


def evaluated(
    checklist: Checklist,
    snapshot: Snapshot,
    moment: Moment,
    clauses: frozenset[str],
    *,
    details: bool = True,
) -> Evaluation:
    """An evaluation of a snapshot at a moment."""
    return evaluate(
        checklist,
        snapshot,
        moment.today,
        year=moment.year,
        clauses=clauses,
        details=details,
        programs=PROGRAMS,
    )


def _settled(run: Evaluation) -> dict[Key, Said]:
    return {key: settled(one) for key, one in what_was_said(run).items()}


def settled(said: Said) -> Said:
    """The same, its cells in an order of their own."""
    cells = tuple(tuple(sorted(part, key=str)) for part in said.cells)
    return Said(**{**vars(said), "cells": cells})


def differing(one: dict[Key, Said], other: dict[Key, Said]) -> list[Key]:
    """The units and clauses of which the two say different things; both speak of the same."""
    assert one.keys() == other.keys()
    return [key for key in one if one[key] != other[key]]
