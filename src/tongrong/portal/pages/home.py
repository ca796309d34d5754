"""首页: to the first page of the menu that the viewer may open."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, viewer_of
from tongrong.queries.policy import Permission

_FIRST = (
    (Permission.SEE_DUTIES, "duties"),
    (Permission.TAKE_PART, "mine"),
    (Permission.MANAGE_ACCOUNTS, "accounts"),
    (Permission.APPOINT, "appointments"),
    (Permission.SEE_AUDIT, "audit"),
    (Permission.OWN_ACCOUNT, "account"),
)


def _answer(request: PortalRequest) -> HttpResponse:
    viewer = viewer_of(request)
    name = next(name for permission, name in _FIRST if viewer.may(permission))
    return HttpResponseRedirect(reverse(name))


PAGE = Page("", "home", "首页", Permission.OWN_ACCOUNT, _answer)
