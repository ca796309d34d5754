"""待办: what falls short or falls due for some units, the most urgent first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery

from tongrong.findings.kept_words import Numbers, missing_words
from tongrong.norms.checklist import Clause, Indicator
from tongrong.queries.findings import KEPT, Kept, kept_of
from tongrong.queries.judgements import Judgements
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Place, StoredFinding
from tongrong.vocabulary.verdicts import Severity, Verdict

SOON = dt.timedelta(days=30)
ON_A_PAGE = 40
LAMPS = (Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK, Verdict.PENDING)


@dataclass(frozen=True)
class Duty:
    """One thing to do: the clause in its words, whose, by when, what is missing."""

    clause: Clause
    indicator: Indicator
    unit: str
    unit_name: str
    verdict: Verdict
    due: dt.date | None
    days_left: int | None
    numbers: Numbers
    missing: str
    reason: str


@dataclass(frozen=True)
class Duties:
    """A page of duties, and how many there are of each lamp; `pages` is how many pages."""

    counts: tuple[tuple[Verdict, int], ...]
    lines: tuple[Duty, ...]
    page: int
    pages: int
    total: int


def duties(
    viewer: Viewer, seen: Judgements, *, below: bool, lamp: Verdict | None, page: int
) -> Duties:
    """What is due for the units of the viewer's roles, or with `below` for all below them too.

    A pending duty is shown `SOON` before it falls due.
    """
    rows = _rows(viewer, seen, below=below)
    counted = dict(rows.order_by().values_list("severity").annotate(n=Count("finding_id")))
    counts = tuple((one, counted.get(int(one.severity), 0)) for one in LAMPS)
    shown = [one for one in LAMPS if lamp in (None, one)]
    total = sum(number for one, number in counts if one in shown)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    rows = rows.filter(severity__in=[int(one.severity) for one in shown])
    rows = rows.order_by("-severity", F("due").asc(nulls_last=True), "unit", "clause")
    start = (page - 1) * ON_A_PAGE
    kept = [kept_of(row) for row in rows.values(*KEPT)[start : start + ON_A_PAGE]]
    units = {one.unit for one in kept}
    names = dict(Place.objects.filter(unit__in=units).values_list("unit", "name"))
    lines = (_told(seen, one, names) for one in kept)
    return Duties(counts, tuple(one for one in lines if one), page, pages, total)


def _rows(viewer: Viewer, seen: Judgements, *, below: bool) -> "QuerySet[StoredFinding]":
    places = visible(viewer, Permission.SEE_DUTIES)
    if not below:
        units = viewer.units(Permission.SEE_DUTIES)
        places = places.filter(Q(unit__in=units) | Q(answering__in=units))
    late = [int(one.severity) for one in LAMPS if one is not Verdict.PENDING]
    soon = Q(severity=int(Severity.PENDING), due__lte=seen.as_of + SOON)
    rows = seen.findings().filter(unit__in=Subquery(places.values("unit")))
    return rows.filter(Q(severity__in=late) | soon).exclude(clause__in=seen.encouraged)


def _told(seen: Judgements, one: Kept, names: dict[str, Any]) -> Duty | None:
    where = seen.where(one.clause)
    if where is None:
        return None
    return Duty(
        clause=seen.clauses[one.clause],
        indicator=where[1],
        unit=one.unit,
        unit_name=names.get(one.unit, one.unit),
        verdict=one.verdict,
        due=one.due,
        days_left=None if one.due is None else (one.due - seen.as_of).days,
        numbers=seen.words.numbers(one),
        missing=missing_words(one.missing),
        reason=one.reason.label,
    )
