"""Laws that hold whatever the facts: nothing depends on the order of rows or on strangers.

That nothing depends on where the facts are kept either is shown in tests/platform.
"""

import datetime as dt
import random
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.calendar_edges import Moment
from tests.compiled import PROGRAMS
from tests.drawn_values import Rows
from tests.read_by_clauses import Read
from tests.science.agreement import (
    Key,
    Said,
    batches,
    rules_of,
    the_checklist,
    what_was_said,
)
from tests.strategies import a_group, groups, moments

from tongrong.engine.compile import compile_program
from tongrong.engine.from_norms import bind
from tongrong.engine.run import evaluate
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

SLUG = "442-2018"
# One clause or two of every kind; together they read most ledgers.
CLAUSES = ("1.1.b", "9.2.a", "9.3.a", "11.1.d", "11.3.a", "11.2.a", "6.2.a", "2.1.b", "2.2.b",
           "2.5.a", "3.2.b", "5.2.c", "6.1.b")  # fmt: skip
UNITS = ("units", "enterprises", "party_organizations")

few = settings(
    max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(clauses: Iterable[str] = CLAUSES) -> Read:
    return Read.by([rules_of(SLUG)[clause] for clause in clauses])


def verdicts(
    facts: Rows | Snapshot, moment: Moment, only: Iterable[str] = CLAUSES
) -> dict[Key, Said]:
    snapshot = facts if isinstance(facts, Snapshot) else Snapshot.of_rows(facts)
    said = evaluate(
        the_checklist(SLUG),
        snapshot,
        moment.today,
        year=moment.year,
        clauses=only,
        details=True,
        programs=PROGRAMS,
    )
    return {key: _settled(one) for key, one in what_was_said(said).items()}


def _settled(said: Said) -> Said:
    """The same, its cells in an order of their own."""
    cells = tuple(tuple(sorted(part, key=str)) for part in said.cells)
    return Said(**{**vars(said), "cells": cells})


def joined(*several: Rows) -> Rows:
    return {code: [r for rows in several for r in rows.get(code, ())] for code in LEDGERS}


@few
@given(data=st.data())
def test_the_order_of_rows_says_nothing(data: st.DataObject) -> None:
    moment = data.draw(moments(read()))
    group = data.draw(groups(read(), moment))
    order = data.draw(st.randoms(use_true_random=False))
    mixed = {code: order.sample(rows, len(rows)) for code, rows in group.items()}
    assert verdicts(mixed, moment) == verdicts(group, moment)


@few
@given(data=st.data())
def test_strangers_change_nothing(data: st.DataObject) -> None:
    moment = data.draw(moments(read()))
    group = data.draw(groups(read(), moment))
    roll = random.Random(data.draw(st.integers(0, 99)))  # noqa: S311 who they are is no matter
    strangers = a_group(roll, read(), moment, "外·")
    alone, together = verdicts(group, moment), verdicts(joined(group, strangers), moment)
    assert {key: together[key] for key in alone} == alone


def test_running_again_says_the_same() -> None:
    for moment, found in batches("again", read(), 16):
        assert verdicts(joined(*found), moment) == verdicts(joined(*found), moment)


def test_compiling_again_gives_the_same_text() -> None:
    bound = bind(the_checklist(SLUG), dt.date(2026, 4, 15), {"1.2.c", "2.2.b"})
    assert compile_program(bound, details=True) == compile_program(bound, details=True)


def meeting_clauses() -> list[str]:
    """The clauses that ask only how often a meeting was held."""
    found = []
    for clause, rule in rules_of(SLUG).items():
        of = rule["of"]["ledger"] if rule["kind"] == "frequency" else ""
        found += [clause] if of in ("meetings", "agenda_items") else []
    return found


def with_one_more_meeting(group: Rows, moment: Moment, number: int, roll: random.Random) -> Rows:
    """The group with a further meeting of some body, on some day, on some topic."""
    code = f"{number}·另一次会议"
    unit = roll.choice([row["number"] for c in UNITS[1:] for row in group.get(c, ())])
    days = [row["held_on"] for row in group.get("meetings", ())] + [moment.today]
    kinds = ("党委会", "中心组学习", "支部党员大会", "支部委员会", "党课", "主题党日", "组织生活会")
    meeting = {
        "number": code,
        "unit": unit,
        "kind": roll.choice(kinds),
        "held_on": roll.choice(days),
    }
    topics = ("党建工作", "党风廉洁和反腐败", "经营管理层工作汇报")
    item = {"meeting": code, "item": "1", "topic": roll.choice(topics), "special": True}
    effective = {"status": "有效", "title": "—"}
    more = {"meetings": [{**effective, **meeting}], "agenda_items": [{**effective, **item}]}
    return joined(group, more)


def test_one_more_meeting_never_worsens_how_often_they_were_held() -> None:
    clauses, better = meeting_clauses(), 0
    assert len(clauses) >= 8
    for moment, found in batches("more", read(clauses), 160):
        roll = random.Random(str(moment))  # noqa: S311 the same meetings every time
        more = [with_one_more_meeting(g, moment, n, roll) for n, g in enumerate(found)]
        before, after = (verdicts(joined(*gs), moment, clauses) for gs in (found, more))
        assert before.keys() == after.keys()
        for key, one in before.items():
            assert after[key].verdict.severity <= one.verdict.severity, (moment, key)
            better += after[key].verdict.severity < one.verdict.severity
    assert better
