"""The roll-up: what all clauses together say of a unit, by indicator, item and section.

Worst first: unmet, no_data, at_risk, pending, justified, met. Encouraged (may) clauses are
left out; an indicator of encouraged clauses only is met if one is met, else not applicable.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from tongrong.facts.ledger import EFFECTIVE, STATUS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.points import Points, total
from tongrong.findings.rows import having, tuples
from tongrong.norms.checklist import Checklist, Clause, Indicator, Item, Section
from tongrong.vocabulary.verdicts import Scope, Strength, Verdict


@dataclass(frozen=True)
class ClauseStanding:
    """A clause for a unit: the worst of its findings, and how many of them are met."""

    clause: Clause
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def of(self) -> int:
        """How many units it applies to."""
        return sum(one.verdict is not Verdict.NOT_APPLICABLE for one in self.findings)

    @property
    def met(self) -> int:
        """How many of them are met."""
        return sum(one.verdict is Verdict.MET for one in self.findings)


@dataclass(frozen=True)
class IndicatorStanding:
    """An indicator for a unit, with the clauses that speak of it."""

    indicator: Indicator
    verdict: Verdict
    clauses: tuple[ClauseStanding, ...]


@dataclass(frozen=True)
class ItemStanding:
    """An item for a unit, with its indicators."""

    item: Item
    verdict: Verdict
    indicators: tuple[IndicatorStanding, ...]

    def clauses(self) -> Iterator[ClauseStanding]:
        """All clauses of the item, encouraged ones included."""
        for indicator in self.indicators:
            yield from indicator.clauses


@dataclass(frozen=True)
class SectionStanding:
    """A section for a unit, with those of its items that speak of it."""

    section: Section
    verdict: Verdict
    items: tuple[ItemStanding, ...]


@dataclass(frozen=True)
class UnitStanding:
    """A unit with every section that speaks of it, in the order of the checklist."""

    unit: str
    sections: tuple[SectionStanding, ...]

    @property
    def items(self) -> tuple[ItemStanding, ...]:
        """Every item that speaks of it, in the order of the checklist."""
        return tuple(item for section in self.sections for item in section.items)

    def points(self, clauses: Iterable[ClauseStanding] | None = None) -> Points | None:
        """The unit's own points on these clauses, on all of them where none are named."""
        if clauses is None:
            clauses = (clause for item in self.items for clause in item.clauses())
        found = (one for clause in clauses for one in clause.findings)
        return total(one.points for one in found if one.unit == self.unit)


def rolled_up(
    checklist: Checklist, findings: Iterable[Finding], snapshot: Snapshot
) -> list[UnitStanding]:
    """Every unit that answers for itself: enterprises first, then Party organizations, by code.

    Clauses of Party organizations and branches count through the organizations attached to
    an enterprise that is judged, clauses of superior committees through the organization that
    leads it. Other organizations, a superior committee that leads no enterprise among them,
    answer for themselves; so do all where the checklist speaks of no enterprise.
    """
    found = list(findings)
    scopes = {clause.id: clause.scope for clause in checklist.clauses()}
    attached, leading = hosts(snapshot), leading_organizations(snapshot)
    enterprises = set(snapshot["enterprises"]["number"].to_pylist())
    judged = {one.unit for one in found if one.unit in enterprises}
    by_unit: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        own = scopes[finding.clause] in (Scope.ORGANIZATION, Scope.BRANCH)
        answering = (attached if own else leading).get(finding.unit, "")
        by_unit[answering if answering in judged else finding.unit].append(finding)
    ordered = sorted(by_unit, key=lambda unit: (unit not in judged, unit))
    return [standing(checklist, unit, by_unit[unit]) for unit in ordered]


def standing(checklist: Checklist, unit: str, findings: Iterable[Finding]) -> UnitStanding:
    """The standing of a unit that these findings make."""
    by_clause: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_clause[finding.clause].append(finding)
    sections = (_section(section, by_clause) for section in checklist.sections())
    return UnitStanding(unit, tuple(section for section in sections if section is not None))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that decides when several join; 不适用 where there is none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.NOT_APPLICABLE)


def _section(
    section: Section, by_clause: Mapping[str, Sequence[Finding]]
) -> SectionStanding | None:
    found = (_item(item, by_clause) for item in section.items)
    items = tuple(one for one in found if one is not None)
    return SectionStanding(section, worst(one.verdict for one in items), items) if items else None


def _item(item: Item, by_clause: Mapping[str, Sequence[Finding]]) -> ItemStanding | None:
    found = (_indicator(indicator, by_clause) for indicator in item.indicators)
    indicators = tuple(one for one in found if one is not None)
    if not indicators:
        return None
    return ItemStanding(item, worst(one.verdict for one in indicators), indicators)


def _indicator(
    indicator: Indicator, by_clause: Mapping[str, Sequence[Finding]]
) -> IndicatorStanding | None:
    clauses = tuple(
        ClauseStanding(clause, worst(f.verdict for f in found), tuple(found))
        for clause in indicator.clauses
        if (found := by_clause.get(clause.id, ()))
    )
    if not clauses:
        return None
    told = indicator_verdict([(one.clause, one.verdict) for one in clauses])
    return IndicatorStanding(indicator, told, clauses)


def item_verdict(item: Item, verdicts: Mapping[str, Verdict]) -> Verdict:
    """What clauses with these verdicts, by number, say of their item; 不适用 where none does."""
    told = (
        [(one, verdicts[one.id]) for one in indicator.clauses if one.id in verdicts]
        for indicator in item.indicators
    )
    return worst(indicator_verdict(one) for one in told if one)


def indicator_verdict(told: Sequence[tuple[Clause, Verdict]]) -> Verdict:
    """What clauses with these verdicts say of their indicator; encouraged ones only alone."""
    binding = [verdict for clause, verdict in told if clause.strength is not Strength.MAY]
    if binding:
        return worst(binding)
    taken_up = any(verdict is Verdict.MET for _, verdict in told)
    return Verdict.MET if taken_up else Verdict.NOT_APPLICABLE


def hosts(snapshot: Snapshot) -> dict[str, str]:
    """The enterprise each Party organization is attached to, by the organization's code."""
    rows = _organizations(snapshot)
    return dict(tuples(rows, "number", "enterprise"))


def leading_organizations(snapshot: Snapshot) -> dict[str, str]:
    """The enterprise each leading Party organization leads; of several the smallest code leads."""
    rows = _organizations(snapshot)
    leads = having(rows, "leads", True)
    leads = leads.group_by("enterprise").aggregate([("number", "min")])
    return dict(tuples(leads, "number_min", "enterprise"))


def _organizations(snapshot: Snapshot) -> pa.Table:
    rows = having(snapshot["party_organizations"], STATUS, EFFECTIVE)
    return rows.filter(rows["enterprise"].is_valid())
