"""Every verdict the demo gives on any clause is told in plain Chinese, with what to do next."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from tests.compiled import PROGRAMS
from tests.science.agreement import the_checklist

from tongrong.engine.run import evaluate
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.findings.explain import Explainer, year_before
from tongrong.findings.explanation import Explanation
from tongrong.vocabulary.verdicts import Verdict

SLUG = "442-2018"
INTERNAL = re.compile(r"[a-z]{2,}_[a-z_]+|\b[a-z]{3,}\b|\bNone\b|\bTrue\b|\bFalse\b")
"""Names of columns, ledgers and values in code; none of them is a word for a reader."""
OPEN = (Verdict.PENDING, Verdict.AT_RISK)


@cache
def explainer() -> Explainer:
    snapshot, checklist = demo_snapshot(), the_checklist(SLUG)
    run = evaluate(checklist, snapshot, AS_OF, details=True, programs=PROGRAMS)
    year = year_before(run)
    before = (
        None
        if year is None
        else evaluate(checklist, snapshot, AS_OF, year=year, details=True, programs=PROGRAMS)
    )
    return Explainer(run, snapshot, before)


def explained(clause: str) -> Iterator[Explanation]:
    """One explanation for each verdict the demo gives on a clause."""
    seen = set()
    for unit in explainer().units(clause):
        told = explainer().explain(unit, clause)
        if told.finding.verdict not in seen:
            seen.add(told.finding.verdict)
            yield told


def said(told: Explanation) -> Iterator[str]:
    """Everything a reader is told but the codes of records, units and persons."""
    yield told.clause.reading
    yield from told.steps
    for part in told.parts:
        yield from (part.label, part.required, *part.counted)
        for condition in part.conditions:
            yield from (condition.words, condition.found, condition.mend)
        for threshold in part.thresholds:
            yield from (threshold.label, threshold.unit, threshold.source, threshold.why)


@pytest.mark.parametrize("clause", [one.id for one in the_checklist(SLUG).clauses()])
def test_a_branch_secretary_can_read_it(clause: str) -> None:
    found = list(explained(clause))
    assert found
    for told in found:
        where = f"{told.unit} {clause} {told.finding.verdict}"
        words = list(said(told))
        assert [one for one in words if INTERNAL.search(one)] == [], where
        assert told.steps, f"{where}: nothing is said of what to do"
        if told.finding.verdict in OPEN:
            assert told.finding.due is not None, f"{where}: no day by which"
            assert any("最迟" in step for step in told.steps), f"{where}: {told.steps}"
        if told.finding.verdict in (Verdict.UNMET, *OPEN):
            assert any(part.counted for part in told.parts), f"{where}: what counts is not said"
