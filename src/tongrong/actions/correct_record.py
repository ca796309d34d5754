"""Corrects or withdraws one record: a further version of it, never a change of what was."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.faults import faults_in
from tongrong.actions.marks import mark_touched, touched_by
from tongrong.actions.permitted import NotRecorded, check_alike, check_unnamed, may_change
from tongrong.actions.place_units import place_units
from tongrong.actions.turns import one_write
from tongrong.actions.versions import Stamp, proofs, write_versions
from tongrong.actions.withdraw_parts import Parts, withdraw_parts
from tongrong.facts.check import check_references, check_sense
from tongrong.facts.content import erasable
from tongrong.facts.erasure import with_pseudonyms
from tongrong.facts.ledger import RECORD, STATUS, WITHDRAWN, Ledger
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.audit import CORRECT, WITHDRAW, erased_persons
from tongrong.queries.facts import enterprises_with_figures, known_codes, known_trees
from tongrong.queries.policy import Viewer
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.vocabulary.errors import Problem, TongrongError, refuse

LONGEST_REASON, LONGEST_SUBJECT = 500, 255


@dataclass(frozen=True)
class Correction:
    """What became of a record: its version now, and whether this write made it.

    `parts` says how many records were withdrawn with it, by the code of their ledger.
    """

    record: str
    version: int
    changed: bool
    parts: Mapping[str, int] = field(default_factory=dict)


class ChangedMeanwhile(TongrongError):
    """Somebody else wrote a version of the record since it was looked at."""


@dataclass(frozen=True)
class _By:
    """Who writes, when, why, and which version they looked at."""

    actor: str
    at: dt.datetime
    reason: str
    viewer: Viewer | None
    seen: int | None


def correct_record(
    *,
    ledger: type[Ledger],
    record: str,
    changes: Mapping[str, Any],
    actor: str,
    recorded_at: dt.datetime,
    reason: str,
    viewer: Viewer | None = None,
    seen: int | None = None,
) -> Correction:
    """Record a version that says these values, by column, and else what the one before says.

    Where that is what the record says already nothing is written. A `viewer` must record for its
    unit, before and after; without one it is whoever runs the server. `seen` is the number of
    the version that was looked at.

    Raises:
        NotRecorded: the viewer may not, a reference names what does not exist for them, or their
            units have recorded under another code what the record would then be.
        ChangedMeanwhile: the record has a later version than the one seen.
        TongrongError: there is no such record or reason, a key or erased words would change, a
            reference points nowhere, or a value makes no sense.
    """
    by = _By(actor, recorded_at, checked_reason(reason), viewer, seen)
    return _write(ledger, record, changes, CORRECT, by)


def withdraw_record(
    *,
    ledger: type[Ledger],
    record: str,
    actor: str,
    recorded_at: dt.datetime,
    reason: str,
    viewer: Viewer | None = None,
    seen: int | None = None,
) -> Correction:
    """Record a version that withdraws the record; one withdrawn already is left as it is.

    Its parts, which are nothing without it, are withdrawn with it and for the same reason: the
    agenda and the attendance of a meeting.

    Raises:
        ChangedMeanwhile: the record has a later version than the one seen.
        TongrongError: there is no such record or reason, or records name the person withdrawn.
    """
    changes = {STATUS: WITHDRAWN}
    by = _By(actor, recorded_at, checked_reason(reason), viewer, seen)
    return _write(ledger, record, changes, WITHDRAW, by)


def checked_reason(reason: str, option: str = "--reason") -> str:
    """The reason of a write by hand, which must have one.

    Raises:
        TongrongError: it is empty or too long.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        found = f"{len(reason)} 个字符" if reason else "没有写"
        expected = f"1 至 {LONGEST_REASON} 个字符的原因或依据"
        raise refuse("record.reason", option, found, expected, "写明为什么，日后查历史时看得到")
    return reason


def _write(
    ledger: type[Ledger],
    record: str,
    changes: Mapping[str, Any],
    action: str,
    by: "_By",
) -> Correction:
    with one_write(record):
        before = _current(ledger, record)
        if by.seen is not None and by.seen != before.version_id:
            raise changed_meanwhile(record)
        said = {name: getattr(before, name) for name in ledger.arrow_schema().names}
        version = before.version
        if by.viewer is not None:
            _check_viewer(by.viewer, ledger, record)
            if faults := faults_of(by.viewer, ledger, said, changes):
                raise NotRecorded(faults)
            if action == WITHDRAW:
                check_unnamed(ledger, said)
            elif changes.keys() & {*ledger.likeness()}:
                check_alike(by.viewer, ledger, {**said, **changes})
        keys = ledger.keys()
        moved = [ledger.columns[k].label for k in keys if changes.get(k, said[k]) != said[k]]
        if moved:
            raise _other_record(record, moved)
        snapshot = Snapshot.of_rows({ledger.code: [{**said, **changes}]})
        if action != WITHDRAW:
            _check(ledger, record, snapshot, changes)
        entry = next_entry(by.at)
        stamp = Stamp(entry.at, by.actor, by.reason, "", entry.number)
        outcome = write_versions(ledger, snapshot[ledger.code], None, stamp)
        if not outcome.proof:
            return Correction(record, version, changed=False)
        parts = Parts()
        code = ledger.code_column()
        if action == WITHDRAW and code is not None:
            parts = withdraw_parts(ledger, said[code], stamp)
        place_units([ledger.code])
        (told,) = snapshot[ledger.code].to_pylist()
        mark_touched([touched_by(ledger, before, told), *parts.touched], record)
        append_entry(
            number=entry.number,
            at=entry.at,
            actor=by.actor,
            action=action,
            subject=record[:LONGEST_SUBJECT],
            detail={
                "record": record,
                "reason": by.reason,
                "columns": sorted(changes),
                **({"parts": parts.counts} if parts.outcomes else {}),
                "versions": proofs([outcome, *parts.outcomes]),
            },
        )
    return Correction(record, version + 1, changed=True, parts=parts.counts)


def correction_faults(
    viewer: Viewer, ledger: type[Ledger], record: str, changes: Mapping[str, Any]
) -> Mapping[str, Problem]:
    """What is wrong with a correction by these values, by column, before anything is written.

    Raises:
        TongrongError: there is no such record.
    """
    before = _current(ledger, record)
    _check_viewer(viewer, ledger, record)
    return faults_of(viewer, ledger, vars(before), changes)


def faults_of(
    viewer: Viewer, ledger: type[Ledger], said: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Problem]:
    """The same against what the record says now; of a withdrawal only whether it is theirs."""
    before = {name: said[name] for name in (*ledger.columns, STATUS)}
    return faults_in(viewer, ledger, changes, before)


def _check_viewer(viewer: Viewer, ledger: type[Ledger], record: str) -> None:
    """Refuse a record of a unit that is not the viewer's to change, as one that is not there."""
    if not may_change(viewer, ledger, record):
        raise refuse("record.unknown", "记录", record, "您负责范围内的记录", "从台账的列表里选")


def _current(ledger: type[Ledger], record: str) -> RowVersion:
    """The current version of a record."""
    versions = LEDGER_MODELS[ledger.code].objects.filter(superseded_at__isnull=True)
    found = versions.filter(**{RECORD: record}).first()
    if found is None:
        raise refuse(
            "record.unknown", "记录", record, "库中已有的记录", "tongrong export 列出全部记录"
        )
    return found


def _check(
    ledger: type[Ledger], record: str, snapshot: Snapshot, changes: Mapping[str, Any]
) -> None:
    """Refuse what an import would refuse, and words about a person that were erased."""
    _, erased = with_pseudonyms(snapshot, erased_persons())
    if erased and changes.keys() & {*erasable(ledger)}:
        raise refuse(
            "record.erased",
            record,
            "此人的个人信息已依法删除",
            "不再登记姓名、证件号码等",
            "确需重新登记的，用新的人员编号",
        )
    problems = check_references(snapshot, known_codes)
    problems += check_sense(snapshot, None, known_trees(), enterprises_with_figures())
    if problems:
        raise TongrongError(problems)


def changed_meanwhile(record: str) -> ChangedMeanwhile:
    """The refusal of a write about a version of a record that is not its current one any more."""
    expected, remedy = "打开表单以后没有别人改过的记录", "对照别人改的，再保存一次"
    return ChangedMeanwhile([Problem("record.changed", "记录", record, expected, remedy)])


def _other_record(record: str, labels: list[str]) -> TongrongError:
    return refuse(
        "record.key",
        record,
        "、".join(labels),
        "主键以外的列：主键不同就是另一条记录",
        "撤回这条记录（tongrong withdraw），再导入正确的一条",
    )
