"""Whether a part of a clause applies to a unit: yes, no, or not known (None)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.engine.readings.periods import Period, counted_periods, is_periodic
from tongrong.engine.readings.selection import measure, register_kept, states
from tongrong.engine.readings.sizes import feature_by_figures
from tongrong.engine.readings.world import World

Condition = Mapping[str, Any]
Truth = bool | None


@dataclass(frozen=True)
class Applicability:
    """How far a part applies: `applies` at all; undecided; only in some periods.

    `in_periods` holds the labels of the periods it applies in, None where every cell counts.
    """

    applies: bool
    unknown: bool = False
    in_periods: frozenset[str] | None = None


def applicability(part: Mapping[str, Any], world: World, subject: str) -> Applicability:
    """How far the part's conditions, all of which must hold, let it apply to the unit."""
    conditions = _as_list(part.get("applies"))
    if not is_periodic(part):
        days = [world.as_of]
        truth = every(_true(one, world, subject, days, world.as_of) for one in conditions)
        return Applicability(applies=truth is not False, unknown=truth is None)
    truths = {
        period.label: every(
            _true(one, world, subject, _days(world, period), period.last) for one in conditions
        )
        for period in counted_periods(part, world, subject)
    }
    return Applicability(
        applies=not truths or any(one is not False for one in truths.values()),
        unknown=None in truths.values(),
        in_periods=frozenset(label for label, one in truths.items() if one),
    )


def every(truths: Iterable[Truth]) -> Truth:
    """False if one is false, else unknown if one is unknown, else true."""
    found = list(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterable[Truth]) -> Truth:
    """True if one is true, else unknown if one is unknown, else false."""
    found = list(truths)
    return True if True in found else None if None in found else False


def _as_list(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, list | tuple) else [found]


def _days(world: World, period: Period) -> list[dt.date]:
    return [period.first, min(period.last, world.as_of)]


def _true(
    condition: Condition, world: World, subject: str, days: list[dt.date], threshold_day: dt.date
) -> Truth:
    """Whether one condition holds (on all of these days, if it counts states)."""
    if "any" in condition:
        return some(_true(one, world, subject, days, threshold_day) for one in condition["any"])
    if "feature" in condition:
        return _feature(condition, world, subject)
    if "column" in condition:
        found = world.unit_row(subject)[condition["column"]]
        if found is None:
            return condition.get("otherwise") in (True, "yes")
        return found in _as_list(condition["is"])
    if "count" in condition:
        return _enough_states(condition, world, subject, days, threshold_day)
    raise ValueError(f"unknown condition {dict(condition)!r}")


def _feature(condition: Condition, world: World, subject: str) -> Truth:
    """The newest row of a feature of the unit's enterprise by D; else what its figures make it."""
    unit = world.unit_row(subject)
    enterprise = subject if world.is_enterprise(subject) else unit["enterprise"]
    rows = [
        row
        for row in world.saying("enterprise_features", "unit", enterprise)
        if row["feature"] == condition["feature"] and row["from_on"] <= world.as_of
    ]
    if rows:
        value = max(rows, key=lambda row: row["from_on"])["value"]
    else:
        value = feature_by_figures(world, enterprise, condition["feature"])
    if value is None:
        # YAML reads yes and no as true and false
        otherwise = condition.get("otherwise")
        return None if otherwise is None else otherwise in (True, "yes")
    return value in _as_list(condition["is"])


def _enough_states(
    condition: Condition, world: World, subject: str, days: list[dt.date], threshold_day: dt.date
) -> Truth:
    selection = condition["count"]
    if not register_kept(world, selection, subject):
        return False if condition.get("unkept") == "not_applicable" else None
    wanted = world.number(condition["at_least"], threshold_day)
    return all(measure(states(world, selection, subject, day), selection) >= wanted for day in days)
