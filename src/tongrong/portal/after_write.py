"""After a write by hand: judge what it concerns, and let the record's page say what turned."""

from collections.abc import Mapping
from typing import Any

from tongrong.actions.refresh import Refreshed, refresh_marked
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.queries.judgements import key_seen
from tongrong.queries.policy import Viewer
from tongrong.vocabulary.errors import TongrongError

_KEPT = "written"


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
        "record": record,
        "done": done,
        "written": written,
        "entered": entered,
        "judged": mine is not None,
        "changes": [[one.unit, one.clause, one.before or "", one.after or ""] for one in changes],
    }


def to_tell(request: PortalRequest, record: str) -> dict[str, Any] | None:
    """What was kept of the last write, if it was of this record; told once."""
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if kept is None or kept["record"] != record:
        return None
    del request.session[_KEPT]
    return kept
