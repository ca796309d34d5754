"""The plan: what many clauses ask of one ledger is answered by one scan of it."""

import datetime as dt

import pyarrow as pa
import pytest
from tests.builders import Row, a_post, an_enterprise
from tests.compiled import PROGRAMS

from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.compile import text
from tongrong.engine.from_norms import bind
from tongrong.engine.prepare import prepared
from tongrong.engine.program import Step, arranged, ordered
from tongrong.engine.run import evaluate
from tongrong.engine.tables import UNITS, arrow_schema, number_of
from tongrong.facts.ledgers.people import POSTS
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_checklist

DAY = dt.date(2026, 9, 25)
GRAINS = ("monthly_", "standing_", "hits_", "kept_")


def numbers_of_posts(rows: list[Row]) -> dict[str, int]:
    """The number that stands beside each post once the ledger is prepared."""
    snapshot = Snapshot.of_rows({"posts": rows, "persons": []})
    with Duck(len(rows)) as duck:
        for code in snapshot.tables:
            duck.load(f"raw_{code}", snapshot.source(code))
        duck.load("units", pa.Table.from_pylist([], schema=arrow_schema(UNITS)))
        found = duck.query(text(prepared("posts").select("post", number_of("post"))))
    return dict(zip(*found.to_pydict().values(), strict=True))


def statements(*clauses: str) -> list[Step]:
    """The statements for these clauses (all where none is named)."""
    bound = bind(load_checklist("442-2018"), DAY, set(clauses) or None)
    return list(PROGRAMS.of(bound, details=False).steps)


def test_three_clauses_that_count_agenda_items_share_one_scan() -> None:
    """1.1.b, 1.3.a and 2.2.c each count agenda items of the enterprise by month."""
    steps = statements("1.1.b", "1.3.a", "2.2.c")
    topics = ("党建工作", "党风廉洁和反腐败", "经营管理层工作汇报")
    (counting,) = [step for step in steps if any(topic in step.text for topic in topics)]
    assert counting.text.count("raw_agenda_items") == 1
    # Once to leave what nobody asks for unread, once to tell them apart.
    assert [counting.text.count(topic) for topic in topics] == [2, 2, 2]


def test_documents_of_many_clauses_are_judged_by_one_statement() -> None:
    """1.1.a (by a day of the year), 2.1.a (with elements) and 2.2.a (alone) differ as data only."""
    bound = bind(load_checklist("442-2018"), DAY, {"1.1.a", "2.1.a", "2.2.a"})
    program = PROGRAMS.of(bound, details=False)
    (judging,) = [step for step in program.steps if step.does == "appends"]
    # The documents; and who cannot be told to be spoken to at all.
    assert judging.text.count(" UNION ALL (") == 1
    assert judging.text.count("raw_documents") == 1


def test_no_ledger_is_scanned_twice_at_one_grain() -> None:
    """Over the whole checklist each ledger, grain and owner has one statement."""
    makes = [step for step in statements() if step.does == "makes"]
    tables = [step.table for step in makes if step.table.startswith(GRAINS)]
    assert len(tables) == len(set(tables))
    assert len(tables) > 10


def test_attendance_of_meetings_nobody_asks_for_is_left_unread() -> None:
    """Who of an enterprise was there is asked of three kinds of meetings, by no clause of all."""
    (gathering,) = [
        step
        for step in statements()
        if step.table == "hits_attendance_enterprise" and step.does == "makes"
    ]
    assert "\"meeting_kind\" IN ('董事会', '总经理办公会', '民主生活会')" in gathering.text


def test_a_choice_stands_beside_its_number_and_one_that_is_none_any_more_is_no_other() -> None:
    """Posts are told apart by numbers from 0; what left the list has one of its own, not none."""
    first, last = POSTS[0], POSTS[-1]
    rows = [
        a_post(f"RY{n}", post, of="QY1") for n, post in enumerate((first, last, "已取消的职务"))
    ]
    assert numbers_of_posts(rows) == {first: 0, last: len(POSTS) - 1, "已取消的职务": -1}


def test_no_batch_of_cells_waits_for_another() -> None:
    """Whoever folds cells reads nothing that another writes: any order will do."""
    steps = statements()
    folds = {number for number, step in enumerate(steps) if step.table == "tallies"}
    folds = {number for number in folds if steps[number].does == "appends"}
    before: dict[int, set[int]] = {}
    for number, step in enumerate(steps):
        before[number] = set(step.after).union(*(before[one] for one in step.after))
    assert len(folds) > 10
    assert not [(one, before[one] & folds) for one in folds if before[one] & folds]


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
        Step("cells", 'SELECT 2 FROM "facts"', "appends"),
        Step("cells", 'SELECT 3 FROM "facts"', "appends"),
        Step("tally", 'SELECT 4 FROM "cells"'),
        Step("cells", 'SELECT 5 FROM "facts"'),
        Step("other", 'SELECT 6 FROM "facts"'),
    ]
    assert [step.after for step in ordered(steps)] == [
        (), (0,), (0,), (0, 1, 2), (0, 1, 2, 3), (),
    ]  # fmt: skip


def test_a_table_read_once_stands_where_it_is_read_and_others_go_when_read() -> None:
    """Worked out by hand: `once` is read by one step, `twice` by two, `unread` by nobody."""
    steps = [
        Step("once", 'SELECT 1 FROM "given" AS "t0"'),
        Step("twice", 'SELECT 2 FROM "given" AS "t0"'),
        Step("unread", 'SELECT 3 FROM "once" AS "t0"'),
        Step("first", 'SELECT 4 FROM "once" AS "t0", "twice" AS "t1" JOIN "twice" AS "t2"'),
        Step("second", 'SELECT 5 FROM "twice" AS "t0"'),
    ]
    results = {"answer": 'SELECT 6 FROM "first" AS "t0" JOIN "second" AS "t1"'}
    program = arranged(steps, results)
    assert [(step.does, step.table) for step in program.steps] == [
        ("makes", "twice"), ("makes", "first"), ("makes", "second"), ("drops", "twice"),
    ]  # fmt: skip
    assert program.steps[1].text.startswith('SELECT 4 FROM (SELECT 1 FROM "given" AS "t0") AS "t0"')


def test_a_dropped_table_is_waited_for_by_nobody_and_waits_for_its_readers() -> None:
    steps = ordered([
        Step("kept", 'SELECT 1 FROM "facts"'),
        Step("other", 'SELECT 2 FROM "kept"'),
        Step("kept", "", "drops"),
    ])  # fmt: skip
    assert steps[2].after == (0, 1)


def test_what_is_folded_again_and_again_keeps_every_step_also_equal_ones() -> None:
    """Cells are judged, folded and begun anew: `base` is made before its first reader, no more."""
    begin = Step("cells", "SELECT 0 WHERE FALSE")
    judge = [
        Step("cells", text, "appends")
        for text in ('SELECT 1 FROM "base" AS "t0"', 'SELECT 2 FROM "base" AS "t0"')
    ]
    fold = Step("tallies", 'SELECT * FROM "cells" AS "t0"', "appends")
    steps = [
        Step("tallies", "SELECT 0 WHERE FALSE"), Step("base", "SELECT 1"),
        begin, judge[0], fold, begin, judge[1], fold,
    ]  # fmt: skip
    program = arranged(steps, {"answer": 'SELECT * FROM "tallies" AS "t0"'})
    assert [(step.does, step.table) for step in program.steps] == [
        ("makes", "tallies"), ("makes", "cells"), ("makes", "base"), ("appends", "cells"),
        ("appends", "tallies"), ("makes", "cells"), ("appends", "cells"), ("drops", "base"),
        ("appends", "tallies"), ("drops", "cells"),
    ]  # fmt: skip
