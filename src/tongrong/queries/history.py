"""The versions of one record: who recorded what, when, why, from which cell, and what changed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from tongrong.facts.cell_text import MASKED
from tongrong.facts.cells import show
from tongrong.facts.columns import Column, Privacy
from tongrong.facts.headings import sheet_columns
from tongrong.facts.ledger import RECORD, STATUS, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.authors import author
from tongrong.queries.clearance import told_of
from tongrong.records.models import LEDGER_MODELS, AuditEntry, RowVersion
from tongrong.vocabulary.errors import TongrongError, refuse

_SUGGEST_AMONG, _ASKED, _SHOWN = 2000, 20, 3


@dataclass(frozen=True)
class Change:
    """What a version says otherwise than the one before; of the first version, all it says.

    `before` and `after` are empty where there is no value; those of columns about persons and
    of sensitive ones are hidden. `cell` is where the file said it, if a file did.
    """

    column: str
    label: str
    before: str
    after: str
    cell: str


@dataclass(frozen=True)
class ToldVersion:
    """One version of a record; `action` and `entry` are those of the audit entry of its write.

    `recorded_by` is a login, or the name of who has the database itself; `author` what the account
    of that login is called.
    """

    version: int
    status: str
    recorded_at: dt.datetime
    recorded_by: str
    author: str
    reason: str
    action: str
    entry: int
    file: str
    sheet: str
    row: int | None
    superseded_at: dt.datetime | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """All versions of a record, the first one first."""

    ledger: str
    label: str
    record: str
    versions: tuple[ToldVersion, ...]


def find_record(
    text: str, ledger: type[Ledger] | None = None, *, cleared: bool = False
) -> tuple[type[Ledger], str]:
    """The ledger and id of a record named by its id, `meetings/HY1`, or by its key alone.

    The ledger before the stroke may be named by its label too, and keys of several columns have
    `|` between them. To who is not `cleared` for them, records of units abroad do not exist.

    Raises:
        TongrongError: no record has this key, or records of several ledgers have it.
    """
    text = text.strip()
    named, stroke, key = text.partition("/")
    labels = {one.label: one for one in LEDGERS.values()}
    own = LEDGERS.get(named) or labels.get(named) if stroke else None
    wanted = [own] if own else [ledger] if ledger else list(LEDGERS.values())
    key = key if own else text
    ids = {f"{one.code}/{key}": one for one in wanted}
    there = [record for record, one in ids.items() if _versions(one, record).exists()]
    shown = there if cleared else told_of(there)
    found = [ids[record] for record in there if record in shown]
    if len(found) == 1:
        return found[0], f"{found[0].code}/{key}"
    if found:
        told = "、".join(f"{one.label}/{key}" for one in found)
        raise refuse(
            "record.ambiguous", "记录", text, "只有一条记录有这个编号", f"写明台账：{told}"
        )
    raise _unknown(text, key, wanted, cleared=cleared)


def history_of(ledger: type[Ledger], record: str) -> History:
    """Every version of a record."""
    rows = list(_versions(ledger, record))
    numbers = {row.entry for row in rows}
    entries = {entry.number: entry for entry in AuditEntry.objects.filter(number__in=numbers)}
    return _history(ledger, record, rows, entries)


def history_by_number(ledger: type[Ledger], number: int) -> History | None:
    """Every version of the record one of whose versions has a number.

    Without what the audit entries add: by which action, and from which cells of a file.
    """
    versions = LEDGER_MODELS[ledger.code].objects
    of = versions.filter(version_id=number).values(RECORD)
    rows = list(versions.filter(record__in=of).annotate(author=author("recorded_by")))
    return _history(ledger, rows[0].record, rows, {}) if rows else None


def _history(
    ledger: type[Ledger],
    record: str,
    rows: Iterable[RowVersion],
    entries: Mapping[int, AuditEntry],
) -> History:
    told, before = [], None
    for row in sorted(rows, key=lambda one: one.version):
        told.append(_told(ledger, row, before, entries.get(row.entry)))
        before = row
    return History(ledger.code, ledger.label, record, tuple(told))


def _versions(ledger: type[Ledger], record: str) -> Any:
    return LEDGER_MODELS[ledger.code].objects.filter(**{RECORD: record})


def _told(
    ledger: type[Ledger], row: RowVersion, before: RowVersion | None, entry: AuditEntry | None
) -> ToldVersion:
    detail: Mapping[str, Any] = entry.detail if entry else {}
    place = detail.get("places", {}).get(ledger.code, {})
    return ToldVersion(
        version=row.version,
        status=row.status,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        author=getattr(row, "author", row.recorded_by),
        reason=row.recorded_because,
        action=entry.action if entry else "",
        entry=row.entry,
        file=row.source_file,
        sheet=place.get("sheet", ""),
        row=row.source_row,
        superseded_at=row.superseded_at,
        changes=tuple(_changes(ledger, row, before, place)),
    )


def _changes(
    ledger: type[Ledger], row: RowVersion, before: RowVersion | None, place: Mapping[str, Any]
) -> Iterator[Change]:
    for name, column in sheet_columns(ledger).items():
        value = getattr(row, name)
        former = getattr(before, name) if before else None
        if value != former and (before or name != STATUS):
            letter = place.get("letters", {}).get(name)
            parts = (row.source_file, place.get("sheet", ""), f"{letter}{row.source_row}")
            cell = "!".join(filter(None, parts)) if letter and row.source_row else ""
            yield Change(name, column.label, _text(column, former), _text(column, value), cell)


def _text(column: Column, value: Any) -> str:
    """A value as it may be shown: of open columns only, as wherever records are told."""
    if value is None:
        return ""
    return show(column, value) if column.privacy is Privacy.OPEN else MASKED


def _unknown(text: str, key: str, ledgers: list[type[Ledger]], *, cleared: bool) -> TongrongError:
    records: dict[str, list[str]] = {}
    for ledger in ledgers:
        rows = LEDGER_MODELS[ledger.code].objects.filter(version=1).order_by(RECORD)
        for record in rows.values_list(RECORD, flat=True)[:_SUGGEST_AMONG]:
            records.setdefault(record.partition("/")[2], []).append(record)
    near = get_close_matches(key, records, n=max(len(records), 1), cutoff=0.5)
    shown = [*islice(near if cleared else _shown(near, records), _SHOWN)]
    hint = f"是否应为 {'、'.join(shown)}？" if shown else ""
    return refuse(
        "record.unknown",
        "记录",
        text,
        "库中某条记录的编号，如 会议活动/HY1；编号由几列组成的用 | 隔开",
        f"{hint}tongrong export 列出全部记录",
    )


def _shown(keys: list[str], records: Mapping[str, list[str]]) -> Iterator[str]:
    """Those of the keys, in their order, one of whose records may be told of; a few at a time."""
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        told = told_of([record for key in some for record in records[key]])
        yield from (key for key in some if not told.isdisjoint(records[key]))
