"""Signing in and out: attempts are counted before the password is looked at."""

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tongrong.actions.account_writes import WHERE, audited
from tongrong.actions.accounts import login_of, make_account
from tongrong.actions.attempts import Attempt, counted, proved
from tongrong.actions.turns import one_write
from tongrong.queries.audit import END_SESSIONS
from tongrong.queries.policy import Viewer
from tongrong.queries.sign_ins import HALF_WAY, REFUSED, SIGNED_IN, SIGNED_OUT, WRONG
from tongrong.queries.viewers import (
    LONGEST_SESSION,
    PASSWORD,
    has_second_factor,
    session_digest,
)
from tongrong.records.models import Account, OpenSession, SignIn
from tongrong.records.models.accounts import LOGIN_LENGTH

PROVIDER = "单点登录"
"""Who made an account that came from the identity provider, in the audit chain."""
MOST_SESSIONS = 3


def sign_in(*, login: str, password: str, at: dt.datetime) -> Attempt:
    """Look whether a password is that of a name to sign in with.

    After `MOST_FAILURES` wrong ones in `LOCKED_FOR`, nobody looks for so long, right or wrong;
    also for names nobody has, so that it tells nothing. With a second factor a right password is
    half of it, and forgives nothing that was wrong before.
    """
    login = login_of(login)[:60]
    tried = counted(login, WRONG, at)
    if tried is None:
        return Attempt(None, locked=True)
    accounts = Account.objects.filter(login=login, active=True)
    account = accounts.select_related("second_factor").first()
    if account is None:
        make_password(password)  # takes as long as looking at a password
        return Attempt(None)
    if not check_password(password, account.password):
        return Attempt(None)
    owes = has_second_factor(account)
    proved(tried, HALF_WAY if owes else SIGNED_IN)
    return Attempt(account.pk, owes_code=owes)


def sign_in_by_provider(*, login: str, label: str, creates: bool, at: dt.datetime) -> Attempt:
    """Sign in whom an identity provider vouches for; `creates`: an account nobody has is made.

    A second factor is asked for all the same. An account made so has no password and no role.
    """
    login = login_of(login)
    if not login or len(login) > LOGIN_LENGTH:
        return Attempt(None)
    if creates:
        make_account(login=login, label=label[:LOGIN_LENGTH], password=None, actor=PROVIDER, at=at)
    accounts = Account.objects.filter(login=login, active=True)
    account = accounts.select_related("second_factor").first()
    if account is None:
        SignIn.objects.create(at=at, login=login, outcome=REFUSED)
        return Attempt(None)
    owes = has_second_factor(account)
    SignIn.objects.create(at=at, login=login, outcome=HALF_WAY if owes else SIGNED_IN)
    return Attempt(account.pk, owes_code=owes)


def open_session(*, account: int, key: str, at: dt.datetime, way: str = PASSWORD) -> None:
    """Let a session be the account's; of more than `MOST_SESSIONS` the oldest end."""
    with transaction.atomic():
        digest = session_digest(key)
        OpenSession.objects.get_or_create(
            digest=digest, defaults={"account_id": account, "opened_at": at, "way": way}
        )
        OpenSession.objects.filter(opened_at__lt=at - LONGEST_SESSION).delete()
        own = OpenSession.objects.filter(account=account).order_by("-opened_at", "digest")
        newest = [*own.values_list("digest", flat=True)[:MOST_SESSIONS]]
        OpenSession.objects.filter(account=account).exclude(digest__in=newest).delete()


def sign_out(*, key: str, at: dt.datetime) -> None:
    """End a session; one that is not open is let be."""
    with transaction.atomic():
        session = OpenSession.objects.filter(digest=session_digest(key)).select_related("account")
        found = session.first()
        if found is not None:
            SignIn.objects.create(at=at, login=found.account.login, outcome=SIGNED_OUT)
            found.delete()


def end_other_sessions(*, viewer: Viewer, key: str, at: dt.datetime) -> int:
    """Sign the viewer out everywhere but here; of how many sessions."""
    with one_write(WHERE):
        others = OpenSession.objects.filter(account=viewer.account)
        ended, _ = others.exclude(digest=session_digest(key)).delete()
        if ended:
            detail = {"sessions": ended}
            audited(END_SESSIONS, viewer.login, actor=viewer.login, at=at, detail=detail)
    return ended
