"""What a file that somebody sends may refer to: by code what exists for them, by name their own."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet

from tongrong.facts.directory import UNIT_LEDGERS, Elsewhere, Named
from tongrong.facts.erasure import PERSONS
from tongrong.facts.registry import LEDGERS
from tongrong.queries.facts import alike_among, codes_among, current_rows, names_among
from tongrong.queries.ledger_scope import rows_within
from tongrong.queries.persons import existing
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Place, RowVersion


def reachable(viewer: Viewer) -> Elsewhere:
    """What is recorded, as far as somebody's file may refer to it.

    A code is known if what it names exists for them, wherever it belongs; a name only if it is
    of their units, so that nobody is taken for somebody of another unit.
    """
    return Elsewhere(partial(_codes, viewer), partial(_names, viewer), partial(_alike, viewer))


def existing_units(viewer: Viewer) -> "QuerySet[Place]":
    """The units that exist for the viewer, wherever they stand."""
    return Place.objects.all() if viewer.cleared else Place.objects.filter(hidden=False)


def _codes(viewer: Viewer, code: str, texts: Collection[str | None]) -> Collection[str]:
    if code in UNIT_LEDGERS:
        places = existing_units(viewer).filter(enterprise=code == "enterprises")
        return codes_among(places, "unit", texts)
    return codes_among(_known(viewer, code), str(LEDGERS[code].code_column()), texts)


def _known(viewer: Viewer, code: str) -> "QuerySet[RowVersion]":
    if code == PERSONS:
        return existing(viewer)
    return rows_within(viewer, Permission.SEE_LEDGERS, LEDGERS[code])


def _names(viewer: Viewer, code: str) -> Iterator[Named]:
    yield from names_among(code, _own(viewer, code))


def _alike(viewer: Viewer, code: str, rows: pa.Table) -> Mapping[tuple[Any, ...], str]:
    return alike_among(code, _own(viewer, code), rows)


def _own(viewer: Viewer, code: str) -> "QuerySet[RowVersion]":
    """The rows of a ledger that are of the units the viewer records for."""
    if code in UNIT_LEDGERS:
        units = visible(viewer, Permission.RECORD).values("unit")
        return current_rows(code).filter(**{f"{LEDGERS[code].code_column()}__in": units})
    return rows_within(viewer, Permission.RECORD, LEDGERS[code])
