"""Accounts as the administrators see them: names and states, no business data."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from tongrong.queries.slices import Slice, Turn, slice_of
from tongrong.queries.viewers import has_second_factor, holding
from tongrong.records.models import Account, Appointment
from tongrong.vocabulary.roles import Role

NO_ROLE = "none"


@dataclass(frozen=True)
class AccountLine:
    """One account. `one_time`: the password is still the one somebody else gave out."""

    number: int
    login: str
    label: str
    active: bool
    one_time: bool
    cleared: bool
    second_factor: bool
    made_at: dt.datetime
    roles: tuple[str, ...] = ()


def accounts(text: str, turn: Turn, *, closed: bool | None = None) -> Slice[AccountLine]:
    """A page of the accounts whose name has the text, by name; `closed`: only such, or no such."""
    rows = Account.objects.filter(Q(login__icontains=text) | Q(label__icontains=text))
    if closed is not None:
        rows = rows.filter(active=not closed)
    rows = rows.select_related("second_factor")
    return slice_of(rows, "login", turn, lambda found: [_told(one, ()) for one in found])


def accounts_by_role(text: str, role: str, day: dt.date, turn: Turn) -> Slice[AccountLine]:
    """The same with the roles held on a day; of one role, or with none (`NO_ROLE`)."""
    rows = Account.objects.filter(Q(login__icontains=text) | Q(label__icontains=text))
    held = Appointment.objects.filter(holding(day), account=OuterRef("pk"))
    if role == NO_ROLE:
        rows = rows.filter(~Exists(held))
    elif role:
        rows = rows.filter(Exists(held.filter(role=role)))

    def told(found: Sequence[Account]) -> Sequence[AccountLine]:
        roles = _roles([one.pk for one in found], day)
        return [_told(one, roles.get(one.pk, ())) for one in found]

    return slice_of(rows.select_related("second_factor"), "login", turn, told)


def account_line(number: int) -> AccountLine | None:
    """One account; None where there is none."""
    found = Account.objects.filter(pk=number).select_related("second_factor").first()
    return None if found is None else _told(found, ())


def _roles(numbers: Collection[int], day: dt.date) -> Mapping[int, tuple[str, ...]]:
    """What each account is appointed to on a day, by account; each role once."""
    found: dict[int, dict[str, None]] = {}
    rows = Appointment.objects.filter(holding(day), account__in=numbers)
    for account, role in rows.order_by("from_on").values_list("account_id", "role"):
        found.setdefault(account, {})[Role(role).label] = None
    return {account: tuple(roles) for account, roles in found.items()}


def _told(one: Account, roles: tuple[str, ...]) -> AccountLine:
    return AccountLine(
        number=one.pk,
        login=one.login,
        label=one.label,
        active=one.active,
        one_time=one.one_time,
        cleared=one.cleared,
        second_factor=has_second_factor(one),
        made_at=one.made_at,
        roles=roles,
    )
