"""Judges past days: all of one the first time, later what was written since concerns."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from tongrong.actions.keep_tallies import keep_own, pass_up, sum_up
from tongrong.actions.marks import (
    MANY_RECORDS,
    kinships_around,
    newest_version,
    touched_since,
)
from tongrong.engine.again import Norms, norms_of
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
from tongrong.queries.findings import OPEN, Kept, is_open, kept_findings
from tongrong.queries.nearby import (
    StoredRecords,
    current_kinship,
    snapshot_within,
    without_abroad,
)
from tongrong.queries.one_moment import one_moment
from tongrong.queries.past_days import days_beyond, past_key, up_to_date
from tongrong.queries.remembered import RememberedRecords
from tongrong.records.models import PastDay, StoredFinding, UnitTally
from tongrong.vocabulary.progress import Progress, untold

MOST_DAYS, MOST_VERDICTS = 60, 10_000_000
"""So many are kept, those with and without units abroad apart; others are judged anew."""
MANY_MARKS = 1500
"""From so many verdicts on, about 2 ms each, the engine judges everything sooner."""
MANY_AT_ONCE = 300
"""So many at most while somebody waits for the page."""
JUDGING, STORING = "判定", "存入"
_ROWS, _ROWS_REMOVED = 2000, 20_000


@dataclass(frozen=True)
class _Day:
    """A day to be judged: under which key, by which text, with or without the units abroad."""

    key: str
    norms: Norms
    at: dt.datetime

    @classmethod
    def of(cls, key: str, day: dt.date, at: dt.datetime) -> "_Day":
        """A past day of the verdicts that today are stored under a key."""
        return cls(past_key(key, day), norms_of(key.removesuffix(OPEN), day), at)

    @property
    def open(self) -> bool:
        """Whether it is judged without the units abroad."""
        return is_open(self.key)

    @property
    def made_by(self) -> str:
        """The text and the program it is judged by."""
        return self.norms.made_by

    @property
    def is_current(self) -> bool:
        """Whether it is judged, and nothing was written since."""
        return self.key in up_to_date({self.key: self.made_by})


def judge_day(
    *,
    key: str,
    day: dt.date,
    at: dt.datetime,
    programs: Programs | None = None,
    progress: Progress = untold,
) -> None:
    """Let the verdicts of a past day be those of the facts known now.

    `key` is what the verdicts of today are stored under. It takes minutes in a large group, and
    nobody else may judge everything of the same day meanwhile: it is for a job. It equals what
    the engine says of the facts at hand.

    Raises:
        TongrongError: no version of the checklist is in force on the day.
    """
    one = _Day.of(key, day, at)
    if not one.is_current and not _what_was_written(one, MANY_MARKS):
        _everything(one, programs, progress)


def catch_up(*, key: str, day: dt.date, at: dt.datetime) -> bool:
    """The same while somebody waits; False where that would take longer, and nothing is done.

    Raises:
        TongrongError: no version of the checklist is in force on the day.
    """
    one = _Day.of(key, day, at)
    return one.is_current or _what_was_written(one, MANY_AT_ONCE)


# --- everything ------------------------------------------------------------------------------


def _everything(day: _Day, programs: Programs | None, progress: Progress) -> None:
    """Judge everything by the engine.

    Stored in pieces, so that nobody's write waits for all of it; until they are all there the
    day is made by nothing, and so never current.
    """
    position = _position()  # before the facts: what is written meanwhile is looked at again
    facts = _facts()
    if day.open:
        facts = without_overseas(facts)
    family, as_of = day.norms.family, day.norms.as_of
    run = evaluate(
        family,
        facts,
        as_of,
        details=True,
        programs=programs,
        progress=lambda _step, done, steps: progress(JUDGING, done, steps),
    )
    _reached(day, position, made_by="")
    _remove_verdicts(day.key)
    total, done = run.verdicts.num_rows, 0
    for some in from_run(run):
        progress(STORING, done, total)
        _store(day.key, some)
        keep_own(day.key, day.norms, {one.unit for one in some}, some)
        done += len(some)
    with transaction.atomic():
        _reached(day, position, day.made_by)
        sum_up(day.key)
    for key in days_beyond(MOST_DAYS, MOST_VERDICTS):
        _remove_verdicts(key)
        PastDay.objects.filter(key=key).delete()


def _facts() -> Snapshot:
    """The facts of one moment, as a server may read them (decision 0190)."""
    if connection.vendor == "sqlite":
        with one_moment():
            return snapshot_within()
    return current_snapshot()


def _remove_verdicts(key: str) -> None:
    """Remove those of a day, in pieces too."""
    UnitTally.objects.filter(checklist=key).delete()
    rows = StoredFinding.objects.filter(checklist=key)
    while rows.filter(pk__in=rows.values("pk")[:_ROWS_REMOVED]).delete()[0]:
        pass


# --- what was written since ------------------------------------------------------------------


def _what_was_written(day: _Day, most: int) -> bool:
    """Judge again by the readings what was written since; False where that is too much.

    Who judges everything of the same day waits for this, and begins after it.
    """
    with transaction.atomic():
        state = PastDay.objects.select_for_update().filter(key=day.key).first()
        if state is None or state.fingerprint != day.made_by:
            return False
        position = _position()
        clauses = _concerned(day, state.newest, position[1])
        if clauses is None or sum(map(len, clauses.values())) > most:
            return False
        _reached(day, position, day.made_by)
        _judge_again(day, clauses)
    return True


def _concerned(
    day: _Day, known: Mapping[str, int], newest: Mapping[str, int]
) -> Mapping[str, Sequence[str]] | None:
    """The clauses of each unit that what was written since concerns; None: all may be."""
    new = {code: known.get(code, 0) for code in LEDGERS if newest[code] > known.get(code, 0)}
    if day.open and new.keys() & SAY_WHAT_IS_ABROAD:
        return None
    if sum(newest[code] - last for code, last in new.items()) > MANY_RECORDS:
        return None
    touched = [one for code, last in new.items() for one in touched_since(code, last)]
    around = Concerned(day.norms.reach, StoredRecords(), kinships_around(touched), day.norms.as_of)
    hidden = hidden_places() if day.open else frozenset[str]()
    clauses: dict[str, list[str]] = {}
    for unit, clause in sorted(around.marks(touched)):
        if unit not in hidden:
            clauses.setdefault(unit, []).append(clause)
    return clauses


def _judge_again(day: _Day, clauses: Mapping[str, Sequence[str]]) -> None:
    remembered = RememberedRecords()
    kinship = current_kinship()
    remembered.read_ahead(kinship, clauses.keys())
    records: StoredRecords = remembered
    if day.open:
        kinship, records = without_abroad(kinship, remembered)
    for unit, asked in clauses.items():
        own = StoredFinding.objects.filter(checklist=day.key, unit=unit)
        own.filter(clause__in=asked).delete()
        _store(day.key, list(day.norms.judged(unit, asked, records, kinship)))
    kept = kept_findings(day.key, clauses.keys())
    pass_up(day.key, keep_own(day.key, day.norms, clauses.keys(), kept))


# --- both ------------------------------------------------------------------------------------


def _position() -> tuple[int, dict[str, int]]:
    """How far the audit chain and each ledger have come."""
    return head().number, {code: newest_version(code) for code in LEDGERS}


def _reached(day: _Day, position: tuple[int, dict[str, int]], made_by: str) -> None:
    """Write down up to where the day is judged, and by what."""
    entry, newest = position
    told = {"entry": entry, "newest": newest, "judged_at": day.at, "fingerprint": made_by}
    PastDay.objects.update_or_create(key=day.key, defaults=told)


def _store(key: str, judged: Collection[Judged]) -> None:
    rows = [StoredFinding(checklist=key, **Kept.of(one).values()) for one in judged]
    StoredFinding.objects.bulk_create(rows, batch_size=_ROWS)
