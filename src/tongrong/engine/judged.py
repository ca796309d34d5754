"""One verdict as it is kept: what a run of the engine and the readings say alike."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.engine.cells import REASONS
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.readings.catalogue import shows_denominator
from tongrong.engine.readings.clause import Outcome
from tongrong.engine.run import Evaluation
from tongrong.vocabulary.verdicts import Reason, Severity

Key = tuple[str, str]
UNITS_AT_ONCE = 500
UNDECIDED = (Severity.NOT_APPLICABLE, Severity.NO_DATA)


@dataclass(frozen=True)
class Judged:
    """The verdict on one clause for one unit: all that is shown of it without its cells.

    `num` and `den` are empty where it is undecided; `single` says whether they are the one
    cell's own measure. `part` is the number of the part that decided within its checklist.
    """

    unit: str
    clause: str
    severity: Severity
    part: int
    num: int | None
    den: int | None
    single: bool
    due: dt.date | None
    reason: Reason
    missing: tuple[str, ...]
    records: tuple[str, ...]


def from_run(run: Evaluation) -> Iterator[list[Judged]]:
    """Every verdict of a run with details, some units at a time."""
    if run.missing is None or run.records is None:
        raise ValueError("what is kept needs a run with details")
    shown = {
        part.index: shows_denominator(part.rule.kind) for one in run.clauses for part in one.parts
    }
    every: Any = pc.unique(run.verdicts["unit"])
    units = sorted(every.to_pylist())
    for start in range(0, len(units), UNITS_AT_ONCE):
        some = pa.array(units[start : start + UNITS_AT_ONCE], pa.string())
        verdicts, missing, records = (
            _of_units(table, some) for table in (run.verdicts, run.missing, run.records)
        )
        lacking = {(row["unit"], row["clause"]): tuple(row["missing"]) for row in missing}
        counted = {(row["unit"], row["clause"]): tuple(row["records"]) for row in records}
        yield [_judged(row, shown, lacking, counted) for row in verdicts]


def _of_units(table: pa.Table, units: "pa.Array[Any]") -> list[dict[str, Any]]:
    among: Any = pc.is_in(table["unit"], value_set=units)
    rows: list[dict[str, Any]] = table.filter(among).to_pylist()
    return rows


def _judged(
    row: Mapping[str, Any],
    shown: Mapping[int, bool],
    missing: Mapping[Key, tuple[str, ...]],
    records: Mapping[Key, tuple[str, ...]],
) -> Judged:
    severity, key = Severity(row["severity"]), (row["unit"], row["clause"])
    decided, applies = severity not in UNDECIDED, severity is not Severity.NOT_APPLICABLE
    with_den = decided and (shown[row["part"]] or not row["single"])
    return Judged(
        *key,
        severity,
        row["part"],
        row["num"] if decided else None,
        row["den"] if with_den else None,
        bool(row["single"]) and decided,
        row["due"],
        Reason.NONE if decided else REASONS[row["reason"]],
        missing.get(key, ()) if applies else (),
        records.get(key, ()) if applies else (),
    )


def from_reading(unit: str, clause: BoundClause, outcome: Outcome) -> Judged:
    """The verdict that the readings reached."""
    decided = outcome.severity not in UNDECIDED
    applies = outcome.severity is not Severity.NOT_APPLICABLE
    return Judged(
        unit,
        clause.clause.id,
        outcome.severity,
        clause.parts[outcome.part].index,
        _whole(outcome.num) if decided else None,
        _whole(outcome.den) if decided else None,
        outcome.single and decided,
        outcome.due,
        Reason.NONE if decided else outcome.reason,
        tuple(sorted(set(outcome.missing))) if applies else (),
        outcome.records if applies else (),
    )


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number))
