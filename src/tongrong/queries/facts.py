"""What the operational database says: the current version of every record, or that of a moment."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import Count, QuerySet

from tongrong.engine.backends.database import SQLITE_PREFIX, load_tables, table_names
from tongrong.facts.check import trees
from tongrong.facts.columns import Day
from tongrong.facts.directory import Elsewhere, Named, names_of
from tongrong.facts.from_rows import Rows
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.failures import database_failure

# Fewer than the parameters SQLite takes in a statement.
_CODES_AT_ONCE = 5_000
_LIBPQ_OPTIONS = (
    "connect_timeout",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
)


@dataclass(frozen=True)
class LedgerCount:
    """How many records a ledger has: all, and those that count (有效)."""

    code: str
    label: str
    records: int
    effective: int


def current_snapshot(known_at: dt.datetime | None = None) -> Snapshot:
    """The current version of every record of every ledger, drafts and withdrawals included.

    With `known_at`, a moment with a time zone, what was known then: of every record the version
    recorded by that moment and not superseded by it. All ledgers are of one moment. It reads
    through a connection of its own, so it sees committed writes only. The order of rows says
    nothing. A database that has not been made yet holds no records.

    Raises:
        TongrongError: the database cannot be reached or read.
    """
    url = _bulk_url()
    _let_go_of_sqlite()
    tables = {LEDGER_MODELS[code]._meta.db_table for code in LEDGERS}
    with _in_our_words():
        present = table_names(url)
    if not tables & present:
        return Snapshot.of_rows({})
    selects = {
        code: (rows_sql(ledger, known_at), ledger.arrow_schema())
        for code, ledger in LEDGERS.items()
    }
    rows = Rows()
    with _in_our_words():
        load_tables(url, selects, rows.take)
    return rows.snapshot()


def _let_go_of_sqlite() -> None:
    """Close our own connection to a SQLite file before the bulk reader opens it.

    The reader brings a SQLite library of its own. Locks of POSIX are a process's, so it does not
    see that this process has the file open already: it shortens the index of the log that ours
    has mapped into memory, and ours dies of it (SIGBUS) at the next large write. Django
    connects again by itself.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.close()


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Tell what the driver said in our own words."""
    try:
        yield
    except TongrongError as error:
        told = (replace(one, found=database_failure(one.found)) for one in error.problems)
        raise TongrongError(list(told)) from error


def rows_sql(ledger: type[Ledger], known_at: dt.datetime | None = None) -> str:
    """The SQL that selects of each record of a ledger the version current now, or at a moment.

    It gives `record`, `status` and the ledger's columns, in the order of `arrow_schema()`.
    """
    columns = ", ".join(f'"{name}"' for name in ledger.arrow_schema().names)
    table = LEDGER_MODELS[ledger.code]._meta.db_table
    return f'SELECT {columns} FROM "{table}" WHERE {_current_at(known_at)}'  # noqa: S608


def _current_at(known_at: dt.datetime | None) -> str:
    """The condition that a version is current now, or was at a moment."""
    if known_at is None:
        return '"superseded_at" IS NULL'
    utc = known_at.astimezone(dt.UTC)
    sqlite = connection.vendor == "sqlite"  # it keeps moments as text, in UTC without a zone
    moment = f"'{utc.replace(tzinfo=None)}'" if sqlite else f"TIMESTAMPTZ '{utc.isoformat()}'"
    superseded = f'("superseded_at" IS NULL OR "superseded_at" > {moment})'
    return f'"recorded_at" <= {moment} AND {superseded}'


def known_codes(code: str, texts: Collection[str | None]) -> frozenset[str]:
    """Those of these texts that are the code of a record of the ledger.

    Withdrawn records are among them: they no longer count, but rows that point at them
    must still be correctable.
    """
    return codes_among(current_rows(code), str(LEDGERS[code].code_column()), texts)


def current_rows(code: str) -> "QuerySet[RowVersion]":
    """The current version of every record of a ledger."""
    return LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)


def codes_among(rows: "QuerySet[Any]", coded: str, texts: Collection[str | None]) -> frozenset[str]:
    """Those of these texts that one of the rows has in a column; many may be asked."""
    asked = sorted({text for text in texts if text is not None})
    found: set[str] = set()
    for start in range(0, len(asked), _CODES_AT_ONCE):
        some = rows.filter(**{f"{coded}__in": asked[start : start + _CODES_AT_ONCE]})
        found.update(some.values_list(coded, flat=True).iterator())
    return frozenset(found)


def known_names(code: str) -> Iterator[Named]:
    """The effective records of a ledger with the names they go by."""
    yield from names_among(code, current_rows(code))


def names_among(code: str, rows: "QuerySet[RowVersion]") -> Iterator[Named]:
    """The effective ones of these rows of a ledger with the names they go by."""
    columns = [str(LEDGERS[code].code_column()), *names_of(LEDGERS[code])]
    effective = rows.filter(status=EFFECTIVE)
    for number, *names in effective.values_list(*columns).iterator():
        yield number, tuple(names)


def known_alike(code: str, rows: pa.Table) -> Mapping[tuple[Any, ...], str]:
    """The code of each effective record that is the same thing as one of these rows.

    One pass over the ledger's records of the days in the rows; only what is alike is kept.
    """
    return alike_among(code, current_rows(code), rows)


def alike_among(
    code: str, known: "QuerySet[RowVersion]", rows: pa.Table
) -> Mapping[tuple[Any, ...], str]:
    """The same among the known records of a ledger."""
    ledger = LEDGERS[code]
    likeness = ledger.likeness()
    wanted = set(zip(*(rows[name].to_pylist() for name in likeness), strict=True))
    current = known.filter(status=EFFECTIVE)
    for name in likeness:
        column = ledger.columns[name]
        if isinstance(column, Day) and not column.optional and not rows[name].null_count:
            days: Any = pc.min_max(rows[name]).as_py()
            current = current.filter(**{f"{name}__range": (days["min"], days["max"])})
    told = current.values_list(*likeness, str(ledger.code_column())).iterator()
    found = {tuple(said): number for *said, number in told if tuple(said) in wanted}
    return {said: number for said, number in found.items() if any(v is not None for v in said)}


def elsewhere() -> Elsewhere:
    """What is recorded, for what is read to be settled against."""
    return Elsewhere(known_codes, known_names, known_alike)


def known_trees() -> Mapping[tuple[str, str], Mapping[str, str | None]]:
    """Which unit is above which, by ledger and column; effective records only."""
    found = {}
    for code, column in trees():
        current = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)
        said = current.filter(**{STATUS: EFFECTIVE, f"{column}__isnull": False})
        (key,) = LEDGERS[code].keys()
        found[code, column] = dict(said.values_list(key, column).iterator())
    return found


def enterprises_with_figures() -> frozenset[str]:
    """The enterprises whose size follows from figures that count (有效)."""
    current = LEDGER_MODELS["enterprise_scale"].objects.filter(superseded_at__isnull=True)
    unit = str(LEDGERS["enterprise_scale"].owner)
    return frozenset(current.filter(**{STATUS: EFFECTIVE}).values_list(unit, flat=True).iterator())


def effective_records_of_file(code: str, file_name: str) -> Iterator[str]:
    """The records of ledger `code` that count (有效) and last came from a file of this name."""
    current = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)
    said = current.filter(**{STATUS: EFFECTIVE}, source_file=file_name)
    yield from said.order_by(RECORD).values_list(RECORD, flat=True).iterator()


def ledger_counts() -> tuple[LedgerCount, ...]:
    """How many records each ledger has now, in the order of declaration."""
    found = []
    for code, ledger in LEDGERS.items():
        current = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)
        by_status = dict(current.values_list(STATUS).annotate(n=Count("version_id")))
        effective = by_status.get(EFFECTIVE, 0)
        found.append(LedgerCount(code, ledger.label, sum(by_status.values()), effective))
    return tuple(found)


def _bulk_url() -> str:
    """Where the bulk reader finds the database Django is connected to."""
    settings = connection.settings_dict
    name = str(settings["NAME"])
    if connection.vendor == "sqlite":
        if ":memory:" in name or "mode=memory" in name:
            raise refuse(
                "database.in_memory",
                "业务数据库",
                name,
                "保存在文件中的 SQLite 数据库",
                "改用文件，不用内存库",
            )
        return SQLITE_PREFIX + quote(name)
    parts = {part.lower(): settings[part] for part in ("HOST", "PORT", "USER", "PASSWORD")}
    parts |= {key: settings["OPTIONS"].get(key) for key in _LIBPQ_OPTIONS}
    known = {key: str(value) for key, value in parts.items() if value} | {"dbname": name}
    return f"postgresql:///?{urlencode(known, quote_via=quote)}"
