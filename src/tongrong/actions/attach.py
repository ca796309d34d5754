"""Attaches files to records and takes them away again, each with its audit entry."""

import datetime as dt
import hashlib
import os
import secrets

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.correct_record import checked_reason
from tongrong.actions.permitted import may_change
from tongrong.actions.turns import one_write
from tongrong.facts.attachments import checked_name
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import Ledger
from tongrong.queries.attachments import kept_at, sha256_of
from tongrong.queries.audit import ATTACH, WITHDRAW_ATTACHMENT
from tongrong.queries.policy import Viewer
from tongrong.records.models import Attachment
from tongrong.vocabulary.errors import refuse


def attach(
    *,
    viewer: Viewer,
    ledger: type[Ledger],
    record: str,
    name: str,
    data: bytes,
    at: dt.datetime,
) -> bool:
    """Attach a file to a record; whether it was not attached already.

    The content is kept once, however often it is attached, before the row that needs it is
    written: a failure leaves a content nobody refers to, never a row without its content.

    Args:
        at: the moment of attaching, with a time zone.

    Raises:
        TongrongError: the file is of no kind accepted, the record is not the viewer's to change,
            or another write does not finish.
    """
    name, sha256 = checked_name(name, data), hashlib.sha256(data).hexdigest()
    with one_write(record):
        _check(viewer, ledger, record)
        if Attachment.objects.filter(
            record=record, sha256=sha256, withdrawn_by_entry__isnull=True
        ).exists():
            return False
        keep(sha256, data)
        entry = next_entry(at)
        detail = {"record": record, "name": name, "size": len(data), "sha256": sha256}
        Attachment.objects.create(**detail, at=entry.at, by=viewer.login, entry=entry.number)
        append_entry(
            number=entry.number,
            at=entry.at,
            actor=viewer.login,
            action=ATTACH,
            subject=record[:255],
            detail=detail,
        )
    return True


def withdraw_attachment(
    *,
    viewer: Viewer,
    ledger: type[Ledger],
    record: str,
    number: int,
    reason: str,
    at: dt.datetime,
) -> None:
    """Take a file away from a record; what it contained is kept. One that is gone is left so.

    Raises:
        TongrongError: there is no reason, or the record is not the viewer's to change.
    """
    reason = checked_reason(reason)
    with one_write(record):
        _check(viewer, ledger, record)
        there = Attachment.objects.filter(
            attachment_id=number, record=record, withdrawn_by_entry__isnull=True
        )
        known = there.first()
        if known is None:
            return
        entry = next_entry(at)
        there.update(withdrawn_by_entry=entry.number)
        append_entry(
            number=entry.number,
            at=entry.at,
            actor=viewer.login,
            action=WITHDRAW_ATTACHMENT,
            subject=record[:255],
            detail={"record": record, "sha256": known.sha256, "reason": reason},
        )


def keep(sha256: str, data: bytes) -> None:
    """Keep a content under its SHA-256: whole or not at all, readable by its owner only."""
    path = kept_at(sha256)
    if sha256_of(path) == sha256:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{sha256}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _check(viewer: Viewer, ledger: type[Ledger], record: str) -> None:
    """Refuse what is not the viewer's, and papers about a person, whom many see."""
    if ledger.code == PERSONS or not may_change(viewer, ledger, record):
        raise refuse("record.unknown", "记录", record, "您负责范围内的记录", "从台账的列表里选")
