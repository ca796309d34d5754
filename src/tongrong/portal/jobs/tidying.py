"""清理: jobs that ended some days ago go, with the files sent for them and made by them."""

import datetime as dt

from tongrong.actions.jobs import forget_ended
from tongrong.portal import clock
from tongrong.portal.jobs.folder import remove_folders
from tongrong.portal.jobs.work import Work
from tongrong.queries.jobs import known_keys

KIND = "tidy"
DAYS_KEPT = 7


def due(at: dt.datetime) -> str:
    """Once a day."""
    return f"{KIND} {at.astimezone(clock.SHANGHAI).date()}"


def run(_work: Work) -> None:
    """Forget what is older than `DAYS_KEPT` days."""
    now = clock.now()
    forget_ended(before=now - dt.timedelta(days=DAYS_KEPT))
    remove_folders(known_keys(), before=now - dt.timedelta(days=1))
