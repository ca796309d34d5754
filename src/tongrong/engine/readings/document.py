"""Document: a document of a type is in force and contains every listed element."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, period_severity
from tongrong.engine.readings.periods import Period, counted_periods, is_periodic
from tongrong.engine.readings.selection import events, states
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Severity


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per element, or one for the document where no elements are listed."""
    if not is_periodic(part):
        in_force = states(world, _selection(part), subject, world.as_of)
        return _cells(part, world, in_force, None)
    cells = []
    for period in counted_periods(part, world, subject):
        cells += _cells(part, world, _of_year(part, world, subject, period), period)
    return cells


def _of_year(part: Mapping[str, Any], world: World, subject: str, period: Period) -> list[Row]:
    """What is in force of the year: none at all, if there was none on the day it was due.

    It is looked at on D, but not after the year and the due day are over.
    """
    due = min(world.as_of, period.due)
    over = min(world.as_of, max(period.last, period.due))
    if not states(world, _selection(part), subject, due):
        return []
    return states(world, _selection(part), subject, over)


def _cells(
    part: Mapping[str, Any], world: World, in_force: list[Row], period: Period | None
) -> list[Cell]:
    wanted = part.get("contains", [])
    chosen = min(in_force, key=lambda row: (-_held(row, wanted), row["record"]), default=None)
    records = frozenset[str]()
    if chosen is not None and (not wanted or _held(chosen, wanted) > 0):
        records = ids([chosen])
    cells = []
    for member in wanted or [part["type"]]:
        satisfied = chosen is not None and (not wanted or member in _elements(chosen))
        if period is None:
            severity = Severity.MET if satisfied else Severity.UNMET
        else:
            severity = period_severity(world, period, satisfied=satisfied)
        cells.append(
            Cell(
                severity,
                period.label if period else "",
                member,
                num=int(satisfied),
                den=1,
                due=due_if_open(severity, period.due) if period else None,
                records=records,
            )
        )
    return cells


def taken_up(part: Mapping[str, Any], world: World, subject: str) -> bool:
    """Whether any document of the type was ever adopted by D, in force or not."""
    ever = {"ledger": "documents", "dated": "effective_on", "where": {"type": part["type"]}}
    return bool(events(world, ever, subject, dt.date.min, world.as_of))


def _selection(part: Mapping[str, Any]) -> dict[str, Any]:
    where = {"type": part["type"]}
    if "of_year" in part:
        where["year"] = part["of_year"]
    return {"ledger": "documents", "where": where}


def _elements(row: Row) -> list[str]:
    return str(row["elements"] or "").strip("、").split("、")


def _held(row: Row, wanted: list[str]) -> int:
    return sum(element in _elements(row) for element in wanted)
