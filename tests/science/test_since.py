"""How far back events are read: no period judged begins earlier, whatever the day and the year."""

import datetime as dt

import pytest
from tests.builders import an_enterprise
from tests.compiled import PROGRAMS

from tongrong.engine.editions import bind_editions, editions_of
from tongrong.engine.parameters import parameter_tables
from tongrong.engine.since import Since, since_of
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_family

DAYS = (dt.date(2024, 2, 29), dt.date(2026, 1, 1), dt.date(2026, 8, 31), dt.date(2026, 12, 31))
NOTHING = Snapshot.of_rows({"enterprises": [an_enterprise("QY1")]})


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("back", [0, 1])
def test_no_period_begins_before_the_day_its_events_are_read_from(day: dt.date, back: int) -> None:
    """Every clause of the checklist, judged for the year of the day and for the year before it."""
    editions = editions_of(load_family("442-2018"), NOTHING, day, day.year - back)
    clock = editions[0].moment
    first = {
        Since.EVER: dt.date.min,
        Since.YEAR_BEFORE: dt.date(clock.year - 1, 1, 1),
        Since.YEAR: dt.date(clock.year, 1, 1),
    }
    asked = {part.rule.per for one in bind_editions(editions, day, None) for part in one.parts}
    seen = set()
    for per in filter(None, asked):
        since = since_of([per])
        seen.add(since)
        begin = min(period.first for period, _ in clock.periods(per))
        assert begin >= first[since], per
    assert seen == set(Since)


def test_of_several_who_ask_the_one_that_looks_farthest_back_decides() -> None:
    assert since_of(["month", "closed_year"]) is Since.YEAR_BEFORE
    assert since_of(["month", "years:five", "year"]) is Since.EVER


def test_a_run_has_its_day_in_its_text_and_the_program_kept_has_none() -> None:
    """The text is compiled once for every day; a run reads the clock nowhere."""
    day = dt.date(2026, 8, 31)
    editions = editions_of(load_family("442-2018"), NOTHING, day, None)
    bound = bind_editions(editions, day, None)
    program = PROGRAMS.of(bound, details=False)
    (clock,) = parameter_tables(bound, editions)["clock"].to_pylist()
    assert "clock" in program.reads
    assert "clock" not in program.at(clock).reads
    texts = [*(step.text for step in program.steps), *program.results.values()]
    assert not [text for text in texts if "2026" in text]
