"""Takes a file of ledger rows into the operational database: whole, or not at all."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from tongrong.actions.remember_columns import remember_columns
from tongrong.actions.versions import LedgerOutcome, Stamp, write_versions
from tongrong.facts.check import check_references, check_sense
from tongrong.facts.headings import Meant
from tongrong.facts.ledger import RECORD
from tongrong.facts.reading import FilesRefused, Note, Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.settle import settle
from tongrong.queries.facts import (
    effective_records_of_file,
    elsewhere,
    enterprises_with_figures,
    known_trees,
)
from tongrong.records.models import AuditEntry, ImportRun
from tongrong.vocabulary.errors import refuse

LONGEST_WAIT_SECONDS = 20
_IMPORT_LOCK = 73_519_462
_LOCKED, _TAKEN = "55P03", "23505"
_BUSY = (_LOCKED, _TAKEN, "database is locked")


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
    was not read and which records seem to be there twice.
    """

    run_id: int
    ledgers: tuple[LedgerOutcome, ...]
    left: tuple[LeftInStore, ...] = ()
    notes: tuple[Note, ...] = ()

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


def import_facts(
    *,
    reading: Reading,
    file_name: str,
    file_hash: str,
    actor: str,
    recorded_at: dt.datetime,
    reason: str = "",
    sender: str = "",
    columns: Sequence[Meant] = (),
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
        sender: who the file is from; what was said of its headings, `columns`, is kept for
            the next file of theirs.

    Raises:
        FilesRefused: a reference points nowhere or at several, a record is there twice.
        TongrongError: a value breaks a constraint, another import does not finish, or a
            record was recorded later than `recorded_at`. Nothing is written then.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at needs a time zone")
    stamp = Stamp(recorded_at, actor, reason, file_name)
    with _refusals(file_name), transaction.atomic():
        _wait_for_other_imports()
        reading = _settled(reading)
        outcomes = tuple(
            write_versions(ledger, reading.snapshot[code], _rows(reading, code), stamp)
            for code, ledger in LEDGERS.items()
            if reading.snapshot[code].num_rows
        )
        if sender:
            remember_columns(sender=sender, columns=columns, actor=actor, at=recorded_at)
        run_id = _log(outcomes, reading.snapshot.row_count, file_hash, stamp)
        left = tuple(_left_in_store(reading, file_name))
    return ImportResult(run_id, outcomes, left, reading.notes)


def _left_in_store(reading: Reading, file_name: str) -> Iterator[LeftInStore]:
    """Of every ledger the file has a sheet for: what an earlier file of its name brought."""
    for code in reading.sources:
        present = set(reading.snapshot[code][RECORD].to_pylist())
        known = effective_records_of_file(code, file_name)
        gone = tuple(record for record in known if record not in present)
        if gone:
            yield LeftInStore(LEDGERS[code].label, gone)


def _rows(reading: Reading, code: str) -> Sequence[int] | None:
    """The row numbers in the file of a ledger's rows, where they came from one."""
    source = reading.sources.get(code)
    return source.rows if source else None


def _settled(reading: Reading) -> Reading:
    """The reading with codes for names, made to agree with what is recorded.

    Refused are rows that say two things of one record, references to nothing, and nonsense.
    """
    recorded = elsewhere()
    settled = settle(reading, recorded)
    reading, problems = settled.reading, [*settled.problems]
    problems += check_references(
        reading.snapshot, recorded.codes, reading.sources, settled.directory
    )
    problems += check_sense(
        reading.snapshot, reading.sources, known_trees(), enterprises_with_figures()
    )
    if problems:
        raise FilesRefused(problems)
    return reading


def _log(outcomes: Sequence[LedgerOutcome], rows: int, file_hash: str, stamp: Stamp) -> int:
    """Leave the import run and its audit entry; returns the run's number."""
    counts = {outcome.code: asdict(outcome) for outcome in outcomes}
    for count in counts.values():
        del count["code"], count["label"]
    run = ImportRun.objects.create(
        at=stamp.recorded_at,
        actor=stamp.recorded_by,
        file_name=stamp.source_file,
        file_hash=file_hash,
        rows=rows,
        counts=counts,
    )
    AuditEntry.objects.create(
        at=stamp.recorded_at,
        actor=stamp.recorded_by,
        action="import_facts",
        subject=stamp.source_file,
        detail={
            "run_id": run.run_id,
            "file_hash": file_hash,
            "reason": stamp.recorded_because,
            "counts": counts,
        },
    )
    return run.run_id


def _wait_for_other_imports() -> None:
    """One import at a time. SQLite admits one writer anyway (transaction_mode IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            wait = f"{LONGEST_WAIT_SECONDS}s"
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [wait])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


@contextmanager
def _refusals(file_name: str) -> Iterator[None]:
    """Turn what the database refuses into errors a person can act on."""
    try:
        yield
    except (IntegrityError, DataError, OperationalError) as error:
        if any(sign in f"{getattr(error.__cause__, 'sqlstate', '')} {error}" for sign in _BUSY):
            raise refuse(
                "import.busy",
                file_name,
                "另一导入或写入正在进行，或刚改动了同一条记录",
                f"{LONGEST_WAIT_SECONDS} 秒内轮到本次导入",
                "稍后重新导入；本次未写入任何内容",
            ) from error
        if isinstance(error, OperationalError):
            raise
        raise refuse(
            "import.constraint",
            file_name,
            _where_refused(error),
            "每个值都在数据库允许的范围内",
            "找到过长、过大或不合规定的值并改正；本次未写入任何内容",
        ) from error


def _where_refused(error: Exception) -> str:
    """Ledger and column whose value the database refused, none of the values: they may be persons'.

    The databases name the constraint, `<ledger>_<column>_valid`, or table and column, or neither.
    """
    place = getattr(error.__cause__, "diag", None)
    said = f"{error} {place.table_name}.{place.column_name}" if place else str(error)
    for code, ledger in LEDGERS.items():
        for name, column in ledger.columns.items():
            if re.search(rf"\b(ledger_)?{code}[_.]{name}(_valid)?\b", said):
                return f"“{ledger.label}”的“{column.label}”有数据库不接受的值"
    return "有数据库不接受的值"
