"""What members and staff representatives take part in: this month's duties of these matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tongrong.engine.reach import Place as Read
from tongrong.queries.findings import KEPT, kept_of
from tongrong.queries.judgements import NOT_APPLICABLE, Judgements
from tongrong.queries.month import Month, sorted_out
from tongrong.queries.places import UnitPlace, own_and_leading
from tongrong.queries.policy import MAY, Permission, Viewer
from tongrong.vocabulary.roles import Role


@dataclass(frozen=True)
class Matter:
    """Rows of a ledger, of one kind where it is said."""

    ledger: str
    kind: str = ""

    def is_read_at(self, place: Read) -> bool:
        """Whether a clause reads it there; of one kind only where the clause names that kind."""
        kinds = dict(place.tests).get("kind")
        return place.ledger == self.ledger and self.kind in ("", *(kinds or ()))


MATTERS: Mapping[Role, tuple[Matter, ...]] = MappingProxyType(
    {
        Role.MEMBER: (Matter("meetings"), Matter("appraisals"), Matter("dues")),
        Role.STAFF: (Matter("meetings", "职代会"), Matter("disclosures"), Matter("publications")),
    }
)
"""A member takes part in the life of the organization they belong to; who represents the staff
in its congress, and reads what the enterprise publishes to them."""


_APART = frozenset({"disposals"})
"""What else a clause may read that is the business of few: how a member was dealt with."""


@dataclass(frozen=True)
class TakenPart:
    """What a unit does this month in which a role held there takes part."""

    unit: UnitPlace
    role: Role
    month: Month


def taken_part(viewer: Viewer, seen: Judgements) -> tuple[TakenPart, ...]:
    """This month of each unit the viewer takes part in, by role.

    A role held in a leading organization is held in its enterprise: members belong to the one,
    the staff to the other.
    """
    held = dict.fromkeys(
        (one.role, one.unit)
        for one in viewer.grants
        if one.path and Permission.TAKE_PART in MAY[one.role]
    )
    near = own_and_leading(viewer, Permission.TAKE_PART)
    parts = dict.fromkeys(
        (role, place)
        for role, unit in held
        for place in near
        if unit in (place.unit, place.answering) and place.enterprise == (role is Role.STAFF)
    )
    clauses = {role: _clauses(seen, role) for role, _ in parts}
    rows = seen.findings().filter(unit__in=[one.unit for _, one in parts])
    rows = rows.filter(clause__in=frozenset().union(*clauses.values()))
    rows = rows.exclude(severity=NOT_APPLICABLE)
    kept = [kept_of(row) for row in rows.values(*KEPT)]

    def month(role: Role, unit: str) -> Month:
        own = [one for one in kept if one.unit == unit and one.clause in clauses[role]]
        return sorted_out(seen, own, may=False)

    return tuple(TakenPart(one, role, month(role, one.unit)) for role, one in parts)


def _clauses(seen: Judgements, role: Role) -> frozenset[str]:
    """The clauses that read a matter of the role; what is encouraged is no duty."""
    found = (
        clause
        for clause, places in seen.norms.reach.clauses.items()
        if any(matter.is_read_at(place) for matter in MATTERS[role] for place in places)
        and _APART.isdisjoint(place.ledger for place in places)
    )
    return frozenset(found) - frozenset(seen.encouraged)
