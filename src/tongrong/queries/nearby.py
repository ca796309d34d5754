"""The few records near one unit, read from the operational database by its indexes."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from tongrong.engine.kinship import Kinship, kinship_of
from tongrong.engine.nearby import REGISTERS, Row, Where
from tongrong.facts.columns import Column, Day, Flag, Month
from tongrong.facts.ledger import EFFECTIVE, RECORD
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.concealed import Concealment
from tongrong.records.models import LEDGER_MODELS

_AT_ONCE = 900
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class _Select:
    """How the effective rows of a ledger are read, with the columns they carry."""

    table: str
    joins: Mapping[str, str]
    places: Mapping[str, str]
    converts: Mapping[str, Convert]

    @property
    def shown(self) -> str:
        """The columns a row shows."""
        return ", ".join(self.places.values())

    def sql(self, shown: str, where: Where, parameters: list[Any]) -> str:
        """The select of the rows that pass these tests; adds their parameters.

        A row that refers to nothing is kept, but not where a column it would carry is tested:
        told so, the database begins with what is referred to.
        """
        tested = {self.places[name].partition(".")[0] for name in where}
        joined = [one if table in tested else f"LEFT {one}" for table, one in self.joins.items()]
        tests = [_among(self.places[name], values, parameters) for name, values in where.items()]
        current = ["t.superseded_at IS NULL", f"t.status = '{EFFECTIVE}'"]
        said = " ".join([f'SELECT {shown} FROM "{self.table}" t', *joined])  # noqa: S608 our own names
        return f"{said} WHERE {' AND '.join([*current, *tests])}"

    def row(self, values: Sequence[Any]) -> dict[str, Any]:
        """A row from the values of its columns."""
        row = dict(zip(self.places, values, strict=True))
        for name, convert in self.converts.items():
            if row[name] is not None:
                row[name] = convert(row[name])
        return row


class StoredRecords:
    """The current effective records, inside the transaction at hand."""

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The effective rows of a ledger whose columns, own or carried, have one of the values."""
        if any(not values for values in where.values()):
            return []
        found: list[Row] = []
        for part in _parts(where):
            found += _read(_select(code), part, but, most)
        return found


def _parts(where: Where) -> Iterator[Where]:
    """The conditions, the longest list of values cut into pieces a database takes."""
    longest = max(where, key=lambda name: len(where[name]), default=None)
    if longest is None or len(where[longest]) <= _AT_ONCE:
        yield where
        return
    values = sorted(where[longest], key=str)
    for start in range(0, len(values), _AT_ONCE):
        yield {**where, longest: values[start : start + _AT_ONCE]}


def _read(
    select: _Select, where: Where, but: Collection[str], most: int | None
) -> Iterator[dict[str, Any]]:
    parameters = list[Any]()
    sql = select.sql(select.shown, where, parameters)
    if but:
        sql += " AND NOT " + _among(select.places[RECORD], but, parameters)
    if most:
        sql += f" LIMIT {most}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    yield from map(select.row, rows)


# All rows of a select as one text: thousands of texts take longer to read than one.
_ROWS_AS_JSON = {
    "sqlite": "json_group_array(json_array({}))",
    "postgresql": "COALESCE(CAST(json_agg(json_build_array({})) AS TEXT), '[]')",
}


def read_together(asks: Sequence[tuple[str, Where]]) -> list[list[Row]]:
    """The effective rows that each of several asks of a ledger finds, by one query.

    What each asks for comes as one text, so that rows of different ledgers fit together; what is
    asked for very many values is asked for by itself.
    """
    rows = _ROWS_AS_JSON[connection.vendor]
    found: list[list[Row]] = [[] for _ in asks]
    parameters, selects = list[Any](), []
    for number, (code, where) in enumerate(asks):
        if any(len(values) > _AT_ONCE for values in where.values()):
            found[number] += StoredRecords().find(code, where)
            continue
        select = _select(code)
        selects.append(select.sql(f"{number}, {rows.format(select.shown)}", where, parameters))
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), parameters)
            for number, text in cursor.fetchall():
                found[number] += map(_select(asks[number][0]).row, json.loads(text))
    return found


def _among(place: str, values: Collection[Any], parameters: list[Any]) -> str:
    listed = [one.isoformat() if isinstance(one, dt.date) else one for one in values]
    if connection.vendor == "postgresql":
        parameters.append(list(values))
        return f"{place} = ANY(%s)"
    parameters.extend(listed)
    return f"{place} IN ({', '.join(['%s'] * len(listed))})"


@cache
def _select(code: str) -> _Select:
    ledger = LEDGERS[code]
    columns: dict[str, tuple[str, str, Column | None]] = {RECORD: ("t", RECORD, None)}
    columns |= {name: ("t", name, column) for name, column in ledger.columns.items()}
    joins = {}
    for number, (name, reference) in enumerate(ledger.references().items()):
        if not reference.carry:
            continue
        (key,), to = LEDGERS[reference.to].keys(), LEDGER_MODELS[reference.to]._meta.db_table
        joins[f"r{number}"] = (
            f'JOIN "{to}" r{number} ON r{number}."{key}" = t."{name}" '
            f"AND r{number}.superseded_at IS NULL AND r{number}.status = '{EFFECTIVE}'"
        )
        for carried in reference.carry:
            shown = LEDGERS[reference.to].columns[carried]
            columns[f"{name}_{carried}"] = (f"r{number}", carried, shown)
    places = {name: f'{table}."{own}"' for name, (table, own, _) in columns.items()}
    converts = {
        name: convert for name, (_, _, column) in columns.items() if (convert := _convert(column))
    }
    return _Select(LEDGER_MODELS[code]._meta.db_table, joins, places, converts)


def _convert(column: Column | None) -> Convert | None:
    """How a value that SQLite gives back as text or number becomes the column's own."""
    if isinstance(column, Day | Month):
        return lambda value: dt.date.fromisoformat(value) if isinstance(value, str) else value
    return bool if isinstance(column, Flag) else None


# --- how units stand to one another ----------------------------------------------------------

_KNOWN: dict[str, tuple[Any, Kinship]] = {}


def current_kinship() -> Kinship:
    """How all effective units stand to one another; kept until a register is written."""
    settings = connection.settings_dict
    database = f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    newest = _newest_registers()
    known = _KNOWN.get(database)
    if known is None or known[0] != newest:
        _KNOWN[database] = known = newest, read_kinship()
    return known[1]


def _newest_registers() -> tuple[Any, ...]:
    """The newest version of each register, by one query."""
    tables = (LEDGER_MODELS[code]._meta.db_table for code in REGISTERS)
    asked = ", ".join(f'(SELECT MAX(version_id) FROM "{table}")' for table in tables)  # noqa: S608 our own names
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return tuple(cursor.fetchone())


def forget_kinship() -> None:
    """Forget what was kept; for a transaction that is rolled back."""
    _KNOWN.clear()


def read_kinship() -> Kinship:
    """How all effective units stand to one another now."""
    enterprises, organizations = (StoredRecords().find(code, {}) for code in REGISTERS)
    return kinship_of(enterprises, organizations)


# --- without the units abroad ----------------------------------------------------------------


class OpenRecords(StoredRecords):
    """The same without what tells of a unit abroad (五不公开), of records read by others."""

    def __init__(self, records: StoredRecords, concealment: Concealment) -> None:
        self._records, self._concealment = records, concealment

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The effective rows that exist for who is not cleared."""
        found = self._records.find(code, where, but=but, most=most)
        shown = self._concealment.shown(code, found)
        if most is not None and len(shown) < len(found):
            shown = self._concealment.shown(code, self._records.find(code, where, but=but))
        return shown[:most]


def without_abroad(kinship: Kinship, records: StoredRecords) -> tuple[Kinship, StoredRecords]:
    """The same as they are for who is not cleared (五不公开)."""
    concealment = Concealment()
    return _open_kinship(kinship, concealment.hidden), OpenRecords(records, concealment)


def _open_kinship(known: Kinship, hidden: Collection[str]) -> Kinship:
    """How the units stand to one another that exist for who is not cleared."""
    return Kinship(
        {unit: one for unit, one in known.enterprises.items() if unit not in hidden},
        {unit: one for unit, one in known.organizations.items() if unit not in hidden},
    )


# --- everything, where only this transaction sees it -----------------------------------------


def snapshot_within() -> Snapshot:
    """Every effective record as the transaction at hand sees it, its own writes included.

    Row by row through Django's connection: for what is never committed. Anything else is read
    by `current_snapshot`, which is many times as fast.
    """
    records = StoredRecords()
    return Snapshot.of_rows({code: list(map(dict, records.find(code, {}))) for code in LEDGERS})
