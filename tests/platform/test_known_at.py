"""What was known at a moment gives the verdicts of that moment, whatever was learnt since.

A branch must hold its 主题党日 every month (11.1.f); judged is always 31 March 2026.
"""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import Row, a_branch, a_meeting
from tests.compiled import PROGRAMS
from tests.platform.store import by_hand, hours_later, take_in
from tests.science.agreement import the_checklist

from tongrong.actions.correct_record import withdraw_record
from tongrong.engine.run import evaluate
from tongrong.facts.registry import LEDGERS
from tongrong.findings.from_engine import findings_of
from tongrong.queries.facts import current_snapshot

BASES = itertools.count(10, 10)
AS_OF = dt.date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = (
    a_meeting(f"HY{month}", of="ZB1", on=dt.date(2026, month, 10), kind="主题党日")
    for month in (1, 2, 3)
)

pytestmark = pytest.mark.usefixtures("database")


def record(*meetings: Row, hours: float) -> None:
    take_in(
        {"party_organizations": [a_branch("ZB1", of=None)], "meetings": list(meetings)}, hours=hours
    )


def measured(known_at: dt.datetime | None = None) -> str | None:
    """Months held of all, by what was known at a moment."""
    snapshot = current_snapshot(known_at)
    run = evaluate(
        the_checklist("442-2018"),
        snapshot,
        AS_OF,
        clauses=["11.1.f"],
        details=True,
        programs=PROGRAMS,
    )
    (finding,) = findings_of(run, snapshot)
    return finding.measured


def test_each_moment_has_the_verdict_of_what_was_known_then() -> None:
    """One month, then all, then February moved to March, then January withdrawn."""
    record(JANUARY, hours=1)
    record(JANUARY, FEBRUARY, MARCH, hours=2)
    record({**FEBRUARY, "held_on": dt.date(2026, 3, 3)}, hours=3.5)
    withdraw_record(
        ledger=LEDGERS["meetings"],
        record="meetings/HY1",
        actor="小王",
        recorded_at=hours_later(5),
        reason="没有开",
    )
    said = {hours: measured(hours_later(hours)) for hours in (1, 1.5, 2, 3, 3.5, 4.9, 5, 99)}
    assert said == {
        1: "1/3",
        1.5: "1/3",
        2: "3/3",
        3: "3/3",
        3.5: "2/3",
        4.9: "2/3",
        5: "1/3",
        99: "1/3",
    }
    assert measured() == "1/3"


def test_before_anything_was_recorded_nothing_is_known() -> None:
    record(JANUARY, hours=1)
    assert current_snapshot(hours_later(1) - dt.timedelta(microseconds=1)).row_count == 0
    in_another_zone = hours_later(1).astimezone(dt.timezone(dt.timedelta(hours=-7)))
    assert current_snapshot(in_another_zone).row_count == 2


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["有效", "草稿", "撤回"])), max_size=6
    ),
    data=st.data(),
)
def test_what_is_recorded_later_never_changes_what_was_known(
    steps: list[tuple[int, str]], data: st.DataObject
) -> None:
    """The snapshot read at each step is read again, the same, after all the others."""
    for table in ("ledger_meetings", "ledger_party_organizations"):
        by_hand(f"DELETE FROM {table}")  # noqa: S608
    seen = {}
    base = next(BASES)
    for hours, (number, status) in enumerate(steps, start=base):
        held = dt.date(2026, number, data.draw(st.integers(1, 28)))
        meeting = a_meeting(f"HY{number}", of="ZB1", on=held, kind="主题党日")
        record({**meeting, "status": status}, hours=hours)
        seen[hours] = rows()
    for hours, known in seen.items():
        assert rows(hours_later(hours)) == known
        assert rows(hours_later(hours + 0.5)) == known


def rows(known_at: dt.datetime | None = None) -> list[Row]:
    found: list[Row] = current_snapshot(known_at)["meetings"].sort_by("record").to_pylist()
    return found
