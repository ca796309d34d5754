"""Attempts to sign in: each is counted as wrong before anybody looks, and set right afterwards."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tongrong.queries.sign_ins import LOCKED, is_locked
from tongrong.records.models import SignIn


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt: the account, or none.

    `locked` says that nobody looked, `owes_code` that the second factor is still to come.
    """

    account: int | None
    locked: bool = False
    owes_code: bool = False


def counted(login: str, outcome: str, at: dt.datetime) -> int | None:
    """Count an attempt as wrong; its number, none where the account is locked.

    Attempts at the same time count too: none is looked at before it is counted.
    """
    with transaction.atomic():
        if is_locked(login, at):
            SignIn.objects.create(at=at, login=login, outcome=LOCKED)
            return None
        return SignIn.objects.create(at=at, login=login, outcome=outcome).pk


def proved(attempt: int, outcome: str) -> None:
    """Let an attempt have been right."""
    SignIn.objects.filter(pk=attempt).update(outcome=outcome)
