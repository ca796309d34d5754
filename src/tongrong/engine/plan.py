"""The plan: one statement for all measures over one ledger at one grain.

However many clauses read a ledger, it is scanned once a grain: unit and month for counts,
unit for states at D, event for records that cover members, unit for registers kept. What
differs between the parts that ask is a column, `part` (and `role` within the part).
"""

import json
from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from tongrong.engine.measures import Asking, Measures, Pass, Role
from tongrong.engine.registers import declared_nil
from tongrong.engine.selection import (
    BELOW,
    OWN,
    Rows,
    Selection,
    in_time,
    of_units,
    passes,
    sorted_out,
    spread_up,
)
from tongrong.engine.since import read_since
from tongrong.engine.tables import SOLE, clock, facts, person_column
from tongrong.facts.ledger import Happens, Holds, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope

# One number for part and role, so that a row is sorted out to both at once.
ROLE_BITS = 2
ROLE_MASK = 2**ROLE_BITS - 1


def statements(measures: Measures) -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of every pass the parts of a run asked for."""
    for wanted, asking in measures.asked.items():
        yield wanted.table, GRAINS[wanted.grain](wanted, asking)


def _owned(wanted: Pass) -> ir.Table:
    return of_units(facts(wanted.ledger), wanted.owner)


def _events(wanted: Pass, asking: Asking) -> ir.Table:
    selection = Selection(ledger=wanted.ledger, dated=wanted.dated or None)
    return read_since(in_time(_owned(wanted), selection), asking.since)


Tests = Mapping[int, ir.BooleanValue]


def _tests(rows: ir.Table, asking: Asking) -> tuple[Tests, Mapping[int, list[int]]]:
    """What rows are tested for, and who asks each test.

    Several parts may ask the same: it is tested and counted once, under the number of the
    first. The numbers of those who ask hold part and role.
    """
    asked_by: dict[tuple[str, Scope], list[int]] = {}
    for (part, role), (selection, scope) in asking.rows.items():
        same = json.dumps([selection.where, selection.since], sort_keys=True), scope
        asked_by.setdefault(same, []).append(part << ROLE_BITS | role)
    tests, asking_of = {}, {}
    for numbers in asked_by.values():
        first = numbers[0]
        selection, scope = asking.rows[first >> ROLE_BITS, Role(first & ROLE_MASK)]
        test = passes(rows, selection, scope)
        if selection.since:
            test &= (rows[selection.since] <= clock("today")).fill_null(False)
        tests[first], asking_of[first] = test, numbers
    return tests, asking_of


def _wanted_by_any(rows: ir.Table, wanted: Pass, asking: Asking) -> ir.Table:
    """The rows that some part may ask for: where all name values of a column, those with any.

    No test is decided by it. It stands before the tests, where a backend can leave rows unread.
    """
    wheres = [selection.where for selection, _ in asking.rows.values()]
    for name in sorted(set.intersection(*(set(where) for where in wheres)) & set(rows.columns)):
        named = [where[name] for where in wheres]
        if not any(isinstance(test, dict) for test in named):
            values = [one for test in named for one in (test if isinstance(test, list) else [test])]
            any_of_them = Rows(ledger=wanted.ledger, where={name: list(dict.fromkeys(values))})
            rows = rows.filter(passes(rows, any_of_them, next(iter(asking.scopes))))
    return rows


def _for_parts(rows: ir.Table, asking_of: Mapping[int, list[int]]) -> ir.Table:
    """The rows of each test once for every part and role that asks it."""
    shared = {first: numbers for first, numbers in asking_of.items() if len(numbers) > 1}
    if shared:
        found: ir.ArrayValue = ibis.array([rows["test"]])
        for first, numbers in shared.items():
            found = ibis.ifelse(rows["test"] == first, ibis.array(numbers), found)
        rows = rows.mutate(test=found.unnest())
    return rows.mutate(
        part=(rows["test"] >> ROLE_BITS).cast("int64"),
        role=(rows["test"] & ROLE_MASK).cast("int64"),
    ).drop("test")


def _counted(rows: ir.Table, asking: Asking, *keys: str) -> ir.Table:
    tests, asking_of = _tests(rows, asking)
    if asking.columns == {"record"} and len(tests) > 1:
        return _for_parts(_numbers(rows, tests, *keys), asking_of)
    rows = sorted_out(rows, tests, "test")
    counts = {
        f"n_{column}": (
            rows["record"].count() if column == "record" else rows[column].nunique()
        ).cast("int64")
        for column in sorted(asking.columns)
    }
    return _for_parts(rows.group_by("test", *keys).agg(**counts), asking_of)


def _numbers(rows: ir.Table, tests: Tests, *keys: str) -> ir.Table:
    """How many rows pass each test, where any do: one pass counts for all tests side by side."""
    flags = {test: f"test_{test}" for test in tests}
    rows = rows.select(*keys, **{flags[test]: passed for test, passed in tests.items()})
    folded = rows.group_by(*keys).agg(
        **{flag: rows[flag].sum().fill_null(0).cast("int64") for flag in flags.values()}
    )
    numbers = [
        ibis.struct({"test": ibis.literal(test, "int64"), "n": folded[flag]})
        for test, flag in flags.items()
    ]
    each = folded.select(*keys, of=ibis.array(numbers).unnest())
    each = each.select(*keys, test=each["of"]["test"], n_record=each["of"]["n"])
    return each.filter(each["n_record"] > 0)


def _monthly(wanted: Pass, asking: Asking) -> ir.Table:
    rows = _wanted_by_any(_events(wanted, asking), wanted, asking)
    rows = rows.mutate(month=rows["day"].truncate("M").cast("date"))
    return _counted(rows, asking, "subject", "month")


def _standing(wanted: Pass, asking: Asking) -> ir.Table:
    below = wanted.owner.startswith(BELOW)
    if not below or asking.columns != {person_column(wanted.ledger)}:
        return _counted(_held(_owned(wanted), wanted), asking, "subject")
    # Who has one record is counted where it is, and only numbers go up to the units above.
    rows = of_units(facts(wanted.ledger), wanted.owner.removeprefix(BELOW))
    rows = _held(rows, wanted)
    tests, asking_of = _tests(rows, asking)
    rows = sorted_out(rows, tests, "test")
    (person,), keys = asking.columns, ("test", "subject")
    alone = rows.filter(rows[SOLE]).group_by(*keys).agg(n=_.count())
    others = spread_up(rows.filter(~rows[SOLE])).group_by(*keys).agg(n=_[person].nunique())
    every = spread_up(alone).union(others.select(*alone.columns))
    found = every.group_by(*keys).agg(**{f"n_{person}": every["n"].sum().cast("int64")})
    return _for_parts(found, asking_of)


def _held(rows: ir.Table, wanted: Pass) -> ir.Table:
    rows = in_time(rows, Selection(ledger=wanted.ledger))
    return rows.filter(rows["stop"] > clock("today"))


def _hits(wanted: Pass, asking: Asking) -> ir.Table:
    rows = _wanted_by_any(_events(wanted, asking), wanted, asking)
    tests, asking_of = _tests(rows, asking)
    rows = _for_parts(sorted_out(rows, tests, "test"), asking_of)
    return rows.select("part", "subject", "day", *sorted(asking.columns))


def _kept(wanted: Pass, asking: Asking) -> ir.Table:
    # Which units have rows is known before they count for all above: those are far fewer.
    rows = of_units(facts(wanted.ledger), wanted.owner.removeprefix(BELOW))
    time = LEDGERS[wanted.ledger].time
    if wanted.owner.startswith("by_"):
        # Whoever keeps the register keeps it for the units its rows name, too.
        own = [of_units(facts(wanted.ledger), OWN[scope]) for scope in sorted(asking.scopes)]
        rows = ibis.union(rows, *own)
    if isinstance(time, Happens):
        rows = rows.filter(rows[time.on] <= clock("today"))
    elif isinstance(time, Holds):
        rows = rows.filter(rows[time.start] <= clock("today"))
    elif isinstance(time, Yearly):
        rows = rows.filter(rows[time.year] <= clock("year"))
    if not wanted.owner:
        rows = rows.mutate(subject=rows["record"])
    rows = rows.select("subject").distinct()
    rows = spread_up(rows) if wanted.owner.startswith(BELOW) else rows
    own = rows.select(kept_unit="subject")
    return own.union(declared_nil(wanted.ledger, asking.scopes)).distinct()


GRAINS = {"monthly": _monthly, "standing": _standing, "hits": _hits, "kept": _kept}
