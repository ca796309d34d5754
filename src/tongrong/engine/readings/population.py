"""Who or what a coverage clause speaks of: the members, and the rows that make them so."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.engine.readings.cell import Cell, empty_population
from tongrong.engine.readings.periods import Period, days_from
from tongrong.engine.readings.selection import (
    Selection,
    Span,
    equal_on,
    event_day,
    events,
    is_event,
    is_state,
    keeps,
    measure,
    register_kept,
    rows_of,
    rows_tied,
    rows_today,
    span_of,
    states,
)
from tongrong.engine.readings.world import Row, World
from tongrong.facts.ledger import Holds
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Reason, Severity


@dataclass(frozen=True)
class Entry:
    """One row that makes its member one of the population, and the span it does so for.

    For a pair, the right member stands in the row under its own name. Events, figures and
    the values of a fixed list have no span.
    """

    row: Row
    span: Span | None = None


Members = dict[str, list[Entry]]


def is_fixed(each: Mapping[str, Any]) -> bool:
    """Whether the population is a list written in the clause."""
    return "values" in each


def members_in(world: World, each: Mapping[str, Any], subject: str, period: Period) -> Members:
    """The members that count for a period."""
    if is_fixed(each):
        return _fixed(each)
    if is_event(each):
        rows = events(world, each, subject, period.first, period.last)
        return grouped(
            each,
            [
                Entry(r)
                for r in rows
                if enough(world, each, r, subject, event_day(each, r), period.last)
            ],
        )
    if not is_state(each):
        raise ValueError(f"{each['ledger']} has no periods")
    reference_day = min(period.last, world.as_of)
    members = grouped(each, spans(world, each, subject, reference_day, period.last))
    touching = {
        member: [entry for entry in entries if _days(entry, period)]
        for member, entries in members.items()
    }
    return {m: entries for m, entries in touching.items() if _counts(each, entries, period)}


def members_today(world: World, each: Mapping[str, Any], subject: str) -> Members:
    """The members at D: states holding, events of the year so far, figures of the year."""
    if is_fixed(each):
        return _fixed(each)
    if is_state(each):
        entries = spans(world, each, subject, world.as_of)
        return grouped(
            each, [e for e in entries if e.span is not None and e.span.holds_on(world.as_of)]
        )
    rows = rows_today(world, each, subject)
    return grouped(
        each,
        [
            Entry(row)
            for row in rows
            if enough(world, each, row, subject, event_day(each, row) if is_event(each) else None)
        ],
    )


def nobody(world: World, each: Mapping[str, Any], subject: str, period: str = "") -> Cell:
    """The one cell where there is no member; whom its register spares, it does not concern."""
    kept = register_kept(world, each, subject)
    if not kept and each.get("unkept") == "not_applicable":
        return Cell(Severity.NOT_APPLICABLE, period, reason=Reason.CONDITION_NOT_MET)
    return empty_population(kept=kept, period=period)


def enough(
    world: World,
    each: Mapping[str, Any],
    row: Row,
    subject: str,
    day: dt.date | None,
    judged_on: dt.date | None = None,
) -> bool:
    """Whether so many states tied to a row hold on a day as its population asks, if it does.

    The number asked is that in force on the day the population is judged, D by default.
    """
    counting = each.get("counting")
    if counting is None:
        return True
    selection = {"whose": "anyone", **counting}
    tied = rows_tied(world, row, counting, subject)
    tied = states(world, selection, subject, day or world.as_of, tied)
    return measure(tied, counting) >= world.number(counting["at_least"], judged_on or world.as_of)


def _fixed(each: Mapping[str, Any]) -> Members:
    return {str(one): [Entry({each["as"]: one})] for one in each["values"]}


def grouped(each: Mapping[str, Any], entries: list[Entry]) -> Members:
    """Entries by member; a pair is named `left/right`. A row naming no member makes none."""
    members: Members = {}
    for entry in entries:
        names = [entry.row[each["member"]]]
        if "paired" in each:
            names.append(entry.row[each["paired"]["as"]])
        if None not in names:
            members.setdefault("/".join(str(name) for name in names), []).append(entry)
    return dict(sorted(members.items()))


def spans(
    world: World,
    each: Mapping[str, Any],
    subject: str,
    day: dt.date,
    judged_on: dt.date | None = None,
) -> list[Entry]:
    """The states begun by D that qualify on the reference day, joined in pairs if so asked."""
    left = [
        entry
        for entry in _qualifying(world, each, subject, day)
        if enough(world, each, entry.row, subject, day, judged_on)
    ]
    if "paired" not in each:
        return left
    paired = each["paired"]
    pairs = []
    for one in left:
        for other in _qualifying(world, paired, subject, day):
            if not equal_on(world, one.row, other.row, paired["on"], subject):
                continue
            here, there = one.row[each["member"]], other.row[paired["member"]]
            span = _both(one.span, other.span)
            if here != there and span is not None:
                pairs.append(Entry({**one.row, paired["as"]: there}, span))
    return pairs


def _qualifying(world: World, selection: Selection, subject: str, day: dt.date) -> list[Entry]:
    found = []
    for row in rows_of(world, selection, subject):
        span = span_of(world, selection, row)
        if span is not None and keeps(world, selection, row, subject, day):
            found.append(Entry(row, span))
    return found


def _both(one: Span | None, other: Span | None) -> Span | None:
    """The days both states hold; None if there are none."""
    if one is None or other is None:
        return None
    ends = [span.end for span in (one, other) if span.end is not None]
    both = Span(max(one.start, other.start), min(ends, default=None))
    return both if both.holds_on(both.start) else None


def _days(entry: Entry, period: Period) -> frozenset[dt.date]:
    """The days of the period the entry's state holds; one open at D lasts for ever."""
    if entry.span is None:
        return frozenset()
    end = entry.span.end
    last = period.last if end is None else min(period.last, end - dt.timedelta(days=1))
    return days_from(max(period.first, entry.span.start), last)


def _counts(each: Mapping[str, Any], entries: list[Entry], period: Period) -> bool:
    """Persons count if held at least half the period's days, anything else throughout."""
    time = LEDGERS[each["ledger"]].time
    if isinstance(time, Holds) and time.persons:
        held = frozenset[dt.date]().union(*(_days(entry, period) for entry in entries))
        return 2 * len(held) >= len(period.days)
    return any(_days(entry, period) == period.days for entry in entries)
