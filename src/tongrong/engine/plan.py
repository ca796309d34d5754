"""The plan: one statement for all measures over one ledger at one grain.

However many clauses read a ledger, it is scanned once a grain: unit and month for counts,
unit for states at D, event for records that cover members, unit for registers kept. What
differs between the parts that ask is a column, `part` (and `role` within the part).
"""

import json
from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir

from tongrong.engine.measures import Asking, Measures, Pass, Role
from tongrong.engine.registers import declared_nil
from tongrong.engine.selection import OWN, Selection, in_time, of_units, passes, sorted_out
from tongrong.engine.tables import clock, facts
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


def _events(wanted: Pass) -> ir.Table:
    selection = Selection(ledger=wanted.ledger, dated=wanted.dated or None)
    return in_time(_owned(wanted), selection)


def _by_test(rows: ir.Table, asking: Asking) -> tuple[ir.Table, Mapping[int, list[int]]]:
    """Each row once for every test it passes, `test`; and who asks each test.

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
        test = passes(rows, selection.where, scope)
        if selection.since:
            test &= (rows[selection.since] <= clock("today")).fill_null(False)
        tests[first], asking_of[first] = test, numbers
    return sorted_out(rows, tests, "test"), asking_of


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
    rows, asking_of = _by_test(rows, asking)
    counts = {
        f"n_{column}": (
            rows["record"].count() if column == "record" else rows[column].nunique()
        ).cast("int64")
        for column in sorted(asking.columns)
    }
    return _for_parts(rows.group_by("test", *keys).agg(**counts), asking_of)


def _monthly(wanted: Pass, asking: Asking) -> ir.Table:
    rows = _events(wanted)
    rows = rows.mutate(month=rows["day"].truncate("M").cast("date"))
    return _counted(rows, asking, "subject", "month")


def _standing(wanted: Pass, asking: Asking) -> ir.Table:
    rows = in_time(_owned(wanted), Selection(ledger=wanted.ledger))
    rows = rows.filter(rows["stop"] > clock("today"))
    return _counted(rows, asking, "subject")


def _hits(wanted: Pass, asking: Asking) -> ir.Table:
    rows = _for_parts(*_by_test(_events(wanted), asking))
    shown = rows["record"] if "record" in asking.columns else ibis.literal("")
    columns = sorted(asking.columns - {"record"})
    return rows.select("part", "subject", "day", *columns, record=shown)


def _kept(wanted: Pass, asking: Asking) -> ir.Table:
    rows, time = _owned(wanted), LEDGERS[wanted.ledger].time
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
    own = rows.select(kept_unit="subject")
    return own.union(declared_nil(wanted.ledger, asking.scopes)).distinct()


GRAINS = {"monthly": _monthly, "standing": _standing, "hits": _hits, "kept": _kept}
