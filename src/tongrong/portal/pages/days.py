"""过去某日: have its verdicts judged, see how far that is, go back to the page that asked."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tongrong.actions.past_days import catch_up
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.jobs.judging_days import DAY, MONTH_ENDS, Wanted
from tongrong.portal.jobs.words import state_of
from tongrong.portal.pages.job_pages import cancel
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.queries.jobs import DONE, JobView
from tongrong.queries.judgements import Judgements, judgements
from tongrong.queries.overview import month_ends
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import TongrongError


def month_ends_wanted(seen: Judgements) -> Wanted:
    """The days that the year of these verdicts is told from, but for their own."""
    return Wanted(MONTH_ENDS, seen.now, month_ends(seen))


def told_judging(
    request: PortalRequest, job: JobView | None, asked: Mapping[str, str]
) -> dict[str, Any]:
    """What the part of a page says that follows a job; `asked` is how it was asked for."""
    return {
        "job": job,
        "state": None if job is None else state_of(job),
        "asked": asked,
        "address": f"{reverse('judge-day')}?{urlencode(asked)}",
        "mine": job is not None and job.owner == viewer_of(request).account,
    }


def _answer(request: PortalRequest) -> HttpResponse:
    said = {**request.GET.dict(), **request.POST.dict()}
    asked = {name: str(said.get(name, "")) for name in ("day", "ends", "next")}
    try:
        wanted = _wanted(request, asked)
        done = request.method == "POST" and _post(request, wanted)
    except (TongrongError, ValueError):
        raise Http404 from None
    job = wanted.job()
    if done or job is None or job.state == DONE:
        return _to(request, asked["next"])
    judging = told_judging(request, job, asked)
    if request.method == "POST" and not request.htmx:
        return HttpResponseRedirect(judging["address"])
    template = "parts/judging.html" if request.htmx else "days.html"
    title = "判定各月末的结果" if asked["ends"] else f"判定 {asked['day']} 日终的结果"
    return shown(request, template, title, judging=judging)


def _wanted(request: PortalRequest, asked: Mapping[str, str]) -> Wanted:
    """What is to be judged: one day, or with `ends` the month ends of its year."""
    seen, day = judgements(viewer_of(request)), dt.date.fromisoformat(asked["day"])
    if seen is None or day > max(clock.today(), seen.as_of):
        raise Http404
    then = seen.on(day)
    return month_ends_wanted(then) if asked["ends"] else Wanted(DAY, seen.now, (day,))


def _post(request: PortalRequest, wanted: Wanted) -> bool:
    """Cancel the job, or ask for it; whether the day was judged in a moment without one."""
    job, account = wanted.job(), viewer_of(request).account
    if request.POST.get("act") == "cancel":
        if job is not None and not job.over and job.owner == account:
            cancel(request, job)
        return False
    if wanted.kind == DAY and catch_up(key=wanted.key, day=wanted.days[0], at=clock.now()):
        return True
    wanted.ask(account)
    return False


def _to(request: PortalRequest, asked: str) -> HttpResponse:
    """To the page that asked."""
    here = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("home")
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": here})
    return HttpResponseRedirect(here)


PAGE = Page("days/", "judge-day", "判定某日", Permission.SEE_CHECKLIST, _answer, FORM)
