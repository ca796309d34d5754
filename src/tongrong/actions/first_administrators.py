"""The first three administrators, whom nobody in the portal could appoint; and their passwords.

Done by who has the server, and could do anything with the database anyway; it is audited like
everything else.
"""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.hashers import make_password

from tongrong.actions.account_writes import WHERE, audited
from tongrong.actions.accounts import appoint, login_of, make_account, new_password
from tongrong.actions.turns import one_write
from tongrong.queries.audit import RESET_PASSWORD
from tongrong.queries.viewers import holding
from tongrong.records.models import Account, Appointment, OpenSession
from tongrong.records.models.accounts import ADMINISTRATORS
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.roles import Role


def first_administrators(
    *, logins: Mapping[str, Role], actor: str, at: dt.datetime, day: dt.date
) -> dict[str, str]:
    """Make an account for each role, by its name to sign in with; their one-time passwords.

    Raises:
        TongrongError: there are administrators, or accounts of these names.
    """
    passwords = {login: new_password() for login in logins}
    with one_write(WHERE):
        if Appointment.objects.filter(holding(day), role__in=ADMINISTRATORS).exists():
            raise refuse(
                "cli.administrators",
                "tongrong administrators",
                "已经有管理员",
                "还没有管理员的库",
                "由安全管理员任命其他管理员；忘记口令用 --reset 账户名",
            )
        for login, role in logins.items():
            _make(login, role, passwords[login], actor, at)
            appoint(login=login, role=role, unit="", from_on=day, until=None, actor=actor, at=at)
    return passwords


def reset_administrator(*, login: str, actor: str, at: dt.datetime, day: dt.date) -> str:
    """Give an administrator a password for one sign-in; it is returned.

    Raises:
        TongrongError: the account is no administrator's.
    """
    password = new_password()
    hashed = make_password(password)
    with one_write(WHERE):
        held = Appointment.objects.filter(holding(day), role__in=ADMINISTRATORS)
        found = Account.objects.filter(login=login_of(login), pk__in=held.values("account")).first()
        if found is None:
            raise refuse(
                "cli.administrators",
                "--reset",
                login,
                "现任管理员的账户名",
                "核对账户名；其他人的口令由系统管理员在门户中重置",
            )
        Account.objects.filter(pk=found.pk).update(password=hashed, one_time=True)
        OpenSession.objects.filter(account=found).delete()
        audited(RESET_PASSWORD, found.login, actor=actor, at=at)
    return password


def _make(login: str, role: Role, password: str, actor: str, at: dt.datetime) -> None:
    if not make_account(
        login=login, label=role.label, password=password, one_time=True, actor=actor, at=at
    ):
        raise refuse(
            "cli.administrators",
            "tongrong administrators",
            f"账户 {login} 已有，但不是管理员",
            "没有这个账户",
            "先核对它是谁的，由管数据库的人改掉这个账户名",
        )
