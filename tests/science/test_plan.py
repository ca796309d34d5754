"""The plan: what many clauses ask of one ledger is answered by one scan of it."""

import datetime as dt

import pytest
from tests.builders import an_enterprise
from tests.compiled import PROGRAMS

from tongrong.engine.from_norms import bind
from tongrong.engine.program import Step, ordered
from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_checklist

DAY = dt.date(2026, 9, 25)
GRAINS = ("monthly_", "standing_", "hits_", "kept_")


def passes(*clauses: str) -> list[Step]:
    """The statements that read a ledger for these clauses (all where none is named)."""
    bound = bind(load_checklist("442-2018"), DAY, set(clauses) or None)
    program = PROGRAMS.of(bound, details=False)
    return [step for step in program.steps if step.table.startswith(GRAINS)]


def test_three_clauses_that_count_agenda_items_share_one_scan() -> None:
    """1.1.b, 1.3.a and 2.2.c each count agenda items of the enterprise by month."""
    (shared,) = [step for step in passes("1.1.b", "1.3.a", "2.2.c") if "monthly" in step.table]
    assert shared.table == "monthly_agenda_items_enterprise"
    assert shared.text.count('FROM "fact_agenda_items"') == 1
    assert [
        shared.text.count(topic) for topic in ("党建工作", "党风廉洁和反腐败", "经营管理层工作汇报")
    ] == [1, 1, 1]


def test_documents_of_many_clauses_are_judged_by_one_statement() -> None:
    """1.1.a (by a day of the year), 2.1.a (with elements) and 2.2.a (alone) differ as data only."""
    bound = bind(load_checklist("442-2018"), DAY, {"1.1.a", "2.1.a", "2.2.a"})
    program = PROGRAMS.of(bound, details=False)
    judging = [step for step in program.steps if step.table == "judged_cells" and step.appends]
    assert len(judging) == 2  # the documents; and who cannot be told to be spoken to at all


def test_no_ledger_is_scanned_twice_at_one_grain() -> None:
    """Over the whole checklist each ledger, grain and owner has one statement."""
    tables = [step.table for step in passes()]
    assert len(tables) == len(set(tables))
    assert len(tables) > 10


@pytest.mark.parametrize("clause", ["1.1.b", "9.2.a", "2.3.d"])
def test_more_units_take_no_more_statements(clause: str) -> None:
    """One unit or a hundred: as many statements, so nothing loops over units."""
    checklist = load_checklist("442-2018")
    taken = []
    for units in (1, 100):
        rows = [an_enterprise(f"QY{n}") for n in range(units)]
        statements: list[str] = []
        found = evaluate(
            checklist,
            Snapshot.of_rows({"enterprises": rows}),
            DAY,
            clauses=[clause],
            programs=PROGRAMS,
            progress=lambda table, _done, _total, seen=statements: seen.append(table),
        )
        assert clause == "9.2.a" or found.verdicts.num_rows == units
        taken.append(statements)
    assert sorted(taken[0]) == sorted(taken[1])


def test_a_step_waits_for_what_it_reads_and_for_what_still_reads_what_it_replaces() -> None:
    """Worked out by hand: appends wait for the table, not for each other; a new one for all."""
    steps = [
        Step("cells", 'SELECT 1 FROM "facts"'),
        Step("cells", 'SELECT 2 FROM "facts"', appends=True),
        Step("cells", 'SELECT 3 FROM "facts"', appends=True),
        Step("tally", 'SELECT 4 FROM "cells"'),
        Step("cells", 'SELECT 5 FROM "facts"'),
        Step("other", 'SELECT 6 FROM "facts"'),
    ]
    assert [step.after for step in ordered(steps)] == [
        (), (0,), (0,), (0, 1, 2), (0, 1, 2, 3), (),
    ]  # fmt: skip
