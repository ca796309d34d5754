"""Who makes up the body that meets, on the day it met, and what is recorded of who came."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import EFFECTIVE, WITHDRAWN
from tongrong.facts.ledgers.meetings import SITTING
from tongrong.facts.ledgers.people import POSTS
from tongrong.facts.registry import LEDGERS
from tongrong.queries.ledger_scope import rows_within
from tongrong.queries.lookups import names
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import LEDGER_MODELS, Place

HOST, PRESENT, OBSERVER, ABSENT = "主持", "出席", "列席", "缺席"
WAYS = (HOST, PRESENT, OBSERVER, ABSENT)
"""How somebody may stand in the list of those who came."""
MOST_LISTED = 3000


@dataclass(frozen=True)
class Meeting:
    """The meeting a list is of; `number` is that of its current version."""

    code: str
    number: int
    kind: str
    held_on: dt.date
    unit: str
    unit_name: str


@dataclass(frozen=True)
class Listed:
    """Somebody on the list: what is recorded of them, if anything (`way` is empty then).

    `member`: of the body that met; others were added by hand.
    """

    person: str
    name: str
    way: str
    reason: str
    member: bool


def meeting_of(viewer: Viewer, number: int) -> Meeting | None:
    """The meeting one of whose versions has a number, if the viewer records for its unit."""
    model = LEDGER_MODELS["meetings"]
    record = model.objects.filter(version_id=number).values("record")
    rows = rows_within(viewer, Permission.RECORD, LEDGERS["meetings"]).filter(record__in=record)
    columns = ("number", "version_id", "kind", "held_on", "unit")
    found = rows.exclude(status=WITHDRAWN).values_list(*columns).first()
    if found is None:
        return None
    code, current, kind, held_on, unit = found
    name = Place.objects.filter(unit=unit).values_list("name", flat=True).first()
    return Meeting(code, current, kind, held_on, unit, name or unit)


def listed(viewer: Viewer, meeting: Meeting) -> tuple[Listed, ...]:
    """The body's members on the day of the meeting, then everybody else recorded as there."""
    recorded = _recorded(meeting.code)
    members = dict.fromkeys(_body(meeting))
    everybody = [*members, *(one for one in recorded if one not in members)]
    known = names(viewer, {PERSONS: everybody}).get(PERSONS, {})
    return tuple(
        Listed(one, known.get(one, one), *recorded.get(one, ("", "")), member=one in members)
        for one in everybody
    )


def _recorded(meeting: str) -> Mapping[str, tuple[str, str]]:
    """How each person recorded stands in the list, and why absent."""
    of = {"meeting": meeting}
    current = LEDGER_MODELS["attendance"].objects.filter(superseded_at__isnull=True, **of)
    columns = ("person", "role", "present", "absence_reason")
    told = current.filter(status=EFFECTIVE).order_by("version_id").values_list(*columns)
    return {
        person: (role if present else ABSENT, reason or "")
        for person, role, present, reason in told
    }


def _body(meeting: Meeting) -> list[str]:
    """The persons of the body that met, the chair's post first; else all who hold a post there."""
    sitting = SITTING.get(meeting.kind)
    members = () if sitting else _there("memberships", meeting, [meeting.unit])
    if members:
        return sorted(person for person, *_ in members)
    posts = [
        (POSTS.index(post), person)
        for person, post in _there("posts", meeting, _same_house(meeting.unit), "post")
        if not sitting or post in sitting
    ]
    return [person for _, person in sorted(posts)]


def _there(code: str, meeting: Meeting, units: list[str], *more: str) -> list[tuple[str, ...]]:
    """The persons of a register who are in these units on the day of the meeting."""
    day = meeting.held_on
    held = Q(until_on__isnull=True) | Q(until_on__gt=day)
    current = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True, status=EFFECTIVE)
    rows = current.filter(held & Q(unit__in=units, from_on__lte=day))
    columns = ("person", *more)
    return list(rows.values_list(*columns)[:MOST_LISTED])


def _same_house(unit: str) -> list[str]:
    """An enterprise and the organization that leads it: posts are entered of either."""
    own = Place.objects.filter(unit=unit).first()
    if own is None or not (own.enterprise or own.leads):
        return [unit]
    firm = unit if own.enterprise else own.answering
    leads = Place.objects.filter(answering=firm, leads=True).values_list("unit", flat=True)
    return [firm, *leads]
