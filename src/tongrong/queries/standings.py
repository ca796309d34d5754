"""对标清单: every clause in the words of the checklist with a unit's verdict, and one in full."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tongrong.findings.kept_words import Numbers, missing_words
from tongrong.findings.rollup import (
    ClauseStanding,
    IndicatorStanding,
    ItemStanding,
    SectionStanding,
    standing,
)
from tongrong.norms.checklist import Clause, Indicator, Item, Section
from tongrong.queries.findings import KEPT, Change, Kept, changes_of, kept_of
from tongrong.queries.judgements import Gathered, Judgements, as_finding, gathered
from tongrong.queries.places import UnitPlace, places_of
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.verdicts import Verdict

MOST_UNITS = 200


@dataclass(frozen=True)
class ClauseLine:
    """A clause with its verdict: the numbers of one finding, or n of m organizations met."""

    clause: Clause
    verdict: Verdict
    numbers: Numbers | None
    met: int
    of: int
    several: bool
    due: dt.date | None
    missing: str
    reason: str


@dataclass(frozen=True)
class IndicatorLines:
    """An indicator in its exact words, with its clauses."""

    indicator: Indicator
    verdict: Verdict
    lines: tuple[ClauseLine, ...]


@dataclass(frozen=True)
class ItemLines:
    """An item with its indicators."""

    item: Item
    verdict: Verdict
    indicators: tuple[IndicatorLines, ...]


@dataclass(frozen=True)
class SectionLines:
    """A section with its items."""

    section: Section
    items: tuple[ItemLines, ...]


@dataclass(frozen=True)
class Wanted:
    """Which clauses are shown: of these verdicts, of one section, with these words in them."""

    verdicts: frozenset[Verdict] | None = None
    section: str = ""
    words: str = ""

    def passes(
        self, section: Section, item: Item, indicator: Indicator, one: ClauseStanding
    ) -> bool:
        """Whether a clause is shown; words may stand in its text, its indicator's or its item's."""
        clause = one.clause
        said = (clause.id, clause.title, clause.reading, indicator.text, item.title)
        return (
            (self.verdicts is None or one.verdict in self.verdicts)
            and self.section in ("", section.id)
            and all(any(word in text for text in said) for word in self.words.split())
        )


@dataclass(frozen=True)
class UnitLine:
    """One unit's verdict on a clause; `kept` is it as it is stored."""

    unit: str
    name: str
    verdict: Verdict
    numbers: Numbers
    due: dt.date | None
    missing: str
    reason: str
    kept: Kept


@dataclass(frozen=True)
class ClauseView:
    """A clause of a unit: where it stands, whose verdicts it is made of, how they changed."""

    clause: Clause
    item: Item
    indicator: Indicator
    verdict: Verdict
    units: tuple[UnitLine, ...]
    changes: tuple[tuple[dt.date, str, Change], ...]

    @property
    def one(self) -> UnitLine | None:
        """The only verdict, where there is one."""
        return self.units[0] if len(self.units) == 1 else None


def lines(
    viewer: Viewer, seen: Judgements, unit: UnitPlace, wanted: Wanted
) -> tuple[SectionLines, ...]:
    """The checklist with a unit's verdicts, as far as its clauses are wanted."""
    found = gathered(seen, places_of(viewer, Permission.SEE_CHECKLIST, unit))
    single = [one.any_finding for one in found if one.count == 1]
    rows = seen.findings().filter(finding_id__in=single).values(*KEPT)
    kept = {one.clause: one for one in map(kept_of, rows)}
    whole = standing(seen.checklist, unit.unit, [as_finding(unit.unit, one) for one in found])
    by_clause = {one.clause: one for one in found}

    def told(one: IndicatorStanding, item: Item, section: Section) -> IndicatorLines:
        passed = (c for c in one.clauses if wanted.passes(section, item, one.indicator, c))
        said = tuple(_line(seen, clause, by_clause[clause.clause.id], kept) for clause in passed)
        return IndicatorLines(one.indicator, one.verdict, said)

    def of_item(item: ItemStanding, section: Section) -> ItemLines:
        indicators = (told(one, item.item, section) for one in item.indicators)
        some = tuple(one for one in indicators if one.lines)
        return ItemLines(item.item, item.verdict, some)

    def of_section(one: SectionStanding) -> SectionLines:
        items = (of_item(item, one.section) for item in one.items)
        return SectionLines(one.section, tuple(item for item in items if item.indicators))

    every = map(of_section, whole.sections)
    return tuple(one for one in every if one.items)


def clause_view(
    viewer: Viewer, seen: Judgements, unit: UnitPlace, clause: str
) -> ClauseView | None:
    """One clause of a unit; None where it says nothing of it."""
    where = seen.where(clause)
    places = places_of(viewer, Permission.SEE_CHECKLIST, unit)
    names = dict(places.values_list("unit", "name"))
    rows = seen.findings().filter(clause=clause, unit__in=places.values("unit"))
    rows = rows.order_by("-severity", "unit")[:MOST_UNITS]
    kept = [kept_of(row) for row in rows.values(*KEPT)]
    if where is None or not kept:
        return None
    units = tuple(_unit_line(seen, one, names) for one in kept)
    changes: Sequence[tuple[dt.date, str, Change]] = ()
    if len(units) == 1:
        changed = changes_of(seen.now, units[0].unit, clause)
        changes = [one for one in changed if one[0] <= seen.as_of]
    return ClauseView(
        seen.clauses[clause], *where, kept[0].verdict, units, tuple(reversed(changes))
    )


def _line(
    seen: Judgements, told: ClauseStanding, sum_: Gathered, kept: dict[str, Kept]
) -> ClauseLine:
    one = kept.get(told.clause.id)
    return ClauseLine(
        clause=told.clause,
        verdict=told.verdict,
        numbers=None if one is None else seen.words.numbers(one),
        met=sum_.met,
        of=sum_.applying,
        several=sum_.count > 1,
        due=sum_.due,
        missing="" if one is None else missing_words(one.missing),
        reason="" if one is None else one.reason.label,
    )


def _unit_line(seen: Judgements, one: Kept, names: dict[str, str]) -> UnitLine:
    return UnitLine(
        one.unit,
        names.get(one.unit, one.unit),
        one.verdict,
        seen.words.numbers(one),
        one.due,
        missing_words(one.missing),
        one.reason.label,
        one,
    )
