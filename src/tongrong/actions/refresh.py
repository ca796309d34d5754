"""Refreshes stored verdicts: judges again what is marked, or everything where that is due.

A mark is written with the write it is of and taken away with the verdicts judged again, so a
crash in between leaves it, and the next refresh mends what is left.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongrong.actions.turns import one_write
from tongrong.engine.again import Norms, fingerprint, norms_of
from tongrong.engine.judged import from_run
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
    is_open,
    kept_findings,
    open_name,
    stored_state,
    stored_states,
    verdict_of,
    waiting,
)
from tongrong.queries.nearby import OpenRecords, StoredRecords, current_kinship, open_kinship
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
_ROWS = 2000


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
        norms, engine = _open(norms, engine)
    made_by, state = fingerprint(norms.family), stored_state(checklist)
    found = _Found(norms, at)
    if state is None:
        return _everything(norms, engine, _Found(norms, at, logged=False), None)
    if state.as_of != as_of or state.fingerprint != made_by:
        cause = DAY if state.fingerprint == made_by else TEXT
        return _everything(norms, engine, found, cause)
    todo = waiting(checklist)
    many = len(todo.causes) + UNIT_IN_VERDICTS * len(todo.units) > MANY_VERDICTS
    if todo.everything is not None or many:
        return _everything(norms, engine, found, todo.everything)
    return _marked(norms, found) if todo.last else found.told(everything=False)


def refresh_marked(*, at: dt.datetime) -> Mapping[str, Refreshed]:
    """Judge what writes have marked at once, of each checklist, as of the day it is stored of.

    A checklist is left out where more is due than its marks or they are very many: that takes
    longer than somebody waits, and the next `refresh` sees to it.

    Raises:
        TongrongError: another write does not finish.
    """
    found = {}
    for state in stored_states():
        try:
            norms = norms_of(state.checklist.removesuffix(OPEN), state.as_of)
        except TongrongError:
            continue
        todo = waiting(state.checklist)
        many = len(todo.causes) + UNIT_IN_VERDICTS * len(todo.units) > MANY_AT_ONCE
        if todo.everything is not None or many or state.fingerprint != fingerprint(norms.family):
            continue
        if is_open(state.checklist):
            norms = _named_open(norms)
        found[state.checklist] = _marked(norms, _Found(norms, at))
    return found


def _named_open(norms: Norms) -> Norms:
    """The same, stored as what it is without the units abroad."""
    return replace(norms, family=replace(norms.family, name=open_name(norms.family.name)))


def _open(norms: Norms, engine: Engine) -> tuple[Norms, Engine]:
    """The same, judged and stored as it is without the units abroad."""
    facts = engine.facts
    return _named_open(norms), replace(engine, facts=lambda: without_overseas(facts()))


def _everything(norms: Norms, engine: Engine, found: "_Found", cause: str | None) -> Refreshed:
    """Judge everything by the engine; marks made meanwhile stay for the next time."""
    todo = waiting(norms.family.name)
    snapshot = engine.facts()
    run = evaluate(
        norms.family,
        snapshot,
        norms.as_of,
        details=True,
        programs=engine.programs,
        progress=engine.progress,
    )
    with one_write(norms.family.name):
        units = set[str]()
        for judged in from_run(run):
            some = {one.unit for one in judged}
            units |= some
            causes = {} if cause else todo.causes
            found.store(some, None, [Kept.of(one) for one in judged], causes, cause or TEXT)
        gone = set(_units_stored(norms.family.name)) - units
        for start in _steps(gone):
            found.store(start, None, [], todo.causes, cause or TEXT)
        Stale.objects.filter(checklist=norms.family.name, stale_id__lte=todo.last).delete()
        Evaluation.objects.update_or_create(
            checklist=norms.family.name,
            defaults={
                "as_of": norms.as_of,
                "fingerprint": fingerprint(norms.family),
                "judged_at": found.at,
            },
        )
    return found.told(everything=True)


def _marked(norms: Norms, found: "_Found") -> Refreshed:
    """Judge what is marked, by the readings."""
    with one_write(norms.family.name):
        todo = waiting(norms.family.name)
        open_ = is_open(norms.family.name)
        kinship = open_kinship() if open_ else current_kinship()
        records = OpenRecords() if open_ else StoredRecords()
        for unit, clauses in todo.units.items():
            judged = norms.judged(unit, clauses, records, kinship)
            kept = [Kept.of(one) for one in judged]
            found.store({unit}, clauses, kept, todo.causes, "")
        Stale.objects.filter(checklist=norms.family.name, stale_id__lte=todo.last).delete()
    return found.told(everything=False)


def _units_stored(checklist: str) -> Iterable[str]:
    rows = StoredFinding.objects.filter(checklist=checklist)
    return [str(unit) for unit in rows.values_list("unit", flat=True).distinct()]


def _steps(units: Collection[str]) -> Iterator[set[str]]:
    ordered = sorted(units)
    for start in range(0, len(ordered), 500):
        yield set(ordered[start : start + 500])


@dataclass
class _Found:
    """Stores verdicts where they differ from those stored, and remembers which changed."""

    norms: Norms
    at: dt.datetime
    logged: bool = True
    judged: int = 0
    changes: list[Change] = field(default_factory=list)

    def store(
        self,
        units: Collection[str],
        clauses: Sequence[str] | None,
        kept: Sequence[Kept],
        causes: Mapping[Key, str],
        cause: str,
    ) -> None:
        """Let these be the verdicts of the units, on these clauses or on all."""
        checklist = self.norms.family.name
        before = {(o.unit, o.clause): o for o in kept_findings(checklist, units, clauses)}
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
                    checklist=self.norms.family.name,
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
        name = self.norms.family.name
        return Refreshed(name, self.judged, everything, tuple(self.changes))
