"""驾驶舱 of one unit: an enterprise with its items, or an organization with this month's duties."""

from django.http import HttpResponse
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.cockpit_parts import part_of, the_year, together
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, alone, shown, unit_of, viewer_of
from tongrong.queries.month import month
from tongrong.queries.overview import judged_days, month_ends
from tongrong.queries.policy import Permission
from tongrong.queries.unit_cockpit import reuse, unit_cockpit

_SEE = Permission.SEE_COCKPIT
TITLE = "驾驶舱"


def _answer(request: PortalRequest, unit: str) -> HttpResponse:
    viewer, place = viewer_of(request), unit_of(request, _SEE, unit)
    on = on_day(request)
    said = {"on": on, "seen": on.seen, "place": place, "to": "cockpit-unit"}
    title = f"{TITLE} · {place.own.name}"
    if not place.own.enterprise:
        told = None if on.seen is None else month(viewer, on.seen, place.own)
        return shown(request, "month.html", title, month=told, **said)
    whole = None if on.seen is None else unit_cockpit(viewer, on.seen, place.own)
    return shown(request, "cockpit_unit.html", title, whole=whole, **said)


def _reuse(request: PortalRequest, unit: str) -> HttpResponse:
    viewer, own = viewer_of(request), alone(request, _SEE, unit)
    on = on_day(request)
    found = None if on.seen is None else reuse(viewer, on.seen, own)
    template = "parts/reuse.html" if request.htmx else "cockpit_part.html"
    said = {"on": on, "seen": on.seen, "reuse": found, "part": "parts/reuse.html"}
    return shown(request, template, f"{REUSE.title} · {own.name}", **said)


def _year(request: PortalRequest, unit: str) -> HttpResponse:
    """四同步 and the year so far of a unit with all below it, as the tree of units counts."""
    own, on, said = alone(request, _SEE, unit), on_day(request), {}
    if on.seen is not None:
        back = f"{reverse('cockpit-unit', args=[own.unit])}{on.first}"
        judged = judged_days(on.seen, month_ends(on.seen))
        said = together(on.seen, [own.unit])
        said |= the_year(request, on.seen, [own.unit], judged, back)
    return part_of(request, YEAR, on, **said)


PAGE = Page("cockpit/<str:unit>/", "cockpit-unit", TITLE, _SEE, _answer)
REUSE = Page("cockpit/<str:unit>/reuse/", "reuse", "本月录入", _SEE, _reuse)
YEAR = Page("cockpit/<str:unit>/year/", "unit-year", "四同步和全年达标率", _SEE, _year)
