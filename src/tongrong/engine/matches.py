"""Matches: which records cover which members of a population, inside which days."""

import ibis.expr.types as ir

from tongrong.engine.measures import Measures
from tongrong.engine.part import Part
from tongrong.engine.selection import OWN, Selection, column, hold
from tongrong.engine.standing import held_at_d
from tongrong.engine.tables import clock, fact_columns
from tongrong.vocabulary.verdicts import Scope

KEYS = ("unit_judged", "period", "member")


class Has(Selection):
    """The records that cover a member: tied to the population's row by equal columns."""

    on: dict[str, str]

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"on"}))


def covered(
    rows: ir.Table,
    has: Has,
    part: Part,
    measures: Measures,
    first: ir.DateValue,
    last: ir.DateValue,
) -> ir.Table:
    """Population rows joined with the records that cover them, dated from `first` to `last`.

    Columns: KEYS, `member_record`, and the covering record's `record`, `day`.
    """
    needed = {_real(has, name, part.scope) for name in has.on.values()}
    for other in (*has.holding, *has.not_holding):
        needed |= {_real(has, name, part.scope) for name in other.on if name != "subject"}
    hits = measures.hits(has.base, part.scope, needed - {"record", "day"})
    renamed = hits.rename({f"x_{name}": name for name in hits.columns}).view()
    tests = _ties(rows, renamed, has, part.scope)
    tests += [renamed["x_day"] >= first, renamed["x_day"] <= last]
    joined = rows.join(renamed, tests)
    found = joined.select(
        *KEYS,
        member_record=joined["record"],
        **{name: joined[f"x_{name}"] for name in hits.columns},
    )
    return hold(found, has.base, part.scope, "day", subject="unit_judged").select(
        *KEYS, "member_record", "record", "day"
    )


def covered_at_d(rows: ir.Table, has: Has, part: Part) -> ir.Table:
    """Population rows joined with the states at D that cover them: KEYS, records."""
    held = held_at_d(has.base, part.scope)
    needed = {_real(has, name, part.scope) for name in has.on.values()}
    states = held.select(
        x_subject="subject", x_record="record", **{f"x_{name}": held[name] for name in needed}
    ).view()
    joined = rows.join(states, _ties(rows, states, has, part.scope))
    return joined.select(*KEYS, member_record=joined["record"], record=joined["x_record"])


def _ties(rows: ir.Table, other: ir.Table, has: Has, scope: Scope) -> list[ir.BooleanValue]:
    tests = [
        column(rows, left, scope) == other[f"x_{_real(has, right, scope)}"]
        for left, right in has.on.items()
    ]
    if has.whose != "anyone":
        tests.append(rows["unit_judged"] == other["x_subject"])
    return tests


def _real(has: Has, name: str, scope: Scope) -> str:
    """The prepared column behind a name in a rule."""
    if name in fact_columns(has.ledger):
        return name
    return f"of_{OWN[scope] if name == 'owner' else name}"


def in_assessment_year() -> tuple[ir.DateValue, ir.DateValue]:
    """The first and last day of the assessment year."""
    return clock("year_first"), clock("year_last")
