"""待办 of members and staff representatives: what their unit does in which they take part."""

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, shown, viewer_of
from tongrong.queries.judgements import judgements
from tongrong.queries.policy import Permission
from tongrong.queries.taking_part import taken_part


def _answer(request: PortalRequest) -> HttpResponse:
    viewer = viewer_of(request)
    seen = judgements(viewer)
    told = () if seen is None else taken_part(viewer, seen)
    return shown(request, "taking_part.html", PAGE.title, seen=seen, told=told)


PAGE = Page("mine/", "mine", "我的待办", Permission.TAKE_PART, _answer, icon="person-check")
