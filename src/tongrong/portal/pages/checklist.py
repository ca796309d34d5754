"""对标清单: section, item, indicator and clause in the seed's words, with a unit's verdicts."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_day import OnDay, on_day
from tongrong.portal.pages.on_paper import on_paper, rows_told
from tongrong.portal.pages.page import Page, alone, shown, unit_of, viewer_of
from tongrong.portal.pages.tree import Tree, TreeUnit
from tongrong.queries.places import own_units
from tongrong.queries.policy import Permission
from tongrong.queries.standings import SectionLines, Wanted, lines
from tongrong.queries.unit_tree import Branching, level_below, top_level
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
    titles = [] if seen is None else [(one.id, one.title) for one in seen.checklist.sections()]
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
        titles=[(number, title, number == section) for number, title in titles],
        paper=on_paper(
            [
                ("结果", FILTERS[chosen][0] if chosen else ""),
                ("部分", next((f"{one}、{told}" for one, told in titles if one == section), "")),
                ("文字", words),
            ],
            rows_told(count := _clauses(sections or ()), count),
        ),
        words=words,
        to="checklist-unit",
    )


def _clauses(sections: Iterable[SectionLines]) -> int:
    """How many clauses stand on the page."""
    items = (item for one in sections for item in one.items)
    return sum(len(indicator.lines) for item in items for indicator in item.indicators)


def _tree(request: PortalRequest) -> HttpResponse:
    """A level of the tree of units, fetched when it is opened."""
    viewer, asked = viewer_of(request), request.GET.get("unit", "")
    own = alone(request, _SEE, asked) if asked else None
    on, tree = on_day(request), Tree(())
    if on.seen is not None:
        level = level_below(viewer, on.seen, own) if own else top_level(viewer, on.seen)
        here = request.GET.get("here", "")
        units = tuple(_branch(one, here, on) for one in level.units)
        tree = Tree(units, level.more, opened=own is None and len(units) == 1)
    template = "parts/unit_tree.html" if request.htmx else "cockpit_part.html"
    said = {"tree": tree, "part": "parts/unit_tree.html"}
    return shown(request, template, "单位", on=on, seen=on.seen, **said)


def _branch(one: Branching, here: str, on: OnDay) -> TreeUnit:
    """A unit of the tree: its checklist, and the level below it."""
    below = f"{reverse('unit-tree')}?{urlencode({'unit': one.unit, 'here': here})}{on.more}"
    return TreeUnit(
        name=one.name,
        enterprise=one.enterprise,
        address=f"{reverse('checklist-unit', args=[one.unit])}{on.first}",
        below=below if one.opens else "",
        here=one.unit == here,
        share=one.share,
    )


PAGE = Page("checklist/", "checklist", "对标清单", _SEE, _answer, icon="list-check")
UNIT_PAGE = Page("checklist/<str:unit>/", "checklist-unit", "对标清单", _SEE, _of_unit)
TREE = Page("unit-tree/", "unit-tree", "单位", _SEE, _tree)
