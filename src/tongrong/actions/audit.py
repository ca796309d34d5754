"""Appends to the audit chain: every write leaves one entry that vouches for what it wrote."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tongrong.queries.audit import entry_content
from tongrong.records.models import AuditEntry, AuditHead
from tongrong.vocabulary.digests import link


def next_entry() -> int:
    """The number the entry of this write will have; call inside its transaction.

    It locks the end of the chain until the transaction ends, so that nobody else gets it.
    """
    return _head().number + 1


def append_entry(
    *, at: dt.datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> int:
    """Add the entry of a write to the chain, in the write's transaction; its number."""
    head = _head()
    entry = AuditEntry(
        number=head.number + 1,
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
    return entry.number


def _head() -> AuditHead:
    return AuditHead.objects.select_for_update().get()
