"""Precedence: for the same matter, one event happened before another and agreed to it."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, empty_population, ids
from tongrong.engine.readings.selection import (
    event_day,
    events,
    keeps,
    matches,
    register_kept,
    rows_of,
)
from tongrong.engine.readings.world import Row, World, value
from tongrong.vocabulary.verdicts import Reason, Severity

MINUTES_OF_DAY = 24 * 60


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per member with a decision of the year, its worst decision deciding."""
    later = events(world, part["later"], subject, world.first_day, world.last_day)
    later = [row for row in later if row[part["member"]] is not None]
    if not later:
        return [empty_population(kept=register_kept(world, part["later"], subject))]
    cells = []
    for member in sorted({str(row[part["member"]]) for row in later}):
        rows = [row for row in later if str(row[part["member"]]) == member]
        studies = {row["record"]: _studies(part, world, subject, row) for row in rows}
        results = [_agreed(part, world, subject, row, studies[row["record"]]) for row in rows]
        if False in results:
            severity = Severity.UNMET
        elif None in results:
            severity = Severity.NO_DATA
        else:
            severity = Severity.MET
        cells.append(
            Cell(
                severity,
                "",
                member,
                num=int(severity == Severity.MET),
                den=1,
                reason=Reason.ORDER_UNKNOWN if severity == Severity.NO_DATA else Reason.NONE,
                records=ids(rows + [study for found in studies.values() for study in found]),
            )
        )
    return cells


def _same(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of columns, of the later and of the earlier row, that must be equal."""
    same = part["same"]
    return list(same.items()) if isinstance(same, Mapping) else [(name, name) for name in same]


def _studies(part: Mapping[str, Any], world: World, subject: str, later: Row) -> list[Row]:
    """The studies up to D of the same matter: equal in every column, missing equals missing."""
    return [
        row
        for row in rows_of(world, part["earlier"], subject)
        if (day := event_day(part["earlier"], row)) is not None
        and day <= world.as_of
        and keeps(world, part["earlier"], row, subject, day)
        and value(world, row, "owner", subject) == value(world, later, "owner", subject)
        and all(row[there] == later[here] for here, there in _same(part))
    ]


def _agreed(
    part: Mapping[str, Any], world: World, subject: str, later: Row, studies: list[Row]
) -> bool | None:
    """Whether the last study before the decision agreed; None where the order is unknown.

    Each study that may or may not have come before is tried both ways: the answer is known
    only if it is the same every way. One at a time is enough, since more of them can only
    make the last one one of those already tried.
    """
    before, perhaps = [], []
    for study in studies:
        if _span(part["earlier"], study)[1] < _span(part["later"], later)[0]:
            before.append(study)
        elif _span(part["earlier"], study)[0] < _span(part["later"], later)[1]:
            perhaps.append(study)
    answers = {_last_agrees(part, world, subject, before)}
    for study in perhaps:
        answers.add(_last_agrees(part, world, subject, [*before, study]))
    return answers.pop() if len(answers) == 1 else None


def _last_agrees(
    part: Mapping[str, Any], world: World, subject: str, before: list[Row]
) -> bool | None:
    """Whether the last of these studies agrees; None where it is unknown which is the last."""
    last = [
        study
        for study in before
        if not any(
            _span(part["earlier"], other)[0] > _span(part["earlier"], study)[1] for other in before
        )
    ]
    answers = {matches(world, study, part["agree"], subject) for study in last}
    if not answers:
        return False
    return answers.pop() if len(answers) == 1 else None


def _span(selection: Mapping[str, Any], row: Row) -> tuple[int, int]:
    """The first and the last minute at which the event may have started."""
    day = event_day(selection, row)
    midnight = (0 if day is None else day.toordinal()) * MINUTES_OF_DAY
    started_at = row.get("meeting_started_at", row.get("started_at"))
    if started_at is None:
        return midnight, midnight + MINUTES_OF_DAY - 1
    return midnight + started_at, midnight + started_at
