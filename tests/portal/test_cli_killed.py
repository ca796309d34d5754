"""Killed at any moment, a command leaves the old store or the new one, and no fault.

Every kill is a SIGKILL of a process of its own. `TONGRONG_KILLS` says how many of each database
(10 where it says nothing); the moments are the same each time.
"""

import itertools
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker
from tests.compiled import with_programs
from tests.databases import DATABASES, SERVER, django_at
from tests.portal.nursery import Child, Nursery, a_nursery
from tests.portal.stores import (
    DERIVED,
    LEDGER_TABLES,
    Rows,
    Store,
    a_store_of,
    exactly,
    first_rows,
    in_substance,
    later_rows,
    write_book,
)

from tongrong.actions.import_facts import import_facts
from tongrong.engine.again import norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.programs import Programs
from tongrong.engine.run import evaluate
from tongrong.facts.from_files import read_facts
from tongrong.portal import clock
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import Kept, kept_findings, stored_state
from tongrong.records.models import Stale

KILLS = int(os.environ.get("TONGRONG_KILLS", "10"))
SCORED = "branch-scored"
MARKS = Stale._meta.db_table
REFRESH = ("refresh", "--checklist", SCORED)


@dataclass(frozen=True)
class Work:
    """A command, and the state of the store it is begun in."""

    state: str
    words: tuple[str, ...]
    again: tuple[str, ...] | None = None
    """What brings the verdicts up to date afterwards, where anything does."""
    writes: str = ""
    """The file it writes, whole or not at all."""


SAID = ("--reason", "核对", "--actor", "小李")
WORKS = {
    "first import": Work("empty", ("import", "一.xlsx", "--actor", "小王")),
    "import": Work("stored", ("import", "二.xlsx", "--actor", "小李"), REFRESH),
    "refresh of what is marked": Work("marked", REFRESH, REFRESH),
    "refresh of another day": Work(
        "stored", (*REFRESH, "--as-of", "2026-04-20"), (*REFRESH, "--as-of", "2026-04-20")
    ),
    "first refresh": Work("facts", REFRESH, REFRESH),
    "evaluate": Work(
        "stored",
        ("evaluate", "--checklist", SCORED, "--format", "json", "-o", "判定.json", "--force"),
        writes="判定.json",
    ),
    "correct": Work("stored", ("correct", "HY03", "--set", "form=线上", *SAID), REFRESH),
    "withdraw": Work("stored", ("withdraw", "HY03", *SAID), REFRESH),
    "erase": Work("stored", ("erase", "RY05", "--basis", "收文7号", *SAID), REFRESH),
    "backup": Work("stored", ("backup", "新.zip", "--force"), writes="新.zip"),
    "restore": Work("empty", ("restore", "旧.zip")),
}


@dataclass
class Undisturbed:
    """How a work goes if nothing happens to it."""

    seconds: float
    before: Rows
    """Exactly."""
    after: Rows
    """In substance."""
    settled: Rows
    """The verdicts once they have been brought up to date."""
    written: bytes


class Place:
    """A store with its nursery, and the folder of both."""

    def __init__(self, store: Store, nursery: Nursery, folder: Path) -> None:
        self.store, self.nursery, self.folder = store, nursery, folder
        self._known: dict[str, Undisturbed] = {}

    def run(self, *words: str) -> str:
        """Run a command that must succeed."""
        code, said = self.nursery.run(*words)
        self.store.settle()
        assert code == 0, (words, said)
        return said

    def undisturbed(self, name: str) -> Undisturbed:
        """How a work goes if nothing happens to it; it is run once."""
        if name not in self._known:
            self._known[name] = self._run(WORKS[name])
        return self._known[name]

    def _run(self, work: Work) -> Undisturbed:
        self.store.put_back(work.state)
        before = exactly(self.store)
        began = time.monotonic()
        self.run(*work.words)
        seconds = time.monotonic() - began
        after = in_substance(self.store)
        if work.again:
            self.run(*work.again)
            assert_verdicts_are_of_the_facts(self.store, self.folder)
        written = (self.folder / work.writes).read_bytes() if work.writes else b""
        settled = only(in_substance(self.store), DERIVED)
        return Undisturbed(seconds, before, after, settled, written)


@pytest.fixture(params=DATABASES)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Place]:
    """A store of each kind, kept empty, with facts, with verdicts, and with marks on them."""
    write_book(first_rows(), tmp_path / "一.xlsx")
    write_book(later_rows(), tmp_path / "二.xlsx")
    with a_store_of(request.param, tmp_path) as store, django_db_blocker.unblock():
        env = {"TONGRONG_HOME": str(with_programs(tmp_path)), "DATABASE_URL": store.url}
        with a_nursery(env, tmp_path) as nursery:
            made = Place(store, nursery, tmp_path)
            made.run("import", "一.xlsx", "--actor", "小王")
            store.keep("facts")
            made.run(*REFRESH)
            store.keep("stored")
            made.run("backup", "旧.zip")
            with django_at(store.url):
                import_facts(
                    reading=read_facts(tmp_path / "二.xlsx"),
                    file_name="二.xlsx",
                    file_hash="0" * 64,
                    actor="小李",
                    recorded_at=clock.now(),
                )
            store.keep("marked")
            yield made


def only(rows: Rows, tables: Collection[str]) -> Rows:
    """The rows of these tables."""
    return {name: some for name, some in rows.items() if name in tables}


def facts_of(rows: Rows) -> Rows:
    """The rows of the tables that nothing else can be made anew from."""
    return only(rows, rows.keys() - DERIVED)


def assert_verdicts_are_of_the_facts(store: Store, home: Path) -> None:
    """The stored verdicts are those of a full evaluation of the facts there are."""
    with django_at(store.url):
        state = stored_state(SCORED)
        assert state is not None
        family = norms_of(SCORED, state.as_of).family
        programs = Programs(home / "programs")
        run = evaluate(family, current_snapshot(), state.as_of, details=True, programs=programs)
        afresh = {(one.unit, one.clause): Kept.of(one) for some in from_run(run) for one in some}
        assert {(one.unit, one.clause): one for one in kept_findings(SCORED)} == afresh
        assert not Stale.objects.exists()


# --- the moment -------------------------------------------------------------------------------


def kill_at_some_moment(child: Child, roll: random.Random, place: Place, seconds: float) -> bool:
    """Kill it, anywhere in the time it takes or while it writes; False where it was sooner."""
    if roll.random() < 0.5:
        time.sleep(roll.uniform(0, seconds))
    elif place.store.kind == "sqlite":
        _await_growth(child, place.store, roll.randint(1, 8))
    else:
        _await_a_write(child, place.store)
        time.sleep(roll.choice((0, roll.uniform(0, 0.05))))
    child.kill()
    return child.ended() == -9


def _await_growth(child: Child, store: Store, steps: int) -> None:
    """Until the log of the SQLite file was seen to grow so many times: within a commit."""
    log, last = store.files()[1], 0
    while steps and not child.is_over():
        try:
            size = log.stat().st_size
        except FileNotFoundError:
            size = 0
        steps -= size > last
        last = size


def _await_a_write(child: Child, store: Store) -> None:
    """Until a session of the database has written something it has not committed."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        written = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND backend_xid IS NOT NULL"
        while not server.execute(written, [store.name]).fetchone() and not child.is_over():
            pass


# --- afterwards -------------------------------------------------------------------------------


def assert_old_or_new(place: Place, name: str) -> bool:
    """The store is as it was, or its facts are as they should become; True where they are.

    Verdicts are then as they should become too, or still as they were: where facts became others,
    marked for the next run.
    """
    known = place.undisturbed(name)
    exact, found = exactly(place.store), in_substance(place.store)
    if facts_of(found) != facts_of(known.after):
        assert exact == known.before
        return False
    if only(found, DERIVED) != only(known.after, DERIVED):
        verdicts = DERIVED - {MARKS}
        assert only(exact, verdicts) == only(known.before, verdicts)
        assert exact.get(MARKS) or facts_of(exact) == facts_of(known.before)
    return True


def assert_the_file_is_whole(place: Place, work: Work, known: Undisturbed) -> None:
    """What the work writes is not there, or is there whole."""
    written = place.folder / work.writes
    if not work.writes or not written.exists():
        return
    if written.suffix == ".zip":
        place.run("verify", work.writes)
    else:
        assert written.read_bytes() == known.written


def assert_next_run_repairs(place: Place, name: str, roll: random.Random, *, is_new: bool) -> None:
    """The store has no fault; the work done again ends it; verdicts are then those of the facts.

    Which command comes first after the kill is by chance: each has to open what was left.
    """
    work, known = WORKS[name], place.undisturbed(name)
    first = ("verify",), ("evaluate", "--checklist", SCORED, "--format", "json"), None
    words = roll.choice(first)
    if words and work.state != "empty":
        place.run(*words)
    if not (is_new and name == "restore"):
        place.run(*work.words)
    assert "全部相符" in place.run("verify")
    assert only(in_substance(place.store), LEDGER_TABLES) == only(known.after, LEDGER_TABLES)
    if work.again:
        place.run(*work.again)
    assert only(in_substance(place.store), DERIVED) == known.settled
    assert not [*place.folder.glob(".*.part")]


def test_whatever_the_moment_of_a_kill_the_store_is_old_or_new(place: Place) -> None:
    roll = random.Random(f"{place.store.kind} {KILLS}")  # noqa: S311 the same moments each time
    outcomes: Counter[tuple[str, bool]] = Counter()
    names = itertools.cycle(roll.sample(sorted(WORKS), len(WORKS)))
    while outcomes.total() < KILLS:
        name = next(names)
        work, known = WORKS[name], place.undisturbed(name)
        place.store.put_back(work.state)
        if work.writes:
            (place.folder / work.writes).unlink(missing_ok=True)
        child = place.nursery.start(*work.words)
        if not kill_at_some_moment(child, roll, place, known.seconds):
            continue
        place.store.settle()
        is_new = assert_old_or_new(place, name)
        assert_the_file_is_whole(place, work, known)
        assert_next_run_repairs(place, name, roll, is_new=is_new)
        outcomes[name, is_new] += 1
    for (name, is_new), times in sorted(outcomes.items()):
        facts = "as after it" if is_new else "as before it"
        sys.stderr.write(f"{place.store.kind}: {name}, killed {times} times: facts {facts}\n")
