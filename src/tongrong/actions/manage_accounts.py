"""What the system administrator does to accounts: let somebody in, name, close, a new password.

Whoever sets the password of another could sign in as them; so it is good for one sign-in only, and
never set here for one of the other administrators (decision 0181).
"""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from tongrong.actions.account_writes import WHERE, changing, check_may, now_says
from tongrong.actions.accounts import checked_login, login_of, make_account, new_password
from tongrong.actions.last_holder import keep_a_holder
from tongrong.queries.audit import (
    CLOSE_ACCOUNT,
    RENAME_ACCOUNT,
    REOPEN_ACCOUNT,
    RESET_PASSWORD,
)
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Account, Appointment, OpenSession
from tongrong.records.models.accounts import ADMINISTRATORS
from tongrong.vocabulary.errors import TongrongError, refuse

_MANAGE = Permission.MANAGE_ACCOUNTS


def open_account(*, viewer: Viewer, login: str, label: str, at: dt.datetime) -> str:
    """Let somebody sign in; the password they do it with the first time.

    Raises:
        TongrongError: a name is missing or no name for an account, or somebody has it already.
    """
    check_may(viewer, _MANAGE)
    login, label, password = login_of(login), label.strip(), new_password()
    if not login or not label:
        raise refuse("account.name", WHERE, "", "账户名和称呼都填", "补上空着的一项")
    if not make_account(
        login=checked_login(login),
        label=label,
        password=password,
        actor=viewer.login,
        at=at,
        one_time=True,
    ):
        raise refuse(
            "account.taken", WHERE, login, "没有人用的账户名", "换一个账户名，或重置原有账户的口令"
        )
    return password


def rename_account(*, viewer: Viewer, account: int, label: str, at: dt.datetime) -> bool:
    """Let pages address somebody otherwise; whether that is new.

    Raises:
        TongrongError: the viewer may not, or nothing is said.
    """
    label = label.strip()
    if not label:
        raise refuse("account.name", WHERE, "", "称呼", "补上称呼")
    with changing(viewer, _MANAGE, account, at) as change:
        if now_says(change.account, label=label):
            change.tell(RENAME_ACCOUNT)
    return change.new


def close_account(*, viewer: Viewer, account: int, at: dt.datetime, day: dt.date) -> bool:
    """Let somebody in no more, at once; whether that is new. Nothing of what they did is lost.

    Raises:
        TongrongError: the viewer may not, or nobody would be an administrator.
    """
    with changing(viewer, _MANAGE, account, at) as change:
        if change.account.active:
            keep_a_holder(_not_over(change.account, day), day)
            now_says(change.account, active=False)
            OpenSession.objects.filter(account=change.account).delete()
            change.tell(CLOSE_ACCOUNT)
    return change.new


def reopen_account(*, viewer: Viewer, account: int, at: dt.datetime) -> bool:
    """Let somebody in again; whether that is new.

    Raises:
        TongrongError: the viewer may not.
    """
    with changing(viewer, _MANAGE, account, at) as change:
        if now_says(change.account, active=True):
            change.tell(REOPEN_ACCOUNT)
    return change.new


def reset_password(*, viewer: Viewer, account: int, at: dt.datetime, day: dt.date) -> str:
    """Give somebody a password for one sign-in, at which they choose another; it is returned.

    Raises:
        TongrongError: the viewer may not, or the account is an administrator's.
    """
    password = new_password()
    hashed = make_password(password)
    with changing(viewer, _MANAGE, account, at) as change:
        if any(one.role in ADMINISTRATORS for one in _not_over(change.account, day)):
            raise _an_administrators(change.account)
        now_says(change.account, password=hashed, one_time=True)
        OpenSession.objects.filter(account=change.account).delete()
        change.tell(RESET_PASSWORD)
    return password


def _not_over(account: Account, day: dt.date) -> list[Appointment]:
    """The appointments that hold, or will."""
    meant = Q(until__isnull=True) | Q(until__gt=day)
    return list(Appointment.objects.filter(meant, account=account))


def _an_administrators(account: Account) -> TongrongError:
    return refuse(
        "account.administrator",
        WHERE,
        f"{account.login} 是管理员",
        "不是管理员的账户：三类管理员不能替对方设口令",
        f"在服务器上运行 tongrong administrators --reset {account.login}",
    )
