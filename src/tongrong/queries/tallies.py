"""How the stored verdicts stand, counted: by unit, by section, over all that somebody sees.

Counted once when they are stored (`actions/keep_tallies.py`), of each unit alone and with all
below it, so a page costs the same however many units there are.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from django.db.models import QuerySet, Sum

from tongrong.facts.unit_tree import way_of
from tongrong.findings.subtree import Share
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Place, UnitTally

SOON = dt.timedelta(days=30)
"""A duty that is open is told of so long before it falls due."""


@dataclass(frozen=True)
class Tally:
    """So many verdicts apply and are met; so many are at each lamp of 待办, or due `SOON`."""

    applying: int = 0
    met: int = 0
    unmet: int = 0
    no_data: int = 0
    at_risk: int = 0
    soon: int = 0

    @property
    def share(self) -> Share:
        """How many are met, of how many that apply."""
        return Share(self.met, self.applying)


COUNTED = tuple(one.name for one in fields(Tally))
Units: TypeAlias = "Collection[str] | QuerySet[Place, Any]"


def tops(viewer: Viewer, permission: Permission) -> tuple[str, ...]:
    """The units that with all below them are those a viewer may see; none is below another."""
    return tuple(way_of(path)[-1] for path in viewer.scopes(permission))


def alone(key: str, units: Units) -> Tally:
    """The verdicts stored under a key of these units without those below them."""
    rows = UnitTally.objects.filter(checklist=key, below=False, unit__in=units)
    found = rows.aggregate(**{one: Sum(one) for one in COUNTED})
    return Tally(**{name: number or 0 for name, number in found.items()})


def whole(key: str, units: Units) -> Tally:
    """The same with all below them."""
    return by_key([key], units).get(key, Tally())


def by_section(key: str, units: Units) -> Mapping[str, Tally]:
    """The same by section."""
    return _summed([key], units, "section")


def by_unit(key: str, units: Units) -> Mapping[str, Tally]:
    """Each of the units with all below it."""
    return _summed([key], units, "unit")


def by_key(keys: Collection[str], units: Units) -> Mapping[str, Tally]:
    """The units with all below them, by what the verdicts are stored under."""
    return _summed(keys, units, "checklist")


def _summed(keys: Collection[str], units: Units, by: str) -> Mapping[str, Tally]:
    rows = UnitTally.objects.filter(checklist__in=keys, below=True, unit__in=units)
    summed = rows.values(by).annotate(**{f"sum_{one}": Sum(one) for one in COUNTED})
    return {row[by]: Tally(**{one: row[f"sum_{one}"] for one in COUNTED}) for row in summed}
