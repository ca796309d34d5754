"""Frequency: in every period at least n records."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, period_severity
from tongrong.engine.readings.periods import counted_periods
from tongrong.engine.readings.selection import events, is_state, measure, running
from tongrong.engine.readings.world import World


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per counted period: the records of the period against the number wanted."""
    cells = []
    for period in counted_periods(part, world, subject):
        found = running if is_state(part["of"]) else events
        rows = found(world, part["of"], subject, period.first, period.last)
        counted = measure(rows, {"count": part["distinct"]} if "distinct" in part else {})
        wanted = world.number(part["at_least"], period.last)
        severity = period_severity(world, period, satisfied=counted >= wanted)
        cells.append(
            Cell(
                severity,
                period.label,
                num=counted,
                den=wanted,
                due=due_if_open(severity, period.last),
                records=ids(rows),
            )
        )
    return cells
