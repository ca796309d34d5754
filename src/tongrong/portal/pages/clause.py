"""判据: one clause of a unit down to the records counted, and how its verdict changed."""

from django.http import Http404, HttpResponse

from tongrong.facts.ledger import Ledger
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, alone, shown, viewer_of
from tongrong.portal.programs import programs
from tongrong.portal.told import told_explanation
from tongrong.queries.explanations import explanation
from tongrong.queries.judgements import judgements
from tongrong.queries.ledger_scope import entered_for
from tongrong.queries.places import unit_place
from tongrong.queries.policy import Permission
from tongrong.queries.standings import clause_view

_SEE = Permission.SEE_CHECKLIST


def _answer(request: PortalRequest, unit: str, clause: str) -> HttpResponse:
    viewer, own = viewer_of(request), alone(request, _SEE, unit)
    seen = judgements(viewer)
    told = None if seen is None else clause_view(viewer, seen, own, clause)
    if seen is None or told is None:
        raise Http404
    title = f"{clause} · {own.name}"
    entries: tuple[type[Ledger], ...] = ()
    if told.one is not None and unit_place(viewer, Permission.RECORD, told.one.unit):
        entries = entered_for(seen, clause)
    return shown(request, "clause.html", title, seen=seen, told=told, own=own, entries=entries)


def _explained(request: PortalRequest, unit: str, clause: str) -> HttpResponse:
    viewer, own = viewer_of(request), alone(request, _SEE, unit)
    seen = judgements(viewer)
    if seen is None or clause not in seen.clauses:
        raise Http404
    names = viewer.may(Permission.SEE_DUTIES)
    found = explanation(seen, own.unit, clause, programs=programs(), names=names)
    if found is None:
        raise Http404
    template = "parts/explanation.html" if request.htmx else "explanation.html"
    title = f"说明 · {clause} · {own.name}"
    return shown(request, template, title, told=told_explanation(found), own=own)


PAGE = Page("checklist/<str:unit>/<str:clause>/", "clause", "判据", _SEE, _answer)
EXPLANATION = Page(
    "checklist/<str:unit>/<str:clause>/explanation/", "explanation", "说明", _SEE, _explained
)
