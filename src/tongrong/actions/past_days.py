"""Judges a past day: everything the first time, later what was written since concerns."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from django.db import connection, transaction

from tongrong.actions.keep_tallies import keep_tallies
from tongrong.actions.marks import (
    MANY_RECORDS,
    kinships_around,
    newest_version,
    touched_since,
)
from tongrong.engine.again import Norms, fingerprint, norms_of
from tongrong.engine.concerned import Concerned
from tongrong.engine.judged import Judged, from_run
from tongrong.engine.programs import Programs
from tongrong.engine.run import evaluate
from tongrong.facts.clearance import SAY_WHAT_IS_ABROAD, without_overseas
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.audit import head
from tongrong.queries.concealed import hidden_places
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import OPEN, Kept, is_open
from tongrong.queries.nearby import (
    StoredRecords,
    current_kinship,
    snapshot_within,
    without_abroad,
)
from tongrong.queries.one_moment import one_moment
from tongrong.queries.past_days import kept_days, past_key, up_to_date
from tongrong.records.models import PastDay, StoredFinding, UnitTally

MOST_DAYS = 60
"""So many are kept, those with and without units abroad apart; others are judged anew."""
MANY_MARKS = 1500
"""From so many verdicts on, about 2 ms each, the engine judges everything sooner."""
_ROWS = 2000
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class _Day:
    """A day to be judged: under which key, by which text, with or without the units abroad."""

    key: str
    norms: Norms
    at: dt.datetime

    @property
    def open(self) -> bool:
        """Whether it is judged without the units abroad."""
        return is_open(self.key)


def judge_day(*, key: str, day: dt.date, at: dt.datetime, programs: Programs | None = None) -> None:
    """Let the verdicts of a past day be those of the facts known now.

    `key` is what the verdicts of today are stored under. Of several who ask at once the first
    judges and the others find it done. It equals what the engine says of the facts at hand.

    Raises:
        TongrongError: no version of the checklist is in force on the day.
    """
    norms = norms_of(key.removesuffix(OPEN), day)
    one = _Day(past_key(key, day), norms, at)
    made_by = fingerprint(norms.family)
    with _ONE_AT_A_TIME:
        if one.key in up_to_date({one.key: made_by}):
            return
        state = PastDay.objects.filter(key=one.key, fingerprint=made_by).first()
        if state is None or not _what_was_written(one, state):
            _everything(one, programs)


def _everything(day: _Day, programs: Programs | None) -> None:
    """Judge everything by the engine."""
    position = _position()  # before the facts: what is written meanwhile is looked at again
    facts = _facts()
    if day.open:
        facts = without_overseas(facts)
    family, as_of = day.norms.family, day.norms.as_of
    run = evaluate(family, facts, as_of, details=True, programs=programs)
    with transaction.atomic():
        _reached(day, position)
        StoredFinding.objects.filter(checklist=day.key).delete()
        UnitTally.objects.filter(checklist=day.key).delete()
        for some in from_run(run):
            _store(day.key, some)
            keep_tallies(day.key, day.norms, {one.unit for one in some}, some)
        _forget(kept_days()[MOST_DAYS:])


def _what_was_written(day: _Day, state: PastDay) -> bool:
    """Judge again by the readings what was written since; False where that is too much."""
    position = _position()
    known: Mapping[str, int] = state.newest
    new = {code: known.get(code, 0) for code in LEDGERS if position[1][code] > known.get(code, 0)}
    if day.open and new.keys() & SAY_WHAT_IS_ABROAD:
        return False
    if sum(position[1][code] - last for code, last in new.items()) > MANY_RECORDS:
        return False
    touched = [one for code, last in new.items() for one in touched_since(code, last)]
    around = Concerned(day.norms.reach, StoredRecords(), kinships_around(touched), day.norms.as_of)
    hidden = hidden_places() if day.open else frozenset[str]()
    marks = {(unit, clause) for unit, clause in around.marks(touched) if unit not in hidden}
    if len(marks) > MANY_MARKS:
        return False
    clauses: dict[str, list[str]] = {}
    for unit, clause in sorted(marks):
        clauses.setdefault(unit, []).append(clause)
    kinship, records = current_kinship(), StoredRecords()
    if day.open:
        kinship, records = without_abroad(kinship, records)
    with transaction.atomic():
        _reached(day, position)
        for unit, asked in clauses.items():
            own = StoredFinding.objects.filter(checklist=day.key, unit=unit)
            own.filter(clause__in=asked).delete()
            _store(day.key, day.norms.judged(unit, asked, records, kinship))
        keep_tallies(day.key, day.norms, clauses.keys())
    return True


def _position() -> tuple[int, dict[str, int]]:
    """How far the audit chain and each ledger have come."""
    return head().number, {code: newest_version(code) for code in LEDGERS}


def _facts() -> Snapshot:
    """The facts of one moment, as a server may read them (decision 0190)."""
    if connection.vendor == "sqlite":
        with one_moment():
            return snapshot_within()
    return current_snapshot()


def _reached(day: _Day, position: tuple[int, dict[str, int]]) -> None:
    """Write down up to where the day is judged; another process judging it waits for this row."""
    entry, newest = position
    told = {"entry": entry, "newest": newest, "judged_at": day.at}
    made_by = fingerprint(day.norms.family)
    PastDay.objects.update_or_create(key=day.key, defaults={**told, "fingerprint": made_by})


def _store(key: str, judged: Iterable[Judged]) -> None:
    rows = [StoredFinding(checklist=key, **Kept.of(one).values()) for one in judged]
    StoredFinding.objects.bulk_create(rows, batch_size=_ROWS)


def _forget(keys: Collection[str]) -> None:
    """Keep no more of these days."""
    StoredFinding.objects.filter(checklist__in=keys).delete()
    UnitTally.objects.filter(checklist__in=keys).delete()
    PastDay.objects.filter(key__in=keys).delete()
