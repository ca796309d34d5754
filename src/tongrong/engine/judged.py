"""One verdict as it is kept: what a run of the engine and the readings say alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tongrong.engine.cells import REASONS
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.readings.catalogue import shows_denominator
from tongrong.engine.readings.clause import Outcome
from tongrong.engine.run import Evaluation
from tongrong.vocabulary.verdicts import Reason, Severity

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


def from_run(run: Evaluation) -> Iterator[Judged]:
    """Every verdict of a run with details."""
    if run.missing is None or run.records is None:
        raise ValueError("what is kept needs a run with details")
    missing = {(r["unit"], r["clause"]): tuple(r["missing"]) for r in run.missing.to_pylist()}
    records = {(r["unit"], r["clause"]): tuple(r["records"]) for r in run.records.to_pylist()}
    shown = {
        part.index: shows_denominator(part.rule.kind) for one in run.clauses for part in one.parts
    }
    for row in run.verdicts.to_pylist():
        severity, key = Severity(row["severity"]), (row["unit"], row["clause"])
        decided = severity not in UNDECIDED
        with_den = decided and (shown[row["part"]] or not row["single"])
        yield Judged(
            *key,
            severity,
            row["part"],
            row["num"] if decided else None,
            row["den"] if with_den else None,
            bool(row["single"]) and decided,
            row["due"],
            Reason.NONE if decided else REASONS[row["reason"]],
            missing.get(key, ()) if severity is not Severity.NOT_APPLICABLE else (),
            records.get(key, ()) if severity is not Severity.NOT_APPLICABLE else (),
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
