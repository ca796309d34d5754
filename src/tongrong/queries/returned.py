"""被退回, 待我复核, 待对方答复: the records that wait for somebody, of all ledgers by one query."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast

from tongrong.facts.columns import Privacy
from tongrong.facts.directory import names_of
from tongrong.facts.ledger import RECORD, STATUS, WITHDRAWN, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.authors import author
from tongrong.queries.openable import by_ledger, openable
from tongrong.queries.places import of_roles
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.returns import open_steps
from tongrong.records.models import Place, ReturnStep
from tongrong.vocabulary.returning import ANSWERS, Step

MOST = 500


class Waits(StrEnum):
    """What a record waits for: an answer of who enters, or a second look of who returned it.

    `OTHERS`: the viewer's side returned it, and the answer is for others to give.
    """

    ANSWER = "returned"
    RECHECK = "recheck"
    OTHERS = "unanswered"

    @property
    def label(self) -> str:
        """The name users read."""
        return {"returned": "被退回", "recheck": "待我复核", "unanswered": "待对方答复"}[self.value]

    @property
    def mine(self) -> bool:
        """Whether it is for the viewer to do something."""
        return self is not Waits.OTHERS


_OF = {
    Waits.ANSWER: Permission.RECORD,
    Waits.RECHECK: Permission.RECHECK,
    Waits.OTHERS: Permission.RECHECK,
}
"""Who is told of such records."""


@dataclass(frozen=True)
class WaitingRecord:
    """A record that waits for the viewer: `number` is that of its page, `said` names it.

    `step`, `words`, `by` and `at` are those of the last step: the return, or its answer.
    """

    ledger: type[Ledger]
    number: int
    said: str
    withdrawn: bool
    unit_name: str
    step: Step
    words: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class WaitingRecords:
    """All that wait, the longest waiting first; what is beyond `MOST` is left out, others' first.

    Of each kind that is ever told to who holds these roles.
    """

    by_kind: Mapping[Waits, tuple[WaitingRecord, ...]]
    many: bool

    @property
    def counts(self) -> tuple[tuple[Waits, int], ...]:
        """How many there are of each kind."""
        return tuple((kind, len(told)) for kind, told in self.by_kind.items())


def waiting_records(viewer: Viewer, *, below: bool) -> WaitingRecords:
    """What was returned to the units of the viewer's roles, with `below` to those below them too.

    What waits for a second look is that of the units in whose name it was returned, wherever the
    record is of; so is what they returned and nobody has answered, where that is not for the viewer
    to do. A record that does not exist for the viewer waits for nobody.
    """
    places = of_roles(viewer, Permission.RECORD, below=below)
    by_side = Q(side__in=viewer.units(Permission.RECHECK))
    returned = Q(step=Step.RETURNED)
    answer = returned & Q(unit__in=places.values("unit")) & ~(by_side & Q(by=viewer.login))
    mine = answer | (by_side & Q(step__in=ANSWERS))
    named = Place.objects.filter(unit=OuterRef("unit")).values("name")
    steps = open_steps(ReturnStep.objects.filter(mine | (by_side & returned)))
    whose = Case(When(mine, then=Value(0)), default=Value(1))
    told = steps.annotate(unit_name=Subquery(named), others=whose, author=author("by"))
    told = told.order_by("others", "step_id")
    found = list(told[: MOST + 1])
    rows = _rows(viewer, {one.record for one in found})
    kinds: dict[Waits, list[WaitingRecord]] = {
        kind: [] for kind, permission in _OF.items() if viewer.may(permission)
    }
    for one in found[:MOST]:
        if one.record in rows:
            step = Step(one.step)
            kinds[_kind(step, others=bool(one.others))].append(_told(one, step, rows[one.record]))
    return WaitingRecords({kind: tuple(told) for kind, told in kinds.items()}, len(found) > MOST)


def _kind(step: Step, *, others: bool) -> Waits:
    if step.answers:
        return Waits.RECHECK
    return Waits.OTHERS if others else Waits.ANSWER


def _told(one: Any, step: Step, row: tuple[Any, ...]) -> WaitingRecord:
    number, status, *said = row
    return WaitingRecord(
        ledger=LEDGERS[one.record.partition("/")[0]],
        number=number,
        said=" ".join(filter(None, said)),
        withdrawn=status == WITHDRAWN,
        unit_name=one.unit_name or "",
        step=step,
        words=one.words,
        by=one.author,
        at=one.at,
    )


def _rows(viewer: Viewer, records: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """The number, status and name of those of the records that exist for the viewer."""
    every = [_of(viewer, LEDGERS[code], some) for code, some in by_ledger(records).items()]
    if not every:
        return {}
    found: Iterable[tuple[Any, ...]] = every[0].union(*every[1:], all=True)
    return {record: tuple(row) for record, *row in found}


def _of(viewer: Viewer, ledger: type[Ledger], records: Collection[str]) -> "QuerySet[Any, Any]":
    """The same of one ledger, in columns alike for all."""
    rows = openable(viewer, ledger, records)
    columns = {
        f"said_{at}": Cast(name, TextField()) if name else Value("", output_field=TextField())
        for at, name in enumerate(_naming(ledger))
    }
    return rows.annotate(**columns).values_list(RECORD, "version_id", STATUS, *columns)


def _naming(ledger: type[Ledger]) -> tuple[str, str]:
    """The columns that name a record in a line, open to all: its name or kind, and its day."""
    names = [*names_of(ledger)[:1], *(["kind"] if "kind" in ledger.columns else [])]
    open_ones = [one for one in names if ledger.columns[one].privacy is Privacy.OPEN]
    return (open_ones[0] if open_ones else "", ledger.day_column() or "")
