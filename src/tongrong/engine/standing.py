"""States at D: how many hold, which records they are, whether their register is kept."""

import ibis.expr.types as ir

from tongrong.engine.measures import Measures, Role
from tongrong.engine.part import Bundle
from tongrong.engine.selection import Asks, Selection, at_day, hold, one_of, select
from tongrong.engine.tables import SUBJECTS, as_column, clock
from tongrong.vocabulary.verdicts import Scope


def held_at_d(asks: Asks, scope: Scope, *columns: str) -> ir.Table:
    """The states selected that hold at D, their `holding` conditions applied."""
    rows = at_day(select(asks, scope, columns), clock("today"))
    rows = rows.mutate(reference=as_column(clock("today")))
    return hold(rows, one_of(asks), scope, "reference")


def count_at_d(
    frame: ir.Table,
    name: str,
    asks: Asks,
    count: str,
    bundle: Bundle,
    measures: Measures,
    role: Role = Role.COUNTED,
) -> ir.Table:
    """The frame with a column: distinct values of `count` among the unit's states at D."""
    like = one_of(asks)
    if like.holding or like.not_holding:
        rows = held_at_d(asks, bundle.scope, count)
        counted = rows.group_by("part", "subject").agg(n=rows[count].nunique().cast("int64"))
    else:
        counted = measures.standing(asks, bundle.scope, count, role)
    return with_count(frame, name, counted)


def with_count(frame: ir.Table, name: str, counted: ir.Table) -> ir.Table:
    """The frame with a column: `n` of its part and unit, 0 for none."""
    counted = counted.select("n", n_part="part", n_unit="subject").view()
    joined = frame.left_join(
        counted, (frame["part"] == counted["n_part"]) & (frame["unit"] == counted["n_unit"])
    )
    return joined.mutate(**{name: joined["n"].fill_null(0)}).drop("n", "n_part", "n_unit")


def with_kept(frame: ir.Table, bundle: Bundle, measures: Measures, of: Selection) -> ir.Table:
    """The frame with `kept`: whether the unit keeps the register read."""
    kept = measures.kept(of, bundle.scope)
    joined = frame.left_join(kept, frame["unit"] == kept["kept_unit"])
    return joined.mutate(kept=joined["kept_unit"].notnull()).drop("kept_unit")


def with_lived(frame: ir.Table, day: ir.DateValue) -> ir.Table:
    """The frame with `lived`: whether the unit was there on a day, so that its year is whole."""
    began = SUBJECTS.group_by(b_unit="unit").agg(began=SUBJECTS["start"].min()).view()
    joined = frame.join(began, frame["unit"] == began["b_unit"])
    return joined.mutate(lived=joined["began"] <= day).drop("b_unit", "began")


def records_at_d(bundle: Bundle, asks: Asks) -> ir.Table:
    """The records of the judged units that hold at D, as `part`, `unit`, `record`."""
    return records_among(bundle.units(), held_at_d(asks, bundle.scope))


def records_among(frame: ir.Table, rows: ir.Table) -> ir.Table:
    """The records of the frame's units among rows with `part`, `subject`, `record`."""
    rows = rows.select("record", r_part="part", r_subject="subject").view()
    joined = frame.join(
        rows, (frame["part"] == rows["r_part"]) & (frame["unit"] == rows["r_subject"])
    )
    return joined.select("part", "unit", "record")
