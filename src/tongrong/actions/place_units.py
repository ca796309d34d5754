"""Keeps where each unit stands (`Place`) true, in the transaction of the write that moves one."""

from collections.abc import Collection, Mapping

from tongrong.actions.keep_tallies import carry_over
from tongrong.facts.clearance import SAY_WHAT_IS_ABROAD
from tongrong.facts.unit_tree import tree_of
from tongrong.queries.clearance import hidden_units
from tongrong.queries.nearby import StoredRecords
from tongrong.records.models import Place

_ROWS = 1000
_COLUMNS = ("unit", "name", "enterprise", "leads", "upper", "path", "answering", "hidden")
_PATH = _COLUMNS.index("path")


def place_units(written: Collection[str] = SAY_WHAT_IS_ABROAD) -> None:
    """Let every unit have its place, if one of the registers it follows from was written.

    Only places that became others are written. Call it inside the transaction of the write.
    """
    if not set(written) & {*SAY_WHAT_IS_ABROAD}:
        return
    records = StoredRecords()
    tree = tree_of(records.find("enterprises", {}), records.find("party_organizations", {}))
    hidden = hidden_units()
    wanted = {unit: (*vars(one).values(), unit in hidden) for unit, one in tree.items()}
    known = {row[0]: row for row in Place.objects.values_list(*_COLUMNS)}
    _carry_over(
        {unit: row[_PATH] for unit, row in known.items()},
        {unit: row[_PATH] for unit, row in wanted.items()},
    )
    gone = sorted(known.keys() - wanted.keys())
    for start in range(0, len(gone), _ROWS):
        Place.objects.filter(unit__in=gone[start : start + _ROWS]).delete()
    Place.objects.bulk_create(
        [
            Place(**dict(zip(_COLUMNS, row, strict=True)))
            for unit, row in wanted.items()
            if known.get(unit) != row
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=_COLUMNS[1:],
    )


def _carry_over(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Count the units whose paths became others where they stand now."""
    moved = {unit for unit in {**before, **after} if before.get(unit) != after.get(unit)}
    carry_over(
        {unit: path for unit, path in before.items() if unit in moved},
        {unit: path for unit, path in after.items() if unit in moved},
    )
