"""Shows one sensitive value of one record in full, and says in the audit chain that it was seen."""

import datetime as dt

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.correct_record import checked_reason
from tongrong.actions.turns import one_write
from tongrong.facts.cells import show
from tongrong.facts.columns import Privacy
from tongrong.facts.ledger import Ledger
from tongrong.queries.audit import SEE_VALUE
from tongrong.queries.ledger_scope import rows_within
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.errors import refuse


def see_value(
    *,
    viewer: Viewer,
    ledger: type[Ledger],
    record: str,
    column: str,
    reason: str,
    at: dt.datetime,
) -> str:
    """What the current version of a record says in a sensitive column, as text.

    Each view is one audit entry: who, which record and column, why; never the value.

    Args:
        at: the moment of looking, with a time zone.

    Raises:
        TongrongError: the viewer may not, there is no such value or reason, or a write does not
            finish.
    """
    reason = checked_reason(reason)
    known = ledger.columns.get(column)
    with one_write(record):
        rows = rows_within(viewer, Permission.SEE_SENSITIVE, ledger).filter(record=record)
        sensitive = known is not None and known.privacy is Privacy.SENSITIVE
        row = rows.values(column).first() if sensitive else None
        if known is None or row is None or row[column] is None:
            raise refuse("record.unknown", "记录", "", "您可以查看的记录和列", "从记录页进入")
        entry = next_entry(at)
        append_entry(
            number=entry.number,
            at=entry.at,
            actor=viewer.login,
            action=SEE_VALUE,
            subject=record[:255],
            detail={"record": record, "column": column, "reason": reason},
        )
    return show(known, row[column])
