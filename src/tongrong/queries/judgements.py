"""The stored verdicts as a viewer may see them, with the text and words of their checklist."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Subquery

from tongrong.engine.again import Norms, norms_of
from tongrong.findings.finding import Finding
from tongrong.findings.kept_words import KeptWords
from tongrong.norms.checklist import Checklist, Clause, Indicator, Item
from tongrong.norms.from_files import default_checklist
from tongrong.queries.clearance import any_abroad, something_abroad
from tongrong.queries.findings import OPEN, is_open, open_name, stored_states, stored_states_and
from tongrong.queries.past_days import past_key
from tongrong.queries.policy import Viewer
from tongrong.records.models import Place, StoredFinding
from tongrong.vocabulary.verdicts import Reason, Severity, Strength, Verdict

MET = int(Severity.MET)
NOT_APPLICABLE = int(Severity.NOT_APPLICABLE)

_UNITS_AT_ONCE = 2000


@dataclass(frozen=True)
class Judgements:
    """Which verdicts a viewer sees: `key` is what they are stored under, `as_of` their day.

    `now` is what those of today are stored under. `former`: they were made by a former text of
    the checklist or a former program, and are to be judged again.
    """

    key: str
    now: str
    as_of: dt.date
    norms: Norms
    words: KeptWords
    checklist: Checklist
    clauses: dict[str, Clause]
    former: bool = False

    def findings(self) -> "QuerySet[StoredFinding]":
        """All of them."""
        return StoredFinding.objects.filter(checklist=self.key)

    def where(self, clause: str) -> tuple[Item, Indicator] | None:
        """The item and indicator a clause stands in."""
        for item in self.checklist.items():
            for indicator in item.indicators:
                if any(one.id == clause for one in indicator.clauses):
                    return item, indicator
        return None

    def on(self, day: dt.date) -> "Judgements":
        """The same as of another day, whether they are judged already or not.

        Raises:
            TongrongError: no version of the checklist is in force on the day.
        """
        if day == self.as_of:
            return self
        norms, words, checklist, clauses = _texts(self.now.removesuffix(OPEN), day)
        key = past_key(self.now, day)
        return Judgements(key, self.now, day, norms, words, checklist, clauses)

    @property
    def made_by(self) -> str:
        """The text and the program they are to be made by."""
        return self.norms.made_by

    @property
    def encouraged(self) -> list[str]:
        """The clauses that never count against anybody."""
        return [one.id for one in self.clauses.values() if one.strength is Strength.MAY]


@dataclass(frozen=True)
class Gathered:
    """What a unit's own verdict and those of its organizations on a clause come to."""

    answering: str
    clause: str
    severity: Severity
    applying: int
    met: int
    due: dt.date | None
    any_finding: int
    count: int


def judgements(viewer: Viewer) -> Judgements | None:
    """The verdicts of the default checklist that are the viewer's to see; None: none stored."""
    if viewer.cleared:
        stored, abroad = stored_states(), None
    else:
        stored, abroad = stored_states_and(something_abroad())
    states = {one.checklist: one for one in stored}
    key = key_seen(viewer, states, abroad=abroad)
    if key is None:
        return None
    as_of = states[key].as_of
    norms, words, checklist, clauses = _texts(key.removesuffix(OPEN), as_of)
    former = states[key].fingerprint != norms.made_by
    return Judgements(key, key, as_of, norms, words, checklist, clauses, former)


def key_seen(viewer: Viewer, stored: Collection[str], *, abroad: bool | None = None) -> str | None:
    """What the viewer's verdicts are stored under, among all that is stored; None: nowhere.

    `abroad` says whether anything is, where that is known.

    Who is not cleared for units abroad sees verdicts that were judged without them; as long as
    there are none of these, and such units, nothing is shown.
    """
    named = default_checklist()
    full = next((k for k in (named, *stored) if k in stored and not is_open(k)), None)
    if full is None or viewer.cleared:
        return full
    if open_name(full) in stored:
        return open_name(full)
    return None if (any_abroad() if abroad is None else abroad) else full


def with_open(names: Iterable[str]) -> list[str]:
    """The names of checklists and, where units abroad are recorded, of each without them."""
    given = list(names)
    further = [open_name(one) for one in given if not is_open(one)] if any_abroad() else []
    return list(dict.fromkeys([*given, *further]))


@lru_cache(maxsize=24)
def _texts(name: str, as_of: dt.date) -> tuple[Norms, KeptWords, Checklist, dict[str, Clause]]:
    norms = norms_of(name, as_of)
    checklist = norms.family.on(as_of).checklist
    return norms, KeptWords(norms), checklist, {one.id: one for one in checklist.clauses()}


def gathered(seen: Judgements, places: "QuerySet[Place]") -> list[Gathered]:
    """The verdicts of all units at these places, gathered by clause."""
    rows = seen.findings().filter(unit__in=Subquery(places.order_by().values("unit")))
    summed: Any = rows.values_list("clause").annotate(
        worst=Max("severity"),
        applying=Count("finding_id", filter=~Q(severity=NOT_APPLICABLE)),
        met=Count("finding_id", filter=Q(severity=MET)),
        first_due=Min("due"),
        any_finding=Min("finding_id"),
        count=Count("finding_id"),
    )
    return [Gathered("", clause, Severity(worst), *numbers) for clause, worst, *numbers in summed]


def worst_by_answering(
    seen: Judgements, places: "QuerySet[Place]"
) -> dict[str, dict[str, Verdict]]:
    """The worst verdict on each clause, by the unit that answers and the clause's number.

    Units are named one by one: a database does not know how few they are, and reads all.
    """
    answering = dict(places.values_list("unit", "answering"))
    units = sorted(answering)
    ranks: dict[str, dict[str, int]] = {}
    for start in range(0, len(units), _UNITS_AT_ONCE):
        rows = seen.findings().filter(unit__in=units[start : start + _UNITS_AT_ONCE])
        for unit, clause, severity in rows.values_list("unit", "clause", "severity"):
            mine = ranks.setdefault(answering[unit], {})
            mine[clause] = max(severity, mine.get(clause, severity))
    return {
        unit: {clause: Severity(rank).verdict for clause, rank in mine.items()}
        for unit, mine in ranks.items()
    }


def gather(
    answering: str, clause: str, verdicts: Sequence[tuple[int, dt.date | None, int]]
) -> Gathered:
    """Verdicts on a clause, each its severity, due day and number, as what they come to."""
    severities = [one[0] for one in verdicts]
    return Gathered(
        answering,
        clause,
        Severity(max(severities)),
        len(severities) - severities.count(NOT_APPLICABLE),
        severities.count(MET),
        min((due for _, due, _ in verdicts if due), default=None),
        verdicts[0][2],
        len(verdicts),
    )


def as_finding(unit: str, one: Gathered) -> Finding:
    """What is needed of it to roll it up."""
    return Finding(
        unit=unit, clause=one.clause, verdict=one.severity.verdict, measured=None, required="",
        gap=None, due=one.due, missing=(), records=(), reason=Reason.NONE,
    )  # fmt: skip
