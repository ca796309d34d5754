"""Accounts and appointments: who may sign in, and to do what, where, from when until when."""

import datetime as dt
import secrets
import unicodedata

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from tongrong.actions.account_writes import WHERE, audited
from tongrong.actions.turns import one_write
from tongrong.queries.audit import APPOINT, MAKE_ACCOUNT, SET_PASSWORD
from tongrong.records.models import Account, Appointment, OpenSession, Place
from tongrong.records.models.accounts import LOGIN_LENGTH
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.roles import Role

SIGNS = "._-@"
"""What a name to sign in with may have beside letters and digits."""


def login_of(text: str) -> str:
    """A name to sign in with as it is kept: capitals and spaces around make no difference."""
    return text.strip().casefold()


def checked_login(login: str) -> str:
    """A name for a new account, as `login_of` gives it, if it can be typed and told from others.

    Accounts there are already, and the names an identity provider gives, stay as they are.

    Raises:
        TongrongError: it has other characters, nothing but signs, or too many.
    """
    strange = dict.fromkeys(one for one in login if not (one in SIGNS or _is_written(one)))
    if strange or not login.strip(SIGNS) or len(login) > LOGIN_LENGTH:
        raise refuse(
            "account.login",
            WHERE,
            f"账户名“{login[:LOGIN_LENGTH]}”" + (f"里的 {' '.join(strange)}" if strange else ""),
            f"文字、数字和 {' '.join(SIGNS)}，至多 {LOGIN_LENGTH} 个，不只是符号",
            "换一个账户名，不用表情、空格和其他符号",
        )
    return login


def _is_written(character: str) -> bool:
    """Whether it is of a letter of any script, or a digit; what only picks a look is not."""
    kind = unicodedata.category(character)
    if kind in ("Mn", "Mc"):
        return not unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    return kind.startswith("L") or kind == "Nd"


def new_password() -> str:
    """A password for somebody else, drawn by lot."""
    return "-".join(secrets.token_hex(3) for _ in range(3))


def make_account(
    *,
    login: str,
    label: str,
    password: str | None,
    actor: str,
    at: dt.datetime,
    cleared: bool = False,
    one_time: bool = False,
) -> bool:
    """Let somebody sign in; whether the account is new. One that is there stays as it is.

    With no password, by OIDC only; a `one_time` password is good for choosing another.

    Raises:
        TongrongError: the password is too weak.
    """
    login = login_of(login)
    if password is not None:
        checked_password(password, login=login, label=label)
    hashed = make_password(password)
    with one_write(WHERE):
        if Account.objects.filter(login=login).exists():
            return False
        moment = audited(MAKE_ACCOUNT, login, actor=actor, at=at, detail={"cleared": cleared})
        Account(
            login=login,
            label=label,
            cleared=cleared,
            made_at=moment,
            password=hashed,
            one_time=one_time,
        ).save(force_insert=True)
    return True


def appoint(
    *,
    login: str,
    role: Role,
    unit: str,
    from_on: dt.date,
    until: dt.date | None,
    actor: str,
    at: dt.datetime,
) -> bool:
    """Give somebody a role in a unit and all below it; whether that is new.

    Raises:
        TongrongError: there is no such account or unit, an administrator would see business
            data, or one person would be two of the three administrators.
    """
    with one_write(WHERE):
        account = Account.objects.filter(login=login_of(login)).first()
        if account is None:
            raise refuse("account.unknown", WHERE, login, "已有的账户", "先建立账户")
        if role.administers != (not unit):
            raise refuse(
                "account.unit",
                WHERE,
                f"{role.label} {unit}",
                "管理员不在任何单位，其余都在一个单位",
                "改单位或角色",
            )
        if unit and not Place.objects.filter(unit=unit).exists():
            raise refuse("account.place", WHERE, unit, "台账中有效的企业或党组织", "核对单位编号")
        said = {"role": role.value, "unit": unit, "from_on": from_on}
        if Appointment.objects.filter(account=account, **said).exists():
            return False
        _keep_apart(account, role, from_on, until)
        Appointment(account=account, until=until, **said).save(force_insert=True)
        detail = {**said, "from_on": str(from_on), "until": str(until or "")}
        audited(APPOINT, account.login, actor=actor, at=at, detail=detail)
    return True


def set_password(*, account: int, password: str, actor: str, at: dt.datetime) -> None:
    """Let an account have another password; every session it has open ends.

    Raises:
        TongrongError: the password is too weak.
    """
    found = Account.objects.get(pk=account)
    checked_password(password, login=found.login, label=found.label)
    hashed = make_password(password)
    with one_write(WHERE):
        Account.objects.filter(pk=account).update(password=hashed, one_time=False)
        OpenSession.objects.filter(account=account).delete()
        audited(SET_PASSWORD, found.login, actor=actor, at=at)


def checked_password(password: str, *, login: str, label: str) -> str:
    """A password that the policy admits.

    Raises:
        TongrongError: with everything that is wrong with it.
    """
    try:
        validate_password(password, Account(login=login, label=label))
    except ValidationError as error:
        raise refuse(
            "account.password",
            "口令",
            "不合要求",
            "；".join(str(one) for one in error.messages),
            "换一个更长、与账户名无关的口令",
        ) from error
    return password


def _keep_apart(account: Account, role: Role, from_on: dt.date, until: dt.date | None) -> None:
    """Nobody is an administrator and something else for so much as a day."""
    meanwhile = Q(until__isnull=True) | Q(until__gt=from_on)
    if until is not None:
        meanwhile &= Q(from_on__lt=until)
    others = Appointment.objects.filter(meanwhile, account=account).exclude(role=role.value)
    for other in others:
        if role.administers or Role(other.role).administers:
            raise refuse(
                "account.apart",
                WHERE,
                f"{account.login} 同时任{Role(other.role).label}和{role.label}",
                "三类管理员互不兼任，也不任其他角色",
                "另建账户，或先终止原有角色",
            )
