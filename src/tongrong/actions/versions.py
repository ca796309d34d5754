"""Writes versions of ledger rows: a correction supersedes, nothing is ever changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa

from tongrong.actions.content import content_hashes
from tongrong.facts.ledger import RECORD, STATUS, WITHDRAWN, Ledger
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.vocabulary.errors import refuse

_LOOKUPS, _ROWS = 500, 5000


@dataclass(frozen=True)
class Stamp:
    """What all versions of one write share: when, by whom, why and from which file."""

    recorded_at: dt.datetime
    recorded_by: str
    recorded_because: str
    source_file: str


@dataclass(frozen=True)
class LedgerOutcome:
    """What became of the rows of one ledger."""

    code: str
    label: str
    added: int
    corrected: int
    withdrawn: int
    unchanged: int


@dataclass(frozen=True)
class _Current:
    """The current version of a record."""

    version_id: int
    version: int
    status: str
    content_hash: str
    recorded_at: dt.datetime


@dataclass(frozen=True)
class _Row:
    """A row that calls for a version: where it is in the table and what it replaces."""

    index: int
    content_hash: str
    source_row: int | None
    before: _Current | None


def write_versions(
    ledger: type[Ledger], table: pa.Table, sources: Sequence[int] | None, stamp: Stamp
) -> LedgerOutcome:
    """Write the versions that one ledger's rows call for; call inside a transaction.

    `table` has the ledger's `arrow_schema()` and each record once; `sources` are the row
    numbers in the file, None when there is no file.

    Raises:
        TongrongError: a record was recorded later than this write says it takes place.
    """
    records: list[str] = [str(record) for record in table[RECORD].to_pylist()]
    current = _current_versions(ledger, records)
    rows = [
        _Row(index, content_hash, sources[index] if sources else None, current.get(record))
        for index, (record, content_hash) in enumerate(
            zip(records, content_hashes(ledger, table), strict=True)
        )
    ]
    rows = [row for row in rows if not row.before or row.before.content_hash != row.content_hash]
    _supersede(ledger, [row.before for row in rows if row.before], stamp)
    withdrawn = 0
    for start in range(0, len(rows), _ROWS):
        withdrawn += _insert(ledger, table, rows[start : start + _ROWS], stamp)
    added = sum(row.before is None for row in rows)
    return LedgerOutcome(
        code=ledger.code,
        label=ledger.label,
        added=added,
        corrected=len(rows) - added - withdrawn,
        withdrawn=withdrawn,
        unchanged=len(records) - len(rows),
    )


def _current_versions(ledger: type[Ledger], records: Sequence[str]) -> Mapping[str, _Current]:
    """The current versions of those of the records that are known."""
    versions = LEDGER_MODELS[ledger.code].objects.filter(superseded_at__isnull=True)
    found = {}
    for start in range(0, len(records), _LOOKUPS):
        chunk = versions.filter(record__in=records[start : start + _LOOKUPS])
        for record, *rest in chunk.values_list(RECORD, *_Current.__dataclass_fields__):
            found[record] = _Current(*rest)
    return found


def _supersede(ledger: type[Ledger], versions: Sequence[_Current], stamp: Stamp) -> None:
    """Mark versions as no longer current from the moment of recording."""
    latest = max((version.recorded_at for version in versions), default=stamp.recorded_at)
    if latest > stamp.recorded_at:
        raise refuse(
            "import.clock",
            f"{stamp.source_file} {ledger.label}",
            f"本次记录时间 {stamp.recorded_at.isoformat()}",
            f"不早于被更正记录的记录时间 {latest.isoformat()}",
            "校准本机时钟后重试",
        )
    ids = [version.version_id for version in versions]
    model = LEDGER_MODELS[ledger.code]
    for start in range(0, len(ids), _LOOKUPS):
        chunk = model.objects.filter(version_id__in=ids[start : start + _LOOKUPS])
        chunk.update(superseded_at=stamp.recorded_at)


def _insert(ledger: type[Ledger], table: pa.Table, rows: Sequence[_Row], stamp: Stamp) -> int:
    """Add the next version of each row; returns how many withdraw a record that counted."""
    model = LEDGER_MODELS[ledger.code]
    shared = asdict(stamp)
    versions: list[RowVersion] = []
    withdrawn = 0
    values = table.take([row.index for row in rows]).to_pylist()
    for row, said in zip(rows, values, strict=True):
        before = row.before
        if before and said[STATUS] == WITHDRAWN and before.status != WITHDRAWN:
            withdrawn += 1
        version = before.version + 1 if before else 1
        versions.append(
            model(
                version=version,
                content_hash=row.content_hash,
                source_row=row.source_row,
                **shared,
                **said,
            )
        )
    model.objects.bulk_create(versions)
    return withdrawn
