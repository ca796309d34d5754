"""待办: what falls short or falls due for the units of one's roles."""

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, shown, viewer_of, whole
from tongrong.queries.duties import LAMPS, duties
from tongrong.queries.judgements import judgements
from tongrong.queries.policy import Permission
from tongrong.vocabulary.roles import Role


def _answer(request: PortalRequest) -> HttpResponse:
    viewer, asked = viewer_of(request), request.GET
    seen = judgements(viewer)
    supervises = any(one.role is Role.SUPERIOR for one in viewer.grants)
    below = asked.get("below", "1" if supervises else "0") == "1"
    lamp = next((one for one in LAMPS if one.value == asked.get("lamp")), None)
    told = None
    if seen is not None:
        told = duties(viewer, seen, below=below, lamp=lamp, page=whole(asked.get("page")))
    template = "parts/duties.html" if request.htmx else "duties.html"
    query = f"below={int(below)}&" + (f"lamp={lamp.value}&" if lamp else "")
    return shown(
        request, template, PAGE.title, seen=seen, told=told, below=below, lamp=lamp, query=query
    )


PAGE = Page("duties/", "duties", "待办", Permission.SEE_DUTIES, _answer, icon="check2-square")
