"""What is asked for with a folder, and what the schedule asks for."""

import datetime as dt

from tongrong.actions.jobs import ask_for
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.keys import new_key
from tongrong.portal.jobs.kinds import KINDS


def new_folder() -> tuple[str, JobFolder]:
    """A key with the folder made for it."""
    key = new_key()
    folder = JobFolder(key)
    folder.make()
    return key, folder


def ask_what_is_due(at: dt.datetime, *, keep_day: bool) -> None:
    """Ask for what the schedule has due at a moment, each once.

    With `keep_day` the verdicts stay as of the day they are stored of.
    """
    for name, kind in KINDS.items():
        once = kind.due(at) if kind.due and not (keep_day and kind.moves_the_day) else ""
        if once:
            ask_for(key=new_key(), kind=name, told={}, at=at, once=once)
