"""What a page is: an address, a title, a permission, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.refusals import not_allowed
from tongrong.queries.places import UnitPlace, UnitView, unit_place, unit_view
from tongrong.queries.policy import Owed, Permission, Viewer

Answer = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
FORM = (*READ, "POST")
_OPEN_TO = {Owed.PASSWORD: ("account",), Owed.SECOND_FACTOR: ("second-factor", "account")}
"""The pages open to who owes something; they settle it at the first."""


@dataclass(frozen=True)
class Page:
    """One page; `permission` None: anybody, signed in or not. `icon` puts it into the menu.

    `under` names the page of the menu it belongs to, where its address does not begin alike.
    """

    path: str
    name: str
    title: str
    permission: Permission | None
    answer: Answer
    methods: tuple[str, ...] = READ
    icon: str = ""
    under: str = ""

    def view(self, request: PortalRequest, **named: str | int) -> HttpResponseBase:
        """Answer a request, if the method is one of the page's and the viewer may."""
        if request.method not in self.methods:
            return not_allowed(request, self.methods)
        if _unkeepable(request, named):
            raise BadRequest
        if self.permission is not None:
            if request.viewer is None:
                return self._unseen(request)
            if not request.viewer.may(self.permission):
                raise PermissionDenied
            owed = request.viewer.owes
            if owed is not None and self.name not in _OPEN_TO[owed]:
                return to_what_is_owed(request, owed)
        return self.answer(request, **named)

    def _unseen(self, request: PortalRequest) -> HttpResponse:
        """What somebody gets whose session has ended: a form sent meanwhile is not lost."""
        typed = request.method == "POST" and not request.htmx
        if typed and self.permission is not Permission.OWN_ACCOUNT:  # no password goes back
            return signed_out_meanwhile(request)
        return to_sign_in(request)


def _unkeepable(request: PortalRequest, named: Mapping[str, str | int]) -> bool:
    """Whether anything asked has a NUL character: no database keeps it, and nobody types it."""
    sent = (texts for one in (request.GET, request.POST) for _, texts in one.lists())
    return any("\0" in str(text) for text in chain(named.values(), *sent))


def signed_out_meanwhile(request: PortalRequest) -> HttpResponse:
    """A form that came too late, to be sent again from this page after signing in beside it."""
    kept = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for text in texts
    ]
    page = shown(request, "signed_out.html", "登录已到期", kept=kept, files=bool(request.FILES))
    page.status_code = 403
    return page


def to_sign_in(request: PortalRequest) -> HttpResponse:
    """To the sign-in page and back; a fragment makes the whole page go there.

    What a field asks for while somebody types does not, for the form would be lost: it says so.
    """
    if request.htmx and request.htmx.trigger_name:
        return shown(request, "parts/suggested_too_late.html", "登录已到期")
    back = request.htmx.current_url_abs_path if request.htmx else request.get_full_path()
    address = f"{reverse('sign-in')}?{urlencode({'next': back or ''})}"
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def to_what_is_owed(request: PortalRequest, owed: Owed) -> HttpResponse:
    """To the page where somebody does what must come before anything else."""
    address = reverse(_OPEN_TO[owed][0])
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def viewer_of(request: PortalRequest) -> Viewer:
    """The viewer of a page that is not for everybody."""
    if request.viewer is None:
        raise PermissionDenied
    return request.viewer


def unit_of(request: PortalRequest, permission: Permission, unit: str) -> UnitView:
    """The unit a page is about; one the viewer may not see is as one that is not there."""
    found = unit_view(viewer_of(request), permission, unit)
    if found is None:
        raise Http404
    return found


def alone(request: PortalRequest, permission: Permission, unit: str) -> UnitPlace:
    """The same without what is around the unit."""
    found = unit_place(viewer_of(request), permission, unit)
    if found is None:
        raise Http404
    return found


def shown(request: PortalRequest, template: str, title: str, **values: Any) -> HttpResponse:
    """A page from its template."""
    return render(request, template, {"title": title, **values})


def whole(text: str | None) -> int:
    """A page number; 1 where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 1
