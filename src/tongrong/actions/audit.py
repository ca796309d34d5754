"""Appends to the audit chain: every write leaves one entry that vouches for what it wrote."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from tongrong.queries.audit import entry_content, no_head
from tongrong.records.models import AuditEntry, AuditHead
from tongrong.vocabulary.digests import link
from tongrong.vocabulary.errors import refuse

SET_BACK = dt.timedelta(minutes=10)
"""A moment so much before the last write comes of a clock set back, not of waiting one's turn."""


@dataclass(frozen=True)
class NextEntry:
    """The number the entry of this write will have, and the moment the write takes place."""

    number: int
    at: dt.datetime


def next_entry(at: dt.datetime) -> NextEntry:
    """The next place in the chain, for a write that asked at a moment; call in its transaction.

    It locks the end of the chain until the transaction ends, so that nobody else gets it. A
    write that waited for another takes place no earlier than that one did: what was known at a
    moment must not change afterwards.

    Raises:
        TongrongError: the moment is long before the last write's.
    """
    head = _head()
    last = head.last_at
    if last is not None and last - at > SET_BACK:
        raise refuse(
            "import.clock",
            "本机时钟",
            f"本次写入的时间 {at.isoformat()}",
            f"不早于上一次写入的时间 {last.isoformat()}",
            "校准本机时钟后重试；本次未写入任何内容",
        )
    return NextEntry(head.number + 1, max(at, last) if last else at)


def append_entry(
    *,
    number: int,
    at: dt.datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
) -> None:
    """Add the entry of a write to the chain, in the write's transaction.

    Raises:
        ValueError: another entry was added since `next_entry` gave this number out.
    """
    head = _head()
    if number != head.number + 1:
        raise ValueError(f"entry {number} cannot follow entry {head.number}")
    entry = AuditEntry(
        number=number,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        detail=dict(detail),
        previous_hash=head.entry_hash,
    )
    entry.entry_hash = link(entry.previous_hash, entry_content(entry))
    entry.save(force_insert=True)
    AuditHead.objects.update(number=entry.number, entry_hash=entry.entry_hash)


def _head() -> Any:
    """The end of the chain, locked, with the moment of the last entry (`last_at`)."""
    last = AuditEntry.objects.filter(number=OuterRef("number")).values("at")[:1]
    found = AuditHead.objects.select_for_update().annotate(last_at=Subquery(last)).first()
    if found is None:
        raise no_head()
    return found
