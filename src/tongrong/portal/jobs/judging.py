"""更新判定: all stored verdicts to the new day at midnight, and what else is left at once.

Left is what writes marked and nobody judged, and after an update of the program or a checklist
everything.
"""

import datetime as dt

from tongrong.actions.refresh import Engine
from tongrong.actions.refresh_all import refresh_all
from tongrong.engine.again import norms_of
from tongrong.portal import clock
from tongrong.portal.jobs.judging_days import ask_for_the_last_month_ends
from tongrong.portal.jobs.work import Work
from tongrong.portal.programs import programs
from tongrong.queries.findings import OPEN, State, stored_states, waiting
from tongrong.vocabulary.digests import sm3
from tongrong.vocabulary.errors import TongrongError

MIDNIGHT, CATCH_UP = "refresh", "catch_up"
_MARKED, _DIGITS = "marked", 12


def due_at_midnight(at: dt.datetime) -> str:
    """What a new day is asked for as; empty where the stored verdicts are of it already."""
    day = at.astimezone(clock.SHANGHAI).date()
    behind = any(one.as_of < day for one in stored_states())
    return f"{MIDNIGHT} {day}" if behind else ""


def due_by_the_hour(at: dt.datetime) -> str:
    """What is asked for where something is left to judge: once an hour for the same cause."""
    left = sorted({cause for one in stored_states() if (cause := _left(one))})
    hour = f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H}"
    return f"{CATCH_UP} {hour} {sm3(' '.join(left))[:_DIGITS]}" if left else ""


def _left(state: State) -> str:
    """What leaves something of stored verdicts to judge; empty: nothing is left.

    A checklist that does not read is left too: the job says what is wrong with it.
    """
    try:
        made_by = norms_of(state.checklist.removesuffix(OPEN), state.as_of).made_by
    except TongrongError as refused:
        return refused.problems[0].code
    if state.fingerprint != made_by:
        return made_by
    return _MARKED if waiting(state.checklist).last else ""


def to_the_day(work: Work) -> None:
    """Judge everything as of today; once a month has begun, have the end of the last one judged."""
    refresh_all(as_of=clock.today(), at=clock.now(), engine=engine_of(work))
    ask_for_the_last_month_ends()


def what_is_left(work: Work) -> None:
    """Judge what is marked, or all after an update, as of the day the verdicts are stored of."""
    refresh_all(as_of=None, at=clock.now(), engine=engine_of(work))


def engine_of(work: Work) -> Engine:
    """How everything is judged, with its progress told."""
    return Engine(programs(), work.folder.tell)
