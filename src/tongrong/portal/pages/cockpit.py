"""驾驶舱: all enterprises by item, with what changed and what is ahead."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal import charts
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.days import month_ends_wanted, told_judging
from tongrong.portal.pages.on_day import OnDay, on_day
from tongrong.portal.pages.page import Page, shown, viewer_of, whole
from tongrong.queries.cockpit import firms, matrix
from tongrong.queries.overview import (
    days_of_the_year,
    falling_due,
    judged_days,
    month_before,
    month_ends,
    section_shares,
    shares_over,
    worsened,
)
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission

_SEE = Permission.SEE_COCKPIT


def _answer(request: PortalRequest) -> HttpResponse:
    viewer = viewer_of(request)
    some = firms(viewer, whole(request.GET.get("page")))
    if some.total < 2:
        for unit in own_units(viewer, _SEE):
            return HttpResponseRedirect(reverse("cockpit-unit", args=[unit.unit]))
    on, said = on_day(request), {}
    if on.seen is not None:
        table = matrix(viewer, on.seen, some)
        said = {"table": table, "heat": charts.heat(table)}
    return shown(request, "cockpit.html", PAGE.title, on=on, seen=on.seen, **said)


def _ahead(request: PortalRequest) -> HttpResponse:
    on, said = on_day(request), {}
    if on.seen is not None:
        sections = section_shares(viewer_of(request), on.seen)
        due = falling_due(viewer_of(request), on.seen)
        said = {"sections": sections, "radar": charts.radar(sections), "due": due}
    return _part(request, AHEAD, on, **said)


def _year(request: PortalRequest) -> HttpResponse:
    """The year so far, of the month ends that are judged; the others are asked for as a job."""
    on = on_day(request)
    seen, viewer = on.seen, viewer_of(request)
    if seen is None:
        return _part(request, YEAR, on)
    ends, since = month_ends(seen), month_before(seen)
    judged = judged_days(seen, ends)
    missing = [one for one in ends if one not in judged]
    shares = shares_over(viewer, days_of_the_year(seen), judged)
    then = judged.get(since)
    job = month_ends_wanted(seen).job() if missing else None
    asked = {"day": f"{seen.as_of}", "ends": "1", "next": f"{reverse('cockpit')}{on.first}"}
    return _part(
        request,
        YEAR,
        on,
        months=shares,
        trend=charts.trend(shares),
        since=since,
        worse=None if then is None else worsened(viewer, seen, then),
        missing=len(missing),
        judging=told_judging(request, job, asked),
    )


def _part(request: PortalRequest, part: Page, on: OnDay, **said: object) -> HttpResponse:
    """A part of the page that comes after it, or a page of its own."""
    own = f"parts/{part.name.replace('-', '_')}.html"
    template = own if request.htmx else "cockpit_part.html"
    return shown(request, template, part.title, on=on, seen=on.seen, part=own, **said)


PAGE = Page("cockpit/", "cockpit", "驾驶舱", _SEE, _answer, icon="grid-3x3-gap")
AHEAD = Page("cockpit/ahead/", "cockpit-ahead", "驾驶舱 · 四同步和到期", _SEE, _ahead)
YEAR = Page("cockpit/year/", "cockpit-year", "驾驶舱 · 全年和变差", _SEE, _year)
