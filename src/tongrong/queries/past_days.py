"""Verdicts as of a past day: judged when somebody asks, kept, and looked at again after a write."""

import datetime as dt
from collections.abc import Mapping

from tongrong.queries.audit import APPOINT, MAKE_ACCOUNT, REMEMBER, SET_PASSWORD
from tongrong.queries.findings import OPEN
from tongrong.records.models import AuditEntry, PastDay

_NO_FACTS = (MAKE_ACCOUNT, APPOINT, SET_PASSWORD, REMEMBER)
"""What is written to the audit chain and changes no verdict; anything else may."""


def past_key(key: str, day: dt.date) -> str:
    """What the verdicts of a past day are stored under; `key` is that of today's."""
    name = key.removesuffix(OPEN)
    return f"{name}@{day.isoformat()}{key[len(name) :]}"


def up_to_date(made_by: Mapping[str, str]) -> frozenset[str]:
    """Those of the keys whose verdicts are stored, by this fingerprint, with nothing written since.

    Two queries, however many keys.
    """
    kept = {
        key: entry
        for key, fingerprint, entry in PastDay.objects.filter(key__in=made_by).values_list(
            "key", "fingerprint", "entry"
        )
        if fingerprint == made_by[key]
    }
    if not kept:
        return frozenset()
    last = last_of_facts(min(kept.values()))
    return frozenset(key for key, entry in kept.items() if entry >= last)


def last_of_facts(after: int) -> int:
    """The number of the last audit entry that may have changed facts; 0: none after this one."""
    later = AuditEntry.objects.filter(number__gt=after).exclude(action__in=_NO_FACTS)
    return later.order_by("-number").values_list("number", flat=True).first() or 0


def kept_days() -> list[str]:
    """The keys of all days kept, those judged last first."""
    return list(PastDay.objects.order_by("-judged_at", "-key").values_list("key", flat=True))
