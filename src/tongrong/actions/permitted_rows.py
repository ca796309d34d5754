"""Whose the rows of a file are: what of it is not for who sends it to write."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from tongrong.facts.check import unknown_code
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import RECORD, STATUS, Ledger
from tongrong.facts.reading import Reading, Source
from tongrong.facts.registry import LEDGERS
from tongrong.queries.facts import codes_among, current_rows
from tongrong.queries.ledger_scope import entered, owning, rows_within
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.reachable import existing_units
from tongrong.records.models import RowVersion
from tongrong.vocabulary.errors import Problem

_RECORD = Permission.RECORD
_AT_ONCE = 500


def not_to_write(viewer: Viewer, reading: Reading) -> Iterator[Problem]:
    """A problem for every row of a settled reading that is not the viewer's to write.

    A unit they do not record for is told of as one that is not there. A row of a ledger that is
    not entered by hand may say again what is recorded, nothing else.
    """
    for code, source in reading.sources.items():
        ledger, table = LEDGERS[code], reading.snapshot[code]
        if not table.num_rows:
            continue
        rows = table.to_pylist()
        if not entered(ledger):
            yield from _said_again(viewer, ledger, rows, source)
            continue
        if code != PERSONS:
            yield from _of_others(viewer, ledger, rows, reading)
        yield from _taken(viewer, ledger, rows, source)


def writable(viewer: Viewer, ledger: type[Ledger], records: Iterable[str]) -> tuple[str, ...]:
    """Those of the records that are of units the viewer records for."""
    given = list(records)
    mine = codes_among(_mine(viewer, ledger), RECORD, given)
    return tuple(one for one in given if one in mine)


def _mine(viewer: Viewer, ledger: type[Ledger]) -> "QuerySet[RowVersion]":
    return rows_within(viewer, _RECORD, ledger)


def _of_others(
    viewer: Viewer, ledger: type[Ledger], rows: list[dict[str, Any]], reading: Reading
) -> Iterator[Problem]:
    """Rows of units, or below records of units, that the viewer does not record for."""
    name, source = owning(ledger), reading.sources[ledger.code]
    column = ledger.references()[name]
    said = {row[name] for row in rows}
    if name == ledger.owner:
        lost = codes_among(existing_units(viewer), "unit", said)
        lost -= codes_among(visible(viewer, _RECORD), "unit", said)
    else:
        upper = LEDGERS[column.to]
        coded = str(upper.code_column())
        here = set(reading.snapshot[upper.code][coded].to_pylist())
        seen = rows_within(viewer, Permission.SEE_LEDGERS, upper)
        lost = codes_among(seen, coded, said - here)
        lost -= codes_among(rows_within(viewer, _RECORD, upper), coded, said - here)
    for index, row in enumerate(rows):
        if row[name] in lost:
            yield unknown_code(column, source.at(index, name), row[name])


def _taken(
    viewer: Viewer, ledger: type[Ledger], rows: list[dict[str, Any]], source: Source
) -> Iterator[Problem]:
    """Rows of which the record is another unit's; a person may be named again as recorded.

    Whether there is such a record, and whether the sender would see it, is not said.
    """
    records = [row[RECORD] for row in rows]
    known = codes_among(current_rows(ledger.code), RECORD, records)
    others = known - codes_among(_mine(viewer, ledger), RECORD, known)
    same = _as_recorded(current_rows(ledger.code), ledger, others) if others else {}
    keys = ledger.keys()
    labels = "、".join(ledger.columns[name].label for name in keys)
    for index, row in enumerate(rows):
        if row[RECORD] in others and not (
            ledger.code == PERSONS and same[row[RECORD]] == _said(ledger, row)
        ):
            where, found = source.at(index, keys[0]), row[RECORD].partition("/")[2]
            expected = f"可以使用的{labels}"
            remedy = "核对编号；确是新的一条的，另填一个，如加上单位的字头"
            yield Problem("facts.row.taken", where, found, expected, remedy)


def _said_again(
    viewer: Viewer, ledger: type[Ledger], rows: list[dict[str, Any]], source: Source
) -> Iterator[Problem]:
    """Rows of a register or of somebody's decision that say anything else than is recorded."""
    known = _as_recorded(_mine(viewer, ledger), ledger, [row[RECORD] for row in rows])
    for index, row in enumerate(rows):
        if known.get(row[RECORD]) != _said(ledger, row):
            where, found = source.at(index, ledger.keys()[0]), row[RECORD].partition("/")[2]
            expected = f"“{ledger.label}”与已登记的相同：它不由本单位登记"
            remedy = "删去这一行；确要改动的，请系统管理员用 tongrong import 导入"
            yield Problem("facts.row.registered", where, found, expected, remedy)


def _as_recorded(
    rows: "QuerySet[RowVersion]", ledger: type[Ledger], records: Collection[str]
) -> Mapping[str, tuple[Any, ...]]:
    """What these rows say, by record."""
    asked, names = sorted(records), (STATUS, *ledger.columns)
    found: dict[str, tuple[Any, ...]] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = rows.filter(**{f"{RECORD}__in": asked[start : start + _AT_ONCE]})
        found |= {record: tuple(said) for record, *said in some.values_list(RECORD, *names)}
    return found


def _said(ledger: type[Ledger], row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in (STATUS, *ledger.columns))
