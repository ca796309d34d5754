"""Trend: a measure of the closed year against that of the year before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.cell import Cell, figure_missing, ids, if_lived, no_data
from tongrong.engine.readings.selection import all_figured, figures, measure, states
from tongrong.engine.readings.supposing import supposing_all
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity

SHOWS_DENOMINATOR = True


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell: the share of the closed year against that of the year before."""
    closed = world.closed_year
    if part.get("figures"):
        cell, since = _read_figures(part, world, subject, closed), dt.date(closed - 1, 1, 1)
    else:
        cell, since = _read_states(part, world, subject, closed), dt.date(closed - 1, 12, 31)
    return [if_lived(cell, world, subject, since)]


def _read_states(part: Mapping[str, Any], world: World, subject: str, closed: int) -> Cell:
    num, den, records = _share(part, world, subject, closed)
    num_before, den_before, records_before = _share(part, world, subject, closed - 1)
    records |= records_before
    if den == 0 or den_before == 0:
        missing = figure_missing(world, world.figures_due(closed + 1))
        return Cell(
            missing.severity,
            num=num,
            den=den,
            due=missing.due,
            reason=missing.reason,
            records=records,
        )
    most, most_before = (_most(part, world, subject, year) for year in (closed, closed - 1))

    def risen(now: Fraction, before: Fraction) -> bool:
        return _gone(part, world, now, before)

    if risen(Fraction(num, den), Fraction(most_before, den_before)):
        severity, reason = Severity.MET, Reason.NONE
    elif risen(Fraction(most, den), Fraction(num_before, den_before)):
        severity, reason = Severity.NO_DATA, Reason.MEASURE_MISSING
    else:
        severity, reason = Severity.UNMET, Reason.NONE
    return Cell(severity, num=num, den=den, reason=reason, records=records)


def _gone(part: Mapping[str, Any], world: World, now: Fraction, before: Fraction) -> bool:
    """Whether it went the way asked: up (or stays at a target), not down, not up."""
    goes = part.get("goes", "up")
    if goes == "not_down":
        return now >= before
    if goes == "not_up":
        return now <= before
    high_enough = "target" in part and now >= world.number(part["target"], world.as_of)
    return now > before or (now == before and high_enough)


def _read_figures(part: Mapping[str, Any], world: World, subject: str, closed: int) -> Cell:
    found: list[int | None] = []
    read: list[dict[str, Any]] = []
    for year in (closed, closed - 1):
        for side in ("numerator", "denominator"):
            if side not in part:
                found.append(1)
                continue
            rows = figures(world, part[side], subject, year)
            read += rows
            found.append(measure(rows, part[side]) if all_figured(rows, part[side]) else None)
    num, den, num_before, den_before = found
    if None in found:
        cell = figure_missing(world, world.figures_due(closed + 1))
    elif min(den or 0, den_before or 0) <= 0 or _apart(part, read):
        cell = no_data(Reason.MEASURE_MISSING)
    else:
        now, before = Fraction(num or 0, den), Fraction(num_before or 0, den_before)
        went = _gone(part, world, now, before)
        cell = Cell(Severity.MET if went else Severity.UNMET)
    return replace(cell, num=num, den=den, records=ids(read))


def _apart(part: Mapping[str, Any], read: list[dict[str, Any]]) -> bool:
    """Whether the figures of the two years differ in the column that must be the same."""
    return "same" in part and len({row[part["same"]] for row in read}) > 1


def _most(part: Mapping[str, Any], world: World, subject: str, year: int) -> int:
    """The numerator if every attribute not recorded stood as tested."""
    supposed = supposing_all(part["numerator"], part["denominator"])
    return measure(states(world, supposed, subject, dt.date(year, 12, 31)), part["numerator"])


def _share(
    part: Mapping[str, Any], world: World, subject: str, year: int
) -> tuple[int, int, frozenset[str]]:
    """Numerator, denominator and the rows of both on 31 December of a year."""
    day = dt.date(year, 12, 31)
    above, below = part["numerator"], part["denominator"]
    top, bottom = states(world, above, subject, day), states(world, below, subject, day)
    return measure(top, above), measure(bottom, below), ids(top + bottom)
