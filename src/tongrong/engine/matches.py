"""Matches: which records cover which members of a population, inside which days."""

from collections.abc import Callable
from typing import Any, NamedTuple

import ibis.expr.types as ir

from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle
from tongrong.engine.population import KEYS
from tongrong.engine.selection import Rows, Selection, column, contains, hold, real_name
from tongrong.engine.since import Since
from tongrong.engine.standing import held_at_d
from tongrong.engine.tables import carried_columns, clock
from tongrong.facts.columns import Choices, Reference
from tongrong.vocabulary.verdicts import Scope


class Has(Selection):
    """The records that cover a member: tied to the population's row by equal columns.

    From the day `early_from` (MM-DD, or a threshold that is) of the year before, a record counts
    for the coming year too.
    """

    on: dict[str, str]
    early_from: str | None = None

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"on", "early_from"}))


class AddsUp(Selection):
    """The states at D tied to a member sum to a whole, such as shares to 100 %."""

    on: dict[str, str]
    sum: str
    to: str

    def tied(self, rows: ir.Table, bundle: Bundle) -> ir.Table:
        """Population rows joined with those states: KEYS, records and the `amount` of each."""
        asks = {part.index: self for part in bundle.parts}
        held = held_at_d(asks, bundle.scope, self.sum, *self.on.values())
        needed = {real_name(self.ledger, name, bundle.scope) for name in self.on.values()}
        states = held.select(
            x_part="part",
            x_subject="subject",
            x_record="record",
            x_amount=self.sum,
            **{f"x_{name}": held[name] for name in needed - {"record"}},
        ).view()
        joined = rows.join(states, _ties(rows, states, self, bundle.scope))
        return joined.select(
            *KEYS,
            member_record=joined["record"],
            record=joined["x_record"],
            amount=joined["x_amount"],
        )


class Dated(NamedTuple):
    """The days of a row on which what covers it is dated, both included.

    `since` is how far back they reach at the most.
    """

    first: ir.DateValue
    last: ir.DateValue
    since: Since


def covered(
    rows: ir.Table,
    has: Has,
    bundle: Bundle,
    measures: Measures,
    dated: Dated,
    of: Callable[[Any], Has] = lambda rule: rule.has,
    *,
    within: bool = False,
) -> ir.Table:
    """Population rows joined with the records dated so that cover them.

    `of` names those records of a part's rule, `has` is so of the first; `within` takes only days
    on which the row's own state holds. Columns: KEYS, `member_record`, and the covering record's
    `record`, `day`.
    """
    needed = {real_name(has.ledger, name, bundle.scope) for name in has.on.values()}
    for other in (*has.holding, *has.not_holding):
        needed |= {
            real_name(has.ledger, name, bundle.scope) for name in other.on if name != "subject"
        }
    asks = bundle.asks(lambda rule: _narrowed(of(rule), rule.each).base)
    hits = measures.hits(asks, bundle.scope, needed - {"day"}, dated.since)
    renamed = hits.rename({f"x_{name}": name for name in hits.columns}).view()
    tests = _ties(rows, renamed, has, bundle.scope)
    tests += [renamed["x_day"] >= dated.first, renamed["x_day"] <= dated.last]
    if within:
        tests += [renamed["x_day"] >= rows["start"], renamed["x_day"] < rows["stop"]]
    joined = rows.join(renamed, tests)
    found = joined.select(
        *KEYS,
        member_record=joined["record"],
        **{name: joined[f"x_{name}"] for name in hits.columns if name != "part"},
    )
    held = hold(found, has.base, bundle.scope, "day", subject="unit_judged")
    return held.select(*KEYS, "member_record", "record", "day")


def _narrowed(has: Has, each: Any) -> Has:
    """The same records, asked to say of the row they are tied to by its key what it must say.

    Who is there is carried from the meeting; where only some kinds of meetings are to be
    covered, the attendance of others is not read.
    """
    if not isinstance(each, Rows):
        return has
    known, (key, *more) = carried_columns(has.declared), each.declared.keys()
    said = {
        f"{right}_{name}": test
        for left, right in has.on.items()
        if left == key and not more and _refers(has, right, each)
        for name, test in each.where.items()
        if f"{right}_{name}" in known
    }
    return has.model_copy(update={"where": {**said, **has.where}}) if said else has


def _refers(has: Has, name: str, each: Rows) -> bool:
    column = has.declared.columns.get(name)
    return isinstance(column, Reference) and column.to == each.ledger


def covered_at_d(rows: ir.Table, has: Has, bundle: Bundle) -> ir.Table:
    """Population rows joined with the states at D that cover them: KEYS, records."""
    held = held_at_d(bundle.asks(lambda rule: rule.has.base), bundle.scope, *has.on.values())
    needed = {real_name(has.ledger, name, bundle.scope) for name in has.on.values()} - {"record"}
    states = held.select(
        x_part="part",
        x_subject="subject",
        x_record="record",
        **{f"x_{name}": held[name] for name in needed},
    ).view()
    joined = rows.join(states, _ties(rows, states, has, bundle.scope))
    return joined.select(*KEYS, member_record=joined["record"], record=joined["x_record"])


def _ties(
    rows: ir.Table, other: ir.Table, has: Has | AddsUp, scope: Scope
) -> list[ir.BooleanValue]:
    """Equal columns; a column of several choices is tied to each value among them."""
    tests = []
    for left, right in has.on.items():
        here, there = column(rows, left, scope), other[f"x_{real_name(has.ledger, right, scope)}"]
        several = isinstance(has.declared.columns.get(right), Choices)
        tests.append(contains(there, here) if several else here == there)
    tests.append(rows["part"] == other["x_part"])
    if has.whose != "anyone":
        tests.append(rows["unit_judged"] == other["x_subject"])
    return tests


def in_assessment_year() -> Dated:
    """The days of the assessment year."""
    return Dated(clock("year_first"), clock("year_last"), Since.YEAR)
