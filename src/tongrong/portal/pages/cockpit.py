"""驾驶舱: all enterprises by item, with what changed and what is ahead."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal import charts
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.cockpit_parts import part_of, the_year, together
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, shown, viewer_of, whole
from tongrong.queries.cockpit import firms, matrix
from tongrong.queries.overview import (
    falling_due,
    judged_days,
    month_before,
    month_ends,
    worsened,
)
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission
from tongrong.queries.tallies import tops

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
    viewer, on, said = viewer_of(request), on_day(request), {}
    if on.seen is not None:
        said = {**together(on.seen, tops(viewer, _SEE)), "due": falling_due(viewer, on.seen)}
    return part_of(request, AHEAD, on, **said)


def _year(request: PortalRequest) -> HttpResponse:
    viewer, on = viewer_of(request), on_day(request)
    seen = on.seen
    if seen is None:
        return part_of(request, YEAR, on)
    judged, since = judged_days(seen, month_ends(seen)), month_before(seen)
    back = f"{reverse('cockpit')}{on.first}"
    said = the_year(request, seen, tops(viewer, _SEE), judged, back)
    then = judged.get(since)
    worse = None if then is None else worsened(viewer, seen, then)
    return part_of(request, YEAR, on, since=since, worse=worse, **said)


PAGE = Page("cockpit/", "cockpit", "驾驶舱", _SEE, _answer, icon="grid-3x3-gap")
AHEAD = Page("cockpit/ahead/", "cockpit-ahead", "驾驶舱 · 四同步和到期", _SEE, _ahead)
YEAR = Page("cockpit/year/", "cockpit-year", "驾驶舱 · 全年和变差", _SEE, _year)
