"""Takes a file of ledger rows into the operational database: whole, or not at all."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.marks import marking
from tongrong.actions.permitted_rows import not_to_write, writable
from tongrong.actions.place_units import place_units
from tongrong.actions.remember_columns import remember_columns
from tongrong.actions.turns import one_write
from tongrong.actions.versions import LedgerOutcome, Stamp, proofs, write_versions
from tongrong.facts.erasure import with_pseudonyms
from tongrong.facts.headings import Meant
from tongrong.facts.ledger import RECORD
from tongrong.facts.reading import FilesRefused, Note, Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.settle import settle
from tongrong.facts.sift import Recorded, Sifted, disagreements, sift
from tongrong.queries.audit import IMPORT, erased_persons
from tongrong.queries.facts import (
    effective_records_of_file,
    elsewhere,
    enterprises_with_figures,
    known_trees,
)
from tongrong.queries.policy import Viewer
from tongrong.queries.reachable import reachable
from tongrong.records.models import ImportRun
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.progress import Progress, untold

CHECKING = "核对"


@dataclass(frozen=True)
class LeftInStore:
    """Records of a ledger that still count although their row is gone from the file."""

    label: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class ImportResult:
    """What an import did, ledger by ledger; ledgers without rows in the file are left out.

    `left` are the records that came from a file of the same name, are no longer in it and
    still count: an import withdraws only what is marked 撤回. `notes` tell what of the file
    was not read and which records seem to be there twice. `erased` says in how many rows of a
    ledger, by label, words about persons were left out because they had been erased. Of an
    import in part, `problems` say what keeps the other rows back and `held` in which rows of
    the sheet, by ledger code, they stand. `taken` is what was taken in.
    """

    run_id: int
    taken: Reading
    ledgers: tuple[LedgerOutcome, ...]
    left: tuple[LeftInStore, ...] = ()
    notes: tuple[Note, ...] = ()
    erased: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    held: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def rows_held(self) -> int:
        """Rows of the file that were not taken in."""
        return sum(map(len, self.held.values()))

    @property
    def added(self) -> int:
        """Records not known before."""
        return sum(outcome.added for outcome in self.ledgers)

    @property
    def corrected(self) -> int:
        """Records that got a further version."""
        return sum(outcome.corrected for outcome in self.ledgers)

    @property
    def withdrawn(self) -> int:
        """Known records whose further version withdraws them."""
        return sum(outcome.withdrawn for outcome in self.ledgers)

    @property
    def unchanged(self) -> int:
        """Records that already said the same."""
        return sum(outcome.unchanged for outcome in self.ledgers)


@dataclass(frozen=True)
class Sender:
    """Who a file is from, and what was said of its headings."""

    name: str
    columns: Sequence[Meant] = ()


@dataclass(frozen=True)
class Manner:
    """How a file is taken in.

    In part: rows with which something is wrong, and those that refer to them, are held back and
    told in the result; the others are recorded. `progress` is told what is being done; what it
    raises ends the import, and nothing is written. `viewer` is somebody who writes only of the
    units they record for; None: whoever has the database itself.
    """

    in_part: bool = False
    progress: Progress = untold
    viewer: Viewer | None = None


def import_facts(
    *,
    reading: Reading,
    file_name: str,
    file_hash: str,
    actor: str,
    recorded_at: dt.datetime,
    reason: str = "",
    sender: Sender | None = None,
    manner: Manner | None = None,
) -> ImportResult:
    """Record every row of the reading that is new or says something else than before.

    A record not known gets version 1; one that differs gets the next version and its last
    one is marked superseded; one that says the same is left alone, so the same file twice
    changes nothing. Records the file does not name stay as they are, and the result says
    which of them an earlier file of its name brought. One transaction, with
    an import run and an audit entry; imports wait for each other.

    Args:
        file_hash: SHA-256 of the file, 64 hexadecimal digits.
        recorded_at: the moment of recording, with a time zone.
        sender: who the file is from; what was said of its headings is kept for their next file.
        manner: whole or in part, and who is told how far it is.

    Raises:
        FilesRefused: a reference points nowhere or at several, a record is there twice.
        TongrongError: a value breaks a constraint, another import does not finish, or a
            record was recorded later than `recorded_at`. Nothing is written then.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at needs a time zone")
    manner = manner or Manner()
    tell = manner.progress
    with one_write(file_name):
        tell(CHECKING, 0, 0)
        recorded = _recorded(manner.viewer)
        whole = not manner.in_part
        sifted = Sifted(_settled(reading, recorded)) if whole else sift(reading, recorded)
        reading = sifted.reading
        snapshot, erased = with_pseudonyms(reading.snapshot, erased_persons())
        entry = next_entry(recorded_at)
        stamp = Stamp(entry.at, actor, reason, file_name, entry.number)
        given = [code for code in LEDGERS if snapshot[code].num_rows]
        with marking(given, file_name):
            outcomes = tuple(
                write_versions(LEDGERS[code], snapshot[code], _rows(reading, code), stamp, tell)
                for code in given
            )
        place_units(given)
        run_id = _log(outcomes, sifted, file_hash, stamp, in_part=manner.in_part)
        if sender:
            said, at = sender.columns, stamp.recorded_at
            remember_columns(sender=sender.name, columns=said, actor=actor, at=at)
        left = tuple(_left_in_store(sifted, file_name, manner.viewer))
    told = {LEDGERS[code].label: rows for code, rows in erased.items()}
    problems, held = sifted.problems, sifted.held
    return ImportResult(run_id, reading, outcomes, left, reading.notes, told, problems, held)


def _left_in_store(sifted: Sifted, file_name: str, viewer: Viewer | None) -> Iterator[LeftInStore]:
    """Of every ledger the file has a sheet for: what an earlier file of its name brought.

    Where rows are held back it cannot be said: they may be of those records. A viewer is told
    of records they may change.
    """
    reading = sifted.reading
    for code in reading.sources.keys() - sifted.held.keys():
        present = set(reading.snapshot[code][RECORD].to_pylist())
        known = effective_records_of_file(code, file_name)
        gone = tuple(record for record in known if record not in present)
        if viewer is not None:
            gone = writable(viewer, LEDGERS[code], gone)
        if gone:
            yield LeftInStore(LEDGERS[code].label, gone)


def _rows(reading: Reading, code: str) -> Sequence[int] | None:
    """The row numbers in the file of a ledger's rows, where they came from one."""
    source = reading.sources.get(code)
    return source.rows if source else None


def _settled(reading: Reading, recorded: Recorded) -> Reading:
    """The reading with codes for names, made to agree with what is recorded.

    Refused are rows that say two things of one record, references to nothing, and nonsense.
    """
    settled = settle(reading.whole(), recorded.elsewhere)
    problems = [*settled.problems, *disagreements(settled.reading, recorded, settled.directory)]
    if problems:
        raise FilesRefused(problems)
    return settled.reading


def _recorded(viewer: Viewer | None) -> Recorded:
    """What is recorded, as far as the viewer may refer to it."""
    if viewer is None:
        return Recorded(elsewhere(), known_trees(), enterprises_with_figures())
    return Recorded(
        reachable(viewer),
        known_trees(),
        enterprises_with_figures(),
        partial(not_to_write, viewer),
    )


def _log(
    outcomes: Sequence[LedgerOutcome],
    sifted: Sifted,
    file_hash: str,
    stamp: Stamp,
    *,
    in_part: bool,
) -> int:
    """Leave the import run and its audit entry; returns the run's number.

    The entry of an import in part says how many rows of each ledger were held back.
    """
    reading = sifted.reading
    held = {code: len(rows) for code, rows in sifted.held.items()}
    counts = {outcome.code: outcome.counts for outcome in outcomes}
    rows = reading.snapshot.row_count
    run = ImportRun.objects.create(
        at=stamp.recorded_at,
        actor=stamp.recorded_by,
        file_name=stamp.source_file,
        file_hash=file_hash,
        rows=rows,
        counts=counts,
    )
    append_entry(
        number=stamp.entry,
        at=stamp.recorded_at,
        actor=stamp.recorded_by,
        action=IMPORT,
        subject=stamp.source_file,
        detail={
            "run_id": run.run_id,
            "file_hash": file_hash,
            "rows": rows,
            "reason": stamp.recorded_because,
            "counts": counts,
            "versions": proofs(outcomes),
            "places": {one.code: _place(reading, one.code) for one in outcomes if one.proof},
            **({"held_back": held} if in_part else {}),
        },
    )
    return run.run_id


def _place(reading: Reading, code: str) -> Mapping[str, object]:
    """In which sheet or file of a folder a ledger's rows stood, and in which column what."""
    source = reading.sources.get(code)
    if source is None:
        return {}
    return {"sheet": source.sheet or source.file, "letters": dict(source.letters)}
