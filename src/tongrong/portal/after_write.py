"""After a write by hand: judge what it concerns, and let the record's page say what turned."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from tongrong.actions.refresh import Refreshed, refresh_marked
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.queries.judgements import key_seen
from tongrong.queries.policy import Viewer
from tongrong.vocabulary.errors import TongrongError

_KEPT = "written"
_TOLD = "tongrong_told"
"""The cookie that names what was told last: to note it in the session would be three statements."""


def judge_and_tell(
    request: PortalRequest,
    viewer: Viewer,
    record: str,
    done: str,
    *,
    written: bool,
    entered: bool = False,
) -> None:
    """Judge at once what a write concerns, and keep in the session what is to be told of it.

    `entered`: it was a form for something new, after which more may be entered.
    Where that fails or takes too long the marks stay, and the next refresh sees to them.
    """
    refreshed: Mapping[str, Refreshed | None] = {}
    if written:
        try:
            refreshed = refresh_marked(at=clock.now())
        except TongrongError:
            refreshed = {}
    seen = key_seen(viewer, refreshed) if refreshed else None
    mine = None if seen is None else refreshed[seen]
    changes = () if mine is None else mine.changes
    request.session[_KEPT] = {
        "named": secrets.token_urlsafe(6),
        "record": record,
        "done": done,
        "written": written,
        "entered": entered,
        "judged": mine is not None,
        "changes": [[one.unit, one.clause, one.before or "", one.after or ""] for one in changes],
    }


def to_tell(request: PortalRequest, record: str) -> dict[str, Any] | None:
    """What was kept of the last write, if it was of this record and is not told yet."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if kept is None or kept["record"] != record:
        return None
    if kept.get("named") in (None, request.COOKIES.get(_TOLD)):  # a former program named none
        return None
    return kept


def told_by(page: HttpResponse, kept: Mapping[str, Any]) -> None:
    """The page tells what was kept; it is told once."""
    page.set_cookie(
        _TOLD,
        kept["named"],
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
