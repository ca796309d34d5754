"""Who is signed in: from a session to a viewer with the roles held today."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from tongrong.facts.unit_tree import path_of, way_of
from tongrong.queries.policy import Grant, Owed, Viewer
from tongrong.records.models import Account, Appointment, OpenSession, Place, SecondFactor
from tongrong.vocabulary.roles import Role

LONGEST_SESSION = dt.timedelta(hours=8)
PASSWORD, OIDC = "password", "oidc"
"""The ways somebody signs in."""


@dataclass(frozen=True)
class Held:
    """An appointment as the account page shows it; no unit: an administrator's."""

    role: Role
    unit: str
    unit_name: str
    from_on: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Session:
    """A session somebody has open; `own`: the one that asks."""

    opened_at: dt.datetime
    way: str
    own: bool

    @property
    def way_told(self) -> str:
        """By what it was opened, in words."""
        return "用口令登录" if self.way == PASSWORD else "用统一身份登录"


def session_digest(key: str) -> str:
    """What is kept of the key of a session: nobody who reads the tables can use it."""
    return hashlib.sha256(key.encode()).hexdigest()


def viewer_of(session_key: str, at: dt.datetime, day: dt.date) -> Viewer | None:
    """Who has this session open; None where nobody may be signed in by it any more."""
    sessions = OpenSession.objects.filter(
        digest=session_digest(session_key),
        opened_at__gt=at - LONGEST_SESSION,
        account__active=True,
    )
    session = sessions.select_related("account__second_factor").first()
    if session is None:
        return None
    found = viewer(session.account, day)
    return replace(found, owes=_owed(session, found))


def sessions_of(account: int, at: dt.datetime, own_key: str = "") -> Sequence[Session]:
    """The sessions an account has open, the newest first."""
    rows = OpenSession.objects.filter(account=account, opened_at__gt=at - LONGEST_SESSION)
    own = session_digest(own_key)
    return [
        Session(one.opened_at, one.way, one.digest == own)
        for one in rows.order_by("-opened_at", "digest")
    ]


def _owed(session: OpenSession, found: Viewer) -> Owed | None:
    """What must be done first. A one-time password is no matter for who signed in without it."""
    if session.account.one_time and session.way == PASSWORD:
        return Owed.PASSWORD
    needed = set(settings.SECOND_FACTOR_ROLES) & {one.role for one in found.grants}
    return Owed.SECOND_FACTOR if needed and not has_second_factor(session.account) else None


def has_second_factor(account: Account) -> bool:
    """Whether the account has a confirmed second factor; select it with the account."""
    factor: SecondFactor | None = getattr(account, "second_factor", None)
    return factor is not None and factor.confirmed_at is not None


def viewer_on(number: int, day: dt.date) -> Viewer | None:
    """An account by its number, whether signed in or not; None where it may not sign in."""
    account = Account.objects.filter(pk=number, active=True).first()
    return None if account is None else viewer(account, day)


def viewer(account: Account, day: dt.date) -> Viewer:
    """An account with the roles held on a day.

    A leading organization answers for its enterprise: a role held in it is held there.
    """
    place = Place.objects.filter(unit=OuterRef("unit"))
    named = {
        name: Subquery(place.values(name)[:1]) for name in ("path", "leads", "upper", "answering")
    }
    held = _held_on(account, day).annotate(**named).values_list("role", "unit", *named)
    grants = []
    for role, unit, path, leads, upper, answering in held:
        if leads and upper == answering:
            grants.append(Grant(Role(role), upper, path_of(way_of(path)[:-1])))
        else:
            grants.append(Grant(Role(role), unit, path or ""))
    return Viewer(
        account.pk,
        account.login,
        account.label,
        account.cleared,
        tuple(grants),
        list_columns=account.list_columns,
    )


def held_by(viewer: Viewer, day: dt.date) -> Sequence[Held]:
    """The appointments of a viewer that hold on a day."""
    rows = list(
        Appointment.objects.filter(holding(day), account=viewer.account)
        .order_by("from_on", "appointment_id")
        .values_list("role", "unit", "from_on", "until")
    )
    places = Place.objects.filter(unit__in=[unit for _, unit, _, _ in rows])
    if not viewer.cleared:
        places = places.filter(hidden=False)
    names = dict(places.values_list("unit", "name"))
    return [
        Held(Role(role), unit, names.get(unit, ""), from_on, until)
        for role, unit, from_on, until in rows
        if not unit or unit in names
    ]


def holding(day: dt.date) -> Q:
    """The condition that an appointment holds on a day."""
    return Q(from_on__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _held_on(account: Account, day: dt.date) -> "QuerySet[Appointment]":
    return Appointment.objects.filter(holding(day), account=account)


def account_of(login: str) -> int:
    """The number of the account with a name to sign in with.

    Raises:
        Account.DoesNotExist: there is none.
    """
    return Account.objects.get(login=login).pk
