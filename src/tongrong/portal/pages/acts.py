"""The buttons of a page about an account: each names an act, and is done and told."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.portal.access import PortalRequest

Act = Callable[[PortalRequest, int], str]
"""Does something to the account of a number, and says what came of it."""


def done_and_back(
    request: PortalRequest, acts: Mapping[str, Act], account: int, page: str
) -> HttpResponse:
    """Do what the form names, and go back to the page, which tells what came of it.

    Raises:
        TongrongError: it may not be done.
    """
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    messages.success(request, act(request, account))
    return HttpResponseRedirect(reverse(page, args=[account]))
