"""更新判定: all stored verdicts to the new day at midnight, and by the hour what writes left."""

import datetime as dt

from tongrong.actions.refresh import Engine
from tongrong.actions.refresh_all import refresh_all
from tongrong.portal import clock
from tongrong.portal.jobs.judging_days import ask_for_the_last_month_ends
from tongrong.portal.jobs.work import Work
from tongrong.portal.programs import programs
from tongrong.queries.findings import stored_states, waiting

MIDNIGHT, CATCH_UP = "refresh", "catch_up"


def due_at_midnight(at: dt.datetime) -> str:
    """What a new day is asked for as; empty where the stored verdicts are of it already."""
    day = at.astimezone(clock.SHANGHAI).date()
    behind = any(one.as_of < day for one in stored_states())
    return f"{MIDNIGHT} {day}" if behind else ""


def due_by_the_hour(at: dt.datetime) -> str:
    """What is asked for where a write left something to judge; empty where none did."""
    names = [one.checklist for one in stored_states()]
    left = any(waiting(name).last for name in names)
    return f"{CATCH_UP} {at.astimezone(clock.SHANGHAI):%Y-%m-%d %H}" if left else ""


def to_the_day(work: Work) -> None:
    """Judge everything as of today; once a month has begun, have the end of the last one judged."""
    refresh_all(as_of=clock.today(), at=clock.now(), engine=engine_of(work))
    ask_for_the_last_month_ends()


def what_is_left(work: Work) -> None:
    """Judge what is marked, as of the day the verdicts are stored of."""
    refresh_all(as_of=None, at=clock.now(), engine=engine_of(work))


def engine_of(work: Work) -> Engine:
    """How everything is judged, with its progress told."""
    return Engine(programs(), work.folder.tell)
