"""Cells: one judged requirement of one unit, period and member.

`times` says for how many such a row stands: one, but where many are alike in all but period
and member and nobody asked for details.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Reason, Severity

CELL = {
    "part": "int64",
    "unit": "string",
    "period": "string",
    "member": "string",
    "severity": "int64",
    "num": "int64",
    "den": "int64",
    "due": "date",
    "reason": "int64",
    "times": "int64",
}
REASONS = tuple(Reason)
EMPTY = {"period": "", "member": "", "num": None, "den": None, "due": None, "reason": 0,
         "times": 1}  # fmt: skip


def reached(num: ir.Value, den: ir.Value, rows: ir.Table) -> ir.BooleanValue:
    """Whether a measure reaches what its row asks, in whole numbers: num × k ≥ den × p + q."""
    return num * rows["k"] >= den * rows["p"] + rows["q"]


def severity_in_time(ok: ir.BooleanValue, frame: ir.Table) -> ir.IntegerValue:
    """Met; or unmet once the period is over, at risk inside its warning days, else pending."""
    return ibis.cases(
        (ok, int(Severity.MET)),
        (frame["elapsed"], int(Severity.UNMET)),
        (frame["warned"], int(Severity.AT_RISK)),
        else_=int(Severity.PENDING),
    ).cast("int64")


def severity_by_day(ok: ir.BooleanValue, due: ir.Value, warned: ir.Value) -> ir.IntegerValue:
    """Met; or unmet once the day `due` is over, at risk after the day `warned`, else pending."""
    return ibis.cases(
        (ok, int(Severity.MET)),
        (due <= clock("today"), int(Severity.UNMET)),
        (clock("today") > warned, int(Severity.AT_RISK)),
        else_=int(Severity.PENDING),
    ).cast("int64")


def cells_of(rows: ir.Table, **columns: Any) -> ir.Table:
    """Rows in the columns of CELL; what is not given is empty."""
    values: dict[str, Any] = {}
    for name, kind in CELL.items():
        value = columns[name] if name in columns else rows[name] if name in rows.columns else None
        value = EMPTY[name] if value is None else value
        values[name] = (
            value.cast(kind) if isinstance(value, ir.Value) else ibis.literal(value, kind)
        )
    return rows.select(**values)


def open_due(severity: ir.Value, day: ir.Value) -> ir.Value:
    """The day, where something is still open until then."""
    still_open = severity.isin([int(Severity.PENDING), int(Severity.AT_RISK)])
    return ibis.ifelse(still_open, day, ibis.null("date"))


def reason_if(condition: ir.Value, reason: Reason) -> ir.Value:
    """The reason where the condition holds, else none."""
    return ibis.ifelse(condition, REASONS.index(reason), REASONS.index(Reason.NONE))


def figure_reason(severity: ir.Value, lived: ir.Value) -> ir.Value:
    """Why figures do not decide: the unit did not live the whole year, or they are missing."""
    return ibis.cases(
        (~lived, REASONS.index(Reason.NO_FULL_PERIOD)),
        (severity == int(Severity.NO_DATA), REASONS.index(Reason.MEASURE_MISSING)),
        else_=REASONS.index(Reason.NONE),
    )


def empties(frame: ir.Table, kept: ir.Table, *, spared: bool = False) -> ir.Table:
    """Cells of an empty population: not applicable where its register is kept, else no data.

    `spared`: a register that most units never need is not asked for; the matter does not arise.
    """
    unkept = Severity.NOT_APPLICABLE if spared else Severity.NO_DATA
    reason = Reason.CONDITION_NOT_MET if spared else Reason.REGISTER_NOT_KEPT
    joined = frame.left_join(kept, frame["unit"] == kept["kept_unit"])
    is_kept = joined["kept_unit"].notnull()
    return cells_of(
        joined,
        severity=ibis.ifelse(is_kept, int(Severity.NOT_APPLICABLE), int(unkept)),
        reason=ibis.ifelse(is_kept, REASONS.index(Reason.EMPTY_POPULATION), REASONS.index(reason)),
    )
