"""Everything that is stored, brought up to date: to a day, or to what was written since."""

import datetime as dt
from collections.abc import Mapping

from tongrong.actions.refresh import Engine, Refreshed, refresh
from tongrong.queries.findings import OPEN, stored_states
from tongrong.queries.judgements import with_open
from tongrong.vocabulary.errors import Problem, TongrongError


def refresh_all(
    *, as_of: dt.date | None, at: dt.datetime, engine: Engine | None = None
) -> Mapping[str, Refreshed]:
    """Judge again what may have changed of every checklist that is stored, by its name.

    One that is refused leaves its verdicts as they are and keeps the others from nothing.

    Args:
        as_of: the day to judge as of; None: each as of the day it is stored of.
        at: the moment of refreshing, with a time zone.

    Raises:
        TongrongError: a checklist does not read, or another write does not finish; after the
            others are judged.
    """
    days = {one.checklist: one.as_of for one in stored_states()}
    found: dict[str, Refreshed] = {}
    problems: dict[Problem, None] = {}  # once, with and without units abroad
    for name in with_open(days):
        day = as_of or days.get(name) or days[name.removesuffix(OPEN)]
        try:
            found[name] = refresh(checklist=name, as_of=day, at=at, engine=engine)
        except TongrongError as refused:
            problems |= dict.fromkeys(refused.problems)
    if problems:
        raise TongrongError([*problems])
    return found
