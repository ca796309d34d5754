"""What the security administrator does: roles given and ended, locks, sessions, clearance."""

import datetime as dt

from tongrong.actions.account_writes import WHERE, changing, now_says
from tongrong.actions.accounts import appoint
from tongrong.actions.last_holder import keep_a_holder
from tongrong.queries.appointments import unit_exists
from tongrong.queries.audit import CLEAR_ACCOUNT, END_APPOINTMENT, END_SESSIONS, UNLOCK
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.sign_ins import UNLOCKED, is_locked
from tongrong.records.models import Appointment, OpenSession, SignIn
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.roles import Role

_APPOINT = Permission.APPOINT


def give_role(
    *,
    viewer: Viewer,
    account: int,
    role: Role,
    unit: str,
    from_on: dt.date,
    until: dt.date | None,
    at: dt.datetime,
) -> bool:
    """Appoint somebody else; whether that is new. `until`: the first day it no longer holds.

    Raises:
        TongrongError: the viewer may not, the days are in the wrong order, there is no such unit
            for the viewer, or the roles do not go together.
    """
    with changing(viewer, _APPOINT, account, at) as change:
        if until is not None and until <= from_on:
            raise refuse(
                "account.days", WHERE, f"{from_on} 起", "不早于起始日的截止日", "改起始日或截止日"
            )
        if unit and not unit_exists(viewer, unit):
            raise refuse("account.place", WHERE, unit, "台账中有效的企业或党组织", "核对单位编号")
        return appoint(
            login=change.account.login,
            role=role,
            unit=unit,
            from_on=from_on,
            until=until,
            actor=viewer.login,
            at=at,
        )


def end_role(
    *, viewer: Viewer, appointment: int, until: dt.date, at: dt.datetime, day: dt.date
) -> bool:
    """Let a role of somebody else hold no more from a day on, not before `day`; whether new.

    One that would not have begun by then is as if it had not been given; the audit chain tells.

    Raises:
        TongrongError: the viewer may not, there is no such appointment for them, or nobody would
            be an administrator.
    """
    held = Appointment.objects.filter(pk=appointment).first()
    if held is None or (held.unit and not unit_exists(viewer, held.unit)):
        raise refuse("account.role", WHERE, f"{appointment}", "已有的任命", "刷新页面再选")
    with changing(viewer, _APPOINT, held.account_id, at) as change:
        held = Appointment.objects.filter(pk=appointment).first()
        if until < day:
            raise refuse("account.days", WHERE, f"{until} 起终止", f"不早于 {day}", "改截止日")
        if held is None or (held.until is not None and held.until <= until):
            return False
        keep_a_holder([held], until)
        if held.from_on >= until:
            held.delete()
        else:
            Appointment.objects.filter(pk=held.pk).update(until=until)
        said = {"role": held.role, "unit": held.unit, "from_on": str(held.from_on)}
        change.tell(END_APPOINTMENT, **said, until=str(until))
    return True


def unlock(*, viewer: Viewer, account: int, at: dt.datetime) -> bool:
    """Let wrong attempts to sign in count no more; whether any locked the account.

    Raises:
        TongrongError: the viewer may not.
    """
    with changing(viewer, _APPOINT, account, at) as change:
        if is_locked(change.account.login, at):
            SignIn.objects.create(at=at, login=change.account.login, outcome=UNLOCKED)
            change.tell(UNLOCK)
    return change.new


def end_sessions_of(*, viewer: Viewer, account: int, at: dt.datetime) -> int:
    """Sign somebody else out everywhere; of how many sessions.

    Raises:
        TongrongError: the viewer may not.
    """
    with changing(viewer, _APPOINT, account, at) as change:
        ended, _ = OpenSession.objects.filter(account=change.account).delete()
        if ended:
            change.tell(END_SESSIONS, sessions=ended)
    return ended


def set_clearance(*, viewer: Viewer, account: int, cleared: bool, at: dt.datetime) -> bool:
    """Let somebody else see units abroad (五不公开), or no more; whether that is new.

    Raises:
        TongrongError: the viewer may not.
    """
    with changing(viewer, _APPOINT, account, at) as change:
        if now_says(change.account, cleared=cleared):
            change.tell(CLEAR_ACCOUNT, cleared=cleared)
    return change.new
