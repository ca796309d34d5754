"""Selections: which rows of a ledger a clause reads, and whose they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from tongrong.engine.askable import BOUNDS, check_columns, check_test
from tongrong.engine.tables import (
    FOREVER,
    LINEAGE,
    REPLACED,
    clock,
    fact_columns,
    facts,
    number_of,
    numbered,
)
from tongrong.facts.columns import Year
from tongrong.facts.ledger import Happens, Holds, Ledger, Timeless, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope

OWN = {
    Scope.ENTERPRISE: "enterprise",
    Scope.GROUP: "enterprise",
    Scope.ORGANIZATION: "organization",
    Scope.BRANCH: "organization",
    Scope.SUPERIOR: "organization",
}
# Before the owner of rows that count for a unit and all above it.
BELOW = "below_"


class Strict(BaseModel):
    """A piece of a rule; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Rows(Strict):
    """Rows of one ledger that pass tests on their columns."""

    ledger: str
    where: dict[str, Any] = {}

    @model_validator(mode="after")
    def _known(self) -> "Rows":
        if self.ledger not in LEDGERS:
            raise ValueError(f"没有台账 {self.ledger}；可用：{'、'.join(LEDGERS)}")
        check_columns(self.ledger, self.where, set())
        for name, test in self.where.items():
            check_test(LEDGERS[self.ledger], name, test)
        return self

    @property
    def declared(self) -> type[Ledger]:
        """The ledger's declaration."""
        return LEDGERS[self.ledger]


class Holding(Rows):
    """Another state that must (not) hold on the reference day, tied by equal columns."""

    on: dict[str, str]


class Selection(Rows):
    """Rows of one ledger that a clause reads, and how they relate to the unit judged.

    `whose` says it by the unit the rows belong to: `below` takes that unit and all above it,
    enterprises by 母公司, organizations by 上级党组织. `by` names a column that holds the unit.
    """

    since: str | None = None
    whose: Literal["own", "attached", "subordinates", "below", "anyone"] = "own"
    by: str | None = None
    holding: Annotated[list[Holding], BeforeValidator(_listed)] = []
    not_holding: Annotated[list[Holding], BeforeValidator(_listed)] = []
    dated: str | None = None

    @property
    def is_event(self) -> bool:
        """Whether rows count on one day; otherwise they hold from a day until another."""
        return self.dated is not None or isinstance(self.declared.time, Happens)

    @property
    def is_by_year(self) -> bool:
        """Whether rows are figures that stand on the first day of their year."""
        return isinstance(self.declared.columns.get(self.dated or ""), Year)

    @property
    def is_yearly(self) -> bool:
        """Whether rows are figures of a year."""
        return self.dated is None and isinstance(self.declared.time, Yearly)

    @property
    def by_year(self) -> bool:
        """Whether rows belong to the year a column names, on whatever day of it or after it."""
        return isinstance(self.declared.columns.get(self.dated or ""), Year)

    def supposing(self, known: Collection[str] = ()) -> Self | None:
        """The selection if every attribute nobody recorded stood as tested; None if all are.

        Only what may be left out can be missing: an optional column, own or carried from a
        record there must be. Columns in `known` are not doubted.
        """
        doubted = {
            name: {"or_missing": test}
            for name, test in self.where.items()
            if name not in known and _may_be_missing(self.declared, name)
            and not (isinstance(test, dict) and "recorded" in test)
        }  # fmt: skip
        return self.model_copy(update={"where": {**self.where, **doubted}}) if doubted else None

    @model_validator(mode="after")
    def _by_known(self) -> "Selection":
        if self.by:
            check_columns(self.ledger, [self.by], set())
        return self

    def owner(self, scope: Scope) -> str:
        """How rows find the unit judged, for `of_units`; empty for anyone's rows."""
        if self.by:
            return f"by_{self.by}"
        if self.whose == "below":
            return f"{BELOW}{'host' if OWN[scope] == 'enterprise' else 'organization'}"
        named = {"own": OWN[scope], "attached": "host", "subordinates": "superior"}
        return named.get(self.whose, "")


def _may_be_missing(ledger: type[Ledger], name: str) -> bool:
    if name in ledger.columns:
        return ledger.columns[name].optional
    for own, reference in ledger.references().items():
        carried = name.removeprefix(f"{own}_")
        if carried != name and carried in reference.carry:
            return not reference.optional and LEDGERS[reference.to].columns[carried].optional
    return False


def column(rows: ir.Table, name: str, scope: Scope) -> ir.Value:
    """A column by the name a rule gives it: own, carried, an owner, or `owner`."""
    if name in rows.columns:
        return rows[name]
    return rows[f"of_{OWN[scope] if name == 'owner' else name}"]


def passes(rows: ir.Table, selection: Rows, scope: Scope) -> ir.BooleanValue:
    """Whether a row passes every test of a selection: `fulfils`, by the numbers of choices."""
    known, where = numbered(selection.ledger), {}
    for name, test in selection.where.items():
        if name in known:
            where[number_of(name)] = _in_numbers(test, known[name].choices)
        else:
            where[name] = test
    return fulfils(rows, where, scope)


def fulfils(rows: ir.Table, where: Mapping[str, Any], scope: Scope) -> ir.BooleanValue:
    """Whether a row passes every test; an empty value passes none but `recorded: false`.

    Never null: what can be, a backend would take a list of choices out of, to join with it.
    """
    result: ir.BooleanValue = ibis.literal(True)
    for name, test in where.items():
        result = result & _passes_one(column(rows, name, scope), test).fill_null(False)
    return result


def _in_numbers(test: Any, choices: Sequence[str]) -> Any:
    """A test of a choice as one of its number."""
    if isinstance(test, dict):
        ((kind, wanted),) = test.items()
        return test if kind == "recorded" else {kind: _in_numbers(wanted, choices)}
    if isinstance(test, list):
        return [choices.index(one) for one in test]
    return choices.index(test)


def _passes_one(value: ir.Value, test: Any) -> ir.BooleanValue:
    if not isinstance(test, dict):
        return _equals(value, test)
    kind, wanted = next(iter(test.items()))
    if kind == "or_missing":
        return value.isnull() | _passes_one(value, wanted).fill_null(False)
    if kind == "not":
        return ~_equals(value, wanted)
    if kind == "recorded":
        return value.notnull() if wanted else value.isnull()
    if kind == "contains":
        return contains(value, wanted)
    if kind == "between":
        first, last = (ibis.date(str(day)) for day in wanted)
        return (value >= first) & (value <= last)
    if kind in BOUNDS:
        if kind == "at_most":
            return value <= wanted
        return value >= wanted if kind == "at_least" else value > wanted
    found = [contains(value, one) for one in wanted]
    result = found[0]
    for one in found[1:]:
        result = (result | one) if kind == "contains_any" else (result & one)
    return result


def _equals(value: ir.Value, wanted: Any) -> ir.BooleanValue:
    if isinstance(wanted, list):
        return value.isin([_typed(value, one) for one in wanted])
    return value == _typed(value, wanted)


def _typed(value: ir.Value, wanted: Any) -> Any:
    if wanted == "current_year":
        return clock("year")
    if wanted == "last_year":
        return clock("year") - 1
    if wanted == "closed_year":
        return clock("closed")
    return int(wanted) if value.type().is_integer() else wanted


def contains(value: ir.Value, one: str | ir.Value) -> ir.BooleanValue:
    """Whether a `Choices` value has a choice; an empty one has none."""
    return value.contains("、" + one + "、").fill_null(False)


Asks = Mapping[int, Selection]
"""What each part selects, by the part's number: alike in all but `where`."""


def one_of(asks: Asks) -> Selection:
    """A selection that stands for all in everything but `where`."""
    return next(iter(asks.values()))


def real_name(ledger: str, name: str, scope: Scope) -> str:
    """The prepared column behind a name in a rule: own, carried, an owner, or `owner`."""
    if name in fact_columns(ledger):
        return name
    return f"of_{OWN[scope] if name == 'owner' else name}"


def select(
    asks: Asks, scope: Scope, columns: Iterable[str] = (), *, spread: bool = True
) -> ir.Table:
    """The rows with their time: events get `day`, states `start` and `stop` (never null).

    Only what is known at D: events until D; states begun by D, an end after D not known yet.
    Adds `part`, for which of the asks the row is (a row once for each), and `subject`, the
    unit whose rows they are (null for anyone's). `holding` is applied separately, where the
    reference day is known. Of the ledger's own columns it keeps `record`, those named in
    `columns` (other names are passed over), those that `holding` ties, the year of figures.
    Not `spread`, rows of all below a unit are still each its own unit's, for `spread_up`.
    """
    like = one_of(asks)
    owner = like.owner(scope) if spread else like.owner(scope).removeprefix(BELOW)
    rows = in_time(of_units(facts(like.ledger), owner), like)
    tests = {number: passes(rows, one, scope) for number, one in asks.items()}
    return sorted_out(rows, tests, "part").select("part", *_columns(rows, like, columns, scope))


def of_units(rows: ir.Table, owner: str) -> ir.Table:
    """The rows with `subject`, the unit they count for; a row below several once for each."""
    if not owner:
        return rows.mutate(subject=ibis.null("string"))
    if owner.startswith(BELOW):
        return spread_up(rows.mutate(subject=rows[f"of_{owner.removeprefix(BELOW)}"]))
    way, _, name = owner.partition("_")
    rows = rows.mutate(subject=rows[name if way == "by" else f"of_{owner}"])
    return rows.filter(rows["subject"].notnull())


def spread_up(rows: ir.Table) -> ir.Table:
    """The rows of each unit once for it and once for every unit above it, as `subject`."""
    lineage = LINEAGE.select("above", l_unit="unit").view()
    joined = rows.join(lineage, rows["subject"] == lineage["l_unit"])
    return joined.mutate(subject=joined["above"]).select(*rows.columns)


def _columns(rows: ir.Table, like: Selection, named: Iterable[str], scope: Scope) -> list[str]:
    """The columns to keep of rows just selected."""
    tied = {left for other in (*like.holding, *like.not_holding) for left in other.on}
    time = like.declared.time
    own = {real_name(like.ledger, name, scope) for name in {*named, *tied}}
    if isinstance(time, Yearly):
        own.add(time.year)
    known = own & set(fact_columns(like.ledger)) - {"record"}
    added = [name for name in ("day", "start", "stop") if name in rows.columns]
    return ["record", "subject", *added, *sorted(known - set(added))]


def sorted_out(rows: ir.Table, tests: Mapping[int, ir.BooleanValue], name: str) -> ir.Table:
    """Each row once for every test it passes, the test's number in the column `name`."""
    if len(tests) == 1:
        ((number, test),) = tests.items()
        return rows.filter(test).mutate(**{name: ibis.literal(number, "int64")})
    # The tests become columns first: the text of an array may not begin with a subquery.
    flags = {number: f"{name}_{number}" for number in tests}
    flagged = rows.mutate(**{flags[number]: test for number, test in tests.items()})
    numbers = [
        ibis.ifelse(flagged[flag], ibis.literal(number, "int64"), ibis.null("int64"))
        for number, flag in flags.items()
    ]
    found = flagged.mutate(**{name: ibis.array(numbers).unnest()})
    return found.filter(found[name].notnull())


def in_time(rows: ir.Table, selection: Selection) -> ir.Table:
    """The rows known at D, with `day`, or `start` and `stop`."""
    time, today = selection.declared.time, clock("today")
    if selection.is_event:
        on = selection.dated or (time.on if isinstance(time, Happens) else "")
        # A figure dated by its year stands on the year's first day.
        rows = rows.mutate(day=ibis.date(rows[on], 1, 1) if selection.by_year else rows[on])
        rows = rows.filter(rows["day"] <= today)
        if isinstance(time, Happens):  # dated otherwise or not, it has not happened before its day
            rows = rows.filter(rows[time.on] <= today)
        if isinstance(time, Holds):
            rows = rows.mutate(start=rows[time.start])
        return rows
    if isinstance(time, Holds):
        start = rows[time.start]
        if selection.since:
            rows = rows.filter(rows[selection.since].notnull())
            start = ibis.greatest(rows[time.start], rows[selection.since])
        rows = rows.mutate(start=start, stop=known_end(rows, time))
        return rows.filter(rows["start"] <= today)
    if isinstance(time, Timeless):
        return rows.mutate(start=ibis.date(1900, 1, 1), stop=FOREVER)
    return rows


def known_end(rows: ir.Table, time: Holds) -> ir.DateValue:
    """The day a state ends, far away while no end by D is recorded."""
    name = REPLACED if time.next_of else time.end
    if name is None:
        return FOREVER
    end = rows[name]
    return ibis.ifelse(end <= clock("today"), end, FOREVER).fill_null(FOREVER)


def at_day(rows: ir.Table, day: ir.DateValue) -> ir.Table:
    """The states that hold at the end of a day."""
    return rows.filter((rows["start"] <= day) & (rows["stop"] > day))


def hold(
    rows: ir.Table, selection: Selection, scope: Scope, day: str, subject: str = "subject"
) -> ir.Table:
    """Keep rows for which every `holding` (no `not_holding`) state holds on column `day`.

    `subject` names the column of the unit judged, for `on: {subject: …}`.
    """
    for wanted in selection.holding:
        rows = rows.semi_join(*_held(rows, wanted, scope, day, subject))
    for unwanted in selection.not_holding:
        rows = rows.anti_join(*_held(rows, unwanted, scope, day, subject))
    return rows


def _held(
    rows: ir.Table, wanted: Holding, scope: Scope, day: str, subject: str
) -> tuple[ir.Table, list[ir.BooleanValue]]:
    other = facts(wanted.ledger)
    other = other.filter(passes(other, wanted, scope))
    time = wanted.declared.time
    if not isinstance(time, Holds):
        raise TypeError(f"holding reads states, {wanted.ledger} has none")
    other = other.mutate(h_start=other[time.start], h_stop=known_end(other, time))
    keys = {f"h_{i}": column(other, right, scope) for i, right in enumerate(wanted.on.values())}
    other = other.select("h_start", "h_stop", **keys).view()
    tests = [
        (rows[subject] if left == "subject" else column(rows, left, scope)) == other[f"h_{i}"]
        for i, left in enumerate(wanted.on)
    ]
    return other, [*tests, other["h_start"] <= rows[day], other["h_stop"] > rows[day]]
