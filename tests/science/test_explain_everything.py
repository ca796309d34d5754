"""Every verdict the demo gives on any clause is told in plain Chinese, with what to do next."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pyarrow as pa
import pytest
from tests.compiled import PROGRAMS
from tests.held_in_memory import Held
from tests.science.agreement import the_checklist

from tongrong.engine.again import Norms
from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import Near
from tongrong.engine.read_one import evaluate_one
from tongrong.engine.run import evaluate
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables
from tongrong.findings.explain import Explainer, year_before
from tongrong.findings.explanation import Explanation
from tongrong.vocabulary.verdicts import Verdict

SLUG = "442-2018"
INTERNAL = re.compile(r"[a-z]{2,}_[a-z_]+|\b[a-z]{3,}\b|\bNone\b|\bTrue\b|\bFalse\b")
"""Names of columns, ledgers and values in code; none of them is a word for a reader."""
CLAUSES = [one.id for one in the_checklist(SLUG).clauses()]
SMALL = 2000
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


@cache
def held() -> Held:
    """The demo as the operational database holds it."""
    return Held({code: table.to_pylist() for code, table in demo_snapshot().tables.items()})


@cache
def norms() -> Norms:
    return Norms.of(the_checklist(SLUG), AS_OF)


def by_the_readings(unit: str, clause: str) -> Explanation:
    """The same explained from the few records near the unit, without the engine."""
    rows = norms().around(Near(held(), kinship(), unit), [clause])
    near = Snapshot.of_rows(rows)
    read = {code: near[code] for code in rows if code not in small_tables()}
    now = evaluate_one(norms(), unit, clause, near)
    assert now is not None
    year = year_before(now)
    before = None if year is None else evaluate_one(norms(), unit, clause, near, year=year)
    return Explainer(now, Snapshot(Tables({**small_tables(), **read})), before).explain(
        unit, clause
    )


@cache
def small_tables() -> Mapping[str, pa.Table]:
    """What persons, units and things are called."""
    tables = demo_snapshot().tables
    return {code: table for code, table in tables.items() if table.num_rows < SMALL}


@cache
def kinship() -> Kinship:
    return held().kinship


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


@pytest.mark.parametrize("clause", CLAUSES)
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


@pytest.mark.parametrize("clause", CLAUSES)
def test_the_readings_explain_it_in_the_same_words(clause: str) -> None:
    told = next(explained(clause))
    assert by_the_readings(told.unit, clause) == told
