"""Frames: the units and periods a requirement speaks to, parts with one audience sharing one.

Conditions are decided in three values, as whole numbers: any of the tests of a place is their
largest truth, all of the places their smallest.
"""

from collections.abc import Iterable, Iterator, Sequence

import ibis
import ibis.expr.types as ir

from tongrong.engine.conditions import Count, Counted, Feature, OwnColumn, counts_in, places
from tongrong.engine.measures import Measures
from tongrong.engine.part import Part, with_comparison
from tongrong.engine.selection import OWN, hold, select, spread_up
from tongrong.engine.tables import (
    COUNT_TESTS,
    FEATURES_AT_D,
    FRAME_KINDS,
    FRAMES,
    PERIODS,
    SUBJECTS,
    TEST_VALUES,
    TRAIT_TESTS,
    UNITS,
    UNKNOWN_FRAMES,
    as_column,
    clock,
    facts,
)
from tongrong.vocabulary.verdicts import Scope

NO, UNKNOWN, YES = 0, 1, 2
OTHERWISE = {None: UNKNOWN, "yes": YES, "no": NO}
TRAITS = ibis.table({"t_unit": "string", "t_trait": "string", "t_worth": "string"}, name="traits")
# Truth of the places of a frame that no count decides, by unit.
PLACES = ibis.table(
    {"frame": "int64", "place": "int64", "unit": "string", "truth": "int64"}, name="places"
)


def frames_of(parts: Iterable[Part]) -> dict[int, Part]:
    """The part that names the frame of each part, by number: the first of its audience."""
    first: dict[str, Part] = {}
    return {part.index: first.setdefault(f"{part.audience}|{part.per}", part) for part in parts}


def trait(test: Feature | OwnColumn, scope: Scope) -> str:
    """The name of what a test looks at."""
    if isinstance(test, Feature):
        return test.feature
    return f"{test.register(scope)}.{test.column}"


def _tests(parts: Iterable[Part]) -> Iterator[tuple[Part, Feature | OwnColumn | Count]]:
    for part in parts:
        for place in places(part.conditions):
            for test in place:
                yield part, test


def frame_statements(parts: Sequence[Part], measures: Measures) -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) that make FRAMES, in order."""
    yield TRAITS.get_name(), _traits(parts)
    yield PLACES.get_name(), _places()
    framing = {frame.index: frame for frame in frames_of(parts).values()}
    counting: dict[tuple[str, str], tuple[Count, Part]] = {}
    for part in framing.values():
        for count in counts_in(part.conditions):
            counting.setdefault((count.name, OWN[part.scope]), (count, part))
    yield from {
        _repeats(count.count): _repeated(count.count) for count, _ in counting.values()
    }.items()
    counted = [_counted(count, part, measures) for count, part in counting.values()]
    # In order, so that who reads the units of one frame skips the blocks of the others.
    any_of = [part.index for part in framing.values() if _count_among_several(part)]
    yield FRAMES.get_name(), _framed(counted, any_of).order_by("frame")
    unknown = FRAMES.filter(FRAMES["applies"].isnull())
    yield UNKNOWN_FRAMES.get_name(), unknown.select("frame", "unit").distinct()


def _traits(parts: Sequence[Part]) -> ir.Table:
    """What is known of each unit: its enterprise's features at D, columns of its own row."""
    features = UNITS.join(FEATURES_AT_D, UNITS["of_host"] == FEATURES_AT_D["unit"])
    found = [features.select(t_unit=UNITS["unit"], t_trait="feature", t_worth="worth")]
    own = {
        (test.register(part.scope), test.column): trait(test, part.scope)
        for part, test in _tests(parts)
        if isinstance(test, OwnColumn)
    }
    for (register, column), name in sorted(own.items()):
        rows = facts(register)
        rows = rows.filter(rows[column].notnull())
        worth = rows[column].cast("string")
        found.append(rows.select(t_unit=rows["number"], t_trait=ibis.literal(name), t_worth=worth))
    return ibis.union(*found)


def _places() -> ir.Table:
    """PLACES, of tests on traits: known, the trait is among the values named; else otherwise."""
    kinds = FRAME_KINDS.join(SUBJECTS, "scope").select("frame", "unit")
    rows = kinds.join(TRAIT_TESTS, "frame")
    rows = rows.left_join(
        TRAITS, (rows["unit"] == TRAITS["t_unit"]) & (rows["trait"] == TRAITS["t_trait"])
    )
    values = TEST_VALUES.select(v_test="test", v_worth="worth")
    rows = rows.left_join(
        values, (rows["test"] == values["v_test"]) & (rows["t_worth"] == values["v_worth"])
    )
    truth = ibis.cases(
        (rows["v_test"].notnull(), YES),
        (rows["t_worth"].notnull(), NO),
        else_=rows["otherwise"],
    )
    rows = rows.mutate(truth=truth.cast("int64"))
    return rows.group_by("frame", "place", "unit").agg(truth=rows["truth"].max())


def _periods() -> ir.Table:
    """Units × periods of every frame, before its conditions; `counted` says whether any counts."""
    frames = FRAME_KINDS.join(SUBJECTS, "scope")
    timed = frames.join(
        PERIODS,
        [
            frames["per"] == PERIODS["per"],
            frames["start"] <= PERIODS["first"],
            frames["stop"] > PERIODS["last"],
        ],
    )
    timed = timed.mutate(reference=ibis.least(timed["last"], clock("today")))
    today = as_column(clock("today"))
    columns = [name for name in FRAMES.columns if name != "applies"]
    states = frames.filter(frames["per"] == "").mutate(
        period=ibis.literal(""),
        first=today,
        last=today,
        days=ibis.literal(1, "int64"),
        due_by=today,
        elapsed=ibis.literal(True),
        warned=ibis.literal(False),
        reference=today,
    )
    return timed.select(*columns, "counted").union(states.select(*columns, "counted"))


def _counted(count: Count, part: Part, measures: Measures) -> ir.Table:
    """The truth of a count for each frame that asks it: frame, place, unit, period, truth."""
    mine = COUNT_TESTS.filter(COUNT_TESTS["test"] == f"{count.name}:{OWN[part.scope]}")
    mine = mine.select("place", c_frame="frame").view()
    frame = _periods()
    frame = frame.join(mine, frame["frame"] == mine["c_frame"])
    frame = frame.select("frame", "place", "unit", "period", "first", "reference")
    found = _least(count.count, frame, part)
    found = with_comparison(found, count.name, part="frame", unit="unit")
    kept = measures.kept(count.count, part.scope).select(k_unit="kept_unit").view()
    found = found.left_join(kept, found["unit"] == kept["k_unit"])
    enough = found["n"] >= found["q"]
    truth = ibis.cases(
        (found["k_unit"].isnull(), NO if count.unkept else UNKNOWN), (enough, YES), else_=NO
    )
    return found.select("frame", "place", "unit", "period", truth=truth.cast("int64"))


def _repeats(counted: Counted) -> str:
    return f"repeats_{counted.ledger}_{counted.count}"


def _repeated(counted: Counted) -> ir.Table:
    """The values of the column counted that stand in more than one row of its ledger."""
    every = facts(counted.ledger)
    rows = every.group_by(again=every[counted.count]).agg(rows=every.count())
    return rows.filter((rows["rows"] > 1) & rows["again"].notnull()).select("again")


def _least(counted: Counted, frame: ir.Table, part: Part) -> ir.Table:
    """The frame with `n`, the fewer of what holds on the first day and on the reference day."""
    rows = select({part.index: counted}, part.scope, [counted.count], spread=False)
    rows = rows.mutate(counts=rows[counted.count])
    # Few values stand in more than one row: only these have to be told apart to be counted.
    again = ibis.table(_repeated(counted).schema(), name=_repeats(counted)).view()
    rows = rows.mutate(again=rows["counts"].isin(again["again"]).fill_null(False))
    days = ibis.union(
        *[frame.select(judged="unit", on=frame[day]) for day in ("first", "reference")],
        distinct=True,
    )
    always, rows = _always(rows, days, counted)
    standing = [rows["start"] <= days["on"], rows["stop"] > days["on"]]
    held = days.join(rows, [days["judged"] == rows["subject"], *standing])
    held = hold(held, counted, part.scope, "on", subject="judged")
    again = held["again"]
    n = held["counts"].count(where=~again) + held["counts"].nunique(where=again)
    numbers = held.group_by("judged", "on").agg(n=n.cast("int64"))
    for day in ("first", "reference"):
        mine = numbers.rename({f"{day}_unit": "judged", f"{day}_on": "on", f"{day}_n": "n"}).view()
        same = [frame["unit"] == mine[f"{day}_unit"], frame[day] == mine[f"{day}_on"]]
        frame = frame.left_join(mine, same)
    fewer = ibis.least(frame["first_n"].fill_null(0), frame["reference_n"].fill_null(0))
    always = always.view()
    frame = frame.left_join(always, frame["unit"] == always["a_unit"])
    return frame.select("frame", "place", "unit", "period", n=fewer + frame["a_n"].fill_null(0))


def _always(rows: ir.Table, days: ir.Table, counted: Counted) -> tuple[ir.Table, ir.Table]:
    """How many rows of a unit hold on every day asked, `a_unit` and `a_n`; and the other rows.

    Most do: they are counted once, not on every day nor for every unit above. Values that stand
    in several rows, and rows that other states decide, are left to each day.
    """
    by_day = bool(counted.holding or counted.not_holding)
    spread = spread_up if counted.whose == "below" else lambda table: table
    span = days.agg(begin=days["on"].min(), end=days["on"].max())
    joined = rows.cross_join(span)
    whole = (joined["start"] <= joined["begin"]) & (joined["stop"] > joined["end"])
    joined = joined.mutate(whole=whole & ~joined["again"] & ~ibis.literal(by_day))
    always = joined.filter(joined["whole"])
    numbers = spread(always.group_by("subject").agg(n=always["counts"].count().cast("int64")))
    numbers = numbers.group_by(a_unit="subject").agg(a_n=numbers["n"].sum().cast("int64"))
    return numbers, spread(joined.filter(~joined["whole"]).select(*rows.columns))


def _count_among_several(part: Part) -> bool:
    """Whether a count is one of several tests of which any is enough."""
    return any(
        len(place) > 1 and any(isinstance(test, Count) for test in place)
        for place in places(part.conditions)
    )


def _framed(counted: list[ir.Table], any_of: Sequence[int]) -> ir.Table:
    """FRAMES: every place of a frame holds; of the frames `any_of`, of a place any test."""
    base = _periods()
    plain = PLACES.filter(~PLACES["frame"].isin(any_of)) if any_of else PLACES
    plain = plain.group_by(p_frame="frame", p_unit="unit").agg(plain=PLACES["truth"].min()).view()
    rows = base.left_join(
        plain, (base["frame"] == plain["p_frame"]) & (base["unit"] == plain["p_unit"])
    )
    rows = rows.select(*base.columns, "plain")
    if not counted:
        return _decided(rows, rows["plain"])
    found = rows.filter(~rows["counted"])
    timed = rows.filter(rows["counted"])
    keys = ("frame", "unit", "period")
    every = ibis.union(*[one.select(*keys, "place", "truth") for one in counted])
    if any_of:
        mixed = timed.filter(timed["frame"].isin(any_of)).select(*keys)
        mixed = mixed.join(PLACES, ["frame", "unit"]).select(*every.columns)
        mixed = mixed.union(every.filter(every["frame"].isin(any_of)))
        any_test = mixed.group_by(*keys, "place").agg(truth=mixed["truth"].max())
        every = every.filter(~every["frame"].isin(any_of)).union(any_test.select(*every.columns))
    whole = every.group_by(**{f"w_{key}": key for key in keys}).agg(truth=every["truth"].min())
    timed = timed.left_join(whole, [timed[key] == whole[f"w_{key}"] for key in keys])
    truth, plain_truth = timed["truth"], timed["plain"]
    truth = ibis.coalesce(ibis.least(truth, plain_truth), truth, plain_truth)
    return _decided(found, found["plain"]).union(_decided(timed, truth))


def _decided(rows: ir.Table, truth: ir.Value) -> ir.Table:
    applies = ibis.cases(
        (truth.isnull() | (truth == YES), True), (truth == NO, False), else_=ibis.null("boolean")
    )
    return rows.mutate(applies=applies).select(*FRAMES.columns)
