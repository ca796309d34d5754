"""Marks stored verdicts that a write may have changed, in the transaction of the write."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Max

from tongrong.engine.again import norms_of
from tongrong.engine.concerned import Concerned, Marks, Touched
from tongrong.engine.kinship import Kinship, rewritten
from tongrong.engine.nearby import REGISTERS
from tongrong.facts.clearance import SAY_WHAT_IS_ABROAD
from tongrong.facts.erasure import names_person
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.concealed import hidden_places
from tongrong.queries.findings import OPEN, State, is_open, stored_states
from tongrong.queries.nearby import current_kinship, read_kinship
from tongrong.queries.remembered import RememberedRecords
from tongrong.records.models import LEDGER_MODELS, RowVersion, Stale
from tongrong.vocabulary.errors import TongrongError

MANY_RECORDS = 200
MANY_VERDICTS = 20_000
"""From so many on, everything is judged again: the engine is faster than looking further."""


@contextmanager
def marking(codes: Iterable[str], cause: str) -> Iterator[None]:
    """Mark what the writes inside, of versions of these ledgers, may have changed.

    Call it inside the transaction of the write. Where no verdicts are stored it does nothing.
    """
    states = stored_states()
    if not states:
        yield
        return
    newest = {code: newest_version(code) for code in codes}
    yield
    written = {
        code: LEDGER_MODELS[code].objects.filter(version_id__gt=last)
        for code, last in newest.items()
    }
    if sum(rows.count() for rows in written.values()) > MANY_RECORDS:
        for state in states:
            mark_everything(state.checklist, cause)
        return
    _mark(
        states, [one for code, last in newest.items() for one in touched_since(code, last)], cause
    )


def mark_touched(touched: Sequence[Touched], cause: str) -> None:
    """Mark what a write of these records, a few that are known, may have changed.

    Call it after the write, inside its transaction.
    """
    _mark(stored_states(), touched, cause)


def touched_by(
    ledger: type[Ledger], before: RowVersion | None, after: Mapping[str, Any]
) -> Touched:
    """A record as the version before a write said it, if there was one, and as it says now."""
    columns = (RECORD, *ledger.columns)
    known = before is not None and before.status == EFFECTIVE
    return Touched(
        ledger.code,
        {name: getattr(before, name) for name in columns} if known else None,
        {name: after[name] for name in columns} if after[STATUS] == EFFECTIVE else None,
        new=before is None,
    )


def _persons(touched: Iterable[Touched]) -> set[str]:
    """The persons that records name, as they were or are."""
    return {
        row[name]
        for one in touched
        for row in (one.before, one.after)
        if row is not None
        for name in names_person(LEDGERS[one.code])
    } - {None}


def mark_everything(checklist: str, cause: str) -> None:
    """Mark all verdicts of a checklist."""
    Stale.objects.create(checklist=checklist, cause=cause)


def newest_version(code: str) -> int:
    """The number of the newest version in a ledger."""
    return LEDGER_MODELS[code].objects.aggregate(last=Max("version_id"))["last"] or 0


def touched_since(code: str, last: int) -> Iterator[Touched]:
    """The records of a ledger with versions after a number, before the write and after it."""
    columns = (RECORD, *LEDGERS[code].columns)
    versions = LEDGER_MODELS[code].objects
    for number, status, *values in versions.filter(version_id__gt=last).values_list(
        "version", STATUS, *columns
    ):
        row = dict(zip(columns, values, strict=True))
        known = None
        if number > 1:
            earlier = versions.filter(record=row[RECORD], version=number - 1)
            known = earlier.filter(status=EFFECTIVE).values(*columns).first()
        yield Touched(code, known, row if status == EFFECTIVE else None, new=number == 1)


def kinships_around(touched: Iterable[Touched]) -> tuple[Kinship, Kinship]:
    """How units stood to one another before the write, and how they do now."""
    of_registers = [one for one in touched if one.code in REGISTERS]
    if not of_registers:
        now = current_kinship()
        return now, now
    now = read_kinship()
    return rewritten(now, [(one.after, one.before) for one in of_registers]), now


def _mark(states: Iterable[State], touched: Sequence[Touched], cause: str) -> None:
    """Mark what these records concern, of each set of verdicts; worked out once for all of them.

    Without units abroad a write concerns no more than with them.
    """
    if not touched:
        return
    kinships: tuple[Kinship, Kinship] | None = None
    marks: dict[tuple[str, dt.date], Marks] = {}
    rows: list[Stale] = []
    records = RememberedRecords()
    for state in states:
        abroad = is_open(state.checklist)
        if abroad and any(one.code in SAY_WHAT_IS_ABROAD for one in touched):
            mark_everything(state.checklist, cause)  # other rows than those written may come or go
            continue
        try:
            norms = norms_of(state.checklist.removesuffix(OPEN), state.as_of)
        except TongrongError:  # a text that does not read shall not keep facts out
            mark_everything(state.checklist, cause)
            continue
        same = norms.family.name, norms.as_of
        if same not in marks:
            kinships = kinships or kinships_around(touched)
            if len(touched) > 1:
                records.read_posts(_persons(touched))
            concerned = Concerned(norms.reach, records, kinships, norms.as_of)
            marks[same] = concerned.marks(touched)
        hidden = hidden_places() if abroad else ()
        found = sorted(one for one in marks[same] if one[0] not in hidden)
        if len(found) > MANY_VERDICTS:
            mark_everything(state.checklist, cause)
            continue
        rows += [Stale(checklist=state.checklist, unit=u, clause=c, cause=cause) for u, c in found]
    Stale.objects.bulk_create(rows)
