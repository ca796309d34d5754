"""The second factor: a code each half minute (TOTP, RFC 6238), recovery codes for a lost phone."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tongrong.actions.account_writes import WHERE, audited, changing
from tongrong.actions.attempts import Attempt, counted, proved
from tongrong.actions.sealing import sealed, unsealed
from tongrong.actions.turns import one_write
from tongrong.queries.audit import (
    DROP_SECOND_FACTOR,
    RENEW_RECOVERY_CODES,
    RESET_SECOND_FACTOR,
    SET_SECOND_FACTOR,
)
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.sign_ins import SIGNED_IN, WRONG_CODE
from tongrong.records.models import Account, RecoveryCode, SecondFactor
from tongrong.vocabulary.errors import TongrongError, refuse

STEP_SECONDS, DIGITS = 30, 6
EARLY_AND_LATE = (0, -1, 1)
"""Clocks of phones go wrong: the codes of the half minute before and after are good too."""
RECOVERY_CODES = 10
_SECRET_BYTES = 20


def begin_second_factor(*, viewer: Viewer, at: dt.datetime) -> str:
    """The key to enter into a phone, in base32: a new one, or the one begun and not confirmed.

    Raises:
        TongrongError: there is a confirmed one.
    """
    with one_write(WHERE):
        begun = SecondFactor.objects.filter(account=viewer.account).first()
        if begun is not None and begun.confirmed_at is not None:
            raise refuse("second.there", "动态口令", "", "没有启用过", "要换手机，先停用再启用")
        secret = unsealed(begun.sealed) if begun is not None else None
        if secret is None:
            secret = secrets.token_bytes(_SECRET_BYTES)
            SecondFactor.objects.update_or_create(
                account_id=viewer.account, defaults={"sealed": sealed(secret), "begun_at": at}
            )
    return base64.b32encode(secret).decode()


def confirm_second_factor(*, viewer: Viewer, code: str, at: dt.datetime) -> tuple[str, ...]:
    """Ask for codes from now on; the recovery codes, told this once.

    Raises:
        TongrongError: the code is not the one the phone shows now.
    """
    with one_write(WHERE):
        if not _right(viewer.account, code, at, confirmed=False):
            raise _wrong()
        SecondFactor.objects.filter(account=viewer.account).update(confirmed_at=at)
        told = _new_recovery_codes(viewer.account)
        audited(SET_SECOND_FACTOR, viewer.login, actor=viewer.login, at=at)
    return told


def renew_recovery_codes(*, viewer: Viewer, code: str, at: dt.datetime) -> tuple[str, ...]:
    """Other recovery codes in place of the old ones, told this once.

    Raises:
        TongrongError: the code is wrong.
    """
    _check(viewer, code, at)
    with one_write(WHERE):
        told = _new_recovery_codes(viewer.account)
        audited(RENEW_RECOVERY_CODES, viewer.login, actor=viewer.login, at=at)
    return told


def drop_second_factor(*, viewer: Viewer, code: str, at: dt.datetime) -> None:
    """Ask the viewer for codes no more.

    Raises:
        TongrongError: the code is wrong.
    """
    _check(viewer, code, at)
    with one_write(WHERE):
        _drop(viewer.account)
        audited(DROP_SECOND_FACTOR, viewer.login, actor=viewer.login, at=at)


def reset_second_factor(*, viewer: Viewer, account: int, at: dt.datetime) -> bool:
    """The security administrator's: let somebody else enrol again; whether there was one.

    Raises:
        TongrongError: the viewer may not.
    """
    with changing(viewer, Permission.APPOINT, account, at) as change:
        if _drop(change.account.pk):
            change.tell(RESET_SECOND_FACTOR)
    return change.new


def sign_in_code(*, account: int, code: str, at: dt.datetime) -> Attempt:
    """Look whether a code is the phone's of now or a recovery code; neither is good twice.

    Wrong codes lock the account as wrong passwords do.
    """
    found = Account.objects.filter(pk=account, active=True).first()
    if found is None:
        return Attempt(None)
    tried = counted(found.login, WRONG_CODE, at)
    if tried is None:
        return Attempt(None, locked=True)
    with one_write(WHERE):
        good = _right(account, code, at, confirmed=True) or _used_up(account, code, at)
    if not good:
        return Attempt(None)
    proved(tried, SIGNED_IN)
    return Attempt(account)


def _check(viewer: Viewer, code: str, at: dt.datetime) -> None:
    """Refuse a wrong code; it is counted, though nothing else is written."""
    attempt = sign_in_code(account=viewer.account, code=code, at=at)
    if attempt.locked:
        raise refuse("second.locked", "验证码", "", "没有连续不对", "已暂停登录，过一刻钟再试")
    if attempt.account is None:
        raise _wrong()


def _right(account: int, code: str, at: dt.datetime, *, confirmed: bool) -> bool:
    """Whether a phone shows this code; that it was taken is kept, in one statement."""
    factors = SecondFactor.objects.filter(account=account, confirmed_at__isnull=not confirmed)
    factor = factors.first()
    secret = unsealed(factor.sealed) if factor is not None else None
    if factor is None or secret is None:
        return False
    totp = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 what phones compute (RFC 6238)
    code = "".join(code.split())
    for off in EARLY_AND_LATE:
        step = int(at.timestamp()) // STEP_SECONDS + off
        if hmac.compare_digest(totp.generate(step * STEP_SECONDS), code.encode()):
            return factors.filter(last_step__lt=step).update(last_step=step) == 1
    return False


def _used_up(account: int, code: str, at: dt.datetime) -> bool:
    unused = RecoveryCode.objects.filter(
        account=account, digest=_digest(code), used_at__isnull=True
    )
    return unused.update(used_at=at) == 1


def _new_recovery_codes(account: int) -> tuple[str, ...]:
    """Ten codes of 80 bits: too many to try, so a plain digest of each is enough."""
    RecoveryCode.objects.filter(account=account).delete()
    told = tuple(base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES))
    told = tuple("-".join(one[at : at + 4] for at in range(0, 16, 4)) for one in told)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account, digest=_digest(one)) for one in told
    )
    return told


def _digest(code: str) -> str:
    plain = "".join(code.upper().replace("-", "").split())
    return hashlib.sha256(plain.encode()).hexdigest()


def _drop(account: int) -> bool:
    RecoveryCode.objects.filter(account=account).delete()
    dropped, _ = SecondFactor.objects.filter(account=account).delete()
    return dropped > 0


def _wrong() -> TongrongError:
    return refuse(
        "second.code",
        "验证码",
        "",
        "手机上现在显示的 6 位数字，没有用过",
        "等下一个数字再输入；核对手机时间是否自动校准",
    )
