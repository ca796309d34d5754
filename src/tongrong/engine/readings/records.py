"""What satisfies a member of a coverage clause: a record of its own, or what its row says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.selection import (
    Selection,
    event_day,
    is_event,
    is_state,
    keeps,
    matches,
    rows_tied,
    span_of,
    states,
)
from tongrong.engine.readings.world import Row, World


def record_day(has: Selection, world: World, record: Row) -> dt.date | None:
    """The day of a record: an event's own day, the day a state began; None for other rows."""
    if is_event(has):
        return event_day(has, record)
    if is_state(has):
        span = span_of(world, has, record)
        return None if span is None else span.start
    return None


def records_tied(has: Selection, world: World, subject: str, member: Row) -> list[Row]:
    """The records the selection keeps that are tied to the member's row, of whatever day.

    `holding` is asked of an event's own day and of a state at D.
    """
    found = []
    for record in rows_tied(world, member, has, subject):
        day = event_day(has, record) if is_event(has) else world.as_of
        if day is not None and day <= world.as_of and keeps(world, has, record, subject, day):
            found.append(record)
    return found


def records_between(
    has: Selection, world: World, subject: str, member: Row, first: dt.date, last: dt.date
) -> list[tuple[Row, dt.date]]:
    """Of `records_tied` those of these days up to D, each with its day.

    The day is looked at before anything else: most records are of other periods.
    """
    found, last, on_its_day = [], min(last, world.as_of), is_event(has)
    for record in rows_tied(world, member, has, subject):
        day = event_day(has, record) if on_its_day else record_day(has, world, record)
        if day is None or not first <= day <= last:
            continue
        if keeps(world, has, record, subject, day if on_its_day else world.as_of):
            found.append((record, day))
    return found


def states_tied(selection: Selection, world: World, subject: str, member: Row) -> list[Row]:
    """The states at D the selection keeps that are tied to the member's row."""
    tied = rows_tied(world, member, selection, subject)
    return states(world, selection, subject, world.as_of, tied)


def content_satisfies(part: Mapping[str, Any], world: World, row: Row, subject: str) -> bool:
    """Whether the member's own row contains all that is asked, or passes the tests asked."""
    if "complete" in part:
        wanted = part["complete"]
        test = {wanted["column"]: {"contains_all": wanted["of"]}}
        return matches(world, row, test, subject)
    return matches(world, row, part["meets"], subject)
