"""Signing in and out: attempts are counted before the password is looked at."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tongrong.actions.accounts import login_of
from tongrong.queries.viewers import session_digest
from tongrong.records.models import Account, OpenSession, SignIn

MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)
MOST_SESSIONS = 3
LONGEST_SESSION = dt.timedelta(hours=8)
WRONG, LOCKED, SIGNED_IN, SIGNED_OUT = "wrong", "locked", "signed_in", "signed_out"


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt: the account, or none; `locked` says that nobody looked."""

    account: int | None
    locked: bool = False


def sign_in(*, login: str, password: str, at: dt.datetime) -> Attempt:
    """Look whether a password is that of a name to sign in with.

    After `MOST_FAILURES` wrong ones in `LOCKED_FOR`, nobody looks for so long, right or wrong;
    also for names nobody has, so that it tells nothing. An attempt counts as wrong until the
    password has proved right: attempts at the same time count too.
    """
    login = login_of(login)[:60]
    with transaction.atomic():
        if _failures(login, at) >= MOST_FAILURES:
            SignIn.objects.create(at=at, login=login, outcome=LOCKED)
            return Attempt(None, locked=True)
        tried = SignIn.objects.create(at=at, login=login, outcome=WRONG)
    account = Account.objects.filter(login=login, active=True).first()
    if account is None:
        make_password(password)  # takes as long as looking at a password
        return Attempt(None)
    if not check_password(password, account.password):
        return Attempt(None)
    SignIn.objects.filter(pk=tried.pk).update(outcome=SIGNED_IN)
    return Attempt(account.pk)


def open_session(*, account: int, key: str, at: dt.datetime) -> None:
    """Let a session be the account's; of more than `MOST_SESSIONS` the oldest end."""
    with transaction.atomic():
        digest = session_digest(key)
        OpenSession.objects.get_or_create(
            digest=digest, defaults={"account_id": account, "opened_at": at}
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


def _failures(login: str, at: dt.datetime) -> int:
    """The wrong attempts since the last right one, as far as they still count."""
    recent = SignIn.objects.filter(login=login, at__gt=at - LOCKED_FOR)
    last = recent.filter(outcome=SIGNED_IN).order_by("-sign_in_id").first()
    if last is not None:
        recent = recent.filter(pk__gt=last.pk)
    return recent.filter(outcome=WRONG).count()
