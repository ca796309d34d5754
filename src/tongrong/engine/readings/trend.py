"""Trend: a share on the last day of the closed year is higher than a year before."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.cell import Cell, figure_missing, ids
from tongrong.engine.readings.selection import measure, states, supposing_all
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity

SHOWS_DENOMINATOR = True


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell: the share of the closed year against that of the year before."""
    closed = world.closed_year
    num, den, records = _share(part, world, subject, closed)
    num_before, den_before, records_before = _share(part, world, subject, closed - 1)
    records |= records_before
    if den == 0 or den_before == 0:
        missing = figure_missing(world, world.figures_due(closed + 1))
        return [
            Cell(
                missing.severity,
                num=num,
                den=den,
                due=missing.due,
                reason=missing.reason,
                records=records,
            )
        ]
    most, most_before = (_most(part, world, subject, year) for year in (closed, closed - 1))

    def risen(now: Fraction, before: Fraction) -> bool:
        high_enough = "target" in part and now >= world.number(part["target"], world.as_of)
        return now > before or (now == before and high_enough)

    if risen(Fraction(num, den), Fraction(most_before, den_before)):
        severity, reason = Severity.MET, Reason.NONE
    elif risen(Fraction(most, den), Fraction(num_before, den_before)):
        severity, reason = Severity.NO_DATA, Reason.MEASURE_MISSING
    else:
        severity, reason = Severity.UNMET, Reason.NONE
    return [Cell(severity, num=num, den=den, reason=reason, records=records)]


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
