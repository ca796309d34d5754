"""Keeps what the headings of a sender mean, for the next file of theirs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from tongrong.actions.audit import append_entry, next_entry
from tongrong.facts.headings import Meant
from tongrong.queries.audit import REMEMBER
from tongrong.queries.senders import remembered_columns
from tongrong.records.models import SenderColumn


def remember_columns(*, sender: str, columns: Sequence[Meant], actor: str, at: dt.datetime) -> None:
    """Add what was not known of this sender yet; call inside a transaction.

    Said again it changes nothing; said otherwise, the later word holds.
    """
    known = set(remembered_columns(sender))
    fresh = [one for one in columns if one not in known]
    if not fresh:
        return
    entry = next_entry(at)
    SenderColumn.objects.bulk_create(
        SenderColumn(
            at=entry.at,
            actor=actor,
            sender=sender,
            ledger=one.ledger or "",
            heading=one.heading,
            label=one.label,
        )
        for one in fresh
    )
    detail = {"columns": [asdict(one) for one in fresh]}
    append_entry(
        number=entry.number,
        at=entry.at,
        actor=actor,
        action=REMEMBER,
        subject=sender,
        detail=detail,
    )
