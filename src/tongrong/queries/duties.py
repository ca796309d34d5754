"""待办: what falls short or falls due for some units, the most urgent first."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Subquery, Value, When

from tongrong.findings.kept_words import Numbers, missing_words
from tongrong.norms.checklist import Clause, Indicator
from tongrong.queries import tallies
from tongrong.queries.correcting import to_correct
from tongrong.queries.findings import KEPT, Kept, kept_of
from tongrong.queries.judgements import Judgements
from tongrong.queries.places import of_roles
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.settling import Form, forms
from tongrong.queries.tallies import SOON
from tongrong.records.models import Place, StoredFinding
from tongrong.vocabulary.verdicts import Severity, Verdict

ON_A_PAGE = 40
LAMPS = (Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK, Verdict.PENDING)


class Order(StrEnum):
    """By what duties are sorted, and so grouped."""

    LAMP = "lamp"
    DUE = "due"
    UNIT = "unit"
    ITEM = "item"

    @property
    def label(self) -> str:
        """The name users read."""
        return {"lamp": "按结果", "due": "按期限", "unit": "按单位", "item": "按项目"}[self.value]


_FIRST_DUE = F("due").asc(nulls_last=True)
_SORTED: Mapping[Order, tuple[Any, ...]] = {
    Order.LAMP: ("-severity", _FIRST_DUE, "unit", "clause"),
    Order.DUE: (_FIRST_DUE, "-severity", "unit", "clause"),
    Order.UNIT: ("unit", "-severity", _FIRST_DUE, "clause"),
    Order.ITEM: ("-severity", _FIRST_DUE, "unit", "clause"),
}


@dataclass(frozen=True)
class Duty:
    """One thing to do: the clause in its words, whose, by when, what is missing.

    `form` settles it, where the viewer may record for the unit; `group` is what it stands under.
    """

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
    form: Form | None
    group: str


@dataclass(frozen=True)
class Duties:
    """A page of duties, and how many there are of each lamp; `pages` is how many pages."""

    counts: tuple[tuple[Verdict, int], ...]
    lines: tuple[Duty, ...]
    page: int
    pages: int
    total: int


def duties(
    viewer: Viewer,
    seen: Judgements,
    *,
    below: bool,
    lamp: Verdict | None,
    page: int,
    order: Order = Order.LAMP,
) -> Duties:
    """What is due for the units of the viewer's roles, or with `below` for all below them too.

    A pending duty is shown `SOON` before it falls due.
    """
    places = of_roles(viewer, Permission.SEE_DUTIES, below=below)
    rows = _rows(seen, places)
    counted = (
        tallies.whole(seen.key, tallies.tops(viewer, Permission.SEE_DUTIES))
        if below
        else tallies.alone(seen.key, places.values("unit"))
    )
    counts = tuple(
        zip(LAMPS, (counted.unmet, counted.no_data, counted.at_risk, counted.soon), strict=True)
    )
    shown = [one for one in LAMPS if lamp in (None, one)]
    total = sum(number for one, number in counts if one in shown)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    rows = rows.filter(severity__in=[int(one.severity) for one in shown])
    rows = rows.order_by(*_order(seen, order))
    start = (page - 1) * ON_A_PAGE
    kept = [kept_of(row) for row in rows.values(*KEPT)[start : start + ON_A_PAGE]]
    units = {one.unit for one in kept}
    near = {one.unit: one for one in Place.objects.filter(unit__in=units)}
    own = {unit: one.path for unit, one in near.items() if _may_record(viewer, one)}
    mends = to_correct(viewer, seen, kept, own)
    lines = (
        _told(seen, one, near, order, (mends.get((one.unit, one.clause)), one.unit in own))
        for one in kept
    )
    return Duties(counts, tuple(one for one in lines if one), page, pages, total)


def _rows(seen: Judgements, places: "QuerySet[Place]") -> "QuerySet[StoredFinding]":
    late = [int(one.severity) for one in LAMPS if one is not Verdict.PENDING]
    soon = Q(severity=int(Severity.PENDING), due__lte=seen.as_of + SOON)
    rows = seen.findings().filter(unit__in=Subquery(places.values("unit")))
    return rows.filter(Q(severity__in=late) | soon).exclude(clause__in=seen.encouraged)


def _order(seen: Judgements, order: Order) -> tuple[Any, ...]:
    """What rows are ordered by; clauses stand in the order of the checklist, not of their codes."""
    if order is not Order.ITEM:
        return _SORTED[order]
    places = [When(clause=one, then=Value(at)) for at, one in enumerate(seen.clauses)]
    return (Case(*places, output_field=IntegerField()), *_SORTED[order])


def _may_record(viewer: Viewer, place: Place) -> bool:
    return any(place.path.startswith(path) for path in viewer.scopes(Permission.RECORD))


def _told(
    seen: Judgements,
    one: Kept,
    places: Mapping[str, Place],
    order: Order,
    settled_by: tuple[Form | None, bool],
) -> Duty | None:
    """A duty in words; `settled_by`: the form that corrects a record, whether they may record."""
    where, place = seen.where(one.clause), places.get(one.unit)
    if where is None or place is None:
        return None
    form, may = settled_by
    if form is None and may:
        found = forms(seen, one.clause, one.unit, one.verdict, one.missing, one.part)
        form = found[0] if found else None
    groups = {
        Order.LAMP: one.verdict.label,
        Order.DUE: f"{one.due:%Y-%m-%d}" if one.due else "无期限",
        Order.UNIT: place.name,
        Order.ITEM: f"{where[0].id} {where[0].title}",
    }
    return Duty(
        clause=seen.clauses[one.clause],
        indicator=where[1],
        unit=one.unit,
        unit_name=place.name,
        verdict=one.verdict,
        due=one.due,
        days_left=None if one.due is None else (one.due - seen.as_of).days,
        numbers=seen.words.numbers(one),
        missing=missing_words(one.missing),
        reason=one.reason.label,
        form=form,
        group=groups[order],
    )
