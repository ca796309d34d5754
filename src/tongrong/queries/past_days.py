"""Verdicts as of a past day: judged when somebody asks, kept, and looked at again after a write."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q

from tongrong.queries.audit import (
    ACCOUNTS,
    ATTACH,
    REMEMBER,
    SEE_VALUE,
    WITHDRAW_ATTACHMENT,
)
from tongrong.queries.findings import OPEN
from tongrong.records.models import AuditEntry, PastDay, StoredFinding

_NO_FACTS = Q(subject__startswith=ACCOUNTS) | Q(
    action__in=(REMEMBER, SEE_VALUE, ATTACH, WITHDRAW_ATTACHMENT)
)
"""What is written to the audit chain and changes no verdict; anything else may."""


def past_key(key: str, day: dt.date) -> str:
    """What the verdicts of a past day are stored under; `key` is that of today's."""
    name = key.removesuffix(OPEN)
    return f"{name}@{day.isoformat()}{key[len(name) :]}"


def up_to_date(made_by: Mapping[str, str]) -> frozenset[str]:
    """Those of the keys whose verdicts are stored, by this fingerprint, with nothing written since.

    One query, however many keys.
    """
    later = AuditEntry.objects.filter(number__gt=OuterRef("entry")).exclude(_NO_FACTS)
    kept = PastDay.objects.filter(~Exists(later), key__in=made_by)
    found = kept.values_list("key", "fingerprint")
    return frozenset(key for key, fingerprint in found if fingerprint == made_by[key])


def kept_days() -> list[str]:
    """The keys of all days kept, those judged last first."""
    return list(PastDay.objects.order_by("-judged_at", "-key").values_list("key", flat=True))


def days_beyond(days: int, verdicts: int) -> list[str]:
    """The keys of the days beyond so many, or beyond those that so many verdicts are of.

    Those judged last are kept first, and one always is.
    """
    keys, left, beyond = kept_days(), verdicts, []
    rows = StoredFinding.objects.filter(checklist__in=keys).values("checklist")
    sizes = dict(rows.annotate(size=Count("pk")).values_list("checklist", "size"))
    for number, key in enumerate(keys):
        left -= sizes.get(key, 0)
        if number >= days or (number and left < 0):
            beyond.append(key)
    return beyond
