"""Who may do and see what, and in which units: the one place that says so.

A role holds in a unit and in all below it. The three administrators see no business data, and
none of them can do what another does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tongrong.vocabulary.roles import Role


class Permission(StrEnum):
    """Something a page shows or an action does."""

    OWN_ACCOUNT = "own_account"
    SEE_DUTIES = "see_duties"
    TAKE_PART = "take_part"
    SEE_COCKPIT = "see_cockpit"
    SEE_CHECKLIST = "see_checklist"
    SEE_LEDGERS = "see_ledgers"
    RECORD = "record"
    RECHECK = "recheck"
    SEE_SENSITIVE = "see_sensitive"
    SEE_SIGN_INS = "see_sign_ins"
    SEE_JOBS = "see_jobs"
    SEE_AUDIT = "see_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    APPOINT = "appoint"

    @property
    def of_a_unit(self) -> bool:
        """Whether it is held in units, and not at large."""
        return self not in _AT_LARGE


_P = Permission
_AT_LARGE = frozenset(
    {_P.OWN_ACCOUNT, _P.SEE_SIGN_INS, _P.SEE_JOBS, _P.SEE_AUDIT, _P.MANAGE_ACCOUNTS, _P.APPOINT}
)
_WATCHES = frozenset({_P.SEE_DUTIES, _P.SEE_COCKPIT, _P.SEE_CHECKLIST, _P.SEE_LEDGERS})
_WORKS = _WATCHES | {_P.RECORD}
_KEEPS = _WORKS | {_P.SEE_SENSITIVE}
_OVERSEES = _KEEPS | {_P.RECHECK}
MAY: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.SUPERIOR: _WATCHES | {_P.RECHECK},
        Role.SECRETARY: _OVERSEES,
        Role.PARTY_OFFICER: _OVERSEES,
        Role.BOARD_OFFICE: _WORKS,
        Role.DISCIPLINE: _OVERSEES,
        Role.HUMAN_RESOURCES: _KEEPS,
        Role.FINANCE: _KEEPS,
        Role.BRANCH_SECRETARY: _WORKS,
        Role.MEMBER: frozenset({_P.TAKE_PART}),
        Role.STAFF: frozenset({_P.TAKE_PART}),
        Role.ASSESSOR: frozenset({_P.SEE_DUTIES, _P.SEE_COCKPIT, _P.SEE_CHECKLIST}),
        Role.SYSTEM_ADMIN: frozenset({_P.MANAGE_ACCOUNTS, _P.SEE_JOBS}),
        Role.SECURITY_ADMIN: frozenset({_P.APPOINT}),
        Role.AUDIT_ADMIN: frozenset({_P.SEE_SIGN_INS, _P.SEE_AUDIT}),
    }
)
"""What each role may, beside what everybody may who has signed in (`OWN_ACCOUNT`)."""


def masked_name(name: str) -> str:
    """A person's name as it is told to others than those who work with their unit."""
    return f"{name[:1]}**"


@dataclass(frozen=True)
class Grant:
    """A role held today: in the unit and all whose path begins with its path; may be none."""

    role: Role
    unit: str
    path: str


class Owed(StrEnum):
    """What somebody must do before they may do anything else."""

    PASSWORD = "password"  # noqa: S105 a word, not a password
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, with the roles held today.

    `list_columns` are the columns they chose of lists, by the code of the ledger.
    """

    account: int
    login: str
    label: str
    cleared: bool
    grants: tuple[Grant, ...]
    owes: Owed | None = None
    list_columns: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)

    def may(self, permission: Permission) -> bool:
        """Whether the viewer may at all, in whatever unit."""
        if permission is Permission.OWN_ACCOUNT:
            return True
        return any(permission in MAY[one.role] for one in self.grants)

    @property
    def sees_names(self) -> bool:
        """Whether persons are named in full: to those who work with their unit."""
        return self.may(Permission.SEE_LEDGERS)

    @property
    def looks_on(self) -> bool:
        """Whether a role looks after units and records nothing: what matters is all below."""
        held = (MAY[one.role] for one in self.grants)
        return any(Permission.SEE_DUTIES in one and Permission.RECORD not in one for one in held)

    def scopes(self, permission: Permission) -> tuple[str, ...]:
        """The paths below which the viewer may; none of them lies below another."""
        held = sorted({one.path for one in self.grants if one.path and permission in MAY[one.role]})
        found: list[str] = []
        for path in held:
            if not found or not path.startswith(found[-1]):
                found.append(path)
        return tuple(found)

    def units(self, permission: Permission) -> frozenset[str]:
        """The units in which roles that may are held."""
        return frozenset(
            one.unit for one in self.grants if one.path and permission in MAY[one.role]
        )
