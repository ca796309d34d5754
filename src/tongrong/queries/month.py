"""本月: what an organization has to do this month, what of it is done, and what is overdue."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tongrong.findings.kept_words import missing_words
from tongrong.norms.checklist import Clause
from tongrong.queries.correcting import to_correct
from tongrong.queries.findings import KEPT, Kept, kept_of
from tongrong.queries.judgements import NOT_APPLICABLE, Judgements
from tongrong.queries.places import UnitPlace
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.settling import Form, forms
from tongrong.vocabulary.periods import Per
from tongrong.vocabulary.verdicts import Verdict

_ENDS = {
    Per.MONTH: (1, "{0:%Y-%m}"),
    Per.QUARTER: (3, "{0.year}Q{1}"),
    Per.HALF_YEAR: (6, "{0.year}H{1}"),
    Per.YEAR: (12, "{0.year}"),
}
"""After how many months a period ends, and how its label is written."""
_LATE = (Verdict.UNMET, Verdict.NO_DATA)
_SETTLED = (Verdict.MET, Verdict.JUSTIFIED)
_NONE: Mapping[tuple[str, str], Form] = MappingProxyType({})


@dataclass(frozen=True)
class MonthDuty:
    """A clause this month: until when, what is missing, and the form that settles it."""

    clause: Clause
    verdict: Verdict
    due: dt.date | None
    days_left: int | None
    missing: str
    reason: str
    form: Form | None


@dataclass(frozen=True)
class Month:
    """The duties of an organization in the month of `last`, its last day.

    Not `judged`: nothing is asked of the organization, so that it has neither done nor missed any.
    """

    last: dt.date
    judged: bool
    ahead: tuple[MonthDuty, ...]
    done: tuple[MonthDuty, ...]
    late: tuple[MonthDuty, ...]


def month(viewer: Viewer, seen: Judgements, unit: UnitPlace) -> Month:
    """What is due by the end of the month, what was for this month and is done, what is overdue."""
    rows = seen.findings().filter(unit=unit.unit).exclude(severity=NOT_APPLICABLE)
    rows = rows.exclude(clause__in=seen.encouraged)
    may = any(unit.path.startswith(one) for one in viewer.scopes(Permission.RECORD))
    kept = [kept_of(row) for row in rows.values(*KEPT)]
    short = [one for one in kept if one.verdict not in _SETTLED]
    mends = to_correct(viewer, seen, short, {unit.unit: unit.path} if may else {})
    return sorted_out(seen, kept, may=may, mends=mends)


def sorted_out(
    seen: Judgements,
    kept: Sequence[Kept],
    *,
    may: bool,
    mends: Mapping[tuple[str, str], Form] = _NONE,
) -> Month:
    """The same of some verdicts of an organization; with forms where the viewer may record.

    `mends` are the forms that correct a record, where that settles a clause.
    """
    following = (seen.as_of.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    last = following - dt.timedelta(days=1)
    kept = sorted(kept, key=lambda one: (one.due or dt.date.max, -one.severity, one.clause))
    ahead = [
        one
        for one in kept
        if one.verdict not in _SETTLED and one.due is not None and one.due <= last
    ]
    done = [one for one in kept if one not in ahead and _done(seen, one, last)]
    late = [one for one in kept if one not in ahead and one.verdict in _LATE]

    def told(some: Sequence[Kept], *, settle: bool) -> tuple[MonthDuty, ...]:
        return tuple(
            _told(seen, one, mends.get((one.unit, one.clause)), may=settle)
            for one in some
            if one.clause in seen.clauses
        )

    return Month(
        last=last,
        judged=bool(kept),
        ahead=told(ahead, settle=may),
        done=told(done, settle=False),
        late=told(late, settle=may),
    )


def _done(seen: Judgements, one: Kept, last: dt.date) -> bool:
    """Whether a period of the clause ends with this month, and is satisfied before its end."""
    bound = seen.norms.bound.get(one.clause)
    per = next((p.per for p in bound.parts if p.index == one.part), "") if bound else ""
    months, label = _ENDS.get(Per(per), (0, "")) if per in list(Per) else (0, "")
    if not months or last.month % months or one.verdict is Verdict.NO_DATA:
        return False
    if any(label.format(last, last.month // months) in said.split("/") for said in one.missing):
        return False
    return one.due is None or one.due > last


def _told(seen: Judgements, one: Kept, mend: Form | None, *, may: bool) -> MonthDuty:
    form = mend if may else None
    if form is None and may:
        found = forms(seen, one.clause, one.unit, one.verdict, one.missing, one.part)
        form = found[0] if found else None
    return MonthDuty(
        clause=seen.clauses[one.clause],
        verdict=one.verdict,
        due=one.due,
        days_left=None if one.due is None else (one.due - seen.as_of).days,
        missing=missing_words(one.missing),
        reason=one.reason.label,
        form=form,
    )
