"""Who is asking: every request gets its viewer, or none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from tongrong.portal import clock
from tongrong.queries.policy import Viewer
from tongrong.queries.viewers import viewer_of

ACCOUNT = "account"


class PortalRequest(HttpRequest):
    """A request as pages get it."""

    viewer: Viewer | None
    htmx: HtmxDetails


class AccessMiddleware:
    """Finds the viewer of a session, if the session and its account are still good.

    Whether the viewer may see a page is asked by the page itself (`pages/page.py`): every page
    says its permission, and there is no other way to have one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Answer with the viewer at hand; what is shown to somebody is kept by no cache."""
        request.viewer = self._viewer(request)
        response = self._get_response(request)
        if request.viewer is not None:
            response.setdefault("Cache-Control", "private, no-store")
        return response

    @staticmethod
    def _viewer(request: HttpRequest) -> Viewer | None:
        key = request.session.session_key
        account = request.session.get(ACCOUNT) if key else None
        found = viewer_of(key, clock.now(), clock.today()) if key and account else None
        return found if found is not None and found.account == account else None
