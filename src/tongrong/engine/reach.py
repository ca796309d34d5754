"""Reach: every place where a clause reads a ledger, and how its rows find the unit judged.

Read from the bound rules themselves, so a new clause or kind needs nothing here: a selection is
found wherever it stands in a rule. A kind that reads a ledger without a selection says so in
`Kind.also_reads`. Places say at least what is read, never too little.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from tongrong.engine.conditions import Feature, OwnColumn, places
from tongrong.engine.from_norms import BoundClause, asked_by
from tongrong.engine.part import Part
from tongrong.engine.population import Listed, Population
from tongrong.engine.selection import Rows, Selection
from tongrong.facts.columns import Choice, Code, Flag, Reference, Text
from tongrong.facts.ledgers.organization import SECTION, SIZE
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope, Strength

BY, TIED, FEATURE, SETTER, ANYONE = "by", "tied", "feature", "setter", "anyone"
SUBJECT = "subject"
_PLAIN = (Choice, Text, Code, Reference, Flag)


@dataclass(frozen=True)
class Tie:
    """A column of a row that equals something.

    That is a column of another place's row, one of some fixed values, or else the unit judged.
    """

    column: str
    left: "Place | None" = None
    of: str = ""
    values: tuple[str, ...] = ()

    @property
    def to_subject(self) -> bool:
        """Whether the column must hold the unit judged."""
        return self.left is None and not self.values


@dataclass(frozen=True)
class Place:
    """One place where rows of a ledger are read, for units of a scope.

    `whose` is that of a selection, or: `by` (the column `by` holds the unit), `tied` (by `ties`
    to rows of other places), `feature` (of the unit's enterprise), `setter` (of those whose
    numbers hold for the unit), `anyone` (every row counts for every unit).

    A row counts only where each column of `tests` is empty or has one of the values. `any_row`
    says that the bare presence of a row, whatever it says, may matter too.
    """

    ledger: str
    scope: Scope
    whose: str
    by: str = ""
    ties: tuple[Tie, ...] = ()
    tests: tuple[tuple[str, frozenset[Any]], ...] = ()
    any_row: bool = False

    def passes(self, row: Mapping[str, Any]) -> bool:
        """Whether a row, as far as its plain columns tell, may count."""
        for name, values in self.tests:
            said = row.get(name)
            if said is not None and said not in values:
                return False
        return True


@dataclass(frozen=True)
class Reach:
    """The places each clause reads, which clauses read a ledger, and which ledgers each part."""

    clauses: Mapping[str, tuple[Place, ...]]
    scopes: Mapping[str, frozenset[Scope]]
    by_ledger: Mapping[str, tuple[tuple[str, Place], ...]] = field(default_factory=dict)
    parts: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, bound: Iterable[BoundClause]) -> "Reach":
        """The reach of bound clauses."""
        clauses, scopes = {}, {}
        parts: dict[int, frozenset[str]] = {}
        by_ledger: dict[str, list[tuple[str, Place]]] = {}
        for one in bound:
            read = {part.index: tuple(_read_by(part)) for part in one.parts}
            found = tuple(dict.fromkeys(place for some in read.values() for place in some))
            parts |= {at: frozenset(place.ledger for place in read[at]) for at in read}
            clauses[one.clause.id] = found
            scopes[one.clause.id] = frozenset(part.scope for part in one.parts)
            for place in found:
                by_ledger.setdefault(place.ledger, []).append((one.clause.id, place))
        return cls(
            clauses, scopes, {code: tuple(found) for code, found in by_ledger.items()}, parts
        )


def _read_by(part: Part) -> Iterator[Place]:
    """Every place of a part: of its rule, its conditions, and what may be said about it."""
    found = [*_within(part.rule, part.scope, None)]
    for implied in part.rule.also_reads():
        found += _selected(implied, part.scope, None)
    for one in (test for place in places(part.conditions) for test in place):
        if isinstance(one, Feature):
            found += _features(one.feature, part.scope)
        elif not isinstance(one, OwnColumn):
            found += _within(one, part.scope, None)
    yield from found
    labels = frozenset(LEDGERS[place.ledger].label for place in found)
    yield _about("nil_declarations", part.scope, "ledger", labels)
    clause = frozenset({part.clause})
    yield _about("assessments", part.scope, "clause", clause)
    if part.strength is Strength.SHOULD:
        yield _about("justifications", part.scope, "clause", clause)
    if any(True for _ in asked_by(part)):
        yield Place("parameter_adjustments", part.scope, SETTER)


def _about(ledger: str, scope: Scope, column: str, values: frozenset[str]) -> Place:
    return Place(ledger, scope, "own", tests=((column, values),))


def _features(feature: str, scope: Scope) -> Iterator[Place]:
    named = (("feature", frozenset({feature})),)
    yield Place("enterprise_features", scope, FEATURE, tests=named)
    if feature in (SIZE, SECTION):
        yield Place("enterprise_scale", scope, FEATURE)


def _within(model: BaseModel, scope: Scope, left: "_Left | None") -> Iterator[Place]:
    """The places inside a piece of a rule; `left` is what `on` in it ties to."""
    population = getattr(model, "each", None)
    if isinstance(population, Population):
        left = _Left.of(population, scope)
    elif isinstance(population, Listed):
        left = _Left(None, {population.named: Tie("", values=tuple(population.values))})
    for name in type(model).model_fields:
        yield from _inside(getattr(model, name), scope, left)


def _inside(value: Any, scope: Scope, left: "_Left | None") -> Iterator[Place]:
    if isinstance(value, Rows):
        yield from _selected(value, scope, left)
    elif isinstance(value, BaseModel):
        yield from _within(value, scope, left)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _inside(one, scope, left)


@dataclass(frozen=True)
class _Left:
    """What a name on the left of `on` stands for: a column of a place's rows, or one `named`."""

    place: Place | None
    named: Mapping[str, Tie] = field(default_factory=dict)

    @classmethod
    def of(cls, each: Population, scope: Scope) -> "_Left":
        place = _place(each, scope, None)
        if each.paired is None:
            return cls(place)
        pair = _place(each.paired, scope, cls(place))
        return cls(place, {each.paired.named: Tie("", pair, each.paired.member)})

    def tie(self, name: str, column: str) -> Tie:
        """The tie of a column on the right to a name on the left."""
        if name == SUBJECT:
            return Tie(column)
        if name in self.named:
            known = self.named[name]
            return Tie(column, known.left, known.of, known.values)
        return Tie(column, self.place, name)


def _selected(rows: Rows, scope: Scope, left: _Left | None) -> Iterator[Place]:
    """The place of a selection, those of the states it asks for, and those inside it."""
    place = _place(rows, scope, left)
    yield place
    if place.whose == BY:  # whose register is kept may be asked of its owner too
        yield Place(place.ledger, scope, "own", any_row=True)
    own = _Left(place)
    for name in type(rows).model_fields:
        yield from _inside(getattr(rows, name), scope, own)


def _place(rows: Rows, scope: Scope, left: _Left | None) -> Place:
    on: Mapping[str, str] = getattr(rows, "on", {})
    whose = getattr(rows, "whose", "anyone")
    tests = _tests(rows)
    ties = tuple(left.tie(name, column) for name, column in on.items()) if left else ()
    if isinstance(rows, Selection) and rows.by:
        return Place(rows.ledger, scope, BY, rows.by, tests=tests, any_row=True)
    if whose != "anyone":
        # Figures of a year, or dated by their year, are missing where the year has none at all.
        of_year = isinstance(rows, Selection) and (rows.is_by_year or rows.is_yearly)
        return Place(
            rows.ledger, scope, whose, ties=ties, tests=() if of_year else tests, any_row=not on
        )
    resolved = tuple(tie for tie in ties if tie.to_subject or tie.left or tie.values)
    return Place(rows.ledger, scope, TIED if resolved else ANYONE, ties=resolved, tests=tests)


def _tests(rows: Rows) -> tuple[tuple[str, frozenset[Any]], ...]:
    """The tests for plain values of plain columns; a row that fails one counts nowhere."""
    found = []
    for name, test in rows.where.items():
        values = test if isinstance(test, list) else [test]
        column = _column(rows.ledger, name)
        plain = str if not isinstance(column, Flag) else bool
        if isinstance(column, _PLAIN) and all(isinstance(one, plain) for one in values):
            found.append((name, frozenset(values)))
    return tuple(found)


def _column(code: str, name: str) -> Any:
    """The declaration of a column, own or carried; None for an owner."""
    ledger = LEDGERS[code]
    if name in ledger.columns:
        return ledger.columns[name]
    for own, reference in ledger.references().items():
        carried = name.removeprefix(f"{own}_")
        if carried != name and carried in reference.carry:
            return LEDGERS[reference.to].columns[carried]
    return None
