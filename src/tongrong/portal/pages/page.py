"""What a page is: an address, a title, a permission, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.queries.places import UnitPlace, UnitView, unit_place, unit_view
from tongrong.queries.policy import Owed, Permission, Viewer

Answer = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
FORM = (*READ, "POST")
_OPEN_TO = {Owed.PASSWORD: ("account",), Owed.SECOND_FACTOR: ("second-factor", "account")}
"""The pages open to who owes something; they settle it at the first."""


@dataclass(frozen=True)
class Page:
    """One page; `permission` None: anybody, signed in or not. `icon` puts it into the menu."""

    path: str
    name: str
    title: str
    permission: Permission | None
    answer: Answer
    methods: tuple[str, ...] = READ
    icon: str = ""

    def view(self, request: PortalRequest, **named: str | int) -> HttpResponseBase:
        """Answer a request, if the method is one of the page's and the viewer may."""
        if request.method not in self.methods:
            return HttpResponseNotAllowed(self.methods)
        if self.permission is not None:
            if request.viewer is None:
                return to_sign_in(request)
            if not request.viewer.may(self.permission):
                raise PermissionDenied
            owed = request.viewer.owes
            if owed is not None and self.name not in _OPEN_TO[owed]:
                return to_what_is_owed(request, owed)
        return self.answer(request, **named)


def to_sign_in(request: PortalRequest) -> HttpResponse:
    """To the sign-in page and back; a fragment makes the whole page go there."""
    asked = urlencode({"next": request.get_full_path()})
    address = f"{reverse('sign-in')}?{asked}"
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
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
