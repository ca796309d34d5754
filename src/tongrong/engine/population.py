"""Populations of a coverage: who or what each must be covered, and over which days."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.cells import reached
from tongrong.engine.part import Bundle
from tongrong.engine.selection import Asks, Rows, Selection, Strict, at_day, column, hold, select
from tongrong.engine.since import read_since
from tongrong.engine.tables import FOREVER, SOLE, clock, person_column
from tongrong.facts.ledger import Holds
from tongrong.vocabulary.verdicts import Scope

KEYS = ("part", "unit_judged", "period", "member")
# Whether another row of the same keys stands for the member.
AGAIN = "again"


class Paired(Rows):
    """A second register whose states pair with the first; the spans intersect."""

    whose: Literal["anyone", "own"] = "anyone"
    on: dict[str, str]
    member: str
    named: str

    @model_validator(mode="before")
    @classmethod
    def _as(cls, value: Any) -> Any:
        return _named(value)


class Counting(Selection):
    """So many states tied to a row hold on the day: only such rows make their member one."""

    whose: Literal["own", "attached", "subordinates", "below", "anyone"] = "anyone"
    on: dict[str, str]
    count: str
    at_least: str

    @model_validator(mode="after")
    def _plain_states(self) -> "Counting":
        if not isinstance(self.declared.time, Holds) or self.holding or self.not_holding:
            raise ValueError("counting 数的是状态，不写 holding")
        return self

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"on", "count", "at_least"}))


class Population(Selection):
    """Members to be covered: rows of a ledger, with the column that names the member.

    `unkept` says that who keeps no such register has no such member.
    """

    member: str
    unkept: Literal["not_applicable"] | None = None
    paired: Paired | None = None
    counting: Counting | None = None

    @property
    def by_days(self) -> bool:
        """Whether members are persons, who count from half the days of a period."""
        time = self.declared.time
        return isinstance(time, Holds) and time.persons

    @property
    def sole(self) -> set[str]:
        """SOLE where it speaks of the members."""
        of_members = self.paired is None and self.member == person_column(self.ledger)
        return {SOLE} if of_members else set()

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"member", "unkept", "paired", "counting"}))


class Listed(Strict):
    """A fixed list of values, each a member of every unit."""

    values: list[str]
    named: str

    @model_validator(mode="before")
    @classmethod
    def _as(cls, value: Any) -> Any:
        return _named(value)


def _named(value: Any) -> Any:
    if isinstance(value, dict) and "as" in value:
        value = {**value, "named": value["as"]}
        del value["as"]
    return value


def members(each: Population, asks: Asks, scope: Scope, reads: Iterable[str]) -> ir.Table:
    """The rows of populations like `each`: part, subject, time, `member`, what is read of them.

    Pairs carry the second member under the name given, and the intersection of the spans.
    """
    tied = {*(each.paired.on if each.paired else {}), *(each.counting.on if each.counting else {})}
    rows = select(asks, scope, {each.member, *tied, *reads})
    rows = rows.mutate(member=rows[each.member].cast("string"))
    if each.paired is None:
        return rows
    paired = each.paired
    pair = Selection(ledger=paired.ledger, where=paired.where, whose=paired.whose)
    right = select({0: pair}, scope, {paired.member, *paired.on.values()})
    keys = {f"p_{i}": column(right, name, scope) for i, name in enumerate(paired.on.values())}
    right = right.select(
        p_start="start", p_stop="stop", p_record="record", p_member=right[paired.member], **keys
    ).view()
    joined = rows.join(
        right,
        [column(rows, name, scope) == right[f"p_{i}"] for i, name in enumerate(paired.on)],
    )
    joined = joined.mutate(
        start=ibis.greatest(joined["start"], joined["p_start"]),
        stop=ibis.least(joined["stop"], joined["p_stop"]),
        member=joined["member"] + "/" + joined["p_member"],
        **{paired.named: joined["p_member"]},
    )
    keep = (joined["start"] < joined["stop"]) & (joined[each.member] != joined["p_member"])
    return joined.filter(keep).drop("p_start", "p_stop", "p_record", "p_member", *keys)


def populations(each: Population, bundle: Bundle, reads: Iterable[str]) -> ir.Table:
    """The members of every part of the bundle, like `each` in all but `where`."""
    return members(each, bundle.asks(lambda rule: rule.each.base), bundle.scope, reads)


def throughout(each: Population, bundle: Bundle, reads: Iterable[str]) -> ir.Table:
    """Members who count in every period judged by the one record they have in the ledger.

    Part, `unit_judged`, `member`, the columns read, and of the periods of their unit the months
    they begin in, `asked`, and how many they are, `times`. Not all such members: nobody where
    that depends on states of other registers.
    """
    rows = populations(each, bundle, {*reads, *each.sole})
    by_other_states = each.holding or each.not_holding or each.counting
    alone = rows[SOLE] if each.sole and not by_other_states else ibis.literal(False)
    rows = rows.filter(alone).select("part", "subject", "start", "stop", "member", *reads)
    frame = bundle.units()
    asked = (
        frame.group_by(f_part="part", unit_judged="unit")
        .agg(
            asked=month_bit(frame["first"]).bit_or(),
            times=frame.count(),
            begin=frame["first"].min(),
            end=frame["last"].max(),
        )
        .view()
    )
    tests = [rows["part"] == asked["f_part"], rows["subject"] == asked["unit_judged"]]
    held = [rows["start"] <= asked["begin"], rows["stop"] > asked["end"]]
    return rows.join(asked, [*tests, *held]).select(
        "part", "unit_judged", "member", *reads, "asked", "times"
    )


def month_bit(first: ir.Value) -> ir.IntegerValue:
    """The month in which a period of the assessment year begins, as a bit: many are a number."""
    return ibis.literal(1, "int64") << (first.month().cast("int64") - 1)


def in_periods(
    each: Population,
    bundle: Bundle,
    reads: Iterable[str],
    only: Sequence[str] = (),
    but: ir.Table | None = None,
) -> ir.Table:
    """The population's rows in each counted period of the frame.

    Columns of the frame, `start`, `stop` (or `day`), `member` and those read; `only` these, if
    named, and each combination once; without the members of `but` (by part, unit and member).
    Only members that count: persons by half the days, other states throughout, events by date.
    """
    if each.is_event or not each.by_days:
        rows = _by_span(each, bundle, reads)
        return rows.select(*only).distinct() if only else rows
    frame, rows = bundle.units(), populations(each, bundle, {*reads, *each.sole})
    if but is not None:
        same = ["part", ("subject", "unit_judged"), "member"]
        rows = rows.anti_join(but.view(), same)
    alone, others = (_touching(frame, some, each, bundle) for some in _alone_or_not(rows))
    alone, others = _long_enough(alone), _enough_days(others)
    if only:  # of whoever has one record no two rows are alike
        return alone.select(*only).union(others.select(*only).distinct())
    again = others["record"] != others["first_record"]
    if each.paired:  # a record may be there several times, with others
        again = ibis.row_number().over(group_by=list(KEYS), order_by="record") > 0
    others = others.mutate(**{AGAIN: again}).drop("first_record")
    return alone.mutate(**{AGAIN: ibis.literal(False)}).union(others)


def _alone_or_not(rows: ir.Table) -> tuple[ir.Table, ir.Table]:
    """The rows of members with one row each, and those of members with several.

    Who has one record in the whole ledger is known; only the others have to be counted.
    """
    sole = rows.filter(rows[SOLE]) if SOLE in rows.columns else None
    rest = rows if sole is None else rows.filter(~rows[SOLE])
    several = rest["record"].count().over(group_by=["part", "subject", "member"]) > 1
    rest = rest.mutate(several=several)
    alone, others = (
        rest.filter(test).drop("several") for test in (~rest["several"], rest["several"])
    )
    return alone if sole is None else sole.union(alone), others


def each_once(rows: ir.Table, *columns: str) -> ir.Table:
    """These columns of one row of each member, a part, unit and period; KEYS determine them."""
    if AGAIN in rows.columns:
        return rows.filter(~rows[AGAIN]).select(*columns)
    return rows.select(*columns).distinct()


def _by_span(each: Population, bundle: Bundle, reads: Iterable[str]) -> ir.Table:
    """The rows in the periods of the frame: events of their days, states that hold throughout."""
    frame, rows = bundle.units(), populations(each, bundle, reads)
    if each.is_event:
        rows = read_since(rows, bundle.since)
        joined = _framed(frame, rows, [rows["day"] >= frame["first"], rows["day"] <= frame["last"]])
        return qualified(joined, each, bundle, "day")
    whole = [rows["start"] <= frame["first"], rows["stop"] > frame["last"]]
    return qualified(_framed(frame, rows, whole), each, bundle, "reference")


def _touching(frame: ir.Table, rows: ir.Table, each: Population, bundle: Bundle) -> ir.Table:
    """The rows that hold on any day of a period and are qualified on its reference day."""
    touching = [rows["start"] <= frame["last"], rows["stop"] > frame["first"]]
    return qualified(_framed(frame, rows, touching), each, bundle, "reference")


def qualified(rows: ir.Table, each: Population, bundle: Bundle, day: str) -> ir.Table:
    """The rows whose other states hold (do not hold) on column `day`, and enough of them."""
    rows = hold(rows, each.base, bundle.scope, day, subject="unit_judged")
    return rows if each.counting is None else _counted(rows, each.counting, bundle, day)


def _counted(rows: ir.Table, counting: Counting, bundle: Bundle, day: str) -> ir.Table:
    scope, sides = bundle.scope, counting.on.items()
    states = select({0: counting.base}, scope, {counting.count, *counting.on.values()})
    states = states.select(
        c_start="start",
        c_stop="stop",
        c_subject="subject",
        c_counted=counting.count,
        **{f"c_{i}": column(states, right, scope) for i, (_, right) in enumerate(sides)},
    ).view()
    tests = [column(rows, left, scope) == states[f"c_{i}"] for i, (left, _) in enumerate(sides)]
    tests += [states["c_start"] <= rows[day], states["c_stop"] > rows[day]]
    if counting.whose != "anyone":
        tests.append(rows["unit_judged"] == states["c_subject"])
    tied = rows.join(states, tests)
    found = tied.group_by(*KEYS, "record").agg(n=tied["c_counted"].nunique().cast("int64"))
    found = found.rename({f"n_{key}": key for key in (*KEYS, "record")}).view()
    every = rows.select(*KEYS, "record").distinct()
    same = [every[key] == found[f"n_{key}"] for key in (*KEYS, "record")]
    every = every.left_join(found, same)
    every = every.mutate(n=every["n"].fill_null(0)).select(*KEYS, "record", "n")
    every = bundle.with_asked(every, "counting", unit="unit_judged")
    enough = every.filter(reached(every["n"], ibis.literal(0), every))
    return rows.semi_join(enough.select(*KEYS, "record").view(), [*KEYS, "record"])


def _framed(frame: ir.Table, rows: ir.Table, tests: list[ir.BooleanValue]) -> ir.Table:
    """Frame ⋈ rows, the frame's unit under `unit_judged` beside the ledger's own columns."""
    base = frame.rename(unit_judged="unit")
    shared = (set(base.columns) & set(rows.columns)) - {"subject", "part"}
    if shared:
        raise ValueError(f"ledger columns {shared} are reserved")
    rows = rows.rename(m_part="part")
    same = [base["part"] == rows["m_part"], base["unit_judged"] == rows["subject"]]
    return base.join(rows, [*same, *tests]).drop("m_part")


def _long_enough(rows: ir.Table) -> ir.Table:
    """Keep members with one record that holds at least half the days; needs no look at others."""
    start, stop = _clipped(rows)
    return rows.filter(stop.delta(start, unit="day").cast("int64") * 2 >= rows["days"])


def _clipped(rows: ir.Table) -> tuple[ir.DateValue, ir.DateValue]:
    """The part of a row's span that lies in its period: its first day and the day after it."""
    stop = ibis.least(rows["stop"], rows["last"] + ibis.interval(days=1)).cast("date")
    return ibis.greatest(rows["start"], rows["first"]), stop


def _enough_days(rows: ir.Table) -> ir.Table:
    """Keep members held at least half the days: 2 × days of the union of spans ≥ days.

    Adds `first_record`, the smallest number of the member's records.
    """
    start, stop = _clipped(rows)
    clipped = rows.mutate(c_start=start, c_stop=stop)
    earlier = (
        clipped["c_stop"]
        .max()
        .over(
            group_by=list(KEYS),
            order_by=["c_start", "c_stop", "record"],
            rows=(None, -1),
        )
    )
    clipped = clipped.mutate(until=earlier.fill_null(ibis.date(1, 1, 1)))
    fresh = ibis.greatest(clipped["c_start"], clipped["until"])
    days = clipped["c_stop"].delta(fresh, unit="day").cast("int64")
    clipped = clipped.mutate(fresh_days=ibis.greatest(days, 0))
    held = clipped.group_by(*KEYS, "days").agg(
        held_days=clipped["fresh_days"].sum(), first_record=clipped["record"].min()
    )
    held = held.filter(held["held_days"] * 2 >= held["days"])
    held = held.select(*(held[key].name(f"held_{key}") for key in KEYS), "first_record").view()
    joined = rows.join(held, [rows[key] == held[f"held_{key}"] for key in KEYS])
    return joined.select(*rows.columns, "first_record")


def at_d(each: Population, bundle: Bundle, reads: Iterable[str]) -> ir.Table:
    """The population at D: states that hold, or events of the assessment year until D."""
    frame, rows = bundle.units(), populations(each, bundle, reads)
    if each.is_yearly:
        rows = rows.filter(rows["year"] == clock("year"))
        return _framed(frame, rows, [])
    if each.is_event:
        in_year = (rows["day"] >= clock("year_first")) & (rows["day"] <= clock("year_last"))
        joined = _framed(frame, rows.filter(in_year), [])
        return qualified(joined, each, bundle, "day")
    joined = _framed(frame, at_day(rows, clock("today")), [])
    return qualified(joined, each, bundle, "reference")


def listed(each: Listed, bundle: Bundle) -> ir.Table:
    """The fixed list for every unit and period of the frame."""
    rows = bundle.with_listed(bundle.units()).rename(unit_judged="unit")
    return rows.mutate(
        start=ibis.date(1900, 1, 1),
        stop=FOREVER,
        member=rows["listed"],
        record=ibis.literal(""),
        **{each.named: rows["listed"]},
    )
