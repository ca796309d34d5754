"""Populations without a member: whether there is nobody, or nobody recorded."""

import ibis
import ibis.expr.types as ir

from tongrong.engine.cells import REASONS, cells_of, empties, figure_reason, open_due, reason_if
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, with_day
from tongrong.engine.population import Population
from tongrong.engine.registers import declared_nil
from tongrong.engine.selection import Selection, select
from tongrong.engine.standing import with_lived
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Reason, Severity


def without_members(
    frame: ir.Table, each: Population, bundle: Bundle, measures: Measures
) -> ir.Table:
    """Cells of the units and periods of which a population has no member.

    Not applicable where there is none, no data where nobody recorded whether there is; yearly
    figures are open until they are due, and not asked of a unit founded in the year.
    """
    if each.is_by_year:
        return _without_figures(frame, each, bundle)
    if not each.is_yearly:
        spared = each.unkept is not None
        return empties(frame, measures.kept(each.base, bundle.scope), spared=spared)
    rows = with_lived(with_day(frame, "figures_due"), clock("year_first"))
    severity = ibis.cases(
        (~rows["lived"], int(Severity.NOT_APPLICABLE)),
        (clock("today") <= rows["figures_due"], int(Severity.PENDING)),
        else_=int(Severity.NO_DATA),
    )
    return cells_of(
        rows,
        severity=severity,
        reason=figure_reason(severity, rows["lived"]),
        due=open_due(severity, rows["figures_due"]),
    )


def _without_figures(frame: ir.Table, each: Population, bundle: Bundle) -> ir.Table:
    """Cells of years without a member: not applicable where any figure of the year is recorded.

    Otherwise the figures are missing: open until the year is settled, then no data.
    """
    register = Selection(ledger=each.ledger, whose=each.whose, by=each.by, dated=each.dated)
    rows = select({0: register}, bundle.scope).select("subject", "day").view()
    in_period = [rows["day"] >= frame["first"], rows["day"] <= frame["last"]]
    kept = frame.semi_join(rows, [frame["unit"] == rows["subject"], *in_period])
    nil = declared_nil(each.ledger, [bundle.scope]).view()
    kept = kept.union(frame.semi_join(nil, frame["unit"] == nil["kept_unit"]))
    missing = frame.anti_join(kept.view(), ["part", "unit", "period"])
    severity = ibis.ifelse(missing["elapsed"], int(Severity.NO_DATA), int(Severity.PENDING))
    kept = kept.distinct()
    return cells_of(
        kept,
        severity=ibis.literal(int(Severity.NOT_APPLICABLE)),
        reason=ibis.literal(REASONS.index(Reason.EMPTY_POPULATION)),
    ).union(
        cells_of(
            missing,
            severity=severity,
            reason=reason_if(missing["elapsed"], Reason.MEASURE_MISSING),
            due=open_due(severity, missing["due_by"]),
        )
    )
