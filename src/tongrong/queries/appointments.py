"""Who holds which role where, and the units the security administrator may appoint in.

The administrator sees the names of all units and nothing else of them; units abroad only if
cleared (五不公开): neither in a suggestion nor in what somebody holds.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from tongrong.queries.lookups import MOST, Named, code_told
from tongrong.queries.policy import Viewer
from tongrong.records.models import Appointment, Place
from tongrong.vocabulary.roles import Role

_DAY = dt.timedelta(days=1)


class Term(StrEnum):
    """Whether a role holds: now, later, or no more."""

    NOW = "现任"
    LATER = "未到任"
    OVER = "已终止"


@dataclass(frozen=True)
class Holding:
    """An appointment of somebody; `last`: the last day it holds, none: until it is ended."""

    number: int
    role: Role
    unit: str
    from_on: dt.date
    last: dt.date | None
    term: Term

    @property
    def over(self) -> bool:
        """Whether there is nothing left to end."""
        return self.term is Term.OVER


def appointments_of(viewer: Viewer, account: int, day: dt.date) -> Sequence[Holding]:
    """All appointments of an account that exist for the viewer, those that hold first."""
    rows = list(Appointment.objects.filter(account=account).order_by("-from_on", "appointment_id"))
    units = {one.unit for one in rows if one.unit}
    names = dict(_seen(viewer).filter(unit__in=units).values_list("unit", "name"))
    found = [
        Holding(
            number=one.pk,
            role=Role(one.role),
            unit=Named(one.unit, names[one.unit]).told if one.unit else "",
            from_on=one.from_on,
            last=one.until and one.until - _DAY,
            term=_term(one, day),
        )
        for one in rows
        if not one.unit or one.unit in names
    ]
    order = list(Term)
    return sorted(found, key=lambda one: order.index(one.term))


def unit_exists(viewer: Viewer, unit: str) -> bool:
    """Whether there is such a unit for the viewer."""
    return _seen(viewer).filter(unit=unit).exists()


def units_like(viewer: Viewer, text: str) -> Sequence[Named]:
    """At most so many units that a text may mean."""
    text = text.strip()
    places = _seen(viewer).filter(Q(unit__istartswith=text) | Q(name__icontains=text))
    return [Named(*one) for one in places.order_by("path").values_list("unit", "name")[:MOST]]


def unit_meant(viewer: Viewer, text: str) -> str:
    """The code that a text stands for: `乙公司（QY2）`, a code, or a name only one unit has."""
    code = code_told(text)
    named = list(_seen(viewer).filter(name=code).values_list("unit", flat=True)[:2])
    return named[0] if len(named) == 1 else code


def _seen(viewer: Viewer) -> "QuerySet[Place]":
    return Place.objects.all() if viewer.cleared else Place.objects.filter(hidden=False)


def _term(one: Appointment, day: dt.date) -> Term:
    if one.until is not None and one.until <= day:
        return Term.OVER
    return Term.LATER if one.from_on > day else Term.NOW
