"""对标清单: section, item, indicator and clause in the seed's words, with a unit's verdicts."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, shown, unit_of, viewer_of
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission
from tongrong.queries.standings import lines
from tongrong.vocabulary.verdicts import Verdict

_SEE = Permission.SEE_CHECKLIST
FILTERS = {
    "": ("全部", None),
    "short": (
        "未达标",
        frozenset({Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK, Verdict.PENDING}),
    ),
    "unmet": ("不达标", frozenset({Verdict.UNMET})),
    "no_data": ("缺数据", frozenset({Verdict.NO_DATA})),
    "met": ("达标", frozenset({Verdict.MET, Verdict.JUSTIFIED})),
}


def _answer(request: PortalRequest) -> HttpResponse:
    for unit in own_units(viewer_of(request), _SEE):
        return HttpResponseRedirect(reverse("checklist-unit", args=[unit.unit]))
    raise Http404


def _of_unit(request: PortalRequest, unit: str) -> HttpResponse:
    viewer, place = viewer_of(request), unit_of(request, _SEE, unit)
    on = on_day(request)
    seen = on.seen
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    sections = None if seen is None else lines(viewer, seen, place.own, FILTERS[chosen][1])
    filters = [(key, label, key == chosen) for key, (label, _) in FILTERS.items()]
    return shown(
        request,
        "checklist.html",
        f"{PAGE.title} · {place.own.name}",
        on=on,
        seen=seen,
        sections=sections,
        place=place,
        filters=filters,
        to="checklist-unit",
    )


PAGE = Page("checklist/", "checklist", "对标清单", _SEE, _answer, icon="list-check")
UNIT_PAGE = Page("checklist/<str:unit>/", "checklist-unit", "对标清单", _SEE, _of_unit)
