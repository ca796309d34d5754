"""States at D: how many hold, which records they are, whether their register is kept."""

import ibis.expr.types as ir

from tongrong.engine.measures import Measures
from tongrong.engine.part import Part
from tongrong.engine.selection import Selection, at_day, hold, select
from tongrong.engine.tables import as_column, clock
from tongrong.vocabulary.verdicts import Scope


def held_at_d(of: Selection, scope: Scope) -> ir.Table:
    """The states of a selection that hold at D, its `holding` conditions applied."""
    rows = at_day(select(of, scope), clock("today")).mutate(reference=as_column(clock("today")))
    return hold(rows, of, scope, "reference")


def count_at_d(
    frame: ir.Table, name: str, part: Part, measures: Measures, of: Selection, count: str
) -> ir.Table:
    """The frame with a column: distinct values of `count` among the unit's states at D."""
    if of.holding or of.not_holding:
        rows = held_at_d(of, part.scope)
        counted = rows.group_by("subject").agg(n=rows[count].nunique().cast("int64"))
    else:
        standing, column = measures.standing(of, part.scope, count)
        counted = standing.select("subject", n=standing[column])
    joined = frame.left_join(counted, frame["unit"] == counted["subject"])
    return joined.mutate(**{name: joined["n"].fill_null(0)}).drop("n", "subject")


def with_kept(frame: ir.Table, part: Part, measures: Measures, of: Selection) -> ir.Table:
    """The frame with `kept`: whether the unit keeps the register read."""
    kept = measures.kept(of, part.scope)
    joined = frame.left_join(kept, frame["unit"] == kept["kept_unit"])
    return joined.mutate(kept=joined["kept_unit"].notnull()).drop("kept_unit")


def records_at_d(part: Part, measures: Measures, of: Selection) -> ir.Table:
    """The records of the judged units that hold at D, as `unit`, `record`."""
    frame, rows = part.judged(measures), held_at_d(of, part.scope)
    return frame.join(rows, frame["unit"] == rows["subject"]).select("unit", "record")
