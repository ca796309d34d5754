"""Obligations: duties with a due day of their own, such as an audit within six months."""

from collections.abc import Callable, Iterable

import ibis
import ibis.expr.types as ir
from pydantic import Field, model_validator

from tongrong.engine.cells import cells_of, open_due, severity_by_day
from tongrong.engine.matches import Dated, Has, covered
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle
from tongrong.engine.population import Population, populations, qualified
from tongrong.engine.selection import Strict
from tongrong.engine.since import Since
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Severity


class Due(Strict):
    """When an obligation falls due: so long after a day, on a recorded day, or at an end.

    `on` names the column of the day itself; with `ahead` the obligation arises only in the
    warning days before it. `after: start` counts from the day the state began, or both of a
    pair did.
    """

    on: str | None = None
    ahead: bool = False
    after: str | None = None
    days: str | None = None
    months: str | None = None
    years: str | None = None
    or_: str | None = Field(default=None, alias="or")
    sooner: str | None = None

    @model_validator(mode="after")
    def _one_length(self) -> "Due":
        lengths = sum(map(bool, (self.days, self.months, self.years)))
        if bool(self.on) == bool(self.after) or lengths != bool(self.after):
            raise ValueError("写 on，或 after 与 days、months、years 之一")
        if self.on and (self.or_ or self.sooner):
            raise ValueError("or 与 sooner 同 after 一起用")
        if self.ahead and not self.on:
            raise ValueError("ahead 与 on 一起用")
        return self

    @property
    def columns(self) -> set[str]:
        """The columns it reads of the population's rows."""
        return set(filter(None, (self.on, self.after, self.or_))) - {"start"}

    @property
    def length(self) -> str:
        """The name of the threshold that says how long."""
        return self.days or self.months or self.years or ""


def obligations(
    each: Population,
    due: Due,
    bundle: Bundle,
    reads: Iterable[str],
    still_owed: Callable[[ir.Table], ir.BooleanValue] | None = None,
) -> ir.Table:
    """The rows of the population whose obligation belongs to the year, with `due_on`.

    It belongs if it arose by D, began by the end of the year and is due in the year or later.
    One that a term brings (`sooner`) arises in its warning days and belongs to every year
    the state still held in; `settled_by` is its last day, of any other the due day. With
    `still_owed`, which rows were not settled before the year, one overdue since earlier stays.
    """
    frame = bundle.units().rename(unit_judged="unit")
    rows = populations(each, bundle, {*reads, *due.columns})
    arises = due.after or ("day" if each.is_event else "start")
    rows = rows.filter(rows[due.on or arises].notnull())
    on = rows[due.on] if due.on else _later(rows[arises], due, bundle)
    if due.or_:
        on = ibis.coalesce(rows[due.or_], on)
    if due.sooner:
        on = ibis.least(rows["stop"], on)
    rows = rows.mutate(due_on=on, settled_by=rows["stop"] if due.sooner else on)
    open_in_year = rows["settled_by"] >= clock("year_first")
    if still_owed:
        open_in_year |= still_owed(rows)
    rows = rows.filter((rows[arises] <= clock("year_last")) & open_in_year)
    if due.sooner or due.ahead:
        warned = rows["due_on"] - ibis.interval(days=bundle.numbers["warning_year"])
        rows = rows.filter(clock("today") > warned)
    rows = rows.rename(m_part="part")
    joined = frame.join(
        rows, (frame["part"] == rows["m_part"]) & (frame["unit_judged"] == rows["subject"])
    )
    day = "day" if each.is_event else "reference"
    return qualified(joined, each, bundle, day)


def _later(day: ir.DateValue, due: Due, bundle: Bundle) -> ir.DateValue:
    number = bundle.numbers[due.length]
    if due.days:
        return (day + ibis.interval(days=number)).cast("date")
    months = number if due.months else 12 * number
    return (day + ibis.interval(months=months)).cast("date")


def settled(rows: ir.Table, has: Has, bundle: Bundle, measures: Measures) -> ir.Table:
    """The records that settled obligations: dated from the row's start until `settled_by`."""
    start = rows["start"] if "start" in rows.columns else rows["day"]
    return covered(rows, has, bundle, measures, Dated(start, rows["settled_by"], Since.EVER))


def obligation_cells(rows: ir.Table, done: ir.Table, bundle: Bundle) -> ir.Table:
    """One cell a unit and member: the worst of the member's obligations, `done` those settled."""
    # Of a pair one row of the register obliges more than once, by a due day of its own each.
    own_days = {"d_due": "due_on"} if "due_on" in done.columns else {}
    done = done.select(
        d_part="part", d_unit="unit_judged", d_member="member", d_record="member_record", **own_days
    )
    done = done.distinct().view()
    joined = rows.left_join(
        done,
        (rows["part"] == done["d_part"])
        & (rows["unit_judged"] == done["d_unit"])
        & (rows["member"] == done["d_member"])
        & (rows["record"] == done["d_record"])
        & (rows["due_on"] == done["d_due"] if own_days else ibis.literal(True)),
    )
    warned = joined["due_on"] - ibis.interval(days=bundle.numbers["warning_obligation"])
    severity = severity_by_day(joined["d_record"].notnull(), joined["due_on"], warned)
    judged = joined.mutate(severity=severity, open_on=open_due(severity, joined["due_on"]))
    worst = judged.group_by("part", "unit_judged", "member").agg(
        severity=judged["severity"].max(), due=judged["open_on"].min()
    )
    return cells_of(
        worst,
        unit=worst["unit_judged"],
        num=(worst["severity"] == int(Severity.MET)).cast("int64"),
        den=ibis.literal(1),
    )
