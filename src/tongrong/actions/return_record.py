"""Returns a record to those who entered it, answers a return without a correction, and passes it.

The record and its verdicts stay as they are: whoever doubts a fact does not make it vanish.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tongrong.actions.answer_returns import add_step
from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.correct_record import changed_meanwhile, checked_reason
from tongrong.actions.turns import one_write
from tongrong.facts.ledger import Ledger
from tongrong.facts.unit_tree import way_of
from tongrong.queries.audit import PASS, RETURN, STAND_BY
from tongrong.queries.policy import Viewer
from tongrong.queries.record_view import RecordView, record_view
from tongrong.queries.returns import Returning
from tongrong.records.models import ReturnStep
from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.returning import Step


@dataclass(frozen=True)
class Look:
    """Who looked at which version of a record, by its number, and when."""

    viewer: Viewer
    ledger: type[Ledger]
    seen: int
    at: dt.datetime


def return_record(look: Look, *, reason: str) -> None:
    """Return a record with a reason; one that was answered may be returned again.

    Raises:
        ChangedMeanwhile: the record has a later version than the one seen.
        TongrongError: there is no reason, the record is not the viewer's to return, they entered
            it themselves, or it waits for an answer already.
    """
    said = checked_reason(reason)
    _take(look, Step.RETURNED, RETURN, said, lambda found: found.may_return)


def stand_by(look: Look, *, words: str) -> None:
    """Answer a return by saying why the record is right as it is.

    Raises:
        ChangedMeanwhile: the record has a later version than the one seen.
        TongrongError: there are no words, or the record does not wait for the viewer's answer.
    """
    said = checked_reason(words)
    _take(look, Step.STOOD_BY, STAND_BY, said, lambda found: found.may_answer)


def pass_record(look: Look, *, words: str = "") -> None:
    """Close the course of a record, answered or not; it was found in order.

    Raises:
        ChangedMeanwhile: the record has a later version than the one seen.
        TongrongError: it is not the viewer's to pass, or nothing is open.
    """
    said = words.strip() and checked_reason(words)
    _take(look, Step.PASSED, PASS, said, lambda found: found.may_pass)


def _take(
    look: Look, step: Step, action: str, words: str, may: Callable[[Returning], bool]
) -> None:
    """Take one step in the course of a record, if the viewer may."""
    with one_write(look.ledger.label):
        view = record_view(look.viewer, look.ledger, look.seen)
        if view is None:
            raise _not_open()
        if view.number != look.seen:
            raise changed_meanwhile(view.record)
        if not may(view.returning):
            raise _not_open()
        _write(look, view, step, action, words)


def _write(look: Look, view: RecordView, step: Step, action: str, words: str) -> None:
    last, entry = view.returning.course.last, next_entry(look.at)
    side = last.side if last is not None and step is Step.STOOD_BY else view.returning.side
    said = {
        "record": view.record,
        "unit": way_of(view.path)[-1],
        "side": side,
        "version": view.history.versions[-1].version,
        "words": words,
    }
    add_step(ReturnStep(**said, step=step, at=entry.at, by=look.viewer.login, entry=entry.number))
    append_entry(
        number=entry.number,
        at=entry.at,
        actor=look.viewer.login,
        action=action,
        subject=view.record[:255],
        detail=said,
    )


def _not_open() -> TongrongError:
    return refuse(
        "record.unknown",
        "记录",
        "",
        "您可以退回、说明或复核，且没有被别人先办的记录",
        "刷新记录页，看现在的状态",
    )
