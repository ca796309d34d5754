"""Assessment: a rubric scored by a named assessor, valid until it expires."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, shortfall
from tongrong.engine.readings.selection import owned
from tongrong.engine.readings.world import KNOWN_LATER, World
from tongrong.vocabulary.verdicts import Reason, Severity


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell: the newest score still valid, against the score that passes."""
    passing = world.number(part["pass"], world.as_of)
    valid = [
        row
        for row in world.saying("assessments", "clause", part["id"])
        if owned(world, {}, row, subject)
        and part.get("assessed_by") in {None, row["assessed_by"]}
        and row["assessed_on"] <= world.as_of
        and row[KNOWN_LATER] is not None
        and world.as_of < row[KNOWN_LATER]
    ]
    if valid:
        newest = max(valid, key=lambda row: (row["assessed_on"], row["record"]))
        met = newest["score"] >= passing
        return [
            Cell(
                Severity.MET if met else Severity.UNMET,
                num=newest["score"],
                den=passing,
                due=newest[KNOWN_LATER] if met else None,
                records=ids([newest]),
            )
        ]
    warning_days = world.whole("warning_year", world.as_of)
    severity = shortfall(world.last_day, warning_days, world.as_of)
    if severity == Severity.UNMET:
        return [Cell(Severity.NO_DATA, den=passing, reason=Reason.MEASURE_MISSING)]
    return [Cell(severity, den=passing, due=due_if_open(severity, world.last_day))]
