"""Justifications: an approved explanation turns an unmet cell of a `should` into 有说明."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongrong.engine.readings.cell import Cell
from tongrong.engine.readings.selection import states
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Severity, Strength


def justified(
    cells: list[Cell], clause: Mapping[str, Any], world: World, subject: str
) -> list[Cell]:
    """The cells, those unmet turned into justified where an approved row explains them."""
    if clause["strength"] != Strength.SHOULD:
        return cells
    selection = {"ledger": "justifications", "where": {"clause": clause["id"]}}
    explanations = states(world, selection, subject, world.as_of)
    return [
        replace(cell, severity=Severity.JUSTIFIED)
        if cell.severity == Severity.UNMET and any(_explains(row, cell) for row in explanations)
        else cell
        for cell in cells
    ]


def _explains(row: Row, cell: Cell) -> bool:
    """Whether the keys given are the cell's own, at least one if the cell has any."""
    period, member = row["period"] or "", row["member"] or ""
    if period not in ("", cell.period) or member not in ("", cell.member):
        return False
    return bool(period or member) == bool(cell.period or cell.member)
