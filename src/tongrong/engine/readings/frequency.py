"""Frequency: in every period at least n records."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, period_severity
from tongrong.engine.readings.periods import Period, counted_periods
from tongrong.engine.readings.selection import Selection, events, is_state, measure, running
from tongrong.engine.readings.world import Row, World


def taken_up(part: Mapping[str, Any], world: World, subject: str) -> bool | None:
    """Whether what is tried was tried in some period; None where only what is counted says."""
    if "tried" not in part:
        return None
    periods = counted_periods(part, world, subject)
    return any(_dated(world, part["tried"], subject, period) for period in periods)


def _dated(world: World, of: Selection, subject: str, period: Period) -> list[Row]:
    """The events of a period, or the states that held in it."""
    found = running if is_state(of) else events
    return found(world, of, subject, period.first, period.last)


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per counted period: the records of the period against the number wanted."""
    cells = []
    for period in counted_periods(part, world, subject):
        rows = _dated(world, part["of"], subject, period)
        counted = measure(rows, {"count": part["distinct"]} if "distinct" in part else {})
        for further in part.get("also", ()):
            more = _dated(world, further, subject, period)
            rows, counted = rows + more, counted + len(more)
        wanted = world.number(part["at_least"], period.last)
        severity = period_severity(world, period, satisfied=counted >= wanted)
        cells.append(
            Cell(
                severity,
                period.label,
                num=counted,
                den=wanted,
                due=due_if_open(severity, period.due),
                records=ids(rows),
            )
        )
    return cells
