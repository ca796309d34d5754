"""The numbers that hold for one unit: the strictest set for it, else the checklist's."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongrong.engine.readings.world import KNOWN_LATER, Row, World
from tongrong.vocabulary.quantities import parse_quantity


def as_set_for(world: World, subject: str) -> World:
    """The world with the thresholds that hold for the subject."""
    rows = [
        row
        for row in world.rows["parameter_adjustments"]
        if row["checklist"] in world.allowed.checklists
    ]
    setters = _setters(world, subject)

    def threshold(name: str, day: dt.date) -> str:
        found = []
        for setter, role in setters:
            fitting = [
                row
                for row in rows
                if row["unit"] == setter
                and _meant(world, row) == name
                and _admitted(world.allowed.thresholds[name], row["value"], role)
                and row["from_on"] <= day
                and (row[KNOWN_LATER] is None or row[KNOWN_LATER] > day)
            ]
            if fitting:
                newest = max(fitting, key=lambda row: (row["from_on"], row["record"]))
                found.append(str(newest["value"]))
        if not found:
            return world.threshold(name, day)
        larger = world.allowed.thresholds[name]["adjustable"]["stricter"] == "larger"
        return (max if larger else min)(found, key=parse_quantity)

    return replace(world, threshold=threshold) if rows else world


def _setters(world: World, subject: str) -> list[tuple[str, str]]:
    """The units whose numbers hold for the subject, first things first, and as what they set."""
    row = world.unit_row(subject)
    found = []
    host = subject if world.is_enterprise(subject) else row["enterprise"]
    if host is not None and world.is_enterprise(host):
        found.append((host, "enterprise"))
    seen = {subject}
    above = _superior(world, row, seen)
    while above is not None:
        found.append((above["number"], "superior"))
        seen.add(above["number"])
        above = _superior(world, above, seen)
    return found


def _superior(world: World, row: Row, seen: set[str]) -> Row | None:
    """The Party organization above a unit, if it is on the register and not met before."""
    for other in world.saying("party_organizations", "number", row["superior"]):
        if other["number"] not in seen:
            return other
    return None


def _meant(world: World, row: Row) -> str | None:
    """The threshold an adjustment speaks of, by its name or by a label that only one has."""
    thresholds = world.allowed.thresholds
    if row["parameter"] in thresholds:
        return str(row["parameter"])
    labelled = [name for name, one in thresholds.items() if one["label"] == row["parameter"]]
    return labelled[0] if len(labelled) == 1 else None


def _admitted(threshold: Mapping[str, Any], value: str, role: str) -> bool:
    """Whether the checklist lets such a unit set this value."""
    allowed = threshold["adjustable"]
    if allowed is None or role not in allowed["by"]:
        return False
    try:
        number = parse_quantity(value)
    except ValueError:
        return False
    counts = all(set(str(one["value"])) <= set("0123456789") for one in threshold["values"])
    if counts and number != int(number):
        return False
    least, most = allowed["least"], allowed["most"]
    return (least is None or number >= parse_quantity(least)) and (
        most is None or number <= parse_quantity(most)
    )
