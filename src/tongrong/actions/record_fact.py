"""Records one fact entered by hand: whole, and checked as an import is, or not at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.faults import faults_in
from tongrong.actions.marks import mark_touched, touched_by
from tongrong.actions.permitted import NotRecorded, check_alike, may_change
from tongrong.actions.turns import one_write
from tongrong.actions.versions import Stamp, proofs, write_versions
from tongrong.facts.content import erasable
from tongrong.facts.erasure import with_pseudonyms
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.settle import made_code
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.audit import RECORD_FACT, erased_persons
from tongrong.queries.policy import Viewer
from tongrong.records.models import LEDGER_MODELS, RowVersion
from tongrong.vocabulary.errors import Problem

LONGEST_SUBJECT = 255
_MOST_ALIKE = 9


@dataclass(frozen=True)
class Recorded:
    """The record that says what was entered, and whether this write made it."""

    record: str
    number: int
    new: bool


def record_fact(
    *, viewer: Viewer, ledger: type[Ledger], values: Mapping[str, Any], at: dt.datetime
) -> Recorded:
    """Record what somebody entered, by column; columns not named are empty.

    A record's own code is made of its content, so the same content entered twice is one record:
    the second time nothing is written. A record withdrawn before is recorded again. Of what is a
    secret no code is made: a person's is said by who enters them.

    Args:
        at: the moment of recording, with a time zone.

    Raises:
        NotRecorded: the viewer may not record for the unit, a reference names nothing that
            exists for them, a value makes no sense, or such a record says something else.
        TongrongError: another write does not finish.
    """
    row = {name: values.get(name) for name in ledger.columns}
    with one_write(ledger.label):
        if faults := faults_in(viewer, ledger, row):
            raise NotRecorded(faults)
        code = ledger.code_column()
        to_code = code is not None and ledger.codeless() and row[code] is None
        check_alike(viewer, ledger, row)
        known = _coded(ledger, row) if to_code else None
        erased = erased_persons() if erasable(ledger) else {}
        snapshot, _ = with_pseudonyms(Snapshot.of_rows({ledger.code: [row]}), erased)
        (told,) = snapshot[ledger.code].to_pylist()
        record = str(told[RECORD])
        if not to_code:
            known = _current(ledger, record)
        if known is not None and known.status == EFFECTIVE:
            return _again(viewer, ledger, known, told)
        if known is not None and not may_change(viewer, ledger, known.record):
            raise _taken(ledger)
        entry = next_entry(at)
        stamp = Stamp(entry.at, viewer.login, "", "", entry.number)
        outcome = write_versions(ledger, snapshot[ledger.code], None, stamp)
        mark_touched([touched_by(ledger, known, told)], record)
        append_entry(
            number=entry.number,
            at=entry.at,
            actor=viewer.login,
            action=RECORD_FACT,
            subject=record[:LONGEST_SUBJECT],
            detail={"record": record, "versions": proofs([outcome])},
        )
    return Recorded(record, int(outcome.proof["last"]), new=True)


def _coded(ledger: type[Ledger], row: dict[str, Any]) -> RowVersion | None:
    """Give a record the code made of its content; the record that has this content already."""
    name = str(ledger.code_column())
    likeness = {one: row[one] for one in ledger.likeness()}
    current = LEDGER_MODELS[ledger.code].objects.filter(superseded_at__isnull=True)
    alike = current.filter(status=EFFECTIVE, **_equal(likeness)).first()
    if alike is not None:
        row[name] = getattr(alike, name)
        return alike
    made = made_code(ledger, list(likeness.values()))
    for code in (made, *(f"{made}-{number}" for number in range(2, _MOST_ALIKE))):
        row[name] = code
        taken = current.filter(**{name: code}).first()
        if taken is None or taken.status != EFFECTIVE:
            return taken
    raise _taken(ledger)


def _equal(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name if value is not None else f"{name}__isnull": True if value is None else value
        for name, value in values.items()
    }


def _current(ledger: type[Ledger], record: str) -> RowVersion | None:
    rows = LEDGER_MODELS[ledger.code].objects.filter(superseded_at__isnull=True)
    return rows.filter(record=record).first()


def _again(
    viewer: Viewer, ledger: type[Ledger], known: RowVersion, told: Mapping[str, Any]
) -> Recorded:
    """The record that says all this already; refused where it says something else."""
    same = all(getattr(known, name) == told[name] for name in (*ledger.columns, STATUS))
    if not same or not may_change(viewer, ledger, known.record):
        raise _taken(ledger)
    return Recorded(known.record, known.version_id, new=False)


def _taken(ledger: type[Ledger]) -> NotRecorded:
    if ledger.code_column() is not None and not ledger.codeless():
        return _unusable(ledger)
    keys = ledger.likeness() if ledger.code_column() is not None else ledger.keys()
    labels = "、".join(ledger.columns[name].label for name in keys)
    expected = f"没有登记过的；{labels}都相同的记录已经登记"
    remedy = "查找那一条，写错的更正那一条"
    said = Problem("record.taken", ledger.label, "", expected, remedy)
    return NotRecorded({"": said})


def _unusable(ledger: type[Ledger]) -> NotRecorded:
    """The refusal of a code somebody said; not whether, and of whom, it is another's."""
    code = str(ledger.code_column())
    label = ledger.columns[code].label
    remedy = "先在台账里查找，已登记的更正那一条；没有的换一个编号，如加上单位的字头"
    return NotRecorded({code: Problem("record.taken", label, "", f"可以使用的{label}", remedy)})
