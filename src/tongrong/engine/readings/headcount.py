"""Headcount: the number of distinct persons, bodies or things in a register at D."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Amount, Cell, ids
from tongrong.engine.readings.selection import measure, register_kept, rows_today
from tongrong.engine.readings.supposing import supposing_all
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell: the number counted, in the range or not."""
    rows = rows_today(world, part["of"], subject)
    quota = part.get("at_most")
    quota_rows = rows_today(world, quota, subject) if isinstance(quota, Mapping) else []
    records = ids(rows + quota_rows)
    counted = measure(rows, {"count": part["count"]} if "count" in part else {})
    if counted == 0 and not register_kept(world, part["of"], subject):
        return [_undecided(counted, Reason.REGISTER_NOT_KEPT, records)]
    if isinstance(quota, Mapping) and not quota_rows:
        return [_undecided(counted, Reason.MEASURE_MISSING, records)]
    least = world.number(part["at_least"], world.as_of) if "at_least" in part else None
    most: Amount = None
    if isinstance(quota, Mapping):
        most = measure(quota_rows, quota)
    elif quota is not None:
        most = world.number(quota, world.as_of)
    in_range = (least is None or counted >= least) and (most is None or counted <= most)
    supposed = rows_today(world, supposing_all(part["of"], {}), subject)
    at_best = measure(supposed, {"count": part["count"]} if "count" in part else {})
    if _turns(counted, at_best, least, None if isinstance(quota, Mapping) else most):
        return [_undecided(counted, Reason.MEASURE_MISSING, records)]
    severity = Severity.MET if in_range else Severity.UNMET
    return [Cell(severity, num=counted, records=records)]


def _turns(counted: int, at_best: int, least: Amount, most: Amount) -> bool:
    """Whether what nobody recorded could put the number on the other side of a bound."""
    below = least is not None and (counted >= least) != (at_best >= least)
    above = most is not None and (counted <= most) != (at_best <= most)
    return below or above


def _undecided(counted: int, reason: Reason, records: frozenset[str]) -> Cell:
    return Cell(Severity.NO_DATA, num=counted, reason=reason, records=records)
