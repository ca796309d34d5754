"""From cells to verdicts: justifications, the worst part, and what a verdict shows.

One order decides everywhere (vocabulary.verdicts.Severity): a unit's verdict on a clause is
the largest severity among the cells of the parts that apply.
"""

from collections.abc import Collection, Iterator

import ibis
import ibis.expr.types as ir

from tongrong.engine.cells import CELL, REASONS, cells_of
from tongrong.engine.selection import OWN
from tongrong.engine.tables import PARTS, PERIODS, SUBJECTS, UNKNOWN_FRAMES, clock, facts
from tongrong.vocabulary.verdicts import Reason, Severity

OPEN = [int(Severity.PENDING), int(Severity.AT_RISK)]
GOOD = [int(Severity.MET), int(Severity.JUSTIFIED)]
SHORT = [*OPEN, int(Severity.NO_DATA), int(Severity.UNMET)]
# More than any checklist has parts: beside a severity in one number, parts never reach the next.
PARTS_AT_MOST = 1_000_000

# What justifications in force excuse of a part and unit: period, “|” and member, any left empty.
EXCUSES = ibis.table(
    {"part": "int64", "unit": "string", "excused": "array<string>"}, name="excuses"
)
# The cells of all parts, where details are asked for.
ALL_CELLS = ibis.table(CELL, name="cells")
TALLIES = ibis.table(
    {
        "part": "int64",
        "unit": "string",
        "severity": "int64",
        "cells": "int64",
        "good": "int64",
        "single": "boolean",
        "num": "int64",
        "den": "int64",
        "open_due": "date",
        "met_due": "date",
        "reason": "int64",
        "taken_up": "boolean",
    },
    name="tallies",
)
EVIDENCE = ibis.table({"part": "int64", "unit": "string", "record": "string"}, name="evidence")
VERDICTS = ibis.table(
    {
        "unit": "string",
        "clause": "string",
        "severity": "int64",
        "part": "int64",
        "num": "int64",
        "den": "int64",
        "single": "boolean",
        "due": "date",
        "reason": "int64",
    },
    name="verdicts",
)
JUDGED = ibis.table(VERDICTS.schema(), name="judged_verdicts")
WITHOUT_CELLS = ibis.table(VERDICTS.schema(), name="verdicts_without_cells")


def undecided(bundles: Collection[int]) -> ir.Table:
    """A cell of no data for every part of the bundles and unit whose applicability is unknown."""
    parts = PARTS.filter(PARTS["bundle"].isin(bundles))
    rows = parts.join(UNKNOWN_FRAMES, "frame").select("part", "unit")
    reason = ibis.literal(REASONS.index(Reason.CONDITION_UNKNOWN))
    return cells_of(rows, severity=ibis.literal(int(Severity.NO_DATA)), reason=reason)


def excuses() -> ir.Table:
    """EXCUSES: justifications approved by D and not expired; only “should” can be justified."""
    should = PARTS.filter(PARTS["should"]).select("part", "clause", "owner")
    rows = should.join(_approved(), ["clause", "owner"])
    named = rows["period"].fill_null("") + "|" + rows["member"].fill_null("")
    return rows.group_by("part", "unit").agg(excused=named.collect())


def justified(cells: ir.Table) -> ir.Table:
    """The cells judged; unmet ones that a justification in force names are turned by it.

    One names the cell's own period, member or both; one that names neither, a cell with neither.
    """
    known = EXCUSES.rename(e_part="part", e_unit="unit")
    joined = cells.left_join(
        known, (cells["part"] == known["e_part"]) & (cells["unit"] == known["e_unit"])
    )
    excused, period, member = joined["excused"], joined["period"], joined["member"]
    named = (
        excused.contains(period + "|" + member)
        | ((period != "") & excused.contains(period + "|"))
        | ((member != "") & excused.contains("|" + member))
    )
    turned = (joined["severity"] == int(Severity.UNMET)) & excused.notnull()
    # Nested, so that texts are put together for cells with an excuse only.
    severity = ibis.ifelse(
        turned,
        ibis.ifelse(named, int(Severity.JUSTIFIED), joined["severity"]),
        joined["severity"],
    )
    return joined.mutate(severity=severity.cast("int64")).select(*CELL)


def _approved() -> ir.Table:
    """Justifications in force at D, for the enterprise and for its leading organization."""
    rows = facts("justifications")
    rows = rows.filter(
        (rows["approved_on"] <= clock("today"))
        & (rows["expires_on"].isnull() | (rows["expires_on"] > clock("today")))
    )
    return ibis.union(
        *[
            rows.select("clause", "period", "member", owner=ibis.literal(owner), unit=f"of_{owner}")
            for owner in sorted(set(OWN.values()))
        ]
    )


def tallied(cells: ir.Table, taken: ir.Table | None) -> ir.Table:
    """Cells folded to one row a part and unit, in the columns of TALLIES.

    `taken`: which units took up an encouraged matter (`part`, `unit`), if any is encouraged.
    """
    severity, times = cells["severity"], cells["times"]

    def counted(which: ir.BooleanValue | None = None) -> ir.Value:
        return times.sum(where=which).fill_null(0).cast("int64")

    folded = cells.group_by("part", "unit").agg(
        worst=(severity * 100 + cells["reason"]).max().cast("int64"),
        cells=counted(),
        judged=counted(severity > 0),
        good=counted(severity.isin(GOOD)),
        members=counted(cells["member"] != ""),
        num=cells["num"].max(),
        den=cells["den"].max(),
        open_due=cells["due"].min(where=severity.isin(OPEN)),
        met_due=cells["due"].min(where=severity == int(Severity.MET)),
    )
    worst = folded["worst"]
    # worst = severity × 100 + reason, so comparing with 100, 200, … gives both back exactly.
    rank = ibis.literal(0, "int64")
    for level in list(Severity)[1:]:
        rank = rank + (worst >= int(level) * 100).cast("int64")
    single = (folded["cells"] == 1) & (folded["members"] == 0)
    folded = folded.mutate(severity=rank, single=single, reason=worst - rank * 100)
    if taken is None:
        folded = folded.mutate(taken_up=ibis.literal(False))
    else:
        taken = taken.distinct().rename(t_part="part", t_unit="unit")
        folded = folded.left_join(
            taken, (folded["part"] == taken["t_part"]) & (folded["unit"] == taken["t_unit"])
        )
        folded = folded.mutate(taken_up=folded["t_part"].notnull())
    single = folded["single"]
    return folded.select(
        "part",
        "unit",
        "severity",
        "cells",
        "good",
        "single",
        num=ibis.ifelse(single, folded["num"], folded["good"]),
        den=ibis.ifelse(single, folded["den"], folded["judged"]),
        open_due="open_due",
        met_due="met_due",
        reason="reason",
        taken_up="taken_up",
    )


def verdict_statements() -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of the verdicts, in two tables that can be made at one time."""
    yield JUDGED.get_name(), _judged()
    yield WITHOUT_CELLS.get_name(), _without_cells()


def verdicts() -> ir.Table:
    """One row a unit and clause, in the columns of VERDICTS."""
    return JUDGED.union(WITHOUT_CELLS)


def _judged() -> ir.Table:
    """The verdicts that cells make, from the tallies of their parts."""
    judged = PARTS.filter(~PARTS["shown_only"])
    rows = TALLIES.join(judged, TALLIES["part"] == judged["part"])
    # What lacks data is not settled with the period that runs: it is due by its end.
    lacking = rows["severity"] == int(Severity.NO_DATA)
    running = ibis.ifelse(lacking, rows["running_due"], ibis.null("date"))
    due = ibis.coalesce(rows["open_due"], running, rows["next_due"], rows["met_due"])
    # The worst part decides, of several the first: the largest rank.
    rows = rows.mutate(
        due=due,
        rank=rows["severity"] * PARTS_AT_MOST - rows["part"],
        taken=rows["taken_up"] | ~rows["may"],
    )
    # What one part judges alone, most clauses, need not be compared with anything.
    alone, several = rows.filter(rows["alone"]), rows.filter(~rows["alone"])
    return _shown(alone).union(_shown(_worst(several)))


def _worst(rows: ir.Table) -> ir.Table:
    """Of each unit and clause the row that decides, due with the first and taken up with any."""
    clauses = (
        rows.group_by("unit", "clause")
        .agg(rank=rows["rank"].max(), due=rows["due"].min(), taken=rows["taken"].any())
        .view()
    )
    return rows.drop("due", "taken").join(clauses, ["unit", "clause", "rank"])


def _shown(rows: ir.Table) -> ir.Table:
    """Verdicts in the columns of VERDICTS; an encouraged matter not taken up does not apply."""
    not_taken = ~rows["taken"]
    return rows.select(
        "unit",
        "clause",
        severity=ibis.ifelse(not_taken, 0, rows["severity"]).cast("int64"),
        part="part",
        num="num",
        den="den",
        single="single",
        due=ibis.ifelse(not_taken, ibis.null("date"), rows["due"]),
        reason=ibis.ifelse(not_taken, REASONS.index(Reason.NOT_TAKEN_UP), rows["reason"]).cast(
            "int64"
        ),
    )


def _without_cells() -> ir.Table:
    """Units of a clause's scope without any cell: not applicable, and why."""
    every = PARTS.join(SUBJECTS, "scope")
    judged = PARTS.filter(~PARTS["shown_only"]).select("part", "clause")
    found = TALLIES.join(judged, "part").select("unit", "clause").view()
    every = every.anti_join(found, ["unit", "clause"])
    periods = PERIODS.select(p_per="per", p_first="first", p_last="last")
    rows = every.left_join(
        periods,
        [
            every["per"] == periods["p_per"],
            every["start"] <= periods["p_first"],
            every["stop"] > periods["p_last"],
        ],
    )
    # A part without a period that its unit lived is one row, empty; any other a row a period.
    without = rows["p_per"].isnull() & ~rows["shown_only"]
    rows = rows.group_by("unit", "clause").agg(
        first_part=rows["part"].min(), least_per=rows["per"].min(), without=without.any()
    )
    too_young = (rows["least_per"] != "") & rows["without"]
    return rows.select(
        "unit",
        "clause",
        severity=ibis.literal(0, "int64"),
        part="first_part",
        num=ibis.null("int64"),
        den=ibis.null("int64"),
        single=ibis.literal(False),
        due=ibis.null("date"),
        reason=ibis.ifelse(
            too_young,
            REASONS.index(Reason.NO_FULL_PERIOD),
            REASONS.index(Reason.CONDITION_NOT_MET),
        ).cast("int64"),
    )


def _taken_up() -> ir.Table:
    """The units and clauses of which a part was taken up, as all but encouraged ones are."""
    rows = TALLIES.join(PARTS, TALLIES["part"] == PARTS["part"])
    rows = rows.filter(rows["taken_up"] | ~rows["may"])
    return rows.select("unit", "clause").distinct()


def missing() -> ir.Table:
    """What is short of each unit and clause: `unit`, `clause`, `missing` (sorted list)."""
    rows = ALL_CELLS.filter(ALL_CELLS["severity"].isin(SHORT))
    judged = PARTS.filter(~PARTS["shown_only"])
    rows = rows.join(judged, rows["part"] == judged["part"])
    slash = ibis.ifelse((rows["period"] != "") & (rows["member"] != ""), "/", "")
    label = rows["period"] + slash + rows["member"]
    rows = rows.mutate(shown=ibis.ifelse(label == "", rows["label"], label))
    rows = rows.filter(rows["shown"] != "").select("unit", "clause", "shown").distinct()
    rows = rows.semi_join(_taken_up(), ["unit", "clause"])
    return rows.group_by("unit", "clause").agg(missing=rows["shown"].collect().sort())


def records() -> ir.Table:
    """The records counted: `unit`, `clause`, `records` (sorted list)."""
    judged = PARTS.filter(~PARTS["shown_only"])
    rows = EVIDENCE.join(judged, EVIDENCE["part"] == judged["part"])
    rows = rows.select("unit", "clause", "record").distinct()
    rows = rows.semi_join(_taken_up(), ["unit", "clause"])
    return rows.group_by("unit", "clause").agg(records=rows["record"].collect().sort())
