"""Does the jobs, one at a time: a process beside the server, which forks one for each job.

It has everything imported and no thread begun, so a job starts at once; it ends with the server,
whose end of the pipe closes. A job that is to stop is killed: its writes are one transaction, of
which nothing stays. Whoever is forked holds the lock too, so nobody begins while one is left over.
"""

import os
import select
import signal
import sys
import time
import traceback
from typing import NoReturn

from django.db import connections

from tongrong.actions.jobs import begin_next, end, take_up_again
from tongrong.portal import clock
from tongrong.portal.jobs.asking import ask_what_is_due
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.kinds import TURNS
from tongrong.portal.jobs.lock import take_lock
from tongrong.portal.jobs.perform import perform
from tongrong.queries.jobs import CANCELLED, DONE, RUNNING, job_by_key

PAUSE_SECONDS, LOOK_SECONDS, AFTER_FAILURE_SECONDS, PLAN_SECONDS = 0.3, 0.1, 5.0, 30.0
LESS_URGENT = 5  # than the server's own processes, which somebody waits for
UNJUDGED = "job.unjudged"


class Runner:
    """Does what waits until the server ends."""

    def __init__(self, *, keep_day: bool) -> None:
        """With `keep_day` the schedule lets the verdicts be of the day they are of."""
        self._keep_day, self._told_to_end, self._planned_at = keep_day, False, float("-inf")
        signal.signal(signal.SIGTERM, self._end)

    def run(self) -> None:
        """Wait until nobody else does the jobs, take up what was cut off, then go on."""
        while take_lock() is None:
            if self._ends_within(PAUSE_SECONDS):
                return
        take_up_again(at=clock.now())
        while not self._ends_within(PAUSE_SECONDS):
            try:
                self._take_a_turn()
            except Exception:  # noqa: BLE001 a database that is away for a while comes back
                traceback.print_exc()
                connections.close_all()
                self._ends_within(AFTER_FAILURE_SECONDS)

    def _end(self, *_: object) -> None:
        self._told_to_end = True

    def _ends_within(self, seconds: float) -> bool:
        """Whether the server has ended, or ends in so many seconds."""
        closed, _, _ = select.select([sys.stdin], [], [], seconds)
        self._told_to_end = self._told_to_end or bool(closed)
        return self._told_to_end

    def _take_a_turn(self) -> None:

        now = time.monotonic()
        if now - self._planned_at >= PLAN_SECONDS:
            self._planned_at = now
            ask_what_is_due(clock.now(), keep_day=self._keep_day)
        job = begin_next(at=clock.now(), turns=TURNS)
        if job is not None:
            self._see_to(job.key)

    def _see_to(self, key: str) -> None:
        """Have a process do a job; kill it where the job is to stop, or the server ends."""
        folder = JobFolder(key)
        connections.close_all()  # whoever is forked opens its own
        pid = os.fork()
        if not pid:
            _do(key)
        stopped = False
        while not _is_over(pid):
            ends, stopped = self._ends_within(LOOK_SECONDS), folder.is_to_stop()
            if ends or stopped:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                break
        if not self._told_to_end:
            settle(key, stopped=stopped)


def _is_over(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG) != (0, 0)


def _do(key: str) -> NoReturn:
    """Do a job in this process, which ends with it and leaves no thread to take down."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = 1
    try:
        os.nice(LESS_URGENT)
        perform(key)
        code = 0
    except BaseException:  # noqa: BLE001 whatever it is, this process ends here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def settle(key: str, *, stopped: bool) -> None:
    """Say what became of a job whose process has ended without a word: it was killed."""
    job = job_by_key(key)
    if job is None or job.state != RUNNING:
        return
    if not stopped:
        take_up_again(at=clock.now())
    elif job.outcome:
        end(key=key, state=DONE, failure=UNJUDGED, at=clock.now())
    else:
        end(key=key, state=CANCELLED, at=clock.now())
