"""Stored verdicts are those a full evaluation gives, whatever was written and whenever.

Written to at random through the actions: in CI a few steps, the same ones every time;
TONGRONG_SOAK_SECONDS goes on that long on each database.
"""

import datetime as dt
import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from tests.builders import Row, a_branch, a_meeting, a_person, a_post
from tests.calendar_edges import Moment, a_moment
from tests.compiled import PROGRAMS
from tests.held_in_memory import Changing
from tests.platform.rows import reading_of
from tests.platform.tallied import assert_tallied
from tests.read_by_clauses import Read
from tests.science.agreement import rules_of
from tests.strategies import Rows

from tongrong.actions import marks
from tongrong.actions import refresh as refreshing
from tongrong.actions.import_facts import import_facts
from tongrong.actions.refresh import Engine, Refreshed, refresh
from tongrong.actions.rehearse import rehearsal
from tongrong.engine.again import norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.run import evaluate
from tongrong.facts.check import check_references, check_sense
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import (
    Change,
    Kept,
    changes_of,
    kept_findings,
    stored_state,
    stored_states,
    waiting,
)
from tongrong.queries.nearby import snapshot_within
from tongrong.records.models import FindingChange, Stale, StoredFinding
from tongrong.vocabulary.errors import TongrongError
from tongrong.vocabulary.verdicts import Verdict

SOAK = float(os.environ.get("TONGRONG_SOAK_SECONDS", "0"))
STEPS = {"442-2018": 1, "branch-scored": 5}
MORNING = dt.datetime(2026, 3, 1, 1, tzinfo=dt.UTC)
HASH = "ab" * 32
SCORED = "branch-scored"
DAY = dt.date(2026, 3, 31)
ASSEMBLY = a_meeting("HY1", of="DZ1", on="2026-01-09", kind="支部党员大会")


class Clock:
    """A moment later than the last, each time it is asked."""

    def __init__(self) -> None:
        self.minutes = 0

    def now(self) -> dt.datetime:
        self.minutes += 1
        return MORNING + dt.timedelta(minutes=self.minutes)


CLOCK = Clock()


def take_in(rows: Rows, name: str = "台账.xlsx") -> None:
    """Import these rows."""
    import_facts(
        reading=reading_of(rows),
        file_name=name,
        file_hash=HASH,
        actor="小王",
        recorded_at=CLOCK.now(),
    )


def refreshed(day: dt.date = DAY, checklist: str = SCORED, **engine: Any) -> Refreshed:
    """Bring the stored verdicts up to date."""
    with_engine = Engine(PROGRAMS, **engine)
    return refresh(checklist=checklist, as_of=day, at=CLOCK.now(), engine=with_engine)


def stored(checklist: str = SCORED) -> Mapping[tuple[str, str], Kept]:
    """The stored verdicts by unit and clause; tallies are right with them."""
    state = stored_state(checklist)
    if state is not None:
        assert_tallied(checklist, checklist, state.as_of)
    return {(one.unit, one.clause): one for one in kept_findings(checklist)}


def judged_afresh(day: dt.date, checklist: str) -> Mapping[tuple[str, str], Kept]:
    """All verdicts of what the database holds now, judged by the engine."""
    family = norms_of(checklist, day).family
    run = evaluate(family, current_snapshot(), day, details=True, programs=PROGRAMS)
    return {(one.unit, one.clause): Kept.of(one) for some in from_run(run) for one in some}


def a_branch_with(**more: Row) -> Rows:
    """A branch with its secretary, and one meeting of the first quarter."""
    rows: Rows = {
        "party_organizations": [a_branch("DZ1", of=None)],
        "persons": [a_person("张")],
        "posts": [a_post("张", "党支部书记", of="DZ1")],
        "meetings": [ASSEMBLY],
    }
    return {**rows, **{code: [row] for code, row in more.items()}}


# --- whatever is written ----------------------------------------------------------------------


def without_refused(rows: Rows) -> Rows:
    """The rows but for those an import refuses."""
    while True:
        snapshot = Snapshot.of_rows(rows)
        problems = [*check_references(snapshot), *check_sense(snapshot)]
        if not problems:
            return rows
        refused = {problem.where.rpartition("!")[0] for problem in problems}
        for code, table in snapshot.tables.items():
            records = table["record"].to_pylist()
            kept = [row for row, record in zip(rows.get(code, []), records, strict=True)
                    if record not in refused]  # fmt: skip
            if code in rows:
                rows[code] = kept


def steps(checklist: str) -> Iterator[int]:
    """So many steps, and more while there is time."""
    until, number = time.monotonic() + SOAK, 0
    while number < STEPS[checklist] or time.monotonic() < until:
        yield number
        number += 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("checklist", sorted(STEPS))
def test_stored_verdicts_are_those_of_a_full_evaluation(
    checklist: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a few marks or units are many, so that each way of refreshing takes its turn."""
    read = Read.by(rules_of(checklist).values())
    roll = random.Random(f"{checklist} {SOAK}")  # noqa: S311 the same steps every time
    day = a_moment(roll, read).today
    group = Changing(roll, read, Moment(day, day.year))
    group.rows = without_refused(group.rows)
    take_in(group.rows)
    refreshed(day, checklist)
    for number in steps(checklist):
        monkeypatch.setattr(refreshing, "MANY_VERDICTS", 0 if number % 7 == 6 else 1500)
        monkeypatch.setattr(marks, "MANY_RECORDS", 1 if number % 9 == 8 else 200)
        for _ in range(roll.choice((1, 1, 3))):
            write_at_random(group)
        if roll.randint(0, 4) == 0:
            day += dt.timedelta(days=roll.choice((1, 30)))
        refreshed(day, checklist)
        assert stored(checklist) == judged_afresh(day, checklist), (number, day)
        assert not Stale.objects.exists()


def write_at_random(group: Changing) -> None:
    """Import one changed row; where it is refused, nothing changed."""
    before = group.rows
    change = group.changed()
    if change is None:
        return
    code, row = change
    try:
        take_in({code: [row]})
    except TongrongError:
        group.rows = before


# --- one write --------------------------------------------------------------------------------


@pytest.mark.usefixtures("database")
def test_a_write_that_changes_a_verdict_is_remembered_with_its_file() -> None:
    take_in(a_branch_with())
    assert refreshed().everything
    assert stored()["DZ1", "2.1.a"].verdict is Verdict.MET
    take_in({"meetings": [{**ASSEMBLY, "status": "撤回"}]}, name="更正.xlsx")
    result = refreshed()
    change = Change("DZ1", "2.1.a", Verdict.MET, Verdict.UNMET)
    assert (result.everything, result.changes) == (False, (change,))
    assert changes_of(SCORED, "DZ1", "2.1.a") == [(DAY, "更正.xlsx", change)]
    assert result.judged < len(rules_of(SCORED)) / 2


@pytest.mark.usefixtures("database")
def test_the_day_alone_changes_verdicts() -> None:
    take_in(a_branch_with())
    refreshed(dt.date(2026, 6, 1))
    assert stored()["DZ1", "2.1.a"].verdict is Verdict.PENDING
    result = refreshed(dt.date(2026, 6, 30))
    assert result.everything
    assert stored()["DZ1", "2.1.a"].verdict is Verdict.UNMET
    (change,) = changes_of(SCORED, "DZ1", "2.1.a")
    assert change[1] == "日期"


@pytest.mark.usefixtures("database")
def test_nothing_new_is_nothing_to_judge() -> None:
    take_in(a_branch_with())
    refreshed()
    take_in(a_branch_with())
    result = refreshed()
    assert (result.judged, result.changes) == (0, ())


@pytest.mark.usefixtures("database")
def test_who_never_stored_verdicts_marks_nothing() -> None:
    take_in(a_branch_with())
    assert not Stale.objects.exists()
    assert stored_states() == ()


@pytest.mark.usefixtures("database")
def test_a_unit_that_ends_has_no_verdicts_left() -> None:
    take_in(a_branch_with())
    refreshed()
    ended = a_branch("DZ1", of=None, dissolved_on="2026-03-01")
    take_in({"party_organizations": [ended]})
    assert not refreshed().everything
    assert stored() == {}


# --- interrupted ------------------------------------------------------------------------------


@contextmanager
def interrupted_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ctrl-C once so many verdicts have been made ready to store."""
    made = Kept.of
    left = [count]

    def of(judged: Any) -> Kept:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return made(judged)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "of", of)
        with pytest.raises(KeyboardInterrupt):
            yield


@pytest.mark.usefixtures("database")
def test_an_interrupted_refresh_leaves_the_old_verdicts_and_the_next_mends_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_in(a_branch_with())
    refreshed()
    before = stored()
    take_in({"meetings": [{**ASSEMBLY, "status": "撤回"}]})
    with interrupted_after(0, monkeypatch):
        refreshed()
    assert (stored(), len(waiting(SCORED).causes) > 0) == (before, True)
    with interrupted_after(3, monkeypatch):
        refreshed(DAY + dt.timedelta(days=1))
    assert (stored(), stored_states()[0].as_of) == (before, DAY)
    refreshed()
    assert stored() == judged_afresh(DAY, SCORED)


@pytest.mark.usefixtures("database")
def test_a_refused_import_leaves_no_mark() -> None:
    take_in(a_branch_with())
    refreshed()
    with pytest.raises(TongrongError):
        take_in({"meetings": [{**ASSEMBLY, "held_on": dt.date(2026, 2, 1)}],
                 "talks": [{"unit": "无", "talker": "无", "listener": "无", "kind": "谈心谈话",
                            "talked_on": DAY}]})  # fmt: skip
    assert not Stale.objects.exists()


# --- in rehearsal -----------------------------------------------------------------------------


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("before", [True, False])
def test_a_rehearsal_says_what_would_change_and_leaves_nothing(*, before: bool) -> None:
    take_in(a_branch_with())
    if before:
        refreshed()
    rows = [current_snapshot().row_count, StoredFinding.objects.count()]
    with rehearsal():
        refreshed(facts=snapshot_within)
        take_in({"meetings": [{**ASSEMBLY, "status": "撤回"}]})
        result = refreshed(facts=snapshot_within)
    assert result.changes == (Change("DZ1", "2.1.a", Verdict.MET, Verdict.UNMET),)
    assert [current_snapshot().row_count, StoredFinding.objects.count()] == rows
    assert not FindingChange.objects.exists()
    assert not Stale.objects.exists()
