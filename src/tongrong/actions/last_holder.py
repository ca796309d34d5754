"""Each of the three administrators must be somebody: the last one cannot be taken away."""

import datetime as dt
from collections.abc import Iterable

from tongrong.actions.account_writes import WHERE
from tongrong.queries.viewers import holding
from tongrong.records.models import Appointment
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.roles import Role


def keep_a_holder(going: Iterable[Appointment], day: dt.date) -> None:
    """Refuse to end appointments without which nobody would be an administrator for good.

    Who stays must hold the role already, with no end, by an account that may sign in.

    Raises:
        TongrongError: one of the roles would have no holder.
    """
    ending = [one for one in going if Role(one.role).administers]
    for one in ending:
        others = Appointment.objects.filter(
            holding(day), role=one.role, until__isnull=True, account__active=True
        )
        if not others.exclude(pk__in=[gone.pk for gone in ending]).exists():
            raise refuse(
                "account.last",
                WHERE,
                f"最后一位{Role(one.role).label}",
                "至少另有一位任期未定、已经到任的",
                "先任命另一位，再终止这一位",
            )
