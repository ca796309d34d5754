"""Records who came to a meeting from its whole list: one write, one audit entry."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.correct_record import changed_meanwhile, checked_reason
from tongrong.actions.marks import mark_touched, touched_by
from tongrong.actions.permitted import NotRecorded, check_whose
from tongrong.actions.turns import one_write
from tongrong.actions.versions import Stamp, proofs, write_versions
from tongrong.facts.check import check_sense
from tongrong.facts.erasure import with_pseudonyms
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, WITHDRAWN
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.attendance import ABSENT, HOST, OBSERVER, PRESENT, listed, meeting_of
from tongrong.queries.audit import RECORD_ATTENDANCE, erased_persons
from tongrong.queries.policy import Viewer
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.vocabulary.errors import Problem, TongrongError, refuse

_LEDGER = LEDGERS["attendance"]
_ROLES = (HOST, PRESENT, OBSERVER)


@dataclass(frozen=True)
class Presence:
    """How somebody stands in the list: one of the `WAYS`, and why absent."""

    way: str
    reason: str = ""


@dataclass(frozen=True)
class AttendanceRecorded:
    """The meeting's record, and how many of its attendance records were written."""

    record: str
    written: int


def record_attendance(
    *,
    viewer: Viewer,
    meeting: int,
    said: Mapping[str, Presence],
    reason: str,
    at: dt.datetime,
    seen: Mapping[str, Presence] | None = None,
) -> AttendanceRecorded:
    """Let these be the attendance records of a meeting, by person.

    A record that says so already is left alone, one that says otherwise is corrected, one of
    somebody not named is withdrawn; both need a `reason`. Who is not on the list of the meeting
    (`queries/attendance.listed`) must exist for the viewer.

    Args:
        meeting: the number of a version of the meeting.
        at: the moment of recording, with a time zone.
        seen: what was recorded when this was said, if that matters.

    Raises:
        ChangedMeanwhile: something else is recorded now than was seen.
        NotRecorded: somebody named does not exist for the viewer.
        TongrongError: the viewer does not record for the unit of the meeting, something
            recorded would change without a reason, or another write does not finish.
    """
    with one_write(_LEDGER.label):
        known = meeting_of(viewer, meeting)
        if known is None:
            raise refuse("record.unknown", "会议", "", "您负责范围内的会议", "从台账的列表里选")
        members = {one.person for one in listed(viewer, known)}
        before = _current(known.code)
        record = f"meetings/{known.code}"
        if seen is not None and seen != _standing(before):
            raise changed_meanwhile(record)
        rows = [_row(known.code, one, there, before) for one, there in said.items()]
        for row in rows:
            if row["person"] not in members:
                check_whose(viewer, _LEDGER, row)
        rows += _withdrawn(before, said.keys())
        snapshot, _ = with_pseudonyms(Snapshot.of_rows({_LEDGER.code: rows}), erased_persons())
        if problems := check_sense(snapshot):
            raise TongrongError(problems)
        told = [
            row
            for row in snapshot[_LEDGER.code].to_pylist()
            if _differs(before.get(row["person"]), row)
        ]
        if any(row["person"] in before for row in told):
            reason = checked_reason(reason)
        if told:
            _write(viewer, record, told, before, reason, at)
    return AttendanceRecorded(record, len(told))


def _current(meeting: str) -> dict[str, RowVersion]:
    """The current version of every attendance record of a meeting, by person."""
    of = {"meeting": meeting}
    rows = LEDGER_MODELS[_LEDGER.code].objects.filter(superseded_at__isnull=True, **of)
    return {str(vars(one)["person"]): one for one in rows}


def _standing(current: Mapping[str, RowVersion]) -> dict[str, Presence]:
    """How each person recorded stands in the list."""
    found = {}
    for person, row in current.items():
        if row.status == EFFECTIVE:
            said = vars(row)
            way = said["role"] if said["present"] else ABSENT
            found[person] = Presence(way, said["absence_reason"] or "")
    return found


def _row(
    meeting: str, person: str, there: Presence, before: Mapping[str, RowVersion]
) -> dict[str, Any]:
    """The row that says how somebody stands; who is absent keeps the role recorded."""
    known = before.get(person)
    if there.way not in (*_ROLES, ABSENT):
        expected = "、".join((*_ROLES, ABSENT))
        said = Problem("record.choice", "出席身份", there.way, expected, "从列出的里面选")
        raise NotRecorded({"": said})
    absent = there.way == ABSENT
    role = (vars(known)["role"] if known else PRESENT) if absent else there.way
    return {
        "meeting": meeting,
        "person": person,
        "role": role,
        "present": not absent,
        "absence_reason": (there.reason.strip() or None) if absent else None,
        STATUS: EFFECTIVE,
    }


def _withdrawn(before: Mapping[str, RowVersion], said: Any) -> list[dict[str, Any]]:
    """The rows that withdraw the records of those not named any more."""
    return [
        {name: getattr(one, name) for name in _LEDGER.columns} | {STATUS: WITHDRAWN}
        for person, one in before.items()
        if person not in said and one.status != WITHDRAWN
    ]


def _differs(known: RowVersion | None, row: Mapping[str, Any]) -> bool:
    return known is None or any(getattr(known, n) != row[n] for n in (*_LEDGER.columns, STATUS))


def _write(
    viewer: Viewer,
    record: str,
    told: list[dict[str, Any]],
    before: Mapping[str, RowVersion],
    reason: str,
    at: dt.datetime,
) -> None:
    """Write the versions, mark what they concern, and say so in one audit entry."""
    entry = next_entry(at)
    stamp = Stamp(entry.at, viewer.login, reason.strip(), "", entry.number)
    outcome = write_versions(
        _LEDGER, Snapshot.of_rows({_LEDGER.code: told})[_LEDGER.code], None, stamp
    )
    mark_touched([touched_by(_LEDGER, before.get(row["person"]), row) for row in told], record)
    append_entry(
        number=entry.number,
        at=entry.at,
        actor=viewer.login,
        action=RECORD_ATTENDANCE,
        subject=record[:255],
        detail={
            "record": record,
            "reason": reason.strip(),
            "records": sorted(str(row[RECORD]) for row in told),
            "versions": proofs([outcome]),
        },
    )
