"""The plan: one statement for all measures over one ledger at one grain.

However many clauses read a ledger, it is scanned once a grain: unit and month for counts,
unit for states at D, event for records that cover members, unit for registers kept.
"""

from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir

from tongrong.engine.measures import Measure, Measures, Pass
from tongrong.engine.selection import OWN, Selection, in_time, passes
from tongrong.engine.tables import clock, facts
from tongrong.facts.ledger import Happens, Holds, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope


def statements(measures: Measures) -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of every pass the parts of a run asked for."""
    for wanted, asked in measures.asked.items():
        yield wanted.table, GRAINS[wanted.grain](wanted, asked)
    yield from measures.kept_tables.items()


def _owned(wanted: Pass) -> ir.Table:
    rows = facts(wanted.ledger)
    subject = rows[f"of_{wanted.owner}"] if wanted.owner else ibis.null("string")
    rows = rows.mutate(subject=subject)
    return rows.filter(rows["subject"].notnull()) if wanted.owner else rows


def _events(wanted: Pass) -> ir.Table:
    selection = Selection(ledger=wanted.ledger, dated=wanted.dated or None)
    return in_time(_owned(wanted), selection)


def _counted(rows: ir.Table, measure: Measure, where: ir.BooleanValue) -> ir.Value:
    if measure.how == "rows":
        found = rows["record"].count(where=where)
    else:
        found = rows[measure.of].nunique(where=where)
    return found.cast("int64")


def _monthly(wanted: Pass, asked: Mapping[str, Measure]) -> ir.Table:
    rows = _events(wanted)
    rows = rows.mutate(month=rows["day"].truncate("M").cast("date"))
    wide = {
        name: _counted(rows, m, passes(rows, m.selection.where, m.scope))
        for name, m in asked.items()
    }
    return rows.group_by("subject", "month").agg(**wide)


def _standing(wanted: Pass, asked: Mapping[str, Measure]) -> ir.Table:
    rows = in_time(_owned(wanted), Selection(ledger=wanted.ledger))
    today, wide = clock("today"), {}
    for name, m in asked.items():
        where = passes(rows, m.selection.where, m.scope) & (rows["stop"] > today)
        if m.selection.since:
            where = where & (rows[m.selection.since] <= today).fill_null(False)
        wide[name] = _counted(rows, m, where)
    return rows.group_by("subject").agg(**wide)


def _hits(wanted: Pass, asked: Mapping[str, Measure]) -> ir.Table:
    rows = _events(wanted)
    flags = {name: passes(rows, m.selection.where, m.scope) for name, m in asked.items()}
    columns = sorted({c for m in asked.values() for c in m.of.split(",") if c})
    rows = rows.mutate(**flags)
    any_flag: ir.BooleanValue = ibis.or_(*[rows[name] for name in flags])
    return rows.filter(any_flag).select("subject", "day", "record", *columns, *flags)


def _kept(wanted: Pass, asked: Mapping[str, Measure]) -> ir.Table:
    rows, time = _owned(wanted), LEDGERS[wanted.ledger].time
    if isinstance(time, Happens):
        rows = rows.filter(rows[time.on] <= clock("today"))
    elif isinstance(time, Holds):
        rows = rows.filter(rows[time.start] <= clock("today"))
    elif isinstance(time, Yearly):
        rows = rows.filter(rows[time.year] <= clock("year"))
    if not wanted.owner:
        rows = rows.mutate(subject=rows["record"])
    own = rows.select(kept_unit="subject")
    nil = facts("nil_declarations")
    in_year = (nil["declared_on"] >= clock("year_first")) & (
        nil["declared_on"] <= ibis.least(clock("today"), clock("year_last"))
    )
    nil = nil.filter((nil["ledger"] == LEDGERS[wanted.ledger].label) & in_year)
    scopes: set[Scope] = {m.scope for m in asked.values()}
    for owner in sorted({OWN[scope] for scope in scopes}):
        declared = nil.filter(nil[f"of_{owner}"].notnull())
        own = own.union(declared.select(kept_unit=f"of_{owner}"))
    return own.distinct()


GRAINS = {"monthly": _monthly, "standing": _standing, "hits": _hits, "kept": _kept}
