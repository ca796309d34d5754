"""Keeps the initials of names true, in the transaction of the write that says a name."""

from collections.abc import Iterable, Mapping
from typing import Any

from tongrong.facts.initials import initials_of, named_by
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.records.models import Initials

_ROWS = 2000


def keep_initials(ledger: type[Ledger], rows: Iterable[Mapping[str, Any]]) -> None:
    """Let these rows of a ledger be found by the initials of the names they say."""
    name = named_by(ledger)
    if name is None:
        return
    Initials.objects.bulk_create(
        [
            Initials(ledger=ledger.code, record=row[RECORD], initials=initials_of(row[name] or ""))
            for row in rows
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["ledger", RECORD],
        update_fields=["initials"],
    )
