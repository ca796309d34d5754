"""The subtree share: of the units below one, how many meet what applies to them.

It stands beside a unit's own verdicts and never changes them. Units are counted, nothing is
averaged: a unit to which something does not apply (不适用) is not counted at all, and
encouraged (may) clauses are left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongrong.facts.ledger import EFFECTIVE, STATUS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.rollup import worst
from tongrong.findings.rows import having, tuples
from tongrong.norms.checklist import Checklist, Clause, Item
from tongrong.vocabulary.verdicts import Strength, Verdict

Children = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Share:
    """So many units met, of so many to which it applies."""

    met: int
    of: int

    def __str__(self) -> str:
        """As it is told: 3/4."""
        return f"{self.met}/{self.of}"


@dataclass(frozen=True)
class ClauseShare:
    """A clause, and how many units below meet it."""

    clause: Clause
    share: Share


@dataclass(frozen=True)
class ItemShare:
    """An item, how many units below meet all of it that applies to them, and its clauses."""

    item: Item
    share: Share
    clauses: tuple[ClauseShare, ...]


@dataclass(frozen=True)
class Subtree:
    """The units below one that were judged, and what share of them meets each item.

    Items and clauses that apply to none of them are left out.
    """

    units: frozenset[str]
    items: tuple[ItemShare, ...]


def subtree(
    checklist: Checklist, findings: Iterable[Finding], snapshot: Snapshot, unit: str
) -> Subtree:
    """What the units below `unit` make of the checklist; the unit itself is not among them."""
    under = below(snapshot, unit)
    judged: dict[str, dict[str, Verdict]] = defaultdict(dict)
    units = set()
    for one in findings:
        if one.unit in under:
            units.add(one.unit)
            judged[one.clause][one.unit] = one.verdict
    items = (_item(item, judged) for item in checklist.items())
    return Subtree(frozenset(units), tuple(item for item in items if item.share.of))


def _item(item: Item, judged: Mapping[str, Mapping[str, Verdict]]) -> ItemShare:
    """A unit meets an item if its worst verdict on the item's clauses is 达标."""
    clauses = [
        clause
        for indicator in item.indicators
        for clause in indicator.clauses
        if clause.strength is not Strength.MAY and clause.id in judged
    ]
    of_unit: dict[str, list[Verdict]] = defaultdict(list)
    for clause in clauses:
        for unit, verdict in judged[clause.id].items():
            of_unit[unit].append(verdict)
    shares = (ClauseShare(clause, _share(judged[clause.id].values())) for clause in clauses)
    whole = _share(worst(verdicts) for verdicts in of_unit.values())
    return ItemShare(item, whole, tuple(one for one in shares if one.share.of))


def _share(verdicts: Iterable[Verdict]) -> Share:
    applying = [verdict for verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    return Share(applying.count(Verdict.MET), len(applying))


def below(snapshot: Snapshot, unit: str) -> frozenset[str]:
    """The units below one, at any depth.

    Below an enterprise are its subsidiaries, theirs in turn, and the Party organizations
    attached to them; not those attached to itself, which it answers for as its own. Below a
    Party organization are the organizations it is superior to, the enterprises it supervises,
    and what is below these. An organization attached to no enterprise goes with its superior.
    """
    tree = _Tree.of(snapshot)
    under = tree.of_enterprise if unit in tree.enterprises else tree.of_organization
    return frozenset(under(unit)) - {unit}


@dataclass(frozen=True)
class _Tree:
    """Who stands directly below whom: by parent, by host, by superior."""

    enterprises: frozenset[str]
    subsidiaries: Children
    supervised: Children
    attached: Children
    subordinates: Children
    unattached: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "_Tree":
        enterprises = having(snapshot["enterprises"], STATUS, EFFECTIVE)
        organizations = having(snapshot["party_organizations"], STATUS, EFFECTIVE)
        hosts = tuples(organizations, "enterprise", "number")
        return cls(
            frozenset(number for (number,) in tuples(enterprises, "number")),
            _grouped(tuples(enterprises, "parent", "number")),
            _grouped(tuples(enterprises, "superior", "number")),
            _grouped(hosts),
            _grouped(tuples(organizations, "superior", "number")),
            frozenset(number for host, number in hosts if host is None),
        )

    def of_enterprise(self, unit: str) -> set[str]:
        companies = _closure([unit], lambda one: self.subsidiaries.get(one, ())) - {unit}
        bodies = [body for one in companies for body in self.attached.get(one, ())]
        own = self.attached.get(unit, ())
        return companies | (_closure([*own, *bodies], self._loose) - set(own))

    def of_organization(self, unit: str) -> set[str]:
        return _closure([unit], self._directly_below)

    def _loose(self, body: str) -> Iterator[str]:
        """The organizations attached to no enterprise whose superior this is."""
        return (one for one in self.subordinates.get(body, ()) if one in self.unattached)

    def _directly_below(self, one: str) -> Iterator[str]:
        for children in (self.subsidiaries, self.supervised, self.attached, self.subordinates):
            yield from children.get(one, ())


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str, list[str]]:
    """The second of each pair by the first, where there is one."""
    found: dict[str, list[str]] = defaultdict(list)
    for above, unit in pairs:
        if above is not None:
            found[above].append(unit)
    return dict(found)


def _closure(start: Iterable[str], children: Callable[[str], Iterable[str]]) -> set[str]:
    """All that can be reached, the start included; units that stand in a ring are met once."""
    found, ahead = set(), list(start)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead.extend(children(one))
    return found
