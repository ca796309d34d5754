"""Coverage of obligations: each arises from a row of its own and falls due on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, ids, shortfall
from tongrong.engine.readings.periods import month_later
from tongrong.engine.readings.population import enough, grouped, nobody, spans
from tongrong.engine.readings.records import content_satisfies, records_between
from tongrong.engine.readings.selection import (
    event_day,
    is_event,
    keeps,
    rows_of,
)
from tongrong.engine.readings.world import Row, World
from tongrong.facts.ledger import Holds
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Severity


@dataclass(frozen=True)
class Obligation:
    """What one row obliges to, by records from `start` on, until `due`.

    `start` is the day a state began, also of one whose end is what obliges (an audit on
    leaving may come before the leaving); else the event's own day. `until` is the last day a
    record may bear: the due day, or of a term the day it ends.
    """

    member: str
    row: Row
    start: dt.date
    due: dt.date
    until: dt.date


def read_obligations(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per member with an obligation of the year, its worst one deciding."""
    obligations = _obligations(part, world, subject)
    if not obligations:
        return [nobody(world, part["each"], subject)]
    cells = []
    for member in sorted({obligation.member for obligation in obligations}):
        read = [
            _read_one(part, world, subject, obligation)
            for obligation in obligations
            if obligation.member == member
        ]
        worst = max(cell.severity for cell in read)
        dues = [cell.due for cell in read if cell.severity == worst and cell.due is not None]
        cells.append(
            Cell(
                worst,
                "",
                member,
                num=int(worst == Severity.MET),
                den=1,
                due=min(dues, default=None),
                records=frozenset().union(*(cell.records for cell in read)),
            )
        )
    return cells


def _obligations(part: Mapping[str, Any], world: World, subject: str) -> list[Obligation]:
    each, due = part["each"], part["due"]
    found = []
    for member, row, arisen, start in _begun(world, each, subject):
        day = _due_day(part, world, row, arisen, subject)
        if day is not None:
            until = row[due["sooner"]] or dt.date.max if "sooner" in due else day
            found.append(Obligation(member, row, start, day, until))
    return found


def _begun(
    world: World, each: Mapping[str, Any], subject: str
) -> list[tuple[str, Row, dt.date, dt.date]]:
    """The members at D: name, row, the day it made them so, the day records count from."""
    if not is_event(each):
        return [
            (member, entry.row, entry.span.start, entry.span.start)
            for member, entries in grouped(each, spans(world, each, subject, world.as_of)).items()
            for entry in entries
            if entry.span is not None
        ]
    time, found = LEDGERS[each["ledger"]].time, []
    for row in rows_of(world, each, subject):
        day, member = event_day(each, row), row[each["member"]]
        if day is None or day > world.as_of or member is None:
            continue
        if keeps(world, each, row, subject, day) and enough(world, each, row, subject, day):
            start = row[time.start] if isinstance(time, Holds) else day
            found.append((str(member), row, day, start))
    return found


def _due_day(
    part: Mapping[str, Any], world: World, row: Row, began: dt.date, subject: str
) -> dt.date | None:
    """The day the row's obligation is due; None if it has none that concerns the year at D."""
    due = part["due"]
    counted = began if due.get("after", "start") == "start" else row[due["after"]]
    if counted is None or counted > world.last_day:
        return None
    day: dt.date | None = row[due["on"]] if "on" in due else _later(due, world, counted)
    if day is None:
        return None
    arisen: bool = counted <= world.as_of
    if "or" in due and row[due["or"]] is not None:
        day = row[due["or"]]
    ahead = dt.timedelta(days=world.whole("warning_year", world.as_of))
    if "sooner" in due:
        if row[due["sooner"]] is not None:
            day = min(day, row[due["sooner"]])
        arisen = world.as_of > day - ahead
        # A term obliges in every year it still ran in, however long ago its audit was due.
        end = row[due["sooner"]]
        return day if arisen and (end is None or end >= world.first_day) else None
    if due.get("ahead"):
        arisen = world.as_of > day - ahead
    concerns = day >= world.first_day
    if part.get("late_counts") and "done" in part:
        done = row[part["done"]]
        concerns = concerns or done is None or done >= world.first_day
    elif part.get("late_counts"):
        concerns = concerns or not content_satisfies(part, world, row, subject)
    return day if arisen and concerns else None


def _later(due: Mapping[str, Any], world: World, after: dt.date) -> dt.date:
    if "days" in due:
        return after + dt.timedelta(days=world.whole(due["days"], world.as_of))
    if "months" in due:
        return month_later(after, world.whole(due["months"], world.as_of))
    return month_later(after, 12 * world.whole(due["years"], world.as_of))


def _read_one(part: Mapping[str, Any], world: World, subject: str, obligation: Obligation) -> Cell:
    if "has" in part:
        start, until = obligation.start, obligation.until
        dated = records_between(part["has"], world, subject, obligation.row, start, until)
        found = [record for record, _ in dated]
        satisfied = bool(found)
    elif "done" in part:
        day = obligation.row[part["done"]]
        last = world.as_of if part.get("late_counts") else min(obligation.until, world.as_of)
        satisfied = day is not None and day <= last
        found = [obligation.row] if satisfied else []
    else:
        satisfied = content_satisfies(part, world, obligation.row, subject)
        found = [obligation.row] if satisfied else []
    if satisfied:
        severity = Severity.MET
    else:
        warning_days = world.whole("warning_obligation", world.as_of)
        severity = shortfall(obligation.due, warning_days, world.as_of)
    return Cell(severity, due=due_if_open(severity, obligation.due), records=ids(found))
