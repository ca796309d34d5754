"""对标清单: section, item, indicator and clause in the seed's words, with a unit's verdicts."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, alone, shown, unit_of, viewer_of
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission
from tongrong.queries.standings import Wanted, lines
from tongrong.queries.unit_tree import level_below, top_level
from tongrong.vocabulary.verdicts import Verdict

_SEE = Permission.SEE_CHECKLIST
LONGEST_WORDS = 60
FILTERS = {
    "": ("全部", None),
    "short": (
        "未达标",
        frozenset({Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK, Verdict.PENDING}),
    ),
    "unmet": ("不达标", frozenset({Verdict.UNMET})),
    "no_data": ("缺数据", frozenset({Verdict.NO_DATA})),
    "at_risk": ("预警", frozenset({Verdict.AT_RISK})),
    "pending": ("推进中", frozenset({Verdict.PENDING})),
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
    section, words = request.GET.get("section", ""), request.GET.get("words", "")[:LONGEST_WORDS]
    wanted = Wanted(FILTERS[chosen][1], section, words)
    sections = None if seen is None else lines(viewer, seen, place.own, wanted)
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
        titles=[(one.id, one.title, one.id == section) for one in seen.checklist.sections()]
        if seen
        else [],
        words=words,
        to="checklist-unit",
    )


def _tree(request: PortalRequest) -> HttpResponse:
    """A level of the tree of units, fetched when it is opened."""
    viewer, asked = viewer_of(request), request.GET.get("unit", "")
    own = alone(request, _SEE, asked) if asked else None
    on, level = on_day(request), None
    if on.seen is not None:
        level = level_below(viewer, on.seen, own) if own else top_level(viewer, on.seen)
    here = request.GET.get("here", "")
    said = {"level": level, "here": here, "top": own is None, "part": "parts/unit_tree.html"}
    template = "parts/unit_tree.html" if request.htmx else "cockpit_part.html"
    return shown(request, template, "单位", on=on, seen=on.seen, **said)


PAGE = Page("checklist/", "checklist", "对标清单", _SEE, _answer, icon="list-check")
UNIT_PAGE = Page("checklist/<str:unit>/", "checklist-unit", "对标清单", _SEE, _of_unit)
TREE = Page("unit-tree/", "unit-tree", "单位", _SEE, _tree)
