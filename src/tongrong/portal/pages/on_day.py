"""The day a page tells of: today's verdicts, or with `?day=` those of a day in the past."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import viewer_of
from tongrong.queries.judgements import Judgements, judgements
from tongrong.queries.past_days import up_to_date
from tongrong.vocabulary.errors import TongrongError

_OWN = ("day", "page")


@dataclass(frozen=True)
class OnDay:
    """What verdicts a page shows: `seen`, or why it shows none.

    `day` is the past day asked for, None for now; `kept` are the other words of the address,
    which a change of the day leaves as they are. `refused` says why a day can not be shown.
    """

    seen: Judgements | None
    today: dt.date
    day: dt.date | None = None
    waiting: bool = False
    refused: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> str:
        """The day as the first word of a link's query; empty for now."""
        return f"?day={self.day}" if self.day else ""

    @property
    def more(self) -> str:
        """The day as a further word of a link's query."""
        return f"&day={self.day}" if self.day else ""

    @property
    def query(self) -> str:
        """The words of the address before the number of a page."""
        words = [*self.kept, *([("day", f"{self.day}")] if self.day else [])]
        return f"{urlencode(words)}&" if words else ""

    @property
    def without(self) -> str:
        """The query of the same page now."""
        return f"?{urlencode(self.kept)}" if self.kept else "."


def on_day(request: PortalRequest) -> OnDay:
    """The verdicts a page is to show: of the day in its address, or those of now."""
    seen, today = judgements(viewer_of(request)), clock.today()
    kept = tuple((one, str(said)) for one, said in request.GET.items() if one not in _OWN)
    asked = request.GET.get("day", "")
    if seen is None or not asked:
        return OnDay(seen, today, kept=kept)
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        return OnDay(None, today, refused=f"“{asked[:20]}”不是日期，应如 2026-06-30", kept=kept)
    if day > max(today, seen.as_of):
        return OnDay(None, today, refused=f"{day} 还没有到，只能看今天和以前", kept=kept)
    return _past(seen, today, day, kept)


def _past(
    seen: Judgements, today: dt.date, day: dt.date, kept: tuple[tuple[str, str], ...]
) -> OnDay:
    if day == seen.as_of:
        return OnDay(seen, today, kept=kept)
    try:
        then = seen.on(day)
    except TongrongError as refused:
        known = "；".join(one.expected for one in refused.problems)
        said = f"{day} 还没有施行的清单（{known}施行），改看施行以后的日期。"
        return OnDay(None, today, refused=said, kept=kept)
    if then.key in up_to_date({then.key: then.made_by}):
        return OnDay(then, today, day, kept=kept)
    return OnDay(None, today, day, waiting=True, kept=kept)
