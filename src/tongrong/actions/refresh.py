"""Refreshes stored verdicts: judges again what is marked, or everything where that is due.

A mark is written with the write it is of and taken away with the verdicts judged again, so a
crash in between leaves it, and the next refresh mends what is left.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tongrong.actions.keep_tallies import At, Numbers, keep_own, pass_up, sum_up
from tongrong.actions.turns import one_write
from tongrong.engine.again import Norms, norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import Near, Records
from tongrong.engine.programs import Programs
from tongrong.engine.run import evaluate
from tongrong.facts.clearance import without_overseas
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import (
    KEPT,
    OPEN,
    Change,
    Kept,
    Key,
    Waiting,
    all_waiting,
    is_open,
    kept_findings,
    stored_state,
    stored_states,
    verdict_of,
    waiting,
)
from tongrong.queries.nearby import current_kinship, without_abroad
from tongrong.queries.remembered import RememberedRecords, read_near
from tongrong.records.models import Evaluation, FindingChange, Stale, StoredFinding
from tongrong.vocabulary.errors import TongrongError
from tongrong.vocabulary.progress import Progress

MANY_VERDICTS = 1500
"""From so many verdicts on, about 2 ms each, the engine judges everything sooner."""
MANY_AT_ONCE = 500
"""So many at most while somebody waits."""
UNIT_IN_VERDICTS = 3
"""Finding the records of a unit takes as long as judging so many verdicts."""

DAY, TEXT = "日期", "清单或程序更新"
_ROWS, _UNITS = 2000, 500
_READ_TOGETHER = 10
"""Of so many units at once what their clauses read is asked for by one query."""


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: how many verdicts it judged, whether all of them, and which changed."""

    checklist: str
    judged: int
    everything: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Engine:
    """How everything is judged: compiled programs, progress, and where the facts come from."""

    programs: Programs | None = None
    progress: Progress | None = None
    facts: Callable[[], Snapshot] = current_snapshot


def refresh(
    *, checklist: str, as_of: dt.date, at: dt.datetime, engine: Engine | None = None
) -> Refreshed:
    """Judge again what may have changed since the verdicts of a checklist were last stored.

    That is what is marked; all of it where nothing is stored yet, the day or the text of the
    checklist is another, or very much is marked. A name ending with `OPEN` means the verdicts
    without the units abroad.

    Args:
        at: the moment of refreshing, with a time zone.

    Raises:
        TongrongError: there is no such checklist, none of its versions is in force on the day,
            or another write does not finish.
    """
    norms, engine = norms_of(checklist.removesuffix(OPEN), as_of), engine or Engine()
    if is_open(checklist):
        facts = engine.facts
        engine = replace(engine, facts=lambda: without_overseas(facts()))
    made_by, state = norms.made_by, stored_state(checklist)
    found = _Found(checklist, norms, at)
    if state is None:
        return _everything(engine, _Found(checklist, norms, at, logged=False), None)
    if state.as_of != as_of or state.fingerprint != made_by:
        cause = DAY if state.fingerprint == made_by else TEXT
        return _everything(engine, found, cause)
    todo = waiting(checklist)
    if todo.everything is not None or _weight(todo) > MANY_VERDICTS:
        return _everything(engine, found, todo.everything)
    if todo.last:
        with one_write(checklist):
            _Again().judge(found, waiting(checklist))
    return found.told(everything=False)


def refresh_marked(*, at: dt.datetime) -> Mapping[str, Refreshed | None]:
    """Judge what writes have marked at once, of each checklist, as of the day it is stored of.

    All of them in one transaction, from records read once. None stands for a checklist where
    more is due than its marks or they are very many: that takes longer than somebody waits, and
    the next `refresh` sees to it.

    Raises:
        TongrongError: another write does not finish.
    """
    found: dict[str, Refreshed | None] = {}
    ready: list[_Found] = []
    for state in stored_states():
        found[state.checklist] = None
        try:
            norms = norms_of(state.checklist.removesuffix(OPEN), state.as_of)
        except TongrongError:
            continue
        if state.fingerprint == norms.made_by:
            ready.append(_Found(state.checklist, norms, at))
    if not ready:
        return found
    with one_write("判定"):
        again, marks = _Again(), all_waiting([one.checklist for one in ready])
        for one in ready:
            todo = marks[one.checklist]
            if todo.everything is None and _weight(todo) <= MANY_AT_ONCE:
                again.judge(one, todo)
                found[one.checklist] = one.told(everything=False)
    return found


def _weight(todo: Waiting) -> int:
    """How long judging what is marked takes, in verdicts."""
    return len(todo.causes) + UNIT_IN_VERDICTS * len(todo.units)


def _everything(engine: Engine, found: "_Found", cause: str | None) -> Refreshed:
    """Judge everything by the engine; marks made meanwhile stay for the next time."""
    checklist, norms = found.checklist, found.norms
    todo = waiting(checklist)
    snapshot = engine.facts()
    run = evaluate(
        norms.family,
        snapshot,
        norms.as_of,
        details=True,
        programs=engine.programs,
        progress=engine.progress,
    )
    with one_write(checklist):
        units = set[str]()
        for judged in from_run(run):
            some = {one.unit for one in judged}
            units |= some
            causes = {} if cause else todo.causes
            found.store(some, None, [Kept.of(one) for one in judged], causes, cause or TEXT)
        gone = set(_units_stored(checklist)) - units
        for some in _batches(gone, _UNITS):
            found.store(some, None, [], todo.causes, cause or TEXT)
        sum_up(checklist)
        Stale.objects.filter(checklist=checklist, stale_id__lte=todo.last).delete()
        Evaluation.objects.update_or_create(
            checklist=checklist,
            defaults={
                "as_of": norms.as_of,
                "fingerprint": norms.made_by,
                "judged_at": found.at,
            },
        )
    return found.told(everything=True)


class _Again:
    """Judges by the readings what is marked, for one transaction: records are read once."""

    def __init__(self) -> None:
        self._kinship, self._records = current_kinship(), RememberedRecords()

    @cached_property
    def _without_abroad(self) -> tuple[Kinship, Records]:
        return without_abroad(self._kinship, self._records)

    def _read(self, norms: Norms, units: Mapping[str, Collection[str]]) -> None:
        """Read together what these clauses read of each unit, as far as that can be known ahead."""
        nears = (Near(self._records, self._kinship, unit) for unit in units)
        read_near(
            self._records,
            [
                (one, norms.places(one, norms.asked(one.unit, units[one.unit], self._kinship)))
                for one in nears
            ],
        )

    def judge(self, found: "_Found", todo: Waiting) -> None:
        """Judge the clauses marked of each unit, store the verdicts and take the marks away."""
        if not todo.last:
            return
        for some in _batches(todo.units, _READ_TOGETHER):
            self._read(found.norms, {unit: todo.units[unit] for unit in some})
        open_ = is_open(found.checklist)
        kinship, records = self._without_abroad if open_ else (self._kinship, self._records)
        kept = [
            Kept.of(one)
            for unit, clauses in todo.units.items()
            for one in found.norms.judged(unit, clauses, records, kinship)
        ]
        pass_up(found.checklist, found.store(todo.units, todo.causes, kept, todo.causes, ""))
        Stale.objects.filter(checklist=found.checklist, stale_id__lte=todo.last).delete()


def _units_stored(checklist: str) -> Iterable[str]:
    rows = StoredFinding.objects.filter(checklist=checklist)
    return [str(unit) for unit in rows.values_list("unit", flat=True).distinct()]


def _batches(units: Collection[str], size: int) -> Iterator[set[str]]:
    ordered = sorted(units)
    for start in range(0, len(ordered), size):
        yield set(ordered[start : start + size])


@dataclass
class _Found:
    """Stores verdicts where they differ from those stored, and remembers which changed."""

    checklist: str
    norms: Norms
    at: dt.datetime
    logged: bool = True
    judged: int = 0
    changes: list[Change] = field(default_factory=list)

    def store(
        self,
        units: Collection[str],
        keys: Collection[Key] | None,
        kept: Sequence[Kept],
        causes: Mapping[Key, str],
        cause: str,
    ) -> Mapping[At, Numbers]:
        """Let these be the verdicts of the units, on these of their clauses or on all.

        Gives how the units' tallies changed.
        """
        checklist = self.checklist
        stored = {(one.unit, one.clause): one for one in kept_findings(checklist, units)}
        before = {at: one for at, one in stored.items() if keys is None or at in keys}
        after = {(one.unit, one.clause): one for one in kept}
        self.judged += len(after)
        rows = [
            StoredFinding(checklist=checklist, **one.values())
            for key, one in after.items()
            if before.get(key) != one
        ]
        StoredFinding.objects.bulk_create(
            rows,
            batch_size=_ROWS,
            update_conflicts=True,
            unique_fields=["checklist", "unit", "clause"],
            update_fields=[name for name in KEPT if name not in ("unit", "clause")],
        )
        for unit, clause in before.keys() - after.keys():
            StoredFinding.objects.filter(checklist=checklist, unit=unit, clause=clause).delete()
        if self.logged:
            self._log(before, after, causes, cause)
        others = (one for at, one in stored.items() if at not in before)
        return keep_own(checklist, self.norms, units, [*others, *kept])

    def _log(
        self,
        before: Mapping[Key, Kept],
        after: Mapping[Key, Kept],
        causes: Mapping[Key, str],
        cause: str,
    ) -> None:
        rows = []
        for key in sorted(before.keys() | after.keys()):
            was, now = (o.severity if o else None for o in (before.get(key), after.get(key)))
            if was == now:
                continue
            self.changes.append(Change(*key, verdict_of(was), verdict_of(now)))
            rows.append(
                FindingChange(
                    checklist=self.checklist,
                    unit=key[0],
                    clause=key[1],
                    before=was,
                    after=now,
                    as_of=self.norms.as_of,
                    at=self.at,
                    cause=causes.get(key, cause),
                )
            )
        FindingChange.objects.bulk_create(rows, batch_size=_ROWS)

    def told(self, *, everything: bool) -> Refreshed:
        """What was done."""
        return Refreshed(self.checklist, self.judged, everything, tuple(self.changes))
