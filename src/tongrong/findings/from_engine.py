"""The door of findings: turns an evaluation into findings, each number as exact text."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.engine.cells import REASONS
from tongrong.engine.part import Part
from tongrong.engine.run import Evaluation
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.points import OPEN, Short, points_of
from tongrong.findings.rows import having, tuples
from tongrong.findings.shelf import telling
from tongrong.findings.telling import Measure, Telling
from tongrong.findings.wording import Wording
from tongrong.vocabulary.verdicts import Severity, Verdict

SETTLED = (Verdict.MET, Verdict.JUSTIFIED)
SILENT = (Verdict.NO_DATA, Verdict.NOT_APPLICABLE)
Key = tuple[str, str]


def findings_of(evaluation: Evaluation, snapshot: Snapshot) -> list[Finding]:
    """The findings of an evaluation with details, in the order of the checklist, then by unit.

    `snapshot` holds the facts evaluated: bounds that a register sets are read from it.
    """
    if evaluation.cells is None or evaluation.missing is None or evaluation.records is None:
        raise ValueError("findings need an evaluation with details")
    judge = Judge(evaluation, snapshot)
    missing = _listed(evaluation.missing, "missing")
    records = _listed(evaluation.records, "records")
    order = {bound.clause.id: at for at, bound in enumerate(evaluation.clauses)}
    found = [
        judge.finding(
            row,
            tuple(missing.get((row["unit"], row["clause"]), ())),
            tuple(records.get((row["unit"], row["clause"]), ())),
        )
        for row in evaluation.verdicts.to_pylist()
    ]
    return sorted(found, key=lambda one: (order[one.clause], one.unit))


def _listed(table: pa.Table, column: str) -> dict[Key, list[str]]:
    return {
        (unit, clause): found for unit, clause, found in tuples(table, "unit", "clause", column)
    }


class Judge:
    """What the parts of one evaluation measured, and the days whose thresholds judge them."""

    def __init__(self, evaluation: Evaluation, snapshot: Snapshot) -> None:
        cells, evidence = evaluation.cells, evaluation.evidence
        if cells is None or evidence is None:
            raise ValueError("findings need an evaluation with details")
        self.evaluation = evaluation
        self._words = {
            one.name: Wording(one.checklist, one.moment.today) for one in evaluation.editions
        }
        self.parts = {part.index: part for one in evaluation.clauses for part in one.parts}
        self._periods = _only_periods(cells)
        self._bounds = {
            index: self.telling(part).bounds(having(evidence, "part", index), snapshot)
            for index, part in self.parts.items()
        }
        self._last_days: dict[str, dict[str, dt.date]] = {}
        self._clauses = {one.clause.id: one.clause for one in evaluation.clauses}
        self._short = self._shorts(cells)

    def telling(self, part: Part) -> Telling[Any]:
        """How a part is told, in the words of its own version of the checklist."""
        return telling(part, self.words(part))

    def label(self, part: Part) -> str:
        """The label of a part, after the version it is of where that is not in force any more."""
        return " ".join(filter(None, (self.evaluation.edition(part).words, part.label)))

    def words(self, part: Part) -> Wording:
        """The words of the version of the checklist that a part is of."""
        return self._words[part.version]

    def finding(
        self, row: Mapping[str, Any], missing: tuple[str, ...], records: tuple[str, ...]
    ) -> Finding:
        """The finding of one row of verdicts."""
        verdict = Severity(row["severity"]).verdict
        part = self.parts[row["part"]]
        measure = self.measure(part, row["unit"], row["num"], row["den"], whole=not row["single"])
        told = self.telling(part)
        outside = verdict is Verdict.NOT_APPLICABLE
        return Finding(
            unit=row["unit"],
            clause=row["clause"],
            verdict=verdict,
            measured=None if outside else told.measured(measure),
            required=told.required(measure),
            gap=gap_of(verdict, told, measure),
            due=row["due"],
            missing=() if outside else missing,
            records=records,
            reason=REASONS[row["reason"]],
            part=self.label(part),
            points=points_of(
                self._clauses[row["clause"]],
                verdict,
                self._short.get((row["unit"], row["clause"]), ()),
                len(records),
            ),
        )

    def _shorts(self, cells: pa.Table) -> Mapping[Key, list[Short]]:
        """What falls short of the clauses that give points, by unit and clause; scores always."""
        found: dict[Key, list[Short]] = defaultdict(list)
        for index, part in self.parts.items():
            if part.shown_only or not self._clauses[part.clause].standard:
                continue
            told = self.telling(part)
            counts = [Severity.UNMET, *OPEN, *([Severity.MET] if told.graded else [])]
            own = having(cells, "part", index)
            short: Any = pc.is_in(own["severity"], pa.array(counts, pa.int64()))
            for row in own.filter(short).to_pylist():
                severity = Severity(row["severity"])
                one = Short(severity, self._lacking(part, row), told.got(row["num"]))
                found[row["unit"], part.clause].append(one)
        return found

    def _lacking(self, part: Part, row: Mapping[str, Any]) -> int | None:
        """How many a cell lacks, or has too many; a member is one."""
        if row["member"]:
            return 1
        if row["severity"] == Severity.NO_DATA or self.telling(part).graded:
            return None
        measure = self.measure(part, row["unit"], row["num"], row["den"], whole=False)
        measure = replace(measure, day=self.judging_day(part, row["period"]))
        return abs(self.telling(part).gap(measure) or 1)

    def measure(
        self, part: Part, unit: str, num: int | None, den: int | None, *, whole: bool
    ) -> Measure:
        """The measure of a part: its one cell's own numbers, or its cells met of all."""
        return Measure(
            num=num,
            den=den,
            # Nothing to count in a unit without cells: the rule itself says what is asked.
            whole=whole and num is not None,
            thresholds=self.evaluation.edition(part).adjustments.thresholds(unit),
            day=self.judging_day(part, self._periods.get((part.index, unit), "")),
            bound=self._bounds[part.index].get(unit),
        )

    def judging_day(self, part: Part, period: str) -> dt.date:
        """The day whose thresholds judge: a period's last day, for a state the day itself."""
        moment, per = self.evaluation.edition(part).moment, part.rule.per
        if not per:
            return moment.today
        if part.per not in self._last_days:
            self._last_days[part.per] = {one.label: one.last for one, _ in moment.periods(per)}
        return self._last_days[part.per].get(period, moment.today)


def gap_of(verdict: Verdict, told: Telling[Any], measure: Measure) -> int | None:
    """What is still needed; 0 once settled, None where nothing can be counted."""
    if verdict in SETTLED:
        return 0
    return None if verdict in SILENT else told.gap(measure)


def _only_periods(cells: pa.Table) -> dict[tuple[int, str], str]:
    """The period of each part and unit that was judged in one period only."""
    found = cells.group_by(["part", "unit"]).aggregate([("period", "min"), ("period", "max")])
    one: Any = pc.equal(found["period_min"], found["period_max"])
    found = found.filter(one)
    return {
        (part, unit): period for part, unit, period in tuples(found, "part", "unit", "period_min")
    }
