"""Keeps how a unit's verdicts stand, counted by section, in the transaction that stores them."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable

from tongrong.engine.again import Norms
from tongrong.engine.judged import Judged
from tongrong.queries.tallies import COUNTED, SOON
from tongrong.records.models import StoredFinding, UnitTally
from tongrong.vocabulary.verdicts import Severity, Strength, Verdict

_LAMPS = {
    Severity[one.name]: one.value for one in (Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK)
}
_ROWS = 2000
_Said = tuple[str, str, Severity, dt.date | None]
"""Of a verdict its unit, clause, severity and due day."""


def keep_tallies(
    key: str, norms: Norms, units: Collection[str], judged: Iterable[Judged] | None = None
) -> None:
    """Let the tallies of the units be those of their verdicts stored under a key.

    `judged` are all these verdicts, where they are at hand; else they are read. Nothing is
    written where nothing changed.
    """
    said = _stored(key, units) if judged is None else map(_said, judged)
    wanted = _counted(norms, said)
    own = UnitTally.objects.filter(checklist=key, unit__in=units)
    columns = ("unit", "section", *COUNTED)
    if {(one[0], one[1]): one[2:] for one in own.values_list(*columns)} == wanted:
        return
    own.delete()
    UnitTally.objects.bulk_create(
        [
            UnitTally(checklist=key, **dict(zip(columns, (*at, *numbers), strict=True)))
            for at, numbers in wanted.items()
        ],
        batch_size=_ROWS,
    )


def _stored(key: str, units: Collection[str]) -> Iterable[_Said]:
    rows = StoredFinding.objects.filter(checklist=key, unit__in=units)
    for unit, clause, severity, due in rows.values_list("unit", "clause", "severity", "due"):
        yield unit, clause, Severity(severity), due


def _said(one: Judged) -> _Said:
    return one.unit, one.clause, one.severity, one.due


def _counted(norms: Norms, said: Iterable[_Said]) -> dict[tuple[str, str], tuple[int, ...]]:
    """The numbers by unit and section, in the order of `COUNTED`; encouraged clauses left out."""
    sections = {
        clause.id: section.id
        for section in norms.family.on(norms.as_of).checklist.sections()
        for item in section.items
        for indicator in item.indicators
        for clause in indicator.clauses
        if clause.strength is not Strength.MAY
    }
    found: dict[tuple[str, str], Counter[str]] = {}
    for unit, clause, severity, due in said:
        if clause not in sections or severity is Severity.NOT_APPLICABLE:
            continue
        numbers = found.setdefault((unit, sections[clause]), Counter())
        numbers["applying"] += 1
        numbers["met"] += severity is Severity.MET
        if severity in _LAMPS:
            numbers[_LAMPS[severity]] += 1
        if severity is Severity.PENDING and due is not None and due <= norms.as_of + SOON:
            numbers["soon"] += 1
    return {at: tuple(numbers[one] for one in COUNTED) for at, numbers in found.items()}
