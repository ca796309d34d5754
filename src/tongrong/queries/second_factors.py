"""Somebody's own second factor, as far as a page shows it."""

import datetime as dt
from dataclasses import dataclass

from tongrong.queries.policy import Viewer
from tongrong.records.models import RecoveryCode, SecondFactor


@dataclass(frozen=True)
class OwnFactor:
    """Since when codes are asked for, none: they are not; how many recovery codes are left."""

    confirmed: dt.datetime | None
    codes_left: int


def second_factor_of(viewer: Viewer) -> OwnFactor:
    """The viewer's second factor."""
    factors = SecondFactor.objects.filter(account=viewer.account)
    confirmed = factors.values_list("confirmed_at", flat=True).first()
    left = RecoveryCode.objects.filter(account=viewer.account, used_at__isnull=True).count()
    return OwnFactor(confirmed, left)
