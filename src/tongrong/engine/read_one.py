"""One clause of one unit, evaluated by the readings: the same tables as a run with details.

A run of the engine plans a program for each clause; a reading reads the few rows there are.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from tongrong.engine.again import Norms, world_of
from tongrong.engine.cells import REASONS
from tongrong.engine.editions import bind_editions, editions_of, shown
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.readings.cell import Cell
from tongrong.engine.readings.clause import Outcome, read_unit
from tongrong.engine.run import Evaluation
from tongrong.facts.snapshot import Snapshot

_Columns = list[tuple[str, pa.DataType]]
_KEY: _Columns = [("unit", pa.string()), ("clause", pa.string())]
_SEVERITY: _Columns = [("severity", pa.int64())]
_PART: _Columns = [("part", pa.int64())]
_MEASURE: _Columns = [("num", pa.int64()), ("den", pa.int64())]
_WHY: _Columns = [("due", pa.date32()), ("reason", pa.int64())]
_SINGLE: _Columns = [("single", pa.bool_())]
_VERDICT = pa.schema([*_KEY, *_SEVERITY, *_PART, *_MEASURE, *_SINGLE, *_WHY])
_WHICH: _Columns = [("unit", pa.string()), ("period", pa.string()), ("member", pa.string())]
_CELL = pa.schema([*_PART, *_WHICH, *_SEVERITY, *_MEASURE, *_WHY])
_EVIDENCE = pa.schema([*_PART, ("unit", pa.string()), ("record", pa.string())])
_MISSING = pa.schema([*_KEY, ("missing", pa.list_(pa.string()))])
_RECORDS = pa.schema([*_KEY, ("records", pa.list_(pa.string()))])


def evaluate_one(
    norms: Norms, unit: str, clause: str, snapshot: Snapshot, *, year: int | None = None
) -> Evaluation | None:
    """The verdict on a clause with its details; None where it is not put to the unit.

    `snapshot` has the rows near the unit; `year` is another assessment year than the day's.
    """
    tables = {code: table.to_pylist() for code, table in snapshot.tables.items()}
    editions = editions_of(norms.family, snapshot, norms.as_of, year)
    (bound,) = bind_editions(editions, norms.as_of, {clause})
    of_editions = [
        (edition.checklist.rule(one), world_of(edition, norms.as_of, tables))
        for edition in editions
        for one in edition.checklist.clauses()
        if one.id == clause
    ]
    outcome = read_unit(of_editions, unit)
    if outcome is None:
        return None
    key = {"unit": unit, "clause": clause}
    decider = bound.parts[outcome.part]
    verdict = {
        **key,
        "severity": int(outcome.severity),
        "part": decider.index,
        "num": _whole(outcome.num),
        "den": _whole(outcome.den),
        "single": outcome.single,
        "due": outcome.due,
        "reason": REASONS.index(outcome.reason),
    }
    missing = [{**key, "missing": sorted(set(outcome.missing))}] if outcome.missing else []
    records = [{**key, "records": list(outcome.records)}] if outcome.records else []
    return Evaluation(
        shown(editions, [bound]),
        editions,
        (bound,),
        verdicts=pa.Table.from_pylist([verdict], _VERDICT),
        cells=pa.Table.from_pylist(list(_cells(unit, bound, outcome)), _CELL),
        evidence=pa.Table.from_pylist(list(_evidence(unit, bound, outcome)), _EVIDENCE),
        missing=pa.Table.from_pylist(missing, _MISSING),
        records=pa.Table.from_pylist(records, _RECORDS),
    )


def _of_parts(bound: BoundClause, outcome: Outcome) -> Iterator[tuple[int, Sequence[Cell]]]:
    for part, cells in zip(bound.parts, outcome.cells, strict=True):
        yield part.index, cells


def _cells(unit: str, bound: BoundClause, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for part, cells in _of_parts(bound, outcome):
        for cell in cells:
            yield {
                "part": part,
                "unit": unit,
                "period": cell.period,
                "member": cell.member,
                "severity": int(cell.severity),
                "num": _whole(cell.num),
                "den": _whole(cell.den),
                "due": cell.due,
                "reason": REASONS.index(cell.reason),
            }


def _evidence(unit: str, bound: BoundClause, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for part, cells in _of_parts(bound, outcome):
        for record in sorted({record for cell in cells for record in cell.records}):
            yield {"part": part, "unit": unit, "record": record}


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number))
