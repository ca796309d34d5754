"""A list with its search form: what it reads of its address, and where to go on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_paper import on_paper, rows_told
from tongrong.portal.pages.page import shown
from tongrong.queries.slices import Slice, Turn

_PLACES = ("after", "before")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class SearchField:
    """A field of a search form; with `choices` (word, value, chosen) one of them is chosen."""

    name: str
    label: str
    said: str
    kind: str = "text"
    choices: tuple[tuple[str, str, bool], ...] = ()

    @property
    def told(self) -> tuple[str, str]:
        """Its label and what is asked in words; nothing where it asks for all."""
        if not self.choices or not self.said:
            return self.label, self.said
        return self.label, next((word for word, _, chosen in self.choices if chosen), "")


def choosing(name: str, label: str, said: str, words: Sequence[tuple[str, str]]) -> SearchField:
    """A field in which one of some (value, word) is chosen."""
    choices = tuple((word, value, value == said) for value, word in words)
    return SearchField(name, label, said, choices=choices)


def days_between(sent: QueryDict) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From the beginning of the first day asked for to the end of the last."""
    since, until = day_in(sent.get("since")), day_in(sent.get("until"))
    return (
        None if since is None else clock.midnight(since),
        None if until is None else clock.midnight(until + _DAY),
    )


def day_fields(sent: QueryDict) -> tuple[SearchField, SearchField]:
    """The two fields that `days_between` reads."""
    return (
        SearchField("since", "自", sent.get("since", ""), "date"),
        SearchField("until", "至", sent.get("until", ""), "date"),
    )


def day_in(text: str | None) -> dt.date | None:
    """A day as a browser sends it; None where it is none."""
    try:
        found = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year < dt.MAXYEAR else None


def turn_of(sent: QueryDict, *, numbered: bool = False) -> Turn:
    """Where to go on; in a `numbered` list only a number is a place."""
    after, before = (sent.get(name, "") for name in _PLACES)
    if numbered:
        return Turn(*(str(number_in(one) or "") for one in (after, before)))
    return Turn(after, before)


def number_in(text: str) -> int:
    """The number of a row; 0, which none has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def shown_list(
    request: PortalRequest, template: str, title: str, found: Slice[Any], *fields: SearchField
) -> HttpResponse:
    """A page of a list: its search form, its lines, the ways to the pages before and after."""
    sent = request.GET
    kept = {name: value for name in sent if name not in _PLACES and (value := sent.get(name))}
    rows = rows_told(len(found.lines), found.count, many=found.many)
    return shown(
        request,
        template,
        title,
        paper=on_paper((one.told for one in fields), rows, clock.today()),
        found=found,
        fields=fields,
        narrows=bool(kept),
        earlier=f"?{urlencode({**kept, 'before': found.earlier})}" if found.earlier else "",
        later=f"?{urlencode({**kept, 'after': found.later})}" if found.later else "",
    )
