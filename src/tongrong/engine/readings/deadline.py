"""Deadline: another kind's requirement, to be reached by a day and kept afterwards."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongrong.engine.readings.catalogue import reading
from tongrong.engine.readings.cell import Cell, shortfall
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity

SHOWS_DENOMINATOR = True


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """The cells of what is required; before the day, what is not met is still under way.

    Nothing is unmet then, so nothing is to be explained; an empty population stays one.
    """
    inner = {"id": part["id"], "strength": part["strength"], **part["requires"]}
    cells = reading(inner["kind"])(inner, world, subject)
    due = dt.date.fromisoformat(world.threshold(part["due_on"], world.as_of))
    if world.as_of >= due:
        return cells
    warning_days = world.whole("warning_year", world.as_of)
    open_now = shortfall(due, warning_days, world.as_of)
    return [
        cell
        if cell.severity in (Severity.MET, Severity.NOT_APPLICABLE)
        else replace(cell, severity=open_now, due=due, reason=Reason.NONE)
        for cell in cells
    ]
