"""Writes versions of ledger rows: a correction supersedes, nothing is ever changed."""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from tongrong.actions.answer_returns import answer_returns
from tongrong.actions.keep_initials import keep_initials
from tongrong.facts.content import Seal, VersionsDigest, content_hashes, erasable, seals
from tongrong.facts.ledger import RECORD, STATUS, WITHDRAWN, Ledger
from tongrong.queries.versions import line_of
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.records.models.versions import SALT_LENGTH
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.progress import Progress, untold

_LOOKUPS, _ROWS = 500, 5000


@dataclass(frozen=True)
class Stamp:
    """What all versions of one write share: when, by whom, why, from which file.

    `entry` is the number of the audit entry that will tell of the write.
    """

    recorded_at: dt.datetime
    recorded_by: str
    recorded_because: str
    source_file: str
    entry: int


@dataclass(frozen=True)
class LedgerOutcome:
    """What became of the rows of one ledger; `proof` is the digest of the versions written."""

    code: str
    label: str
    added: int
    corrected: int
    withdrawn: int
    unchanged: int
    proof: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many records were added, corrected, withdrawn and left unchanged."""
        names = ("added", "corrected", "withdrawn", "unchanged")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class _Current:
    """The current version of a record."""

    version_id: int
    version: int
    status: str
    content_hash: str
    recorded_at: dt.datetime
    seal: Seal


@dataclass(frozen=True)
class _Row:
    """A row that calls for a version: where it is in the table and what it replaces."""

    index: int
    content_hash: str
    seal: Seal
    source_row: int | None
    before: _Current | None


def write_versions(
    ledger: type[Ledger],
    table: pa.Table,
    sources: Sequence[int] | None,
    stamp: Stamp,
    tell: Progress = untold,
) -> LedgerOutcome:
    """Write the versions that one ledger's rows call for; call inside a transaction.

    So many rows at a time are compared and written that memory does not grow with the ledger.
    `table` has the ledger's `arrow_schema()` and each record once; `sources` are the row
    numbers in the file, None when there is no file.

    Raises:
        TongrongError: a record was recorded later than this write says it takes place.
    """
    written, counts = _Written(), Counter[str]()
    for start in range(0, table.num_rows, _ROWS):
        tell(f"写入 {ledger.label}", start, table.num_rows)
        at = sources[start : start + _ROWS] if sources else None
        counts += _write(ledger, table.slice(start, _ROWS), at, stamp, written)
    return LedgerOutcome(
        code=ledger.code,
        label=ledger.label,
        added=counts["added"],
        corrected=counts["corrected"],
        withdrawn=counts["withdrawn"],
        unchanged=table.num_rows - counts.total(),
        proof=written.proof() if counts.total() else {},
    )


def _write(
    ledger: type[Ledger],
    table: pa.Table,
    sources: Sequence[int] | None,
    stamp: Stamp,
    written: "_Written",
) -> Counter[str]:
    """Write the versions that some rows call for; how many were added, corrected, withdrawn."""
    records = [str(record) for record in table[RECORD].to_pylist()]
    current = _current_versions(ledger, records)
    rows = _rows_that_differ(ledger, table, [current.get(record) for record in records], sources)
    if not rows:
        return Counter()
    _supersede(ledger, [row.before for row in rows if row.before], stamp)
    withdrawn = _insert(ledger, table, rows, stamp, written)
    added = sum(row.before is None for row in rows)
    corrected = len(rows) - added - withdrawn
    return Counter(added=added, corrected=corrected, withdrawn=withdrawn)


def proofs(outcomes: Sequence[LedgerOutcome]) -> Mapping[str, Mapping[str, int | str]]:
    """What the audit entry of a write says of the versions written, by ledger."""
    return {outcome.code: outcome.proof for outcome in outcomes if outcome.proof}


class _Written:
    """The versions of one ledger that a write has put down: their digest and their ids."""

    def __init__(self) -> None:
        self._digest = VersionsDigest()
        self._ids: list[int] = []

    def add(self, versions: Sequence[RowVersion]) -> None:
        self._digest.add(line_of(vars(version)) for version in versions)
        self._ids += versions[0].version_id, versions[-1].version_id

    def proof(self) -> Mapping[str, int | str]:
        """Rows, digest, and first and last id, by which a row that is missing can be named."""
        first, last = self._ids[0], self._ids[-1]
        sm3 = self._digest.hexdigest()
        return {"rows": self._digest.rows, "sm3": sm3, "first": first, "last": last}


def _rows_that_differ(
    ledger: type[Ledger],
    table: pa.Table,
    before: Sequence[_Current | None],
    sources: Sequence[int] | None,
) -> list[_Row]:
    """The rows that say something else than the current version, or are of no known record."""
    given = [one.seal if one else Seal() for one in before]
    sealed = seals(ledger, table, given, _salt) if erasable(ledger) else given
    hashes = content_hashes(ledger, table, sealed)
    return [
        _Row(index, content_hash, sealed[index], sources[index] if sources else None, known)
        for index, (content_hash, known) in enumerate(zip(hashes, before, strict=True))
        if known is None or known.content_hash != content_hash
    ]


def _salt() -> str:
    return secrets.token_hex(SALT_LENGTH // 2)


def _current_versions(ledger: type[Ledger], records: Sequence[str]) -> Mapping[str, _Current]:
    """The current versions of those of the records that are known."""
    versions = LEDGER_MODELS[ledger.code].objects.filter(superseded_at__isnull=True)
    columns = [name for name in _Current.__dataclass_fields__ if name != "seal"]
    words = ("salt", "sealed") if erasable(ledger) else ()
    found = {}
    for start in range(0, len(records), _LOOKUPS):
        chunk = versions.filter(record__in=records[start : start + _LOOKUPS])
        for record, *rest in chunk.values_list(RECORD, *columns, *words):
            values = dict(zip([*columns, *words], rest, strict=True))
            seal = Seal(*(values.pop(word) for word in words))
            found[record] = _Current(**values, seal=seal)
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


def _insert(
    ledger: type[Ledger], table: pa.Table, rows: Sequence[_Row], stamp: Stamp, written: _Written
) -> int:
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
        seal = asdict(row.seal) if erasable(ledger) else {}
        versions.append(
            model(
                version=before.version + 1 if before else 1,
                content_hash=row.content_hash,
                source_row=row.source_row,
                **shared,
                **said,
                **seal,
            )
        )
    model.objects.bulk_create(versions)
    keep_initials(ledger, values)
    answer_returns(ledger, [one for one in versions if one.version > 1])
    written.add(versions)
    return withdrawn
