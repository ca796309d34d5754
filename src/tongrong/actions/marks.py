"""Marks stored verdicts that a write may have changed, in the transaction of the write."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import Max

from tongrong.engine.again import norms_of
from tongrong.engine.kinship import Kinship, rewritten
from tongrong.engine.nearby import REGISTERS, Concerned, Touched
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.registry import LEDGERS
from tongrong.queries.concealed import hidden_places
from tongrong.queries.findings import OPEN, State, is_open, stored_states
from tongrong.queries.nearby import StoredRecords, current_kinship, read_kinship
from tongrong.records.models import LEDGER_MODELS, Stale
from tongrong.vocabulary.errors import TongrongError

SAY_WHAT_IS_ABROAD = frozenset({*REGISTERS, "enterprise_features", "workplaces"})
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
    count = sum(rows.count() for rows in written.values())
    if not count:
        return
    if count > MANY_RECORDS:
        for state in states:
            mark_everything(state.checklist, cause)
        return
    touched = [one for code, last in newest.items() for one in touched_since(code, last)]
    kinships = kinships_around(touched)
    for state in states:
        _mark(state, touched, kinships, cause)


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
        earlier = versions.filter(record=row[RECORD], version=number - 1)
        known = earlier.filter(status=EFFECTIVE).values(*columns).first()
        yield Touched(code, known, row if status == EFFECTIVE else None)


def kinships_around(touched: Iterable[Touched]) -> tuple[Kinship, Kinship]:
    """How units stood to one another before the write, and how they do now."""
    of_registers = [one for one in touched if one.code in REGISTERS]
    if not of_registers:
        now = current_kinship()
        return now, now
    now = read_kinship()
    return rewritten(now, [(one.after, one.before) for one in of_registers]), now


def _mark(
    state: State, touched: list[Touched], kinships: tuple[Kinship, Kinship], cause: str
) -> None:
    abroad = is_open(state.checklist)
    if abroad and any(one.code in SAY_WHAT_IS_ABROAD for one in touched):
        mark_everything(state.checklist, cause)  # other rows than those written may come or go
        return
    try:
        norms = norms_of(state.checklist.removesuffix(OPEN), state.as_of)
    except TongrongError:  # a text that does not read shall not keep facts out
        mark_everything(state.checklist, cause)
        return
    concerned = Concerned(norms.reach, StoredRecords(), kinships, state.as_of)
    marks = concerned.marks(touched)  # without units abroad a write concerns no more than with them
    if abroad:
        hidden = hidden_places()
        marks = {(unit, clause) for unit, clause in marks if unit not in hidden}
    if len(marks) > MANY_VERDICTS:
        mark_everything(state.checklist, cause)
        return
    Stale.objects.bulk_create(
        Stale(checklist=state.checklist, unit=unit, clause=clause, cause=cause)
        for unit, clause in sorted(marks)
    )
