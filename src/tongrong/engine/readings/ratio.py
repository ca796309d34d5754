"""Ratio: a numerator over a denominator, compared exactly with a threshold."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.cell import (
    Cell,
    due_if_open,
    empty_population,
    figure_missing,
    ids,
    if_lived,
    no_data,
    period_severity,
)
from tongrong.engine.readings.periods import Period, counted_periods, is_periodic
from tongrong.engine.readings.selection import (
    all_figured,
    events,
    figures,
    is_event,
    measure,
    register_kept,
    rows_today,
)
from tongrong.engine.readings.supposing import supposing_all
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Reason, Severity

SHOWS_DENOMINATOR = True


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per counted period, or one of today, or one of yearly figures."""
    if is_periodic(part):
        return [
            _read_period(part, world, subject, period)
            for period in counted_periods(part, world, subject)
        ]
    if "figures" in part:
        cell = _read_figures(part, world, subject)
        first = min(_figure_year(world, year)[0] for year in part["figures"].values())
        return [if_lived(cell, world, subject, dt.date(first, 1, 1))]
    return [_read_today(part, world, subject)]


def taken_up(part: Mapping[str, Any], world: World, subject: str) -> bool:
    """Whether the numerator has a record."""
    above = part["numerator"]
    if is_periodic(part):
        periods = counted_periods(part, world, subject)
        return any(events(world, above, subject, one.first, one.last) for one in periods)
    if "figures" in part:
        year, _ = _figure_year(world, part["figures"]["numerator"])
        return bool(figures(world, above, subject, year))
    return bool(rows_today(world, above, subject))


def _compared(part: Mapping[str, Any], world: World, day: dt.date, num: int, den: int) -> bool:
    """Whether num ÷ den stands as asked to the threshold, by cross-multiplication."""
    if "at_least" in part:
        return num >= _times(world.number(part["at_least"], day), den)
    if "more_than" in part:
        return num > _times(world.number(part["more_than"], day), den)
    return num <= _times(world.number(part["at_most"], day), den)


def _gap(*sides: tuple[Mapping[str, Any], list[Row]]) -> bool:
    """Whether a record summed lacks the number summed (of several columns, the first)."""
    for side, rows in sides:
        if "sum" in side:
            first = side["sum"] if isinstance(side["sum"], str) else side["sum"][0]
            if any(row[first] is None for row in rows):
                return True
    return False


def _times(threshold: Fraction, den: int) -> Fraction:
    return threshold * den


def _read_period(part: Mapping[str, Any], world: World, subject: str, period: Period) -> Cell:
    above, below = part["numerator"], part["denominator"]
    top = events(world, above, subject, period.first, period.last)
    bottom = events(world, below, subject, period.first, period.last)
    num, den = measure(top, above), measure(bottom, below)
    records = ids(top + bottom)
    gap = _gap((above, top), (below, bottom))
    if den == 0 and not gap:
        kept = register_kept(world, below, subject)
        if not kept and is_event(below) and period.due > world.as_of:
            return Cell(
                Severity.PENDING, period.label, num=num, den=den, due=period.due, records=records
            )
        return _with(empty_population(kept=kept, period=period.label), num, den, top + bottom)
    satisfied = not gap and _compared(part, world, period.last, num, den)
    supposed = supposing_all(above, below)
    most = num
    if supposed["where"] != above.get("where", {}):
        most = measure(events(world, supposed, subject, period.first, period.last), above)
    turned = gap or satisfied != _compared(part, world, period.last, most, den)
    if period.due <= world.as_of and turned:
        unknown = no_data(Reason.MEASURE_MISSING)
        return _with(replace(unknown, period=period.label), num, den, top + bottom)
    severity = period_severity(world, period, satisfied=satisfied)
    return Cell(
        severity,
        period.label,
        num=num,
        den=den,
        due=due_if_open(severity, period.due),
        records=records,
    )


def _read_today(part: Mapping[str, Any], world: World, subject: str) -> Cell:
    above, below = part["numerator"], part["denominator"]
    top, bottom = rows_today(world, above, subject), rows_today(world, below, subject)
    num, den = measure(top, above), measure(bottom, below)
    if _gap((above, top), (below, bottom)):
        return _with(no_data(Reason.MEASURE_MISSING), num, den, top + bottom)
    if den == 0:
        kept = register_kept(world, below, subject)
        return _with(empty_population(kept=kept), num, den, top + bottom)
    satisfied = _compared(part, world, world.as_of, num, den)
    most = measure(rows_today(world, supposing_all(above, below), subject), above)
    if satisfied != _compared(part, world, world.as_of, most, den):
        return _with(no_data(Reason.MEASURE_MISSING), num, den, top + bottom)
    severity = Severity.MET if satisfied else Severity.UNMET
    return Cell(severity, num=num, den=den, records=ids(top + bottom))


def _read_figures(part: Mapping[str, Any], world: World, subject: str) -> Cell:
    above, below = part["numerator"], part["denominator"]
    top_year, top_due = _figure_year(world, part["figures"]["numerator"])
    bottom_year, bottom_due = _figure_year(world, part["figures"]["denominator"])
    top = figures(world, above, subject, top_year)
    bottom = figures(world, below, subject, bottom_year)
    num = measure(top, above) if all_figured(top, above) else None
    den = measure(bottom, below) if all_figured(bottom, below) else None
    if num is None or den is None:
        missing = [due for one, due in ((num, top_due), (den, bottom_due)) if one is None]
        return _with(figure_missing(world, min(missing)), num, den, top + bottom)
    if den <= 0:
        return _with(no_data(Reason.MEASURE_MISSING), num, den, top + bottom)
    satisfied = _compared(part, world, world.as_of, num, den)
    severity = Severity.MET if satisfied else Severity.UNMET
    return Cell(severity, num=num, den=den, records=ids(top + bottom))


def _figure_year(world: World, which: str) -> tuple[int, dt.date]:
    """The year a figure is read of, and the day until which it may be missing."""
    if which == "closed":
        return world.closed_year, world.figures_due(world.closed_year + 1)
    year = {"current": world.year, "last": world.year - 1}[which]
    return year, world.figures_due(world.year)


def _with(cell: Cell, num: int | None, den: int | None, rows: list[Row]) -> Cell:
    """The cell with what was measured all the same."""
    return Cell(
        cell.severity,
        cell.period,
        num=num,
        den=den,
        due=cell.due,
        reason=cell.reason,
        records=ids(rows),
    )
