"""How the stored verdicts stand, counted: by unit, by section, over all that somebody sees.

Counted once when they are stored (`actions/keep_tallies.py`), so a page of a group of ten
thousand units adds up some rows a unit and not every verdict.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from django.db.models import QuerySet, Subquery, Sum

from tongrong.findings.subtree import Share
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


def whole(key: str, places: "QuerySet[Place]") -> Tally:
    """The verdicts stored under a key, of all units at these places."""
    found = _rows([key], places).aggregate(**{one: Sum(one) for one in COUNTED})
    return Tally(**{name: number or 0 for name, number in found.items()})


def by_section(key: str, places: "QuerySet[Place]") -> Mapping[str, Tally]:
    """The same by section."""
    return _summed(_rows([key], places), "section")


def by_unit(key: str, places: "QuerySet[Place]") -> Mapping[str, Tally]:
    """The same by unit."""
    return _summed(_rows([key], places), "unit")


def by_key(keys: Collection[str], places: "QuerySet[Place]") -> Mapping[str, Tally]:
    """The verdicts of all units at these places by what they are stored under."""
    return _summed(_rows(keys, places), "checklist")


def _rows(keys: Collection[str], places: "QuerySet[Place]") -> "QuerySet[UnitTally]":
    tallies = UnitTally.objects.filter(checklist__in=keys)
    return tallies.filter(unit__in=Subquery(places.order_by().values("unit")))


def _summed(rows: "QuerySet[UnitTally]", by: str) -> Mapping[str, Tally]:
    summed = rows.values(by).annotate(**{f"sum_{one}": Sum(one) for one in COUNTED})
    return {row[by]: Tally(**{one: row[f"sum_{one}"] for one in COUNTED}) for row in summed}
