"""党费: whether a member-month is paid in time and in full.

Source: 《关于中国共产党党费收缴、使用和管理的规定》: the rate applies to the whole base,
rounded half up to 分; monthly, or quarterly where the branch agreed; reductions need the
next higher committee; nothing is deducted from payroll.
"""

from typing import Literal

import ibis
import ibis.expr.types as ir

from tongrong.engine.cells import cells_of, open_due, reason_if, severity_by_day
from tongrong.engine.part import Bundle
from tongrong.engine.population import KEYS, month_bit
from tongrong.engine.prepare import effective
from tongrong.engine.selection import Rows, fulfils
from tongrong.engine.tables import PARTS, PERIODS, RATES, UNITS, clock, facts
from tongrong.vocabulary.verdicts import Reason, Severity


class Enough(Rows):
    """Each member-month has a payment in time that is enough by the table of rates."""

    whose: Literal["own"] = "own"
    on: dict[str, str]
    rates: str


def payments(enough: Enough, bundle: Bundle) -> ir.Table:
    """Payments in time for each part: part, payer, `on` the period's first day, `record`, `full`.

    Of whom they are say `p_unit` and `p_0`, …: the columns of the ledger that `on` names, in its
    order. `full` is null where no base is recorded.
    """
    paid = effective(enough.ledger)
    paid = paid.filter(fulfils(paid, {"by_payroll": {"not": True}}, bundle.scope))
    # Every period judged begins in the assessment year.
    paid = paid.filter((paid["paid_on"] <= clock("today")) & (paid["month"] >= clock("year_first")))
    parts = PARTS.filter(PARTS["bundle"] == bundle.index).select("part", "per")
    periods = parts.join(PERIODS, "per").select(
        "part", "period", on="first", until="last", quarter_end=_quarter_end(PERIODS["last"])
    )
    begun = periods.view()
    paid = paid.join(begun, paid["month"] == begun["on"])
    payees = _payees()
    paid = paid.left_join(payees, paid["unit"] == payees["u_unit"])
    quarterly = paid["o_quarterly"].fill_null(False)
    deadline = ibis.ifelse(quarterly, paid["quarter_end"], paid["until"])
    paid = paid.filter(paid["paid_on"] <= deadline)
    rates = RATES.join(periods.select("part", "period", "on"), ["part", "period"])
    rates = rates.drop("period").rename(r_part="part", r_on="on", r_category="category").view()
    # A missing or zero base chooses the lowest bracket; a missing one stays unknown below.
    amount = ibis.greatest(paid["base"].fill_null(1), 1)
    rated = paid.left_join(
        rates,
        [
            paid["part"] == rates["r_part"],
            paid["on"] == rates["r_on"],
            paid["category"] == rates["r_category"],
            amount > rates["over"],
            amount <= rates["up_to"],
        ],
    )
    reduced = rated["reduced_to"].notnull() & (
        rated["reduction_approver"] == rated["o_superior"]
    ).fill_null(False)
    # paid ≥ round-half-up(base × permille / 1000) in whole 分, without dividing.
    by_rate = rated["paid"] * 1000 + 499 >= rated["base"] * rated["permille"]
    full = ibis.cases(
        (reduced, rated["paid"] >= rated["reduced_to"]),
        (rated["fixed"].notnull(), rated["paid"] >= rated["fixed"]),
        else_=by_rate,
    )
    payers = {f"p_{i}": rated[name] for i, name in enumerate(enough.on.values())}
    return rated.select("part", "on", "record", p_unit="o_unit", **payers, full=full)


def _payees() -> ir.Table:
    """Of each unit dues are paid to: its organization, whether by the quarter, and its superior."""
    own = facts("party_organizations").select("number", "dues_by_quarter", "superior")
    joined = UNITS.left_join(own, UNITS["of_organization"] == own["number"])
    return joined.select(
        u_unit="unit",
        o_unit="of_organization",
        o_quarterly="dues_by_quarter",
        o_superior="superior",
    ).view()


def _quarter_end(last: ir.Value) -> ir.DateValue:
    quarter_start = last.truncate("Q").cast("date")
    end = quarter_start + ibis.interval(months=3) - ibis.interval(days=1)
    return end.cast("date")


def _of_payer(rows: ir.Table, paid: ir.Table, enough: Enough) -> list[ir.BooleanValue]:
    """Whether a payment is of the member of a row."""
    ties = [rows[left] == paid[f"p_{i}"] for i, left in enumerate(enough.on)]
    return [rows["part"] == paid["p_part"], rows["unit_judged"] == paid["p_unit"], *ties]


def paid_in_full(rows: ir.Table, enough: Enough, bundle: Bundle) -> ir.Table:
    """The payments that are enough for the member-months: KEYS and `record`."""
    paid = payments(enough, bundle).rename(p_part="part")
    paid = paid.filter(paid["full"].fill_null(False)).view()
    joined = rows.join(paid, [*_of_payer(rows, paid, enough), rows["first"] == paid["on"]])
    return joined.select(*KEYS, "record")


def months_paid(enough: Enough, bundle: Bundle) -> ir.Table:
    """Of each payer the months paid in full and those of an unknown base, as bits.

    Gathered before anybody asks for a month: members are far fewer than their months.
    """
    paid = payments(enough, bundle).rename(p_part="part")
    payer = ["p_part", "p_unit", *(f"p_{i}" for i in range(len(enough.on)))]
    month = month_bit(paid["on"])
    return paid.group_by(*payer).agg(
        full_months=month.bit_or(where=paid["full"].fill_null(False)),
        open_months=month.bit_or(where=paid["full"].isnull()),
    )


def paid_up(rows: ir.Table, months: ir.Table, enough: Enough) -> ir.Table:
    """The members (rows of `population.throughout`) who paid every month asked, `times` of them."""
    months = months.view()
    joined = rows.join(months, _of_payer(rows, months, enough))
    paid = joined.filter((joined["full_months"] & joined["asked"]) == joined["asked"])
    return paid.select("part", "unit_judged", "member", "times")


def paid_up_cells(paid: ir.Table) -> ir.Table:
    """The cells of members who paid every month, all of a branch in one row."""
    folded = paid.group_by("part", "unit_judged").agg(
        member=paid["member"].min(), times=paid["times"].sum()
    )
    return cells_of(
        folded,
        unit=folded["unit_judged"],
        severity=ibis.literal(int(Severity.MET)),
        num=ibis.literal(1),
        den=ibis.literal(1),
    )


def dues_cells(rows: ir.Table, months: ir.Table, enough: Enough, bundle: Bundle) -> ir.Table:
    """One cell a branch, month and member, of member-months that are each there once."""
    months = months.view()
    joined = rows.left_join(months, _of_payer(rows, months, enough))
    month = month_bit(joined["first"])
    satisfied = ((joined["full_months"] & month) == month).fill_null(False)
    unknown = ((joined["open_months"] & month) == month).fill_null(False) & ~satisfied
    quarterly = facts("party_organizations").select(o_unit="number", o_quarterly="dues_by_quarter")
    quarterly = quarterly.view()
    judged = joined.mutate(satisfied=satisfied, unknown=unknown)
    judged = judged.left_join(quarterly, judged["unit_judged"] == quarterly["o_unit"])
    quarterly_too = judged["o_quarterly"].fill_null(False)
    judged = judged.mutate(
        deadline=ibis.ifelse(quarterly_too, _quarter_end(judged["last"]), judged["last"])
    )
    warned = judged["deadline"] - ibis.interval(days=bundle.numbers["warning_month"])
    in_time = severity_by_day(judged["satisfied"], judged["deadline"], warned)
    severity = ibis.ifelse(judged["unknown"], int(Severity.NO_DATA), in_time)
    return cells_of(
        judged,
        unit=judged["unit_judged"],
        severity=severity,
        reason=reason_if(judged["unknown"], Reason.MEASURE_MISSING),
        num=judged["satisfied"].cast("int64"),
        den=ibis.literal(1),
        due=open_due(severity, judged["deadline"]),
    )
