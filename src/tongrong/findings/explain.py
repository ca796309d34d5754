"""Explains one finding: the words of the source, the rule, the numbers, the records, what next."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

from tongrong.engine.cells import REASONS
from tongrong.engine.kinds.coverage import Coverage
from tongrong.engine.kinds.ratio import Ratio
from tongrong.engine.part import Part
from tongrong.engine.run import Evaluation
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.calendar_words import period_words
from tongrong.findings.explanation import Explanation, ToldCell, ToldPart
from tongrong.findings.finding import Finding
from tongrong.findings.from_engine import Judge, findings_of
from tongrong.findings.names import Names
from tongrong.findings.next_steps import next_steps
from tongrong.findings.rows import having
from tongrong.findings.shelf import telling
from tongrong.findings.told_conditions import Conditions
from tongrong.findings.told_dues import Dues
from tongrong.findings.told_records import told_records
from tongrong.findings.told_thresholds import told_for_unit
from tongrong.findings.wording import Wording
from tongrong.vocabulary.verdicts import Reason, Severity, Verdict

GOOD = (Verdict.MET, Verdict.JUSTIFIED)


class Explainer:
    """Explains the findings of one evaluation with details, as many as are asked for."""

    def __init__(
        self, evaluation: Evaluation, snapshot: Snapshot, before: Evaluation | None = None
    ) -> None:
        """`before` is the same evaluation of `year_before(evaluation)`, where that is not None."""
        self._evaluation, self._snapshot, self._before = evaluation, snapshot, before
        self._judge = Judge(evaluation, snapshot)
        self._names = Names(snapshot)
        self._dues = cache(partial(Dues, snapshot))
        self._findings = {(f.unit, f.clause): f for f in findings_of(evaluation, snapshot)}

    def units(self, clause_id: str) -> list[str]:
        """The units that have a verdict on a clause, in order of code."""
        return [unit for unit, clause in self._findings if clause == clause_id]

    def explain(self, unit: str, clause_id: str) -> Explanation:
        """The explanation of a unit's verdict on a clause.

        Raises KeyError where the clause was not evaluated or says nothing of the unit.
        """
        finding = self._findings[unit, clause_id]
        bound = next(one for one in self._evaluation.clauses if one.clause.id == clause_id)
        checklist, moment = self._evaluation.checklist, self._evaluation.moment
        label = self._judge.label
        decides = next(part for part in bound.parts if label(part) == finding.part)
        spoken_to = [part for part in bound.parts if part.scope == decides.scope]
        parts = [self._part(part, finding) for part in spoken_to]
        tellers = [self._judge.telling(part) for part in spoken_to]
        told = zip(tellers, parts, strict=True)
        item = next(one for one in checklist.items() if one.id == bound.clause.item)
        indicator = next(one for one in item.indicators if one.id == bound.clause.indicator)
        return Explanation(
            clause=bound.clause,
            indicator=indicator.text,
            item=f"{item.id} {item.title}",
            unit=unit,
            unit_name=self._names.unit(unit),
            as_of=moment.today,
            year=moment.year,
            finding=finding,
            parts=tuple(parts),
            ledgers=told_records(finding.records, self._snapshot, self._names),
            steps=tuple(dict.fromkeys(next_steps(bound.clause, finding, told))),
        )

    def _part(self, part: Part, finding: Finding) -> ToldPart:
        teller, edition = self._judge.telling(part), self._evaluation.edition(part)
        conditions = Conditions(edition, self._snapshot, finding.unit, self._judge.words(part))
        cells = tuple(self._cell(part, row) for row in _cells(self._evaluation, part, finding.unit))
        single = len(cells) == 1 and not cells[0].member
        measure = self._judge.measure(
            part,
            finding.unit,
            None if single or not cells else sum(cell.verdict in GOOD for cell in cells),
            len(cells),
            whole=not single,
        )
        label = self._judge.label(part)
        worst = max((cell.verdict.severity for cell in cells), default=None)
        return ToldPart(
            label=label,
            kind=part.rule.kind,
            judged=not part.shown_only,
            decides=len(self._parts_of(part)) > 1 and label == finding.part and bool(cells),
            counted=(*teller.counted(), *self._looking_back(part, finding.unit)),
            thresholds=told_for_unit(part, edition.adjustments, finding.unit, self._day(part)),
            conditions=conditions.told(part),
            verdict=None if worst is None else worst.verdict,
            measured=cells[0].measured if single else teller.measured(measure),
            required=teller.required(measure),
            cells=cells,
        )

    def _looking_back(self, part: Part, unit: str) -> Iterator[str]:
        """What the part measured a year before, where it compares with that."""
        teller = self._judge.telling(part)
        if self._before is None or not teller.looks_back:
            return
        for row in _cells(self._before, part, unit):
            if row["den"] and row["num"] is not None:
                measure = self._judge.measure(part, unit, row["num"], row["den"], whole=False)
                yield f"{self._before.moment.closed}{teller.looks_back}：{teller.measured(measure)}"
            else:
                yield f"{self._before.moment.closed}{teller.looks_back}：没有登记"

    def _parts_of(self, part: Part) -> tuple[Part, ...]:
        """All parts of the clause a part belongs to."""
        clauses = self._evaluation.clauses
        return next(one.parts for one in clauses if one.clause.id == part.clause)

    def _day(self, part: Part) -> dt.date:
        """The day on which a reader compares: the day itself, not the end of a period."""
        return self._judge.judging_day(part, "")

    def _cell(self, part: Part, row: Mapping[str, Any]) -> ToldCell:
        teller, severity = self._judge.telling(part), Severity(row["severity"])
        measure = self._judge.measure(part, row["unit"], row["num"], row["den"], whole=False)
        ledger = teller.member_ledger
        return ToldCell(
            period=row["period"],
            member=row["member"],
            period_words=period_words(row["period"]),
            member_name=self._names.members(ledger, row["member"]),
            verdict=severity.verdict,
            measured=None if row["member"] else teller.measured(measure),
            lacking=None if row["member"] or severity.verdict in GOOD else teller.gap(measure),
            due=row["due"],
            reason=REASONS[row["reason"]],
            found="" if severity.verdict in GOOD else self._found(part, row),
        )

    def _found(self, part: Part, row: Mapping[str, Any]) -> str:
        """What is recorded that does not count, or which figure is not."""
        edition, rule = self._evaluation.edition(part), part.rule
        if isinstance(rule, Coverage) and rule.enough and row["member"]:
            branch, rates = self._dues(row["unit"]), rule.enough.rates
            return branch.found(rates, edition, row["member"], row["period"])
        if isinstance(rule, Ratio) and REASONS[row["reason"]] is Reason.MEASURE_MISSING:
            sides = {"分子": row["num"], "分母": row["den"]}
            found = [f"{side}没有登记" for side, number in sides.items() if number is None]
            return "，".join(found) or ("分母为零" if row["den"] == 0 else "")
        return ""


def _cells(evaluation: Evaluation, part: Part, unit: str) -> list[dict[str, Any]]:
    """The cells of a part and unit, by period and member."""
    cells: Any = evaluation.cells
    rows = having(having(cells, "part", part.index), "unit", unit).to_pylist()
    return sorted(rows, key=lambda row: (row["period"], row["member"]))


def year_before(evaluation: Evaluation) -> int | None:
    """The assessment year whose figures a rule compares with; None where none looks back."""
    words = {one.name: Wording(one.checklist, one.moment.today) for one in evaluation.editions}
    parts = (part for one in evaluation.clauses for part in one.parts)
    if any(telling(part, words[part.version]).looks_back for part in parts):
        return evaluation.moment.closed - 1
    return None
