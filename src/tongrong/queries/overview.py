"""驾驶舱: shares met by section and over the year, what worsened, what falls due."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from tongrong.findings.subtree import Share
from tongrong.norms.checklist import Clause
from tongrong.queries.judgements import Judgements
from tongrong.queries.past_days import past_key, up_to_date
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.tallies import SOON, Tally, Units, by_key, by_section
from tongrong.records.models import Place, StoredFinding
from tongrong.vocabulary.errors import TongrongError
from tongrong.vocabulary.verdicts import Severity, Verdict

MOST_LINES = 12
_SEE = Permission.SEE_COCKPIT
TOGETHER = "同步"
"""What the title of each of the four sections of 四同步 says."""
_SHORT = [int(one.severity) for one in (Verdict.AT_RISK, Verdict.NO_DATA, Verdict.UNMET)]
_AHEAD = [int(one.severity) for one in (Verdict.PENDING, Verdict.AT_RISK)]


@dataclass(frozen=True)
class SectionShare:
    """A section of the checklist: of the verdicts on its clauses, how many are met."""

    title: str
    share: Share


@dataclass(frozen=True)
class MonthShare:
    """What share was met at the end of a day; None: the day is not judged."""

    day: dt.date
    share: Share | None


@dataclass(frozen=True)
class Line:
    """A verdict in a list: whose, on what, as it is and as it was, and when it falls due."""

    clause: Clause
    unit: str
    unit_name: str
    verdict: Verdict
    before: Verdict | None
    due: dt.date | None
    days_left: int | None


@dataclass(frozen=True)
class Lines:
    """The first lines of a list; `more`: there are others."""

    lines: tuple[Line, ...]
    more: bool


def section_shares(seen: Judgements, units: Units) -> tuple[SectionShare, ...]:
    """The four sections of 四同步, over units and all below them; encouraged clauses left out."""
    found = by_section(seen.key, units)
    sections = [one for one in seen.checklist.sections() if TOGETHER in one.title]
    return tuple(SectionShare(one.title, found.get(one.id, Tally()).share) for one in sections)


def days_of_the_year(seen: Judgements) -> tuple[dt.date, ...]:
    """The month ends of the year up to the day of the verdicts, and that day itself."""
    year, ends = seen.as_of.year, []
    for month in range(1, seen.as_of.month + 1):
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        end = following - dt.timedelta(days=1)
        if end < seen.as_of and _in_force(seen, end):
            ends.append(end)
    return (*ends, seen.as_of)


def month_before(seen: Judgements) -> dt.date:
    """The end of the month before that of the verdicts; their own day where no rule held then."""
    end = seen.as_of.replace(day=1) - dt.timedelta(days=1)
    return end if _in_force(seen, end) else seen.as_of


def month_ends(seen: Judgements) -> tuple[dt.date, ...]:
    """What the year is told from beside the day itself, the newest first."""
    days = {*days_of_the_year(seen), month_before(seen)} - {seen.as_of}
    return tuple(sorted(days, reverse=True))


def judged_days(seen: Judgements, days: Sequence[dt.date]) -> Mapping[dt.date, str]:
    """Those of the days that are judged and up to date, with what they are stored under."""
    keys = {day: past_key(seen.now, day) for day in days if day != seen.as_of}
    good = up_to_date(dict.fromkeys(keys.values(), seen.made_by))
    return {day: key for day, key in keys.items() if key in good} | {seen.as_of: seen.key}


def shares_over(
    days: Sequence[dt.date], judged: Mapping[dt.date, str], units: Units
) -> tuple[MonthShare, ...]:
    """What share of the verdicts on units and all below them was met at the end of each day."""
    tallies = by_key(judged.values(), units)
    found = {key: one.share for key, one in tallies.items()}
    return tuple(
        MonthShare(day, found.get(judged[day], Share(0, 0)) if day in judged else None)
        for day in days
    )


def worsened(viewer: Viewer, seen: Judgements, then: str) -> Lines:
    """What falls short now and stood better under the key `then`, the worst first."""
    earlier = StoredFinding.objects.filter(
        checklist=then, unit=OuterRef("unit"), clause=OuterRef("clause")
    )
    rows = _rows(viewer, seen).filter(severity__in=_SHORT)
    rows = rows.annotate(before=Subquery(earlier.values("severity")[:1]))
    rows = rows.filter(before__lt=F("severity")).order_by("-severity", "before", "unit", "clause")
    return _lines(seen, rows)


def falling_due(viewer: Viewer, seen: Judgements) -> Lines:
    """What is open and falls due within `SOON`, the first first."""
    rows = _rows(viewer, seen).filter(severity__in=_AHEAD)
    rows = rows.filter(due__range=(seen.as_of, seen.as_of + SOON))
    rows = rows.annotate(before=F("severity")).order_by("due", "unit", "clause")
    return _lines(seen, rows)


def _in_force(seen: Judgements, day: dt.date) -> bool:
    try:
        seen.norms.family.on(day)
    except TongrongError:
        return False
    return True


def _rows(viewer: Viewer, seen: Judgements) -> "QuerySet[StoredFinding]":
    rows = seen.findings().filter(unit__in=Subquery(visible(viewer, _SEE).values("unit")))
    named = Place.objects.filter(unit=OuterRef("unit")).values("name")[:1]
    return rows.exclude(clause__in=seen.encouraged).annotate(unit_name=Subquery(named))


def _lines(seen: Judgements, rows: "QuerySet[StoredFinding]") -> Lines:
    columns = ("clause", "unit", "unit_name", "severity", "before", "due")
    found = list(rows.values_list(*columns)[: MOST_LINES + 1])
    lines = tuple(
        Line(
            seen.clauses[clause],
            unit,
            name,
            Severity(severity).verdict,
            Severity(before).verdict,
            due,
            None if due is None else (due - seen.as_of).days,
        )
        for clause, unit, name, severity, before, due in found[:MOST_LINES]
        if clause in seen.clauses
    )
    return Lines(lines, len(found) > MOST_LINES)
