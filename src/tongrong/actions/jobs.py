"""Jobs are asked for, begun one at a time, ended; one that was cut off is begun again once.

That they were asked for and ended is no business fact and leaves no audit entry; what they write
does, by the actions they call.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tongrong.queries.jobs import (
    CANCELLED,
    FAILED,
    RUNNING,
    WAITING,
    JobView,
    in_order,
    job_by_key,
)
from tongrong.records.models import Job

MOST_TRIES = 2
INTERRUPTED = "job.interrupted"
"""The failure of a job whose process ended without a word as often as it was begun."""


def ask_for(
    *,
    key: str,
    kind: str,
    told: Mapping[str, Any],
    at: dt.datetime,
    owner: int | None = None,
    once: str = "",
) -> bool:
    """Let a job wait for its turn; whether it was not asked for before, by key or by `once`."""
    with transaction.atomic():
        known = Q(key=key) | Q(once=once) if once else Q(key=key)
        if Job.objects.filter(known).exists():
            return False
        Job.objects.create(
            key=key, kind=kind, owner_id=owner, once=once, told=dict(told),
            state=WAITING, outcome={}, asked_at=at,
        )  # fmt: skip
        return True


def ask_together(
    *, key: str, kind: str, told: Mapping[str, Any], at: dt.datetime, owner: int | None, once: str
) -> bool:
    """The same of a job that several may want: one waits or is being done; over, it may be again.

    Whoever asks first is its owner.
    """
    try:
        with transaction.atomic():
            Job.objects.filter(once=once, ended_at__isnull=False).update(once="")
            return ask_for(key=key, kind=kind, told=told, at=at, owner=owner, once=once)
    except IntegrityError:  # somebody else asked at the same moment
        return False


def ask_further(*, key: str, owner: int, told: Mapping[str, Any], at: dt.datetime) -> bool:
    """Let a job of this owner that is over wait again, told something else; whether it was over."""
    rows = Job.objects.filter(key=key, owner=owner).exclude(state__in=(WAITING, RUNNING))
    waits = {"state": WAITING, "tries": 0, "failure": "", "began_at": None, "ended_at": None}
    return bool(rows.update(told=dict(told), asked_at=at, **waits))


def begin_next(*, at: dt.datetime, turns: Mapping[str, int] | None = None) -> JobView | None:
    """Begin the job whose turn it is; None where none waits, or one is running.

    Of kinds with the lowest of `turns`, not named 0, it is the one that has waited longest.
    """
    with transaction.atomic():
        if Job.objects.filter(state=RUNNING).exists():
            return None
        found = in_order(Job.objects.filter(state=WAITING), turns or {}).first()
        if found is None:
            return None
        begun = Job.objects.filter(pk=found.pk, state=WAITING)
        begun.update(state=RUNNING, began_at=at, tries=F("tries") + 1)
    return job_by_key(found.key)


def keep_outcome(*, key: str, outcome: Mapping[str, Any]) -> None:
    """Note what stands of a running job; inside the transaction of what it wrote."""
    Job.objects.filter(key=key, state=RUNNING).update(outcome=dict(outcome))


def end(*, key: str, state: str, at: dt.datetime, failure: str = "") -> bool:
    """End a running job; whether it was running."""
    rows = Job.objects.filter(key=key, state=RUNNING)
    return bool(rows.update(state=state, failure=failure, ended_at=at))


def let_wait(*, key: str) -> None:
    """Let a running job of which a part is done wait for its next turn."""
    Job.objects.filter(key=key, state=RUNNING).update(state=WAITING, tries=0, began_at=None)


def cancel_waiting(*, key: str, owner: int, at: dt.datetime) -> bool:
    """Cancel a job of this owner that has not begun; whether it had not."""
    rows = Job.objects.filter(key=key, owner=owner, state=WAITING)
    return bool(rows.update(state=CANCELLED, ended_at=at))


def take_up_again(*, at: dt.datetime) -> None:
    """Let a job that was cut off wait again, ahead of others; one cut off too often has failed.

    Call it only where nobody is doing a job: whoever was is no more.
    """
    with transaction.atomic():
        cut_off = Job.objects.filter(state=RUNNING)
        cut_off.filter(tries__lt=MOST_TRIES).update(state=WAITING, began_at=None)
        cut_off.filter(state=RUNNING).update(state=FAILED, failure=INTERRUPTED, ended_at=at)


def forget_ended(*, before: dt.datetime) -> Sequence[str]:
    """Forget the jobs that ended before a moment; their keys."""
    with transaction.atomic():
        rows = Job.objects.filter(ended_at__lt=before)
        keys = list(rows.values_list("key", flat=True))
        rows.delete()
    return keys
