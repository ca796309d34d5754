"""Runs a checklist over a snapshot: facts → measures → verdicts, as text on a backend."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.editions import Edition, bind_editions, editions_of, shown
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.moment import Moment
from tongrong.engine.parameters import parameter_tables
from tongrong.engine.part import Part
from tongrong.engine.programs import Programs
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.family import Family
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.progress import Progress


@dataclass(frozen=True)
class Evaluation:
    """The verdicts of a checklist at a moment, as Arrow tables.

    `verdicts` has one row a unit and clause (columns of engine.verdicts.VERDICTS); where
    details were asked for, `cells`, `evidence`, `missing` and `records` say why. `checklist` is
    the one in force at D, to be shown; `editions` every version that judged, that one first.
    """

    checklist: Checklist
    editions: tuple[Edition, ...]
    clauses: tuple[BoundClause, ...]
    verdicts: pa.Table
    cells: pa.Table | None = None
    evidence: pa.Table | None = None
    missing: pa.Table | None = None
    records: pa.Table | None = None

    @property
    def moment(self) -> Moment:
        """The day D, the assessment year, and the numbers in force at D."""
        return self.editions[0].moment

    def edition(self, part: Part) -> Edition:
        """The version of the checklist that a part is of."""
        return next(one for one in self.editions if one.name == part.version)

    @property
    def not_applied(self) -> list[Problem]:
        """What units set otherwise and no version that judged admits, each told once."""
        refused = (one.problem for edition in self.editions for one in edition.adjustments.refused)
        return list(dict.fromkeys(refused))


def evaluate(
    checklist: Checklist | Family,
    snapshot: Snapshot,
    as_of: dt.date,
    *,
    year: int | None = None,
    clauses: Iterable[str] | None = None,
    details: bool = False,
    programs: Programs | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Evaluate a checklist, or the versions of a family, as of the end of a day.

    `clauses` limits the clauses (by id); `details` adds cells, missing periods and members,
    and the records counted; `programs` keeps compiled text between runs. Raises TongrongError
    for a rule that does not read, a year that has not begun, or a day without a version in force.
    """
    editions = editions_of(checklist, snapshot, as_of, year)
    bound = bind_editions(editions, as_of, None if clauses is None else set(clauses))
    parameters = parameter_tables(bound, editions)
    (clock,) = parameters["clock"].to_pylist()
    program = (programs or PROGRAMS).of(bound, details=details).at(clock)
    with Duck(snapshot.row_count) as duck:
        for code in snapshot.tables:
            if f"raw_{code}" in program.reads:
                duck.load(f"raw_{code}", snapshot.source(code))
        for name, table in parameters.items():
            if name in program.reads:
                duck.load(name, table)
        duck.run(program.steps, progress)
        results = {name: duck.query(text) for name, text in program.results.items()}
    return Evaluation(shown(editions, bound), editions, tuple(bound), **results)


PROGRAMS = Programs()
