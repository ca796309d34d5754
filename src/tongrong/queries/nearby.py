"""The few records near one unit, read from the operational database by its indexes."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from tongrong.engine.kinship import Kinship, kinship_of
from tongrong.engine.nearby import REGISTERS, Row, Where
from tongrong.engine.tables import OWNERS
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

    selected: str
    joins: Mapping[str, str]
    names: tuple[str, ...]
    places: Mapping[str, str]
    converts: tuple[tuple[int, Convert], ...]

    def sql(self, where: Collection[str]) -> str:
        """The select up to its last test, for tests of these columns.

        A row that refers to nothing is kept, but not where a column it would carry is tested:
        told so, the database begins with what is referred to.
        """
        tested = {self.places[name].partition(".")[0] for name in where}
        joined = [one if table in tested else f"LEFT {one}" for table, one in self.joins.items()]
        current = f"WHERE t.superseded_at IS NULL AND t.status = '{EFFECTIVE}'"
        return " ".join([self.selected, *joined, current])


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
    tests, parameters = [], list[Any]()
    for name, values in where.items():
        tests.append(_among(select.places[name], values, parameters))
    if but:
        tests.append("NOT " + _among(select.places[RECORD], but, parameters))
    sql = " AND ".join([select.sql(where), *tests]) + (f" LIMIT {most}" if most else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    for values in rows:
        row = dict(zip(select.names, values, strict=True))
        for at, convert in select.converts:
            if values[at] is not None:
                row[select.names[at]] = convert(values[at])
        yield row


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
    table = LEDGER_MODELS[code]._meta.db_table
    selected = f'SELECT {", ".join(places.values())} FROM "{table}" t'  # noqa: S608 our own names
    names = tuple(columns)
    converts = tuple(
        (at, convert)
        for at, (_, _, column) in enumerate(columns.values())
        if (convert := _convert(column))
    )
    return _Select(selected, joins, names, places, converts)


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


# --- the same records read once --------------------------------------------------------------

_OF_EVERY_CLAUSE = ("nil_declarations", "assessments", "parameter_adjustments")
"""What every clause asks of a unit."""
_FEW: Mapping[str, str] = {
    **{code: str(LEDGERS[code].owner) for code in _OF_EVERY_CLAUSE},
    "posts": "person",
}
"""The column by which so few rows are found that they are read whatever else is asked."""


class RememberedRecords(StoredRecords):
    """The same, asked of the database once: for a transaction that writes no records.

    What is asked by one column is kept by value, so a further value alone is asked for.
    """

    def __init__(self) -> None:
        self._asked: dict[Any, Sequence[Row]] = {}
        self._by_value: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def read_ahead(self, kinship: Kinship, units: Collection[str]) -> None:
        """Read by one query a ledger what every clause asks of units and of those above them."""
        near = {*units, *(kinship.owner(one, unit) or "" for one in OWNERS for unit in units)}
        near |= {upper for unit in list(near) for upper in kinship.above(unit)}
        near.discard("")
        for code in REGISTERS:
            self._of("number", code, near)
        for code in _OF_EVERY_CLAUSE:
            self._of(_FEW[code], code, near)

    def read_posts(self, persons: Collection[str]) -> None:
        """Read by one query the posts of persons."""
        self._of("person", "posts", persons)

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The effective rows of a ledger whose columns, own or carried, have one of the values."""
        name = _FEW.get(code) or next(iter(where), "")
        if name in where and (code in _FEW or len(where) == 1) and not but and most is None:
            rows = self._of(name, code, where[name])
            return [row for row in rows if all(row[n] in said for n, said in where.items())]
        told = frozenset((name, frozenset(values)) for name, values in where.items())
        key = code, told, frozenset(but), most
        if key not in self._asked:
            self._asked[key] = super().find(code, where, but=but, most=most)
        return self._asked[key]

    def _of(self, name: str, code: str, values: Collection[Any]) -> list[Row]:
        """The rows with one of the values in a column."""
        known = self._by_value.setdefault((code, name), {})
        unknown = set(values) - known.keys()
        known.update((value, []) for value in unknown)
        for row in super().find(code, {name: unknown}):
            known[row[name]].append(row)
        return [row for value in set(values) for row in known[value]]


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
