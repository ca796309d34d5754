"""The log of sign-ins (登录日志), and what follows from it: whether an account is locked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tongrong.queries.slices import Slice, Turn, slice_of
from tongrong.records.models import SignIn

MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)
WRONG, LOCKED, SIGNED_IN, SIGNED_OUT = "wrong", "locked", "signed_in", "signed_out"
HALF_WAY, WRONG_CODE, UNLOCKED, REFUSED = "half_way", "wrong_code", "unlocked", "refused"
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        SIGNED_IN: "登录",
        SIGNED_OUT: "退出",
        WRONG: "口令不对",
        HALF_WAY: "口令对，没有输完验证码",
        WRONG_CODE: "验证码不对",
        LOCKED: "暂停登录期间又试",
        UNLOCKED: "解除暂停",
        REFUSED: "单位账户登录，没有对应的账户",
    }
)
"""What came of an attempt, in words."""


@dataclass(frozen=True)
class SignInLine:
    """One line of the log of sign-ins."""

    at: dt.datetime
    login: str
    outcome: str


@dataclass(frozen=True)
class SignInsAsked:
    """What is searched for: part of a name, what came of it, from a moment and before one."""

    login: str = ""
    outcome: str = ""
    since: dt.datetime | None = None
    before: dt.datetime | None = None


def sign_ins(asked: SignInsAsked, turn: Turn) -> Slice[SignInLine]:
    """A page of the log, the newest first."""
    rows = SignIn.objects.filter(login__icontains=asked.login)
    if asked.outcome:
        rows = rows.filter(outcome=asked.outcome)
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)
    return slice_of(rows, "sign_in_id", turn, _told, falling=True)


def is_locked(login: str, at: dt.datetime) -> bool:
    """Whether nobody looks at what is tried under a name: `MOST_FAILURES` in `LOCKED_FOR`.

    Counted since the last right attempt, or since somebody unlocked the account.
    """
    recent = SignIn.objects.filter(login=login, at__gt=at - LOCKED_FOR)
    last = recent.filter(outcome__in=(SIGNED_IN, UNLOCKED)).order_by("-sign_in_id").first()
    if last is not None:
        recent = recent.filter(pk__gt=last.pk)
    return recent.filter(outcome__in=(WRONG, WRONG_CODE)).count() >= MOST_FAILURES


def _told(rows: Sequence[SignIn]) -> Sequence[SignInLine]:
    return [SignInLine(one.at, one.login, OUTCOMES[one.outcome]) for one in rows]
