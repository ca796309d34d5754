"""Coverage by comparison: an amount tied to a member against another one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, period_severity
from tongrong.engine.readings.periods import Period
from tongrong.engine.readings.records import records_tied, states_tied
from tongrong.engine.readings.selection import is_event
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Reason, Severity

Side = Mapping[str, Any]


def compared(
    compare: Mapping[str, Any],
    world: World,
    subject: str,
    member: str,
    rows: Sequence[Row],
    period: Period | None,
) -> Cell:
    """One cell: for every row of the member, left at least so many times right.

    A state judged at D has no period. Rows with nothing on the right are not compared; a left
    mean over nothing is unknown, any other amount of nothing is 0.
    """
    left, right = compare["left"], compare["right"]
    counted: list[Row] = []
    results: list[bool | None] = []
    for row in rows:
        here, there = (_tied(side, world, subject, row) for side in (left, right))
        counted += here + there
        asked = _amount(right, there)
        if asked is None:
            continue
        have = _amount(left, here)
        if have is None and "over" not in left:
            have = Fraction(0)
        times = world.number(compare["at_least"], period.last if period else world.as_of)
        results.append(None if have is None else have >= times * asked)
    severity, reason = Severity.MET, Reason.NONE
    if not results:
        severity, reason = Severity.NOT_APPLICABLE, Reason.EMPTY_POPULATION
    elif False in results:
        severity = period_severity(world, period, satisfied=False) if period else Severity.UNMET
    elif None in results:
        severity, reason = Severity.NO_DATA, Reason.MEASURE_MISSING
    return Cell(
        severity,
        period.label if period else "",
        member,
        num=int(severity is Severity.MET),
        den=1,
        due=due_if_open(severity, period.due) if period else None,
        reason=reason,
        records=ids(counted),
    )


def _tied(side: Side, world: World, subject: str, row: Row) -> list[Row]:
    find = records_tied if is_event(side) else states_tied
    return find(side, world, subject, row)


def _amount(side: Side, rows: Sequence[Row]) -> Fraction | None:
    """The amount of one side; None where there is no row, or nothing to take the mean over."""
    if not rows:
        return None
    if "count" in side:
        return Fraction(len({row[side["count"]] for row in rows} - {None}))
    total = sum(row[side["sum"]] or 0 for row in rows)
    if "over" not in side:
        return Fraction(total)
    heads = len(rows) if side["over"] == "rows" else sum(row[side["over"]] or 0 for row in rows)
    return Fraction(total, heads) if heads else None
