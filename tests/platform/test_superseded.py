"""A corrected or withdrawn row changes the verdict: what it said before no longer counts.

A branch must hold its 主题党日 every month (11.1.f). As of 31 March 2026 three months are over.
"""

import datetime as dt

import pytest
from tests.builders import Row, a_branch, a_meeting
from tests.compiled import PROGRAMS
from tests.platform.rows import reading_of
from tests.science.agreement import the_checklist

from tongrong.actions.import_facts import import_facts
from tongrong.engine.run import evaluate
from tongrong.findings.finding import Finding
from tongrong.findings.from_engine import findings_of
from tongrong.queries.facts import current_snapshot
from tongrong.records.models import LEDGER_MODELS
from tongrong.vocabulary.verdicts import Verdict

AS_OF = dt.date(2026, 3, 31)
FIRST = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)

JANUARY, FEBRUARY, MARCH = (
    a_meeting(f"HY{month}", of="ZB1", on=dt.date(2026, month, 10), kind="主题党日")
    for month in (1, 2, 3)
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def three_months_held(database: str) -> None:
    """The branch held it in every month, and the store says so."""
    del database
    record(JANUARY, FEBRUARY, MARCH, hours=0)
    assert finding().verdict is Verdict.MET


def record(*meetings: Row, hours: int) -> None:
    """Import these meetings so many hours after the first."""
    import_facts(
        reading=reading_of(
            {"party_organizations": [a_branch("ZB1", of=None)], "meetings": list(meetings)}
        ),
        file_name="台账.xlsx",
        file_hash="0" * 64,
        actor="小王",
        recorded_at=FIRST + dt.timedelta(hours=hours),
    )


def finding() -> Finding:
    """What the clause says of the branch, from the store as it is now."""
    run = evaluate(
        the_checklist("442-2018"),
        current_snapshot(),
        AS_OF,
        clauses=["11.1.f"],
        details=True,
        programs=PROGRAMS,
    )
    (found,) = findings_of(run, current_snapshot())
    return found


def said() -> tuple[str, str | None, tuple[str, ...], tuple[str, ...]]:
    """The verdict, months held of all, the months missing, the numbers of the meetings counted."""
    found = finding()
    numbers = tuple(one.removeprefix("meetings/") for one in found.records)
    return found.verdict.value, found.measured, found.missing, numbers


def versions(number: str) -> list[tuple[int, str, dt.date]]:
    """Every version the store keeps of a meeting: its number, its state and its day."""
    found = LEDGER_MODELS["meetings"].objects.filter(number=number).order_by("version")
    return list(found.values_list("version", "status", "held_on"))


def test_a_corrected_day_counts_and_the_day_before_it_no_longer() -> None:
    """February's was held on 3 March in truth: February is missing, March has two."""
    record({**FEBRUARY, "held_on": dt.date(2026, 3, 3)}, hours=1)
    assert said() == ("unmet", "2/3", ("2026-02",), ("HY1", "HY2", "HY3"))
    assert versions("HY2") == [
        (1, "有效", dt.date(2026, 2, 10)),
        (2, "有效", dt.date(2026, 3, 3)),
    ]


def test_a_corrected_kind_no_longer_counts_as_what_it_was() -> None:
    record({**MARCH, "kind": "党课"}, hours=1)
    assert said() == ("unmet", "2/3", ("2026-03",), ("HY1", "HY2"))


def test_a_withdrawn_meeting_no_longer_counts_until_it_is_entered_again() -> None:
    record({**JANUARY, "status": "撤回"}, hours=1)
    assert said() == ("unmet", "2/3", ("2026-01",), ("HY2", "HY3"))
    record(JANUARY, hours=2)
    assert said() == ("met", "3/3", (), ("HY1", "HY2", "HY3"))
    assert [state for _, state, _ in versions("HY1")] == ["有效", "撤回", "有效"]


def test_only_the_last_of_many_corrections_counts() -> None:
    """To March, to the year before, back to February; then withdrawn, moved once more."""
    days = (dt.date(2026, 3, 3), dt.date(2025, 2, 10), FEBRUARY["held_on"])
    for hours, day in enumerate(days, start=1):
        record({**FEBRUARY, "held_on": day}, hours=hours)
    assert said()[:3] == ("met", "3/3", ())
    record({**FEBRUARY, "held_on": dt.date(2025, 2, 10), "status": "撤回"}, hours=4)
    assert said() == ("unmet", "2/3", ("2026-02",), ("HY1", "HY3"))
    assert len(versions("HY2")) == 5


def test_a_row_turned_into_a_draft_does_not_count_either() -> None:
    record({**MARCH, "status": "草稿"}, hours=1)
    assert said() == ("unmet", "2/3", ("2026-03",), ("HY1", "HY2"))
