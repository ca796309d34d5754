"""Stored verdicts: what is stored, of which day, and what is to be judged again."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from tongrong.engine.judged import Judged
from tongrong.records.models import Evaluation, FindingChange, Stale, StoredFinding
from tongrong.vocabulary.verdicts import Reason, Severity, Verdict

RECORDS_KEPT = 100
"""So many of the records counted are kept with a verdict; all are found by judging it again."""

OPEN = "（不含境外）"
"""After the name of a checklist: its verdicts as they are without the units abroad (五不公开)."""

Key = tuple[str, str]


def open_name(checklist: str) -> str:
    """What the verdicts of a checklist without the units abroad are stored under."""
    return f"{checklist}{OPEN}"


def is_open(checklist: str) -> bool:
    """Whether verdicts stored under this name are those without the units abroad."""
    return checklist.endswith(OPEN)


@dataclass(frozen=True)
class Kept(Judged):
    """A verdict as it is stored.

    `records` are the first `RECORDS_KEPT` of those counted, `counted` is how many there are.
    """

    counted: int

    @classmethod
    def of(cls, judged: Judged) -> "Kept":
        """What is stored of a verdict."""
        said = {**vars(judged), "records": judged.records[:RECORDS_KEPT]}
        return cls(**said, counted=len(judged.records))

    @property
    def verdict(self) -> Verdict:
        """What the severity is called."""
        return self.severity.verdict

    def values(self) -> dict[str, Any]:
        """The values of its row."""
        texts = {name: json.dumps(getattr(self, name), ensure_ascii=False, separators=(",", ":"))
                 for name in ("missing", "records")}  # fmt: skip
        return {**vars(self), **texts, "severity": int(self.severity), "reason": self.reason.value}


KEPT = tuple(one.name for one in fields(Kept))


@dataclass(frozen=True)
class State:
    """As of which day a checklist's verdicts are stored, and by which text and program."""

    checklist: str
    as_of: dt.date
    fingerprint: str


@dataclass(frozen=True)
class Change:
    """A verdict that became another; None where there was, or is, none."""

    unit: str
    clause: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True)
class Waiting:
    """What is to be judged again: the clauses of each unit and the cause of each, or all of it.

    `last` is the newest mark among them.
    """

    causes: Mapping[Key, str]
    everything: str | None
    last: int

    @property
    def units(self) -> Mapping[str, list[str]]:
        """The clauses to judge again by unit."""
        found: dict[str, list[str]] = {}
        for unit, clause in self.causes:
            found.setdefault(unit, []).append(clause)
        return found


def stored_states() -> tuple[State, ...]:
    """The checklists whose verdicts are stored."""
    rows = Evaluation.objects.order_by("checklist")
    return tuple(State(*one) for one in rows.values_list("checklist", "as_of", "fingerprint"))


def stored_states_and(condition: Q) -> tuple[tuple[State, ...], bool]:
    """The same, and whether a condition of the store holds: one query; without any it does not."""
    rows = Evaluation.objects.order_by("checklist").annotate(
        holds=ExpressionWrapper(condition, BooleanField())
    )
    found = [
        (State(checklist, as_of, fingerprint), holds)
        for checklist, as_of, fingerprint, holds in rows.values_list(
            "checklist", "as_of", "fingerprint", "holds"
        )
    ]
    return tuple(state for state, _ in found), any(holds for _, holds in found)


def stored_state(checklist: str) -> State | None:
    """How a checklist's verdicts are stored, if they are."""
    return next((one for one in stored_states() if one.checklist == checklist), None)


def waiting(checklist: str) -> Waiting:
    """What of a checklist is to be judged again."""
    return all_waiting([checklist])[checklist]


def all_waiting(checklists: Collection[str]) -> Mapping[str, Waiting]:
    """The same of several checklists."""
    causes: dict[str, dict[Key, str]] = {one: {} for one in checklists}
    everything, last = dict.fromkeys(checklists), dict.fromkeys(checklists, 0)
    rows = Stale.objects.filter(checklist__in=causes).order_by("stale_id")
    columns = ("checklist", "stale_id", "unit", "clause", "cause")
    for checklist, number, unit, clause, cause in rows.values_list(*columns):
        last[checklist] = number
        if unit:
            causes[checklist][unit, clause] = cause
        else:
            everything[checklist] = cause
    return {one: Waiting(causes[one], everything[one], last[one]) for one in causes}


def kept_findings(
    checklist: str, units: Collection[str] | None = None, clauses: Collection[str] | None = None
) -> Iterator[Kept]:
    """The stored verdicts of a checklist, of these units and clauses only if given."""
    rows = StoredFinding.objects.filter(checklist=checklist)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    if units is None:
        yield from map(kept_of, rows.values(*KEPT).iterator())
    else:  # few: without a cursor, which takes a database three statements
        yield from map(kept_of, rows.filter(unit__in=units).values(*KEPT))


def kept_of(row: Mapping[str, Any]) -> Kept:
    """A verdict from its row of the columns `KEPT`."""
    listed = {name: tuple(json.loads(row[name])) for name in ("missing", "records")}
    told = {"severity": Severity(row["severity"]), "reason": Reason(row["reason"])}
    return Kept(**{**row, **told, **listed})


def changes_of(checklist: str, unit: str, clause: str) -> Sequence[tuple[dt.date, str, Change]]:
    """The day, the cause and the change of every change of a stored verdict, the oldest first."""
    rows = FindingChange.objects.filter(checklist=checklist, unit=unit, clause=clause)
    named = rows.order_by("change_id").values_list("as_of", "cause", "before", "after")
    return [
        (day, cause, Change(unit, clause, verdict_of(before), verdict_of(after)))
        for day, cause, before, after in named
    ]


def verdict_of(severity: int | None) -> Verdict | None:
    """The verdict of a severity as stored."""
    return None if severity is None else Severity(severity).verdict
