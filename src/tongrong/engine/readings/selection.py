"""Which rows of a ledger a clause speaks of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.world import LEDGER, Row, World, owner_key, value
from tongrong.facts.columns import SCALES, Choices, Year
from tongrong.facts.ledger import Happens, Holds, Timeless, Yearly
from tongrong.facts.registry import LEDGERS

Selection = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """The days from `start` until the day before `end`; no end: still so."""

    start: dt.date
    end: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the state holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


_YEARS = ("current_year", "last_year", "closed_year")


# --- tests on one row -------------------------------------------------------------------


def passes(world: World, found: Any, test: Any, scale: int = 1) -> bool:
    """Whether the value of one column passes one test of a `where`.

    `scale` kept units of the column make one of those its thresholds are written in.
    """
    if isinstance(test, dict):
        return all(
            _passes_named(world, found, name, wanted, scale) for name, wanted in test.items()
        )
    if isinstance(test, list | tuple):
        return found in test or any(
            passes(world, found, one) for one in test if one in _YEARS or isinstance(one, dict)
        )
    if found is None or found == test:
        return found is not None
    if test == "current_year":
        return bool(found == world.year)
    if test == "last_year":
        return bool(found == world.year - 1)
    if test == "closed_year":
        return bool(found == world.closed_year)
    return False


def _passes_named(world: World, found: Any, name: str, wanted: Any, scale: int) -> bool:
    if name == "all":
        return all(passes(world, found, one) for one in wanted)
    if name == "or_missing":
        return found is None or passes(world, found, wanted, scale)
    if name in ("at_least", "at_most", "more_than"):
        return found is not None and _within(found, name, scale * world.number(wanted, world.as_of))
    if name == "recorded":
        return (found is not None) is wanted
    if name == "not":
        return found is not None and not passes(world, found, wanted)
    if name == "between":
        first, last = (world.day(one) for one in wanted)
        return found is not None and first <= found <= last
    held = set() if found is None else set(found.strip("、").split("、"))
    if name == "contains":
        return wanted in held
    if name == "contains_any":
        return any(one in held for one in wanted)
    if name == "contains_all":
        return found is not None and all(one in held for one in wanted)
    raise ValueError(f"unknown test {name!r}")


def _within(found: int, how: str, bound: Fraction) -> bool:
    if how == "at_most":
        return found <= bound
    return found >= bound if how == "at_least" else found > bound


def _scale(row: Row, column: str) -> int:
    """How many kept units of a column make one of those its thresholds are written in."""
    columns = LEDGERS[row[LEDGER]].columns
    return SCALES.get(type(columns[column]), 1) if column in columns else 1


def matches(world: World, row: Row, where: Any, subject: str) -> bool:
    """Whether a row passes every test of a `where` (or of each of a list of them)."""
    if isinstance(where, list | tuple):
        return all(matches(world, row, one, subject) for one in where)
    for column, test in (where or {}).items():
        scale = _scale(row, column) if isinstance(test, dict) else 1
        if not passes(world, value(world, row, column, subject), test, scale):
            return False
    return True


def equal_on(
    world: World, left: Mapping[str, Any], right: Row, on: Mapping[str, str], subject: str
) -> bool:
    """Whether two rows agree in every pair of columns; what is not recorded equals nothing.

    A column of several choices on the right agrees with each value among them.
    """
    for left_column, right_column in (on or {}).items():
        here = value(world, left, left_column, subject)
        there = value(world, right, right_column, subject)
        if isinstance(LEDGERS[right[LEDGER]].columns.get(right_column), Choices):
            there = here if passes(world, there, {"contains": here}) else None
        if here is None or here != there:
            return False
    return True


def rows_of(world: World, selection: Selection, subject: str) -> Sequence[Row]:
    """The rows of the selection's ledger, without those it is plain are not the subject's."""
    code, whose = selection["ledger"], selection.get("whose", "own")
    if "by" in selection or whose in ("below", "anyone"):
        return world.rows[code]
    own = "enterprise" if world.is_enterprise(subject) else "organization"
    owner = {"own": own, "attached": "host", "subordinates": "superior"}[whose]
    return world.saying(code, owner_key(owner), subject)


def rows_tied(
    world: World, left: Mapping[str, Any], selection: Selection, subject: str
) -> list[Row]:
    """The rows of the selection's ledger that agree with a row in every pair of its `on`."""
    code, on = selection["ledger"], selection["on"]
    rows: Sequence[Row] = world.rows[code]
    for left_column, right_column in on.items():
        if right_column in LEDGERS[code].columns and not isinstance(
            LEDGERS[code].columns[right_column], Choices
        ):
            here = value(world, left, left_column, subject)
            rows = () if here is None else world.saying(code, right_column, here)
            on = {name: other for name, other in on.items() if name != left_column}
            break
    return [row for row in rows if equal_on(world, left, row, on, subject)] if on else list(rows)


def owned(world: World, selection: Selection, row: Row, subject: str) -> bool:
    """Whether the row is the subject's, in the sense of the selection's `whose`."""
    if "by" in selection:
        return bool(value(world, row, selection["by"], subject) == subject)
    whose = selection.get("whose", "own")
    if whose == "below":
        unit = row[owner_key("host" if world.is_enterprise(subject) else "organization")]
        return unit is not None and (unit == subject or subject in world.above(unit))
    if whose == "own":
        return bool(value(world, row, "owner", subject) == subject)
    if whose == "attached":
        return bool(row[owner_key("host")] == subject)
    if whose == "subordinates":
        return bool(row[owner_key("superior")] == subject)
    if whose == "anyone":
        return True
    raise ValueError(f"unknown whose {whose!r}")


def keeps(world: World, selection: Selection, row: Row, subject: str, day: dt.date) -> bool:
    """Whether the selection keeps the row, `holding` being asked of the reference day."""
    time = LEDGERS[selection["ledger"]].time
    if "dated" in selection and isinstance(time, Happens):
        # Whatever day it is dated by, it has not happened before its own.
        own_day = row[time.on]
        if own_day is None or own_day > world.as_of:
            return False
    if not (
        owned(world, selection, row, subject)
        and matches(world, row, selection.get("where"), subject)
    ):
        return False
    return all(
        _held(world, row, other, subject, day) for other in _list(selection, "holding")
    ) and not any(
        _held(world, row, other, subject, day) for other in _list(selection, "not_holding")
    )


def _list(selection: Selection, key: str) -> list[Selection]:
    found = selection.get(key) or []
    return [found] if isinstance(found, dict) else list(found)


def _held(world: World, row: Row, other: Selection, subject: str, day: dt.date) -> bool:
    """Whether some state of another register is tied to the row and holds on the day."""
    for candidate in rows_tied(world, row, other, subject):
        span = span_of(world, other, candidate)
        if (
            span is not None
            and span.holds_on(day)
            and matches(world, candidate, other.get("where"), subject)
        ):
            return True
    return False


# --- when a row is so -------------------------------------------------------------------


def is_state(selection: Selection) -> bool:
    """Whether the selection's rows are states, not events or figures."""
    return "dated" not in selection and isinstance(LEDGERS[selection["ledger"]].time, Holds)


def is_event(selection: Selection) -> bool:
    """Whether the selection's rows are events on a day."""
    return "dated" in selection or isinstance(LEDGERS[selection["ledger"]].time, Happens)


def is_by_year(selection: Selection) -> bool:
    """Whether the selection's rows are figures that stand on the first day of their year."""
    columns = LEDGERS[selection["ledger"]].columns
    return isinstance(columns.get(selection.get("dated", "")), Year)


def is_yearly(selection: Selection) -> bool:
    """Whether the selection's rows are figures of a year."""
    return not is_event(selection) and isinstance(LEDGERS[selection["ledger"]].time, Yearly)


def event_day(selection: Selection, row: Row) -> dt.date | None:
    """The day of an event; None where its date is not recorded."""
    if "dated" in selection:
        dated: dt.date | None = row[selection["dated"]]
        return dt.date(row[selection["dated"]], 1, 1) if is_by_year(selection) else dated
    time = LEDGERS[selection["ledger"]].time
    if not isinstance(time, Happens):
        raise TypeError(f"rows of {selection['ledger']} are not events")
    day: dt.date | None = row[time.on]
    return day


def span_of(world: World, selection: Selection, row: Row) -> Span | None:
    """The days a state holds, as known at D; None where it has not begun by D."""
    time = LEDGERS[selection["ledger"]].time
    if not isinstance(time, Holds):
        raise TypeError(f"rows of {selection['ledger']} are not states")
    starts = [row[time.start]] + ([row[selection["since"]]] if "since" in selection else [])
    if any(start is None for start in starts) or max(starts) > world.as_of:
        return None
    if time.next_of:
        following = [
            other[time.start]
            for other in world.saying(selection["ledger"], time.next_of[0], row[time.next_of[0]])
            if all(other[name] == row[name] for name in time.next_of)
            and row[time.start] < other[time.start] <= world.as_of
        ]
        return Span(max(starts), min(following, default=None))
    return Span(max(starts), row[time.end] if time.end is not None else None)


# --- the rows of a selection ------------------------------------------------------------


def events(
    world: World, selection: Selection, subject: str, first: dt.date, last: dt.date
) -> list[Row]:
    """The events of these days up to D."""
    found, last = [], min(last, world.as_of)
    for row in rows_of(world, selection, subject):
        day = event_day(selection, row)
        if day is not None and first <= day <= last and keeps(world, selection, row, subject, day):
            found.append(row)
    return found


def states(
    world: World,
    selection: Selection,
    subject: str,
    day: dt.date,
    among: Sequence[Row] | None = None,
) -> list[Row]:
    """The states that hold on a day not after D; of these rows only, if given."""
    found = []
    for row in rows_of(world, selection, subject) if among is None else among:
        span = span_of(world, selection, row)
        if span and span.holds_on(day) and keeps(world, selection, row, subject, day):
            found.append(row)
    return found


def running(
    world: World, selection: Selection, subject: str, first: dt.date, last: dt.date
) -> list[Row]:
    """The states that held on any of these days up to D."""
    found = []
    for row in rows_of(world, selection, subject):
        span = span_of(world, selection, row)
        if (
            span is not None
            and span.start <= last
            and (span.end is None or span.end > first)
            and keeps(world, selection, row, subject, span.start)
        ):
            found.append(row)
    return found


def figures(world: World, selection: Selection, subject: str, year: int) -> list[Row]:
    """The figures of a year."""
    time = LEDGERS[selection["ledger"]].time
    if not isinstance(time, Yearly):
        raise TypeError(f"rows of {selection['ledger']} are not yearly figures")
    return [
        row
        for row in rows_of(world, selection, subject)
        if row[time.year] == year and keeps(world, selection, row, subject, world.as_of)
    ]


def all_figured(rows: list[Row], selection: Selection) -> bool:
    """Whether figures are there at all, and one of every value that `where` lists."""
    listed = {
        name: test
        for name, test in selection.get("where", {}).items()
        if isinstance(test, list | tuple)
    }
    return bool(rows) and all(
        {row[name] for row in rows} >= set(wanted) for name, wanted in listed.items()
    )


def rows_today(world: World, selection: Selection, subject: str) -> list[Row]:
    """The rows that speak at D: states holding, events of Y up to D, figures of Y, things."""
    if is_event(selection):
        return events(world, selection, subject, world.first_day, world.last_day)
    if is_yearly(selection):
        return figures(world, selection, subject, world.year)
    if isinstance(LEDGERS[selection["ledger"]].time, Timeless):
        return [
            row
            for row in rows_of(world, selection, subject)
            if keeps(world, selection, row, subject, world.as_of)
        ]
    return states(world, selection, subject, world.as_of)


def register_kept(world: World, selection: Selection, subject: str) -> bool:
    """Whether the register has any row of the subject's by D, or was declared nil in Y."""
    ledger = LEDGERS[selection["ledger"]]
    for row in rows_of(world, selection, subject):
        named = owned(world, selection, row, subject)
        keeper = "by" in selection and owned(world, {}, row, subject)
        if (named or keeper) and _by_today(world, ledger.code, row):
            return True
    return declared_nil(world, selection, subject)


def declared_nil(world: World, selection: Selection, subject: str) -> bool:
    """Whether the subject declared the register nil in Y until D."""
    label = LEDGERS[selection["ledger"]].label
    return any(
        owned(world, {}, row, subject)
        and row["declared_on"] <= world.as_of
        and row["declared_on"].year == world.year
        for row in world.saying("nil_declarations", "ledger", label)
    )


def _by_today(world: World, code: str, row: Row) -> bool:
    time = LEDGERS[code].time
    if isinstance(time, Timeless):
        return True
    if isinstance(time, Yearly):
        return bool(row[time.year] <= world.year)
    day = row[time.on if isinstance(time, Happens) else time.start]
    return day is not None and bool(day <= world.as_of)


def measure(rows: list[Row], selection: Selection) -> int:
    """Rows, distinct values of the column `count`, or the sum of the column(s) `sum`."""
    if "count" in selection:
        return len({row[selection["count"]] for row in rows} - {None})
    if "sum" in selection:
        columns = [selection["sum"]] if isinstance(selection["sum"], str) else selection["sum"]
        return sum(row[column] or 0 for row in rows for column in columns)
    return len(rows)
