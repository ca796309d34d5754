"""Amounts of a selection: of states at D, of events in periods, of figures of years."""

from typing import Annotated, Literal

import ibis
import ibis.expr.types as ir
from pydantic import BeforeValidator

from tongrong.engine.measures import Measures
from tongrong.engine.part import Part
from tongrong.engine.selection import Selection, Strict, hold, select
from tongrong.engine.standing import count_at_d, held_at_d
from tongrong.engine.tables import clock

FigureYear = Literal["current", "last", "closed"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Amount(Selection):
    """A selection with what to take of it: rows, distinct values of `count`, or the `sum`."""

    count: str | None = None
    sum: Annotated[list[str] | None, BeforeValidator(_listed)] = None

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"count", "sum"}))

    def at_most_of(self, whole: "Amount") -> "Amount | None":
        """The amount if every attribute that is not recorded stood as tested.

        Only optional attributes that the numerator tests and the whole does not can be
        missing; None where there is no such, and so no doubt.
        """
        columns = self.declared.columns
        doubted = {
            name: {"or_missing": test}
            for name, test in self.where.items()
            if name not in whole.where and name in columns and columns[name].optional
            and not (isinstance(test, dict) and "recorded" in test)
        }  # fmt: skip
        return self.model_copy(update={"where": {**self.where, **doubted}}) if doubted else None


class Figures(Strict):
    """Which year's figures are read on each side."""

    numerator: FigureYear
    denominator: FigureYear


def with_amount(
    frame: ir.Table, name: str, amount: Amount, part: Part, measures: Measures
) -> ir.Table:
    """The frame with a column: the amount of each unit and period (states: at D); 0 for none."""
    if not amount.is_event and not amount.sum:
        return count_at_d(frame, name, part, measures, amount.base, amount.count or "record")
    if not amount.is_event:
        held = held_at_d(amount.base, part.scope).drop("unit")
        found = frame.select("unit", "period").join(held, frame["unit"] == held["subject"])
        counted = found.group_by("unit", "period").agg(n=_taken(found, amount))
    elif amount.count or amount.sum or not by_month(amount, part):
        found = events_in(frame, amount.base, part)
        counted = found.group_by("unit", "period").agg(n=_taken(found, amount))
    else:
        monthly, column = measures.monthly(amount.base, part.scope)
        joined = frame.join(
            monthly,
            (frame["unit"] == monthly["subject"])
            & (monthly["month"] >= frame["first"])
            & (monthly["month"] <= frame["last"]),
        )
        counted = joined.group_by("unit", "period").agg(n=joined[column].sum().cast("int64"))
    counted = counted.select("n", n_unit="unit", n_period="period").view()
    joined = frame.left_join(
        counted, (frame["unit"] == counted["n_unit"]) & (frame["period"] == counted["n_period"])
    )
    return joined.mutate(**{name: joined["n"].fill_null(0)}).drop("n", "n_unit", "n_period")


def by_month(selection: Selection, part: Part) -> bool:
    """Whether counts by month add up to the part's periods: whole months, no other register."""
    in_window = part.rule.per.startswith("window:")
    return not (in_window or selection.holding or selection.not_holding)


def _taken(rows: ir.Table, amount: Amount) -> ir.IntegerValue:
    """The sum of the columns named, the distinct values of one, or how many records."""
    if not amount.sum:
        return rows[amount.count or "record"].nunique().cast("int64")
    total = ibis.literal(0, "int64")
    for column in amount.sum:
        total = total + rows[column].fill_null(0)
    return total.sum().cast("int64")


def events_in(frame: ir.Table, selection: Selection, part: Part) -> ir.Table:
    """The events of each unit and period of the frame, with all their columns."""
    rows = hold(select(selection, part.scope), selection, part.scope, "day")
    rows = rows.drop("unit") if "unit" in rows.columns else rows
    dates = frame.select("unit", "period", "first", "last")
    return dates.join(
        rows,
        (dates["unit"] == rows["subject"])
        & (rows["day"] >= dates["first"])
        & (rows["day"] <= dates["last"]),
    )


def figure_year(year: FigureYear) -> ir.IntegerValue:
    """The year a side of a figures ratio reads."""
    if year == "closed":
        return clock("closed")
    return clock("year") if year == "current" else clock("year") - 1


def figure_rows(amount: Amount, year: FigureYear, part: Part) -> ir.Table:
    """The rows of that year."""
    rows = select(amount.base, part.scope)
    return rows.filter(rows["year"] == figure_year(year))


def with_figure(
    frame: ir.Table, name: str, amount: Amount, year: FigureYear, part: Part
) -> ir.Table:
    """The frame with a column: the sum over the year's rows, empty where there is none."""
    rows = figure_rows(amount, year, part)
    if not amount.sum:
        raise TypeError("figures need `sum`")
    total = rows[amount.sum[0]]
    for column in amount.sum[1:]:
        total = total + rows[column].fill_null(0)
    summed = rows.mutate(part_of_sum=total).group_by(n_unit="subject")
    counted = summed.agg(n=ibis._["part_of_sum"].sum().cast("int64"))
    joined = frame.left_join(counted, frame["unit"] == counted["n_unit"])
    return joined.mutate(**{name: joined["n"]}).drop("n", "n_unit")


def records_of(
    frame: ir.Table, amount: Amount, part: Part, year: FigureYear | None = None
) -> ir.Table:
    """The records an amount counted, as `unit`, `record`."""
    if year is not None:
        rows = figure_rows(amount, year, part)
    elif amount.is_event:
        return events_in(frame, amount.base, part).select("unit", "record")
    else:
        rows = held_at_d(amount.base, part.scope)
    return frame.join(rows, frame["unit"] == rows["subject"]).select("unit", "record")
