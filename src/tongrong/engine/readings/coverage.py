"""Coverage: every member of a population has what is asked of it."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import (
    Cell,
    due_if_open,
    empty_population,
    figure_missing,
    ids,
    if_lived,
    period_severity,
)
from tongrong.engine.readings.compared import compared
from tongrong.engine.readings.dues import read_dues
from tongrong.engine.readings.obligations import read_obligations
from tongrong.engine.readings.periods import Period, counted_periods, is_periodic
from tongrong.engine.readings.population import (
    Entry,
    is_fixed,
    members_in,
    members_today,
    nobody,
)
from tongrong.engine.readings.records import (
    content_satisfies,
    records_between,
    records_tied,
    states_tied,
)
from tongrong.engine.readings.selection import (
    declared_nil,
    events,
    is_by_year,
    is_yearly,
    measure,
    rows_today,
)
from tongrong.engine.readings.world import Row, World
from tongrong.facts.columns import SCALES
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Reason, Severity


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per member: of each period, of today, or of each obligation that fell due."""
    if "enough" in part:
        return read_dues(part, world, subject)
    if "due" in part:
        return read_obligations(part, world, subject)
    if is_periodic(part):
        cells = []
        for period in counted_periods(part, world, subject):
            cells += _read_period(part, world, subject, period)
        return cells
    return _read_today(part, world, subject)


def _read_period(part: Mapping[str, Any], world: World, subject: str, period: Period) -> list[Cell]:
    each = part["each"]
    members = members_in(world, each, subject, period)
    if not members:
        return [_nobody(each, world, subject, period)]
    if "compare" in part:
        return [
            compared(part["compare"], world, subject, member, [e.row for e in entries], period)
            for member, entries in members.items()
        ]
    cells = []
    for member, entries in members.items():
        if "has" in part:
            found = [
                record
                for has in (part["has"], *part.get("also", ()))
                for record in _records_of_period(has, world, subject, entries, period)
            ]
            satisfied = bool(found)
        else:
            found = [entry.row for entry in entries]
            satisfied = all(content_satisfies(part, world, row, subject) for row in found)
        severity = period_severity(world, period, satisfied=satisfied)
        cells.append(
            Cell(
                severity,
                period.label,
                member,
                num=int(satisfied),
                den=1,
                due=due_if_open(severity, period.due),
                records=ids(found),
            )
        )
    return cells


def _nobody(each: Mapping[str, Any], world: World, subject: str, period: Period) -> Cell:
    """The one cell of a period without members.

    Yearly figures of which the year has none are missing: open until the year is settled.
    """
    if is_fixed(each) or not is_by_year(each):
        return nobody(world, each, subject, period.label)
    register = {name: each[name] for name in ("ledger", "whose", "by", "dated") if name in each}
    if events(world, register, subject, period.first, period.last):
        return empty_population(kept=True, period=period.label)
    if declared_nil(world, each, subject):
        return empty_population(kept=True, period=period.label)
    if world.as_of < period.due:
        return Cell(Severity.PENDING, period.label, due=period.due)
    return Cell(Severity.NO_DATA, period.label, reason=Reason.MEASURE_MISSING)


def _records_of_period(
    has: Mapping[str, Any], world: World, subject: str, entries: list[Entry], period: Period
) -> list[Row]:
    """The records of the period tied to the member on a day it was one.

    Records of the year itself bear no such day: they are tied to whom they name. Records may
    count from some day of the year before.
    """
    found, of_the_year, first = [], is_by_year(has), period.first
    if "early_from" in has:
        first = world.day_of_year(has["early_from"], period.first.year - 1)
    for entry in entries:
        for record, day in records_between(has, world, subject, entry.row, first, period.last):
            if of_the_year or entry.span is None or entry.span.holds_on(day):
                found.append(record)
    return found


def _scale(adds_up: Mapping[str, Any]) -> int:
    """How many kept units of the column summed make one of those the whole is written in."""
    return SCALES.get(type(LEDGERS[adds_up["ledger"]].columns[adds_up["sum"]]), 1)


def _read_today(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    each = part["each"]
    members = members_today(world, each, subject)
    if not members:
        if not is_fixed(each) and is_yearly(each):
            missing = figure_missing(world, world.figures_due(world.year))
            return [if_lived(missing, world, subject, world.first_day)]
        return [nobody(world, each, subject)]
    cells = []
    for member, entries in members.items():
        rows = [entry.row for entry in entries]
        if "compare" in part:
            cells.append(compared(part["compare"], world, subject, member, rows, None))
            continue
        if "has" in part:
            today = ids(rows_today(world, part["has"], subject))
            found = [
                record
                for row in rows
                for record in records_tied(part["has"], world, subject, row)
                if record["record"] in today
            ]
            satisfied = bool(found)
        elif "adds_up" in part:
            each_tied = [states_tied(part["adds_up"], world, subject, row) for row in rows]
            whole = world.number(part["adds_up"]["to"], world.as_of) * _scale(part["adds_up"])
            satisfied = all(measure(tied, part["adds_up"]) == whole for tied in each_tied)
            found = [state for tied in each_tied for state in tied]
        else:
            found = rows
            satisfied = all(content_satisfies(part, world, row, subject) for row in rows)
        severity = Severity.MET if satisfied else Severity.UNMET
        cells.append(Cell(severity, "", member, num=int(satisfied), den=1, records=ids(found)))
    return cells
