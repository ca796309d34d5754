"""待办: what falls short or falls due for the units of one's roles."""

from urllib.parse import urlencode

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, shown, viewer_of, whole
from tongrong.queries.duties import LAMPS, Order, duties
from tongrong.queries.judgements import judgements
from tongrong.queries.policy import Permission
from tongrong.vocabulary.roles import Role


def _answer(request: PortalRequest) -> HttpResponse:
    viewer, asked = viewer_of(request), request.GET
    seen = judgements(viewer)
    supervises = any(one.role is Role.SUPERIOR for one in viewer.grants)
    below = asked.get("below", "1" if supervises else "0") == "1"
    lamp = next((one for one in LAMPS if one.value == asked.get("lamp")), None)
    order = next((one for one in Order if one.value == asked.get("sort")), Order.LAMP)
    told = None
    if seen is not None:
        page = whole(asked.get("page"))
        told = duties(viewer, seen, below=below, lamp=lamp, page=page, order=order)
    template = "parts/duties.html" if request.htmx else "duties.html"
    kept = {"below": int(below), **({"lamp": lamp.value} if lamp else {}), "sort": order.value}
    said = {"told": told, "below": below, "lamp": lamp, "order": order, "orders": tuple(Order)}
    return shown(request, template, PAGE.title, seen=seen, query=f"{urlencode(kept)}&", **said)


PAGE = Page("duties/", "duties", "待办", Permission.SEE_DUTIES, _answer, icon="check2-square")
