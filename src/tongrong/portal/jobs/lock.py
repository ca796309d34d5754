"""Who does the jobs holds a lock, so that there is one of them to a home folder."""

import fcntl
import os
from pathlib import Path

from tongrong.portal.jobs.folder import jobs_folder


def _file() -> Path:
    return jobs_folder() / "runner.lock"


def take_lock() -> int | None:
    """Take the lock, for this process and those forked from it; None where it is taken."""
    lock = os.open(_file(), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def is_taken() -> bool:
    """Whether somebody does the jobs."""
    lock = os.open(_file(), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
