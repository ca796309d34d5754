"""Dues: every member paid enough, in time and in person, for every month."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongrong.engine.readings.cell import Cell, due_if_open, empty_population, ids, shortfall
from tongrong.engine.readings.periods import Period, calendar_of, counted_periods
from tongrong.engine.readings.population import Entry, members_in
from tongrong.engine.readings.selection import owned, register_kept, rows_tied
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.quantities import parse_quantity, yuan_to_fen
from tongrong.vocabulary.verdicts import Reason, Severity


def read_dues(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell per month and member."""
    cells = []
    for month in counted_periods(part, world, subject):
        members = members_in(world, part["each"], subject, month)
        if not members:
            kept = register_kept(world, part["each"], subject)
            cells.append(empty_population(kept=kept, period=month.label))
        for member, entries in members.items():
            cells.append(_read_month(part, world, subject, month, member, entries))
    return cells


def _read_month(
    part: Mapping[str, Any],
    world: World,
    subject: str,
    month: Period,
    member: str,
    entries: list[Entry],
) -> Cell:
    deadline = _deadline(world, subject, month)
    in_time = _paid_in_time(part, world, subject, month, entries, deadline)
    enough = {
        row["record"]: _enough(part["enough"]["rates"], world, subject, month, row)
        for row in in_time
    }
    satisfying = [row for row in in_time if enough[row["record"]]]
    if satisfying:
        severity = Severity.MET
    elif None in enough.values():
        severity = Severity.NO_DATA
    else:
        severity = shortfall(deadline, world.whole("warning_month", world.as_of), world.as_of)
    return Cell(
        severity,
        month.label,
        member,
        num=int(bool(satisfying)),
        den=1,
        due=due_if_open(severity, deadline),
        reason=Reason.MEASURE_MISSING if severity == Severity.NO_DATA else Reason.NONE,
        records=ids(satisfying),
    )


def _deadline(world: World, subject: str, month: Period) -> dt.date:
    """The month's last day, or the quarter's where the branch agreed to pay by quarter."""
    if not world.unit_row(subject).get("dues_by_quarter"):
        return month.last
    quarters = calendar_of({"per": "quarter"}, world, month.first.year)
    return next(quarter.last for quarter in quarters if month.first in quarter.days)


def _paid_in_time(
    part: Mapping[str, Any],
    world: World,
    subject: str,
    month: Period,
    entries: list[Entry],
    deadline: dt.date,
) -> list[Row]:
    """The member's own payments for the month, in time and not deducted from pay."""
    rule = part["enough"]
    tied = {
        row["record"]: row
        for entry in entries
        for row in rows_tied(world, entry.row, rule, subject)
    }
    return [
        row
        for row in tied.values()
        if owned(world, rule, row, subject)
        and row["month"] == month.first
        and not row["by_payroll"]
        and row["paid_on"] <= min(world.as_of, deadline)
    ]


def _enough(rates: str, world: World, subject: str, month: Period, row: Row) -> bool | None:
    """Whether the amount is enough; None where what it is reckoned from is not recorded."""
    approver = world.unit_row(subject)["superior"]
    if (
        row["reduced_to"] is not None
        and approver is not None
        and row["reduction_approver"] == approver
    ):
        return bool(row["paid"] >= row["reduced_to"])
    due = owed(world.table(rates, month.last), row)
    return None if due is None else bool(row["paid"] >= due)


def owed(table: list[dict[str, Any]], row: Row) -> int | None:
    """What the row's category and base owe for a month, in whole 分 rounded half up.

    A base of nothing falls in the lowest bracket and owes nothing.
    """
    for bracket in table:
        if bracket["category"] != row["category"]:
            continue
        if bracket.get("fixed") is not None:
            return _fen(bracket["fixed"])
        base, over, up_to = row["base"], bracket.get("over"), bracket.get("up_to")
        if (
            base is not None
            and (over is None or _fen(over) < base or _fen(over) == base == 0)
            and (up_to is None or base <= _fen(up_to))
        ):
            return _rounded_half_up(base * parse_quantity(str(bracket["rate"])))
    return None


def _fen(yuan: Any) -> int:
    return yuan_to_fen(Decimal(str(yuan)))


def _rounded_half_up(amount: Fraction) -> int:
    """The nearest whole number, of two equally near the larger."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
