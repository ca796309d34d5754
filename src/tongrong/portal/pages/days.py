"""过去某日: have its verdicts judged, and go back to the page that asked for them."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tongrong.actions.past_days import judge_day
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, viewer_of
from tongrong.portal.programs import programs
from tongrong.queries.judgements import judgements
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import TongrongError


def _judge(request: PortalRequest) -> HttpResponse:
    seen = judgements(viewer_of(request))
    try:
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    if seen is None or day > clock.today():
        raise Http404
    try:
        judge_day(key=seen.now, day=day, at=clock.now(), programs=programs())
    except TongrongError:
        raise Http404 from None
    asked = request.POST.get("next", "")
    here = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("home")
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": here})
    return HttpResponseRedirect(here)


PAGE = Page("days/", "judge-day", "判定某日", Permission.SEE_CHECKLIST, _judge, ("POST",))
