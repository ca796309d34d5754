"""判据: one clause of a unit down to the records counted, and how its verdict changed."""

from django.http import Http404, HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_day import on_day
from tongrong.portal.pages.page import Page, alone, shown, viewer_of
from tongrong.portal.told import records_told, told_explanation
from tongrong.queries.correcting import to_correct
from tongrong.queries.explanations import explanation
from tongrong.queries.findings import Kept
from tongrong.queries.judgements import Judgements
from tongrong.queries.openable import page_numbers
from tongrong.queries.places import unit_place
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.settling import Form, forms
from tongrong.queries.standings import clause_view

_SEE = Permission.SEE_CHECKLIST


def _answer(request: PortalRequest, unit: str, clause: str) -> HttpResponse:
    viewer, own = viewer_of(request), alone(request, _SEE, unit)
    on, title = on_day(request), f"{clause} · {own.name}"
    seen = on.seen
    if seen is None:
        return shown(request, "clause_later.html", title, on=on, own=own)
    told = clause_view(viewer, seen, own, clause)
    if told is None:
        raise Http404
    entries = () if told.one is None else _entries(viewer, seen, told.one.kept)
    said = {"seen": seen, "told": told, "own": own, "entries": entries}
    return shown(request, "clause.html", title, on=on, **said)


def _entries(viewer: Viewer, seen: Judgements, one: Kept) -> tuple[Form, ...]:
    """The forms that settle a verdict, where the viewer may record: first what is to be mended."""
    place = unit_place(viewer, Permission.RECORD, one.unit)
    if place is None:
        return ()
    mends = to_correct(viewer, seen, [one], {one.unit: place.path})
    found = forms(seen, one.clause, one.unit, one.verdict, one.missing, one.part)
    return (*mends.values(), *found)


def _explained(request: PortalRequest, unit: str, clause: str) -> HttpResponse:
    viewer, own = viewer_of(request), alone(request, _SEE, unit)
    on = on_day(request)
    seen = on.seen
    if seen is None or clause not in seen.clauses:
        raise Http404
    found = explanation(seen, own.unit, clause, names=viewer.sees_names)
    if found is None:
        raise Http404
    template = "parts/explanation.html" if request.htmx else "explanation.html"
    title = f"说明 · {clause} · {own.name}"
    told = told_explanation(found, page_numbers(viewer, records_told(found)))
    return shown(request, template, title, told=told, own=own, on=on)


PAGE = Page("checklist/<str:unit>/<str:clause>/", "clause", "判据", _SEE, _answer)
EXPLANATION = Page(
    "checklist/<str:unit>/<str:clause>/explanation/", "explanation", "说明", _SEE, _explained
)
