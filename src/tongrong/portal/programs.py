"""Compiled programs of the server, kept in the home folder; one set for all threads."""

from functools import cache
from pathlib import Path

from django.conf import settings

from tongrong.engine.programs import Programs


@cache
def programs() -> Programs:
    """The programs, made once a process."""
    folder = Path(settings.TONGRONG_HOME) / "programs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Programs()
    return Programs(folder)
