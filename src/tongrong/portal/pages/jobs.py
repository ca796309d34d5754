"""定时任务, for the system administrator: what runs when, and what ran; no business data."""

from dataclasses import dataclass

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.jobs.kinds import KINDS, SCHEDULED
from tongrong.portal.jobs.lock import is_taken
from tongrong.portal.jobs.words import STATES, failure_words
from tongrong.portal.pages.page import Page, shown
from tongrong.queries.jobs import JobView, last_of_each_kind, recent_jobs
from tongrong.queries.policy import Permission

MOST = 100


@dataclass(frozen=True)
class Planned:
    """A line of the schedule, with the last job it asked for."""

    title: str
    when: str
    last: JobView | None
    state: str


@dataclass(frozen=True)
class Line:
    """A job: what kind it is, whose, what became of it and why."""

    job: JobView
    title: str
    whose: str
    state: str
    said: str


def _answer(request: PortalRequest) -> HttpResponse:
    last = last_of_each_kind(SCHEDULED)
    planned = [_planned(name, last.get(name)) for name in SCHEDULED]
    lines = [_line(one) for one in recent_jobs(MOST)]
    return shown(
        request, "jobs.html", PAGE.title, planned=planned, lines=lines, most=MOST, works=is_taken()
    )


def _planned(name: str, last: JobView | None) -> Planned:
    state = STATES[last.state] if last is not None else "还没有运行过"
    return Planned(KINDS[name].title, KINDS[name].when, last, state)


def _line(job: JobView) -> Line:
    kind = KINDS.get(job.kind)
    said, _ = failure_words(job.failure)
    title = kind.title if kind is not None else job.kind
    return Line(job, title, job.owner_login or "定时", STATES[job.state], said)


PAGE = Page("jobs/", "jobs", "定时任务", Permission.SEE_JOBS, _answer, icon="clock-history")
