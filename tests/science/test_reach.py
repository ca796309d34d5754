"""What a write may change is known beforehand: never too little, and far from everything.

Rows of drawn groups are changed and everything is judged before and after: whatever differs must
have been named. In CI a few changes a checklist, the same ones every time; TONGRONG_SOAK_SECONDS
goes on that long.
"""

import datetime as dt
import os
import random
import time
from collections.abc import Iterator, Mapping

import pytest
from tests.calendar_edges import Moment, a_moment
from tests.compiled import PROGRAMS
from tests.held_in_memory import Changing, Held, together, touched_between
from tests.read_by_clauses import Read
from tests.science.agreement import rules_of, the_checklist
from tests.strategies import Rows

from tongrong.engine.again import Norms
from tongrong.engine.concerned import Concerned
from tongrong.engine.judged import Judged, from_run
from tongrong.engine.reach import Reach
from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import checklists

SOAK = float(os.environ.get("TONGRONG_SOAK_SECONDS", "0"))
ROUNDS = {"442-2018": 1}
GROUPS = 16


def everything(slug: str, rows: Rows, day: dt.date) -> Mapping[tuple[str, str], Judged]:
    """Every verdict of a checklist, by unit and clause, judged by the engine."""
    run = evaluate(
        the_checklist(slug), Snapshot.of_rows(rows), day, details=True, programs=PROGRAMS
    )
    return {(one.unit, one.clause): one for some in from_run(run) for one in some}


def rounds(slug: str) -> Iterator[random.Random]:
    """A source of chance for each round."""
    until, number = time.monotonic() + SOAK, 0
    while number < ROUNDS.get(slug, 2) or time.monotonic() < until:
        yield random.Random(f"{slug} {number}")  # noqa: S311 the same changes every time
        number += 1


@pytest.mark.parametrize("slug", checklists())
def test_whatever_a_write_changes_was_named(slug: str) -> None:
    read = Read.by(rules_of(slug).values())
    named, known = 0, 0
    for roll in rounds(slug):
        day = a_moment(roll, read).today
        groups = [Changing(roll, read, Moment(day, day.year), f"{n}·") for n in range(GROUPS)]
        before = together([group.rows for group in groups])
        for group in groups:
            group.changed()
        after = together([group.rows for group in groups])
        was, now = everything(slug, before, day), everything(slug, after, day)
        held = Held(after)
        reach = Norms.of(the_checklist(slug), day).reach
        kinships = Held(before).kinship, held.kinship
        marks = Concerned(reach, held, kinships, day).marks(touched_between(before, after))
        differing = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        assert differing <= marks, (day, sorted(differing - marks))
        named += len(marks & (was.keys() | now.keys()))
        known += len(was.keys() | now.keys())
    assert named < known / 4, "a quarter of everything is not what one write concerns"


@pytest.mark.parametrize("slug", checklists())
def test_one_unit_judged_again_is_judged_alike(slug: str) -> None:
    read = Read.by(rules_of(slug).values())
    for roll in rounds(slug):
        day = a_moment(roll, read).today
        groups = [
            Changing(roll, read, Moment(day, day.year), f"{n}·").rows for n in range(GROUPS // 4)
        ]
        rows = together(groups)
        held, norms = Held(rows), Norms.of(the_checklist(slug), day)
        kinship = held.kinship
        again = {
            (one.unit, one.clause): one
            for unit in kinship.every
            for one in norms.judged(unit, list(norms.bound), held, kinship)
        }
        assert again == everything(slug, rows, day)


@pytest.mark.parametrize("slug", checklists())
def test_every_clause_reads_something(slug: str) -> None:
    day = dt.date(2026, 6, 1)
    reach: Reach = Norms.of(the_checklist(slug), day).reach
    assert reach.clauses.keys() == rules_of(slug).keys()
    about = {"nil_declarations", "assessments", "justifications", "parameter_adjustments"}
    judged = [c for c, rule in rules_of(slug).items() if rule["kind"] != "assessment"]
    for clause in judged:
        assert {place.ledger for place in reach.clauses[clause]} - about, clause
