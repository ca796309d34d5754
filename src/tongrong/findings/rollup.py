"""The roll-up: what all clauses together say of an enterprise, by indicator and item.

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
from tongrong.norms.checklist import Checklist, Clause, Indicator, Item
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
class UnitStanding:
    """A unit with every item that speaks of it, in the order of the checklist."""

    unit: str
    items: tuple[ItemStanding, ...]

    def points(self, clauses: Iterable[ClauseStanding] | None = None) -> Points | None:
        """The unit's own points on these clauses, on all of them where none are named."""
        if clauses is None:
            clauses = (clause for item in self.items for clause in item.clauses())
        found = (one for clause in clauses for one in clause.findings)
        return total(one.points for one in found if one.unit == self.unit)


def rolled_up(
    checklist: Checklist, findings: Iterable[Finding], snapshot: Snapshot
) -> list[UnitStanding]:
    """Every enterprise judged; of a checklist that speaks of none, every unit, in order of code."""
    if any(clause.scope is Scope.ENTERPRISE for clause in checklist.clauses()):
        return enterprises_rolled_up(checklist, findings, snapshot)
    by_unit: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_unit[finding.unit].append(finding)
    return [standing(checklist, unit, by_unit[unit]) for unit in sorted(by_unit)]


def enterprises_rolled_up(
    checklist: Checklist, findings: Iterable[Finding], snapshot: Snapshot
) -> list[UnitStanding]:
    """Every enterprise judged, in order of code.

    Clauses of Party organizations and branches count through the organizations attached to
    the enterprise itself, clauses of superior committees through its leading organization.
    """
    judged = list(findings)
    scopes = {clause.id: clause.scope for clause in checklist.clauses()}
    attached, leading = hosts(snapshot), leading_organizations(snapshot)
    enterprises = set(snapshot["enterprises"]["number"].to_pylist())
    by_unit: dict[str, list[Finding]] = defaultdict(list)
    for finding in judged:
        if finding.unit in enterprises:
            by_unit[finding.unit].append(finding)
        elif scopes[finding.clause] in (Scope.ORGANIZATION, Scope.BRANCH):
            by_unit[attached.get(finding.unit, "")].append(finding)
        else:
            by_unit[leading.get(finding.unit, "")].append(finding)
    own = {one.unit for one in judged if one.unit in enterprises}
    return [standing(checklist, unit, by_unit[unit]) for unit in sorted(own)]


def standing(checklist: Checklist, unit: str, findings: Iterable[Finding]) -> UnitStanding:
    """The standing of a unit that these findings make."""
    by_clause: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_clause[finding.clause].append(finding)
    items = (_item(item, by_clause) for item in checklist.items())
    return UnitStanding(unit, tuple(item for item in items if item is not None))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that decides when several join; 不适用 where there is none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.NOT_APPLICABLE)


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
    binding = [one.verdict for one in clauses if one.clause.strength is not Strength.MAY]
    if binding:
        return IndicatorStanding(indicator, worst(binding), clauses)
    taken_up = any(one.verdict is Verdict.MET for one in clauses)
    return IndicatorStanding(
        indicator, Verdict.MET if taken_up else Verdict.NOT_APPLICABLE, clauses
    )


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
