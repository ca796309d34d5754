"""What the audit entries say: their content as the chain takes it, its end, who was erased."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min

from tongrong.facts.erasure import PERSONS, pseudonym
from tongrong.records.models import AuditEntry, AuditHead
from tongrong.vocabulary.digests import moment_text
from tongrong.vocabulary.errors import TongrongError, refuse

IMPORT, CORRECT, WITHDRAW = "import_facts", "correct_record", "withdraw_record"
RECORD_FACT, RECORD_ATTENDANCE = "record_fact", "record_attendance"
SEE_VALUE = "see_value"
ATTACH, WITHDRAW_ATTACHMENT = "attach", "withdraw_attachment"
RETURN, STAND_BY, PASS = "return_record", "stand_by", "pass_record"
ERASE, REMEMBER = "erase_person", "remember_columns"
MAKE_ACCOUNT, APPOINT, SET_PASSWORD = "make_account", "appoint", "set_password"
RENAME_ACCOUNT, CLOSE_ACCOUNT, REOPEN_ACCOUNT = "rename_account", "close_account", "reopen_account"
RESET_PASSWORD, CLEAR_ACCOUNT = "reset_password", "clear_account"
END_APPOINTMENT, UNLOCK, END_SESSIONS = "end_appointment", "unlock", "end_sessions"
SET_SECOND_FACTOR, DROP_SECOND_FACTOR = "set_second_factor", "drop_second_factor"
RESET_SECOND_FACTOR, RENEW_RECOVERY_CODES = "reset_second_factor", "renew_recovery_codes"
ACCOUNTS = "accounts/"
"""What the subject of an entry about an account begins with; the name to sign in with follows."""


@dataclass(frozen=True)
class Head:
    """The end of the audit chain: how many entries there are, and the hash of the last.

    Written down elsewhere, it proves later that no entry was changed or removed up to here.
    """

    number: int
    entry_hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.entry_hash}"


def head() -> Head:
    """The end of the audit chain."""
    found = AuditHead.objects.first()
    if found is None:
        raise no_head()
    return Head(found.number, found.entry_hash)


def no_head() -> TongrongError:
    """The refusal to go on with a chain whose end is gone."""
    return refuse(
        "database.audit_head",
        "业务数据库",
        "审计链末端的一行不在",
        "每个数据库恰有一行",
        "有人直接改了数据库：用 tongrong verify 查明，以最近的备份恢复",
    )


def first_entry_at() -> dt.datetime | None:
    """The moment of the first write; None where nothing was written."""
    first: dt.datetime | None = AuditEntry.objects.aggregate(first=Min("at"))["first"]
    return first


def entry_content(entry: AuditEntry) -> Mapping[str, Any]:
    """What an entry's hash is of, besides the entry before it."""
    return {
        "number": entry.number,
        "at": moment_text(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }


def erased_persons() -> Mapping[str, str]:
    """The pseudonym of every person whose data were erased, by the person's number."""
    entries = AuditEntry.objects.filter(action=ERASE).order_by("number")
    found: dict[str, str] = {}
    for subject, number in entries.values_list("subject", "number"):
        found.setdefault(subject.removeprefix(f"{PERSONS}/"), pseudonym(number))
    return found
