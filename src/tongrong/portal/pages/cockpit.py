"""驾驶舱: all enterprises by item, or one enterprise with its items."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, shown, unit_of, viewer_of, whole
from tongrong.queries.cockpit import cards, firms_seen, matrix
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission

_SEE = Permission.SEE_COCKPIT


def _answer(request: PortalRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if firms_seen(viewer) < 2:
        for unit in own_units(viewer, _SEE):
            return HttpResponseRedirect(reverse("cockpit-unit", args=[unit.unit]))
    on = on_day(request)
    seen = on.seen
    table = None if seen is None else matrix(viewer, seen, whole(request.GET.get("page")))
    return shown(request, "cockpit.html", PAGE.title, on=on, seen=seen, table=table)


def _of_unit(request: PortalRequest, unit: str) -> HttpResponse:
    viewer, place = viewer_of(request), unit_of(request, _SEE, unit)
    on = on_day(request)
    seen = on.seen
    sections = None if seen is None else cards(viewer, seen, place.own)
    title = f"{PAGE.title} · {place.own.name}"
    return shown(
        request,
        "cockpit_unit.html",
        title,
        on=on,
        seen=seen,
        sections=sections,
        place=place,
        to="cockpit-unit",
    )


PAGE = Page("cockpit/", "cockpit", "驾驶舱", _SEE, _answer, icon="grid-3x3-gap")
UNIT_PAGE = Page("cockpit/<str:unit>/", "cockpit-unit", "驾驶舱", _SEE, _of_unit)
