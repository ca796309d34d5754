"""Runs a checklist over a snapshot: facts → measures → verdicts, as text on a backend."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from tongrong.engine.adjustments import Adjustments
from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.backends.runner import Progress
from tongrong.engine.from_norms import BoundClause, bind
from tongrong.engine.moment import Moment
from tongrong.engine.parameters import parameter_tables
from tongrong.engine.programs import Programs
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist


@dataclass(frozen=True)
class Evaluation:
    """The verdicts of a checklist at a moment, as Arrow tables.

    `verdicts` has one row a unit and clause (columns of engine.verdicts.VERDICTS); where
    details were asked for, `cells`, `evidence`, `missing` and `records` say why. `adjustments`
    are the numbers that units set otherwise, and what was not applied of them.
    """

    checklist: Checklist
    moment: Moment
    clauses: tuple[BoundClause, ...]
    adjustments: Adjustments
    verdicts: pa.Table
    cells: pa.Table | None = None
    evidence: pa.Table | None = None
    missing: pa.Table | None = None
    records: pa.Table | None = None


def evaluate(
    checklist: Checklist,
    snapshot: Snapshot,
    as_of: dt.date,
    *,
    year: int | None = None,
    clauses: Iterable[str] | None = None,
    details: bool = False,
    programs: Programs | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Evaluate a checklist as of the end of a day.

    `clauses` limits the clauses (by id); `details` adds cells, missing periods and members,
    and the records counted; `programs` keeps compiled text between runs. Raises TongrongError
    for a rule that does not read or a year that has not begun.
    """
    moment = Moment.of(as_of, year, checklist.thresholds)
    bound = bind(checklist, as_of, None if clauses is None else set(clauses))
    program = (programs or PROGRAMS).of(bound, details=details)
    adjustments = Adjustments(checklist, snapshot)
    parts = [part for one in bound for part in one.parts]
    parameters = parameter_tables(parts, moment, adjustments)
    with Duck(snapshot.row_count) as duck:
        for code, table in snapshot.tables.items():
            duck.load(f"raw_{code}", table)
        for name, table in parameters.items():
            duck.load(name, table)
        duck.run(program.steps, progress)
        results = {name: duck.query(text) for name, text in program.results.items()}
    return Evaluation(checklist, moment, tuple(bound), adjustments, **results)


PROGRAMS = Programs()
