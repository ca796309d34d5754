"""Jobs: what waits, what is being done, what became of the rest."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, When

from tongrong.records.models import Job
from tongrong.records.models.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING

__all__ = ["CANCELLED", "DONE", "FAILED", "RUNNING", "WAITING"]


@dataclass(frozen=True)
class JobView:
    """A job as its owner sees it; no `owner`: the schedule's. `failure` is a stable code."""

    key: str
    kind: str
    owner: int | None
    owner_login: str
    told: Mapping[str, Any]
    state: str
    tries: int
    outcome: Mapping[str, Any]
    failure: str
    asked_at: dt.datetime
    began_at: dt.datetime | None
    ended_at: dt.datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more is to come of it."""
        return self.state in (DONE, FAILED, CANCELLED)


def job_of(account: int, kind: str, key: str) -> JobView | None:
    """A job by its key; None where there is none of this kind that the account asked for."""
    return _first(Job.objects.filter(key=key, owner=account, kind=kind))


def job_by_key(key: str) -> JobView | None:
    """A job by its key, whoever asked for it."""
    return _first(Job.objects.filter(key=key))


def jobs_of(account: int, kind: str, most: int) -> Sequence[JobView]:
    """The newest jobs of a kind that an account asked for."""
    rows = Job.objects.filter(owner=account, kind=kind).order_by("-job_id")
    return [_told(one) for one in rows.select_related("owner")[:most]]


def recent_jobs(most: int) -> Sequence[JobView]:
    """The newest jobs, whoever asked for them."""
    rows = Job.objects.order_by("-job_id").select_related("owner")[:most]
    return [_told(one) for one in rows]


def running_job() -> JobView | None:
    """The job that is being done."""
    return _first(Job.objects.filter(state=RUNNING))


def job_wanted(once: str) -> JobView | None:
    """The job that several may want, whoever asked for it first: the one not over, or the last."""
    return _first(Job.objects.filter(once=once))


def in_order(jobs: "QuerySet[Job]", turns: Mapping[str, int]) -> "QuerySet[Job]":
    """Jobs in the order they are begun in: by the turn of their kind, not named 0, then by time."""
    turn = Case(*(When(kind=kind, then=turns[kind]) for kind in turns), default=0)
    return jobs.annotate(turn=turn).order_by("turn", "asked_at", "job_id")


def ahead_of(job: JobView, turns: Mapping[str, int]) -> int:
    """How many jobs come before one that waits."""
    rows = in_order(Job.objects.filter(state=WAITING), turns)
    waiting = list(rows.values_list("key", flat=True))
    running = Job.objects.filter(state=RUNNING).count()
    return running + (waiting.index(job.key) if job.key in waiting else 0)


def known_keys() -> frozenset[str]:
    """The keys of all jobs: a folder of another name is nobody's."""
    return frozenset(Job.objects.values_list("key", flat=True))


def last_of_each_kind(kinds: Sequence[str]) -> Mapping[str, JobView]:
    """The last job of each of these kinds."""
    rows = Job.objects.filter(kind__in=kinds).order_by("job_id").select_related("owner")
    return {one.kind: _told(one) for one in rows}


def _first(rows: "QuerySet[Job]") -> JobView | None:
    found = rows.select_related("owner").first()
    return None if found is None else _told(found)


def _told(one: Job) -> JobView:
    return JobView(
        key=one.key,
        kind=one.kind,
        owner=one.owner_id,
        owner_login=one.owner.login if one.owner else "",
        told=one.told,
        state=one.state,
        tries=one.tries,
        outcome=one.outcome,
        failure=one.failure,
        asked_at=one.asked_at,
        began_at=one.began_at,
        ended_at=one.ended_at,
    )
