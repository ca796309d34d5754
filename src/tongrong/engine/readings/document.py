"""Document: a document of a type is in force and contains every listed element."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, shortfall
from tongrong.engine.readings.selection import events, states
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Severity


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per element, or one for the document where no elements are listed."""
    in_force = states(world, _selection(part), subject, world.as_of)
    period, by = "", None
    if "by" in part:
        by = world.day_of_year(part["by"], world.year)
        in_force = [row for row in in_force if row["effective_on"] <= by]
        period = str(world.year)
    wanted = part.get("contains", [])
    chosen = min(in_force, key=lambda row: (-_held(row, wanted), row["record"]), default=None)
    records = frozenset[str]()
    if chosen is not None and (not wanted or _held(chosen, wanted) > 0):
        records = ids([chosen])
    cells = []
    for member in wanted or [part["type"]]:
        satisfied = chosen is not None and (not wanted or member in _elements(chosen))
        severity = _severity(world, by, satisfied=satisfied)
        cells.append(
            Cell(
                severity,
                period,
                member,
                num=int(satisfied),
                den=1,
                due=None if by is None else due_if_open(severity, by),
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


def _severity(world: World, by: dt.date | None, *, satisfied: bool) -> Severity:
    if satisfied:
        return Severity.MET
    if by is None:
        return Severity.UNMET
    return shortfall(by, world.whole("warning_quarter", world.as_of), world.as_of)
