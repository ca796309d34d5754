"""Keeps how verdicts stand, counted by section: of each unit alone, and with all below it.

The former are counted anew in the transaction that stores the verdicts; what became more or less
is added to every unit above. Whoever stores all verdicts sums everything up anew.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from tongrong.engine.again import Norms
from tongrong.engine.judged import Judged
from tongrong.facts.unit_tree import way_of
from tongrong.queries.findings import stored_states
from tongrong.queries.past_days import kept_days
from tongrong.queries.tallies import COUNTED, SOON
from tongrong.records.models import PastDay, Place, UnitTally
from tongrong.vocabulary.verdicts import Severity, Strength, Verdict

At = tuple[str, str]
"""A unit and a section."""
Numbers = tuple[int, ...]
"""In the order of `COUNTED`."""
_LAMPS = {
    Severity[one.name]: one.value for one in (Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK)
}
_NONE: Numbers = (0,) * len(COUNTED)
_ROWS, _UNITS = 2000, 500


def keep_own(
    key: str, norms: Norms, units: Collection[str], judged: Iterable[Judged]
) -> Mapping[At, Numbers]:
    """Let the tallies of units alone be those of their verdicts under a key, all of them given.

    What became more, or less, is for `pass_up` or `sum_up`, in the same transaction.
    """
    wanted, known = _counted(norms, judged), _known(key, units, below=False)
    changes = {at: _less(wanted.get(at, _NONE), known.get(at, _NONE)) for at in {**known, **wanted}}
    changes = {at: numbers for at, numbers in changes.items() if any(numbers)}
    _write(key, {at: wanted.get(at, _NONE) for at in changes}, below=False)
    return changes


def pass_up(key: str, changes: Mapping[At, Numbers]) -> None:
    """Add what became more of units to what they and all above them have with all below."""
    if changes:
        _add(key, _upwards(changes, _paths({unit for unit, _ in changes})))


def sum_up(key: str) -> None:
    """Let what units have with all below them be the sum of what each of these has alone."""
    wanted = _upwards(_known(key, None, below=False), _paths(None))
    known = _known(key, None, below=True)
    differing = {at: wanted.get(at, _NONE) for at in {**known, **wanted}}
    _write(key, {at: n for at, n in differing.items() if known.get(at) != n}, below=True)


def carry_over(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Count units that moved, came or went where they stand now, and no more where they stood.

    The paths of these units, before and after. Days that are being looked at are waited for.
    """
    moved = sorted({**before, **after})
    if not moved:
        return
    past = kept_days()
    list(PastDay.objects.select_for_update().filter(key__in=past).values_list("key"))
    for key in (*(one.checklist for one in stored_states()), *past):
        for start in range(0, len(moved), _UNITS):
            own = _known(key, moved[start : start + _UNITS], below=False)
            gone = _upwards({at: _less(_NONE, numbers) for at, numbers in own.items()}, before)
            _add(key, _sum(gone, _upwards(own, after)))


def _paths(units: Collection[str] | None) -> Mapping[str, str]:
    places = Place.objects.all() if units is None else Place.objects.filter(unit__in=units)
    return dict(places.values_list("unit", "path"))


def _upwards(numbers: Mapping[At, Numbers], paths: Mapping[str, str]) -> Mapping[At, Numbers]:
    """What units have, added up for each unit on their way; of units nowhere, for none."""
    found: dict[At, Numbers] = {}
    ways = {unit: way_of(path) for unit, path in paths.items()}
    for (unit, section), own in numbers.items():
        for upper in ways.get(unit, ()):
            at = upper, section
            found[at] = _more(found.get(at, _NONE), own)
    return found


def _add(key: str, more: Mapping[At, Numbers]) -> None:
    more = {at: numbers for at, numbers in more.items() if any(numbers)}
    known = _known(key, {unit for unit, _ in more}, below=True) if more else {}
    _write(key, {at: _more(known.get(at, _NONE), n) for at, n in more.items()}, below=True)


def _known(key: str, units: Collection[str] | None, *, below: bool) -> dict[At, Numbers]:
    rows = UnitTally.objects.filter(checklist=key, below=below)
    rows = rows if units is None else rows.filter(unit__in=units)
    return {(one[0], one[1]): one[2:] for one in rows.values_list("unit", "section", *COUNTED)}


def _write(key: str, numbers: Mapping[At, Numbers], *, below: bool) -> None:
    columns = ("unit", "section", *COUNTED)
    UnitTally.objects.bulk_create(
        [
            UnitTally(checklist=key, below=below, **dict(zip(columns, (*at, *own), strict=True)))
            for at, own in sorted(numbers.items())
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["checklist", "unit", "below", "section"],
        update_fields=COUNTED,
    )


def _sum(one: Mapping[At, Numbers], other: Mapping[At, Numbers]) -> Mapping[At, Numbers]:
    return {at: _more(one.get(at, _NONE), other.get(at, _NONE)) for at in {**one, **other}}


def _more(one: Numbers, other: Numbers) -> Numbers:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _less(one: Numbers, other: Numbers) -> Numbers:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _counted(norms: Norms, judged: Iterable[Judged]) -> dict[At, Numbers]:
    """The numbers by unit and section; encouraged clauses left out."""
    sections = dict(_counting(norms))
    found: dict[At, Counter[str]] = {}
    for one in judged:
        if one.clause not in sections or one.severity is Severity.NOT_APPLICABLE:
            continue
        numbers = found.setdefault((one.unit, sections[one.clause]), Counter())
        numbers["applying"] += 1
        numbers["met"] += one.severity is Severity.MET
        if one.severity in _LAMPS:
            numbers[_LAMPS[one.severity]] += 1
        due = one.due is not None and one.due <= norms.as_of + SOON
        numbers["soon"] += one.severity is Severity.PENDING and due
    return {at: tuple(numbers[one] for one in COUNTED) for at, numbers in found.items()}


def _counting(norms: Norms) -> Iterator[tuple[str, str]]:
    """The clauses that are counted, each with its section."""
    for section in norms.family.on(norms.as_of).checklist.sections():
        for item in section.items:
            for indicator in item.indicators:
                for clause in indicator.clauses:
                    if clause.strength is not Strength.MAY:
                        yield clause.id, section.id
