"""驾驶舱 of one unit: its items, what falls short, what falls due, and how far entries reach."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.registry import LEDGERS
from tongrong.findings.rollup import standing
from tongrong.queries.cockpit import SectionCards, cards_of
from tongrong.queries.concealed import shown
from tongrong.queries.judgements import NOT_APPLICABLE, Judgements, as_finding, gather
from tongrong.queries.ledger_scope import owned_by
from tongrong.queries.overview import MOST_LINES, Line, Lines
from tongrong.queries.places import UnitPlace, places_of
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.tallies import SOON
from tongrong.records.models import LEDGER_MODELS, Place
from tongrong.vocabulary.verdicts import Severity, Verdict

_RED = (Verdict.UNMET, Verdict.NO_DATA)
_AHEAD = (Verdict.AT_RISK, Verdict.PENDING)


@dataclass(frozen=True)
class UnitCockpit:
    """The items of a unit by section, what falls short, and what falls due soon."""

    sections: tuple[SectionCards, ...]
    red: Lines
    due: Lines


@dataclass(frozen=True)
class Reuse:
    """How many records were entered in a month, and how many verdicts count any of them.

    `at_least`: a verdict that counts very many keeps the first of them only, so there may be more.
    """

    month: dt.date
    records: int
    verdicts: int
    at_least: bool


def unit_cockpit(viewer: Viewer, seen: Judgements, unit: UnitPlace) -> UnitCockpit:
    """Where a unit stands, its organizations included, by one reading of its verdicts."""
    places = places_of(viewer, Permission.SEE_COCKPIT, unit)
    named = places.filter(unit=OuterRef("unit")).values("name")[:1]
    rows = seen.findings().filter(unit__in=Subquery(places.values("unit")))
    rows = rows.annotate(unit_name=Subquery(named))
    found = list(rows.values_list("clause", "unit", "unit_name", "severity", "due", "finding_id"))
    by_clause: dict[str, list[tuple[int, dt.date | None, int]]] = {}
    for clause, _, _, severity, due, number in found:
        by_clause.setdefault(clause, []).append((severity, due, number))
    gathered = [gather(unit.unit, *one) for one in by_clause.items()]
    whole = standing(seen.checklist, unit.unit, [as_finding(unit.unit, one) for one in gathered])
    encouraged = set(seen.encouraged)
    lines = [
        _line(seen, clause, of, name, severity, due)
        for clause, of, name, severity, due, _ in found
        if clause in seen.clauses and clause not in encouraged
    ]
    until = seen.as_of + SOON
    return UnitCockpit(
        cards_of(whole),
        _some(one for one in lines if one.verdict in _RED),
        _some(one for one in lines if one.verdict in _AHEAD and one.due and one.due <= until),
    )


def reuse(viewer: Viewer, seen: Judgements, unit: UnitPlace) -> Reuse:
    """What a unit entered or corrected in the month, and the verdicts that this serves."""
    places = places_of(viewer, Permission.SEE_COCKPIT, unit)
    month = seen.as_of.replace(day=1)
    entered = set(_recorded(viewer, places, month, seen.as_of))
    rows = seen.findings().filter(unit__in=Subquery(places.values("unit")))
    rows = rows.exclude(severity=NOT_APPLICABLE)
    verdicts, at_least = 0, False
    for text, counted in rows.values_list("records", "counted"):
        kept = json.loads(text)
        if not entered.isdisjoint(kept):
            verdicts += 1
        elif counted > len(kept):
            at_least = True
    return Reuse(month, len(entered), verdicts, at_least and bool(entered))


def _recorded(
    viewer: Viewer, places: "QuerySet[Place]", since: dt.date, until: dt.date
) -> Iterable[str]:
    """The records that count and whose version is of these days; one query for all ledgers."""
    zone = dt.timezone(dt.timedelta(hours=8))
    days = (
        dt.datetime.combine(since, dt.time(), zone),
        dt.datetime.combine(until, dt.time.max, zone),
    )
    every = []
    for code, ledger in LEDGERS.items():
        if ledger.owner is None:
            continue
        rows = LEDGER_MODELS[code].objects.filter(
            owned_by(ledger, places),
            superseded_at__isnull=True,
            recorded_at__range=days,
            **{STATUS: EFFECTIVE},
        )
        every.append(shown(viewer, ledger, rows).values_list(RECORD, flat=True))
    return every[0].union(*every[1:], all=True)


def _line(
    seen: Judgements, clause: str, unit: str, name: str, severity: int, due: dt.date | None
) -> Line:
    verdict = Severity(severity).verdict
    left = None if due is None else (due - seen.as_of).days
    return Line(seen.clauses[clause], unit, name, verdict, verdict, due, left)


def _some(lines: Iterable[Line]) -> Lines:
    """The worst first, then by day."""
    key = lambda one: (-one.verdict.severity, one.due or dt.date.max, one.unit, one.clause.id)  # noqa: E731
    ordered: Sequence[Line] = sorted(lines, key=key)
    return Lines(tuple(ordered[:MOST_LINES]), len(ordered) > MOST_LINES)
