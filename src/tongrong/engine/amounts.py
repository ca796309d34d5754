"""Amounts of a selection: of states at D, of events in periods, of figures of years."""

from collections.abc import Mapping
from typing import Annotated, Literal

import ibis
import ibis.expr.types as ir
from pydantic import BeforeValidator

from tongrong.engine.measures import Measures, Role
from tongrong.engine.part import Bundle, Kind
from tongrong.engine.selection import Asks, Selection, Strict, hold, one_of, select
from tongrong.engine.standing import count_at_d, held_at_d, records_among, with_count
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Scope

FigureYear = Literal["current", "last", "closed", "before"]


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

    @property
    def read(self) -> tuple[str, ...]:
        """The columns it counts or sums."""
        return (*(self.sum or ()), *filter(None, [self.count]))


class Figures(Strict):
    """Which year's figures are read on each side."""

    numerator: FigureYear
    denominator: FigureYear


def with_amount(
    frame: ir.Table,
    name: str,
    amounts: Mapping[int, Amount],
    bundle: Bundle,
    measures: Measures,
    role: Role = Role.COUNTED,
) -> ir.Table:
    """The frame with a column: the amount of each unit and period (states: at D); 0 for none."""
    like = next(iter(amounts.values()))
    asks = bases(amounts)
    if not like.is_event and not like.sum:
        return count_at_d(frame, name, asks, like.count or "record", bundle, measures, role)
    if not like.is_event:
        held = held_at_d(asks, bundle.scope, *like.read)
        counted = held.group_by("part", "subject").agg(n=_taken(held, like))
        return with_count(frame, name, counted)
    if like.count or like.sum or not by_month(like, bundle.rule):
        return with_rows_in_period(frame, name, amounts, bundle)
    monthly = measures.monthly(asks, bundle.scope, bundle.since, role=role)
    counted = in_months(bundle.units(), monthly)
    return _by_period(frame, name, counted)


def with_rows_in_period(
    frame: ir.Table, name: str, amounts: Mapping[int, Amount], bundle: Bundle
) -> ir.Table:
    """The frame with a column: the amount of events dated, or states held, in the period."""
    like = next(iter(amounts.values()))
    found = events_in(bundle.units(), bases(amounts), bundle.scope, *like.read)
    counted = found.group_by("part", "unit", "period").agg(n=_taken(found, like))
    return _by_period(frame, name, counted)


def _by_period(frame: ir.Table, name: str, counted: ir.Table) -> ir.Table:
    """The frame with a column: `n` of its part, unit and period, 0 for none."""
    counted = counted.select("n", n_part="part", n_unit="unit", n_period="period").view()
    joined = frame.left_join(
        counted,
        (frame["part"] == counted["n_part"])
        & (frame["unit"] == counted["n_unit"])
        & (frame["period"] == counted["n_period"]),
    )
    dropped = ("n", "n_part", "n_unit", "n_period")
    return joined.mutate(**{name: joined["n"].fill_null(0)}).drop(*dropped)


def bases(amounts: Mapping[int, Amount]) -> Asks:
    """The selections of the amounts."""
    return {number: amount.base for number, amount in amounts.items()}


def by_month(selection: Selection, rule: Kind) -> bool:
    """Whether counts by month add up to the rule's periods: whole months, no other register."""
    in_window = rule.per.startswith("window:")
    return not (in_window or selection.holding or selection.not_holding)


def in_months(frame: ir.Table, monthly: ir.Table) -> ir.Table:
    """Counts by month summed to the periods of the frame: part, unit, period, `n`."""
    months = monthly.select("n", "month", m_part="part", m_unit="subject").view()
    joined = frame.join(
        months,
        [
            frame["part"] == months["m_part"],
            frame["unit"] == months["m_unit"],
            months["month"] >= frame["first"],
            months["month"] <= frame["last"],
        ],
    )
    return joined.group_by("part", "unit", "period").agg(n=joined["n"].sum().cast("int64"))


def _taken(rows: ir.Table, amount: Amount) -> ir.IntegerValue:
    """The sum of the columns named, the distinct values of one, or how many records."""
    if not amount.sum:
        return rows[amount.count or "record"].nunique().cast("int64")
    total = ibis.literal(0, "int64")
    for column in amount.sum:
        total = total + rows[column].fill_null(0)
    return total.sum().cast("int64")


def with_gaps(
    frame: ir.Table, name: str, amounts: Mapping[int, Amount], bundle: Bundle
) -> ir.Table:
    """The frame with a column: whether a record summed leaves the (first) column summed empty."""
    like, asks = next(iter(amounts.values())), bases(amounts)
    if not like.sum:
        return frame.mutate(**{name: ibis.literal(False)})
    keys = ("part", "unit", "period")
    if like.is_event:
        rows = events_in(bundle.units(), asks, bundle.scope, *like.read)
    else:
        rows = held_at_d(asks, bundle.scope, *like.read).mutate(period=ibis.literal(""))
        rows = rows.rename(unit="subject")
    rows = rows.filter(rows[like.sum[0]].isnull())
    gaps = rows.select(**{f"g_{key}": key for key in keys}).distinct().view()
    joined = frame.left_join(gaps, [frame[key] == gaps[f"g_{key}"] for key in keys])
    found = joined.mutate(**{name: joined["g_part"].notnull()})
    return found.drop(*[f"g_{key}" for key in keys])


def events_in(frame: ir.Table, asks: Asks, scope: Scope, *columns: str) -> ir.Table:
    """The events of each part, unit and period of the frame; of states those that held in it."""
    like, rows = one_of(asks), select(asks, scope, columns)
    if not like.is_event:
        # A state counts for a period it shares a day with; what it is tied to, on its first day.
        rows = rows.mutate(day=rows["start"])
    rows = hold(rows, like, scope, "day").rename(e_part="part")
    dates = frame.select("part", "unit", "period", "first", "last")
    end = rows["day"] if like.is_event else rows["stop"] - ibis.interval(days=1)
    return dates.join(
        rows,
        (dates["part"] == rows["e_part"])
        & (dates["unit"] == rows["subject"])
        & (end >= dates["first"])
        & (rows["day"] <= dates["last"]),
    )


def figure_year(year: FigureYear) -> ir.IntegerValue:
    """The year a side of a figures ratio reads."""
    if year in {"closed", "before"}:
        return clock("closed") if year == "closed" else clock("closed") - 1
    return clock("year") if year == "current" else clock("year") - 1


def figure_rows(asks: Asks, year: FigureYear, scope: Scope, *columns: str) -> ir.Table:
    """The rows of that year."""
    rows = select(asks, scope, columns)
    return rows.filter(rows["year"] == figure_year(year))


def lists_in(where: Mapping[str, object]) -> dict[str, list[object]]:
    """The values that tests list, by column."""
    return {name: test for name, test in where.items() if isinstance(test, list)}


def with_figure(
    frame: ir.Table, name: str, amounts: Mapping[int, Amount], year: FigureYear, scope: Scope
) -> ir.Table:
    """The frame with a column: the sum over the year's rows, empty where there is none.

    Where tests list several values of a column, the sum needs figures of each of them.
    """
    like = next(iter(amounts.values()))
    listed = sorted({name for one in amounts.values() for name in lists_in(one.where)})
    rows = figure_rows(bases(amounts), year, scope, *like.read, *listed)
    if not like.sum:
        raise TypeError("figures need `sum`")
    total = rows[like.sum[0]]
    for column in like.sum[1:]:
        total = total + rows[column].fill_null(0)
    summed = rows.mutate(part_of_sum=total).group_by(n_part="part", n_unit="subject")
    of_each = {f"of_{name}": ibis._[name].nunique() for name in listed}
    counted = summed.agg(n=ibis._["part_of_sum"].sum().cast("int64"), **of_each)
    for part, one in amounts.items():
        for column, wanted in lists_in(one.where).items():
            some = (counted["n_part"] == part) & (counted[f"of_{column}"] < len(set(wanted)))
            counted = counted.filter(~some)
    counted = counted.select("n_part", "n_unit", "n").view()
    joined = frame.left_join(
        counted, (frame["part"] == counted["n_part"]) & (frame["unit"] == counted["n_unit"])
    )
    return joined.mutate(**{name: joined["n"]}).drop("n", "n_part", "n_unit")


def records_of(
    frame: ir.Table, amounts: Mapping[int, Amount], scope: Scope, year: FigureYear | None = None
) -> ir.Table:
    """The records amounts counted, as `part`, `unit`, `record`."""
    asks = bases(amounts)
    if year is not None:
        return records_among(frame, figure_rows(asks, year, scope))
    if one_of(asks).is_event:
        return events_in(frame, asks, scope).select("part", "unit", "record")
    return records_among(frame, held_at_d(asks, scope))
