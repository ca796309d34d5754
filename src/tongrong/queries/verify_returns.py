"""Whether the steps of returned records are those the audit entries tell of."""

from collections.abc import Iterator, Mapping

from tongrong.queries.audit import PASS, RETURN, STAND_BY
from tongrong.queries.proof_names import ProofNames
from tongrong.records.models import AuditEntry, ReturnStep
from tongrong.vocabulary.digests import moment_text
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.returning import Step

_TELL = {RETURN: Step.RETURNED, STAND_BY: Step.STOOD_BY, PASS: Step.PASSED}
_TOLD = ("record", "unit", "side", "version", "words")
_REMEDY = "以备份恢复"


def return_problems(entries: Mapping[int, AuditEntry], names: ProofNames) -> Iterator[Problem]:
    """Steps that differ from their audit entry or do not follow, and entries without one."""
    missing = {number for number, one in entries.items() if one.action in _TELL}
    before: ReturnStep | None = None
    for step in ReturnStep.objects.order_by("record", "step_id").iterator():
        missing.discard(step.entry)
        if before is not None and not _follows(before, step):
            yield _problem(names, before, "下一步的编号不对", "与下一步相同")
        if not _as_told(step, entries.get(step.entry)):
            yield _problem(names, step, "内容被改过", f"与第 {step.entry} 号审计记录相同")
        before = step
    if before is not None and before.followed_by_entry is not None:
        yield _problem(names, before, "下一步不在", "有下一步")
    for number in sorted(missing):
        told = entries[number]
        expected = f"第 {number} 号审计记录所说的一步"
        where = names.said(f"退回和复核（{told.subject}）", "退回和复核")
        yield Problem("proof.return", where, "没有这一步", expected, _REMEDY)


def _follows(before: ReturnStep, step: ReturnStep) -> bool:
    """Whether a step knows of the one that stands after it, which is of the same record or none."""
    same = before.record == step.record
    return before.followed_by_entry == (step.entry if same else None)


def _as_told(step: ReturnStep, entry: AuditEntry | None) -> bool:
    """Whether a step says what its entry does; that of a write tells of it by the version."""
    if entry is None or (step.by, moment_text(step.at)) != (entry.actor, moment_text(entry.at)):
        return False
    if step.step in (Step.CORRECTED, Step.WITHDRAWN):
        return entry.action not in _TELL
    said = tuple(getattr(step, name) for name in _TOLD)
    return _TELL.get(entry.action) == step.step and said == tuple(map(entry.detail.get, _TOLD))


def _problem(names: ProofNames, step: ReturnStep, found: str, expected: str) -> Problem:
    where = names.numbered(f"退回和复核 {step.step_id}", step.record)
    return Problem("proof.return", where, found, expected, _REMEDY)
