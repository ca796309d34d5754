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
from tongrong.engine.population import KEYS
from tongrong.engine.selection import Rows, passes
from tongrong.engine.tables import RATES, clock, facts
from tongrong.vocabulary.verdicts import Reason, Severity


class Enough(Rows):
    """Each member-month has a payment in time that is enough by the table of rates."""

    whose: Literal["own"] = "own"
    on: dict[str, str]
    rates: str


def with_deadline(rows: ir.Table) -> ir.Table:
    """Member-months with the last day to pay: the month's, or the quarter's where agreed."""
    own = (
        facts("party_organizations")
        .select(o_unit="number", o_quarterly="dues_by_quarter", o_superior="superior")
        .view()
    )
    joined = rows.left_join(own, rows["unit_judged"] == own["o_unit"])
    quarter_start = joined["last"].truncate("Q").cast("date")
    quarter_end = (quarter_start + ibis.interval(months=3) - ibis.interval(days=1)).cast("date")
    quarterly = joined["o_quarterly"].fill_null(False)
    return joined.mutate(deadline=ibis.ifelse(quarterly, quarter_end, joined["last"]))


def payments(
    rows: ir.Table, enough: Enough, bundle: Bundle, how: Literal["inner", "left"] = "inner"
) -> ir.Table:
    """Payments in time for member-months: KEYS, `deadline`, `record`, `full`, `paid`.

    `full` is null where no base is recorded; a `left` join keeps months without a payment,
    `paid` is false for them.
    """
    paid = facts(enough.ledger)
    paid = paid.filter(passes(paid, {"by_payroll": {"not": True}}, bundle.scope))
    # Every period judged begins in the assessment year.
    paid = paid.filter((paid["paid_on"] <= clock("today")) & (paid["month"] >= clock("year_first")))
    keep = ("record", "category", "base", "paid", "paid_on", "month", "reduced_to",
            "reduction_approver")  # fmt: skip
    right = paid.select(
        **{f"x_{name}": paid[name] for name in keep},
        **{f"t_{i}": paid[name] for i, name in enumerate(enough.on.values())},
        x_unit=paid["of_organization"],
    ).view()
    ties = [rows[left] == right[f"t_{i}"] for i, left in enumerate(enough.on)]
    joined = rows.join(
        right,
        [
            *ties,
            rows["unit_judged"] == right["x_unit"],
            rows["first"] == right["x_month"],
            right["x_paid_on"] <= rows["deadline"],
        ],
        how=how,
    )
    rates = RATES.rename(r_part="part", r_period="period", r_category="category").view()
    # A missing or zero base chooses the lowest bracket; a missing one stays unknown below.
    amount = ibis.greatest(joined["x_base"].fill_null(1), 1)
    joined = joined.left_join(
        rates,
        [
            joined["part"] == rates["r_part"],
            joined["period"] == rates["r_period"],
            joined["x_category"] == rates["r_category"],
            amount > rates["over"],
            amount <= rates["up_to"],
        ],
    )
    reduced = joined["x_reduced_to"].notnull() & (
        joined["x_reduction_approver"] == joined["o_superior"]
    ).fill_null(False)
    # paid ≥ round-half-up(base × permille / 1000) in whole 分, without dividing.
    by_rate = joined["x_paid"] * 1000 + 499 >= joined["x_base"] * joined["permille"]
    full = ibis.cases(
        (reduced, joined["x_paid"] >= joined["x_reduced_to"]),
        (joined["fixed"].notnull(), joined["x_paid"] >= joined["fixed"]),
        else_=by_rate,
    )
    paid_for = joined["x_month"].notnull()
    return joined.select(*KEYS, "deadline", record="x_record", full=full, paid=paid_for)


def dues_cells(rows: ir.Table, enough: Enough, bundle: Bundle) -> ir.Table:
    """One cell a branch, month and member."""
    paid = payments(with_deadline(rows), enough, bundle, how="left")
    some, full = paid["paid"], paid["full"]
    joined = paid.group_by(*KEYS).agg(
        deadline=paid["deadline"].max(),
        satisfied=(some & full.fill_null(False)).any(),
        open=(some & full.isnull()).any(),
    )
    satisfied, unknown = joined["satisfied"], joined["open"] & ~joined["satisfied"]
    warned = joined["deadline"] - ibis.interval(days=bundle.numbers["warning_month"])
    in_time = severity_by_day(satisfied, joined["deadline"], warned)
    severity = ibis.ifelse(unknown, int(Severity.NO_DATA), in_time)
    return cells_of(
        joined,
        unit=joined["unit_judged"],
        severity=severity,
        reason=reason_if(unknown, Reason.MEASURE_MISSING),
        num=satisfied.cast("int64"),
        den=ibis.literal(1),
        due=open_due(severity, joined["deadline"]),
    )
