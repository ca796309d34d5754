"""One clause read for every unit it speaks of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.engine.readings.adjusted import as_set_for
from tongrong.engine.readings.applies import applicability
from tongrong.engine.readings.catalogue import reading, shows_denominator, taken_up
from tongrong.engine.readings.cell import Amount, Cell, no_data
from tongrong.engine.readings.justified import justified
from tongrong.engine.readings.periods import (
    is_of_closed_year,
    is_periodic,
    next_due,
    periods_of_year,
)
from tongrong.engine.readings.selection import span_of
from tongrong.engine.readings.world import Row, World
from tongrong.vocabulary.verdicts import Reason, Scope, Severity, Strength, Verdict

Judging = tuple[Mapping[str, Any], World]
"""A part, and the world of the version of the checklist it is of."""
BRANCH_KINDS = ("党支部", "联合党支部", "临时党支部")


@dataclass(frozen=True)
class Outcome:
    """The verdict on one clause for one unit, with everything it shows.

    `missing` are the labels of the cells wanting, `records` the ids counted, `cells` the
    cells of each part in the clause's order, parts that are only shown included. `part` is the
    place of the part that decided among these, `single` whether `num` and `den` are its one
    cell's own measure, not how many of its cells are met.
    """

    severity: Severity
    part: int
    single: bool
    num: Amount
    den: Amount
    missing: tuple[str, ...]
    records: tuple[str, ...]
    due: dt.date | None
    reason: Reason
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def verdict(self) -> Verdict:
        """What the severity is called."""
        return self.severity.verdict


@dataclass(frozen=True)
class PartRead:
    """One part as read for one unit, in the world of its own version of the checklist."""

    part: Mapping[str, Any]
    world: World
    applies: bool
    cells: list[Cell]

    @property
    def severity(self) -> Severity:
        """Its worst cell."""
        return max((cell.severity for cell in self.cells), default=Severity.NOT_APPLICABLE)


def read_clause(clause: Mapping[str, Any], world: World) -> dict[str, Outcome]:
    """The outcome of the clause for every unit of its scope that exists at D, by code."""
    return read_versions([(clause, world)])


def read_versions(versions: Sequence[tuple[Mapping[str, Any], World]]) -> dict[str, Outcome]:
    """The outcome of one clause that several versions of a checklist have, each with its world.

    The version in force at D comes first. A period is judged by the version in force on its
    last day, what has no period by the one in force at D.
    """
    parts = _judging(versions)
    spoken = {part["scope"]: subjects(part["scope"], world) for part, world in parts}
    everyone = sorted({subject for found in spoken.values() for subject in found})
    return {subject: _read(parts, spoken, subject) for subject in everyone}


def read_subject(clause: Mapping[str, Any], world: World, subject: str) -> Outcome:
    """The outcome of the clause for one unit, which is of one of its scopes."""
    found = read_unit([(clause, world)], subject)
    if found is None:
        raise ValueError(f"{clause['id']} is not put to {subject}")
    return found


def read_unit(versions: Sequence[tuple[Mapping[str, Any], World]], subject: str) -> Outcome | None:
    """The outcome for one unit, as `read_versions`; None where the clause is put to others only."""
    parts = _judging(versions)
    spoken = {part["scope"]: subjects(part["scope"], world) for part, world in parts}
    asked = any(subject in found for found in spoken.values())
    return _read(parts, spoken, subject) if asked else None


def _judging(versions: Sequence[tuple[Mapping[str, Any], World]]) -> list[Judging]:
    """The parts that have something to judge: a period of the year, or what stands at D."""
    return [
        (part, world)
        for clause, world in versions
        for part in parts_of(clause)
        if (periods_of_year(part, world, world.year) if is_periodic(part) else world.in_force)
    ]


def subjects(scope: str, world: World) -> list[str]:
    """The codes of the units of a scope that exist at D."""
    enterprises = _existing(world, "enterprises")
    organizations = _existing(world, "party_organizations")
    if scope == Scope.ENTERPRISE:
        found = enterprises
    elif scope == Scope.GROUP:
        found = [row for row in enterprises if row["is_group"]]
    elif scope == Scope.ORGANIZATION:
        found = organizations
    elif scope == Scope.BRANCH:
        found = [row for row in organizations if row["kind"] in BRANCH_KINDS]
    else:
        above = {row["superior"] for row in enterprises}
        found = [row for row in organizations if row["number"] in above]
    return sorted(row["number"] for row in found)


def _existing(world: World, register: str) -> list[Row]:
    found = []
    for row in world.rows[register]:
        span = span_of(world, {"ledger": register}, row)
        if span is not None and span.holds_on(world.as_of):
            found.append(row)
    return found


def parts_of(clause: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The clause's parts, each knowing whose it is and under which conditions it applies."""
    parts = clause["parts"] if clause["kind"] == "all" else [clause]
    context = {key: clause[key] for key in ("id", "scope", "strength")}
    found = []
    for part in parts:
        conditions = _conditions(clause)
        if part is not clause:
            conditions = conditions + _conditions(part)
        scope = part.get("scope", clause["scope"])
        found.append({**part, **context, "scope": scope, "applies": conditions})
    return found


def _conditions(holder: Mapping[str, Any]) -> list[Any]:
    found = holder.get("applies") or []
    return [found] if isinstance(found, Mapping) else list(found)


def read_part(part: Mapping[str, Any], world: World, subject: str) -> PartRead:
    """The cells of one part that apply to the unit, justified where explained."""
    standing = applicability(part, world, subject)
    if not standing.applies:
        return PartRead(part, world, applies=False, cells=[])
    unknown = [no_data(Reason.CONDITION_UNKNOWN)] if standing.unknown else []
    if standing.unknown and standing.in_periods is None:
        return PartRead(part, world, applies=True, cells=unknown)
    cells = reading(part["kind"])(part, world, subject)
    if standing.in_periods is not None:
        cells = [cell for cell in cells if cell.period in standing.in_periods]
    cells = sorted(cells, key=lambda cell: (cell.period, cell.member))
    return PartRead(part, world, True, unknown + justified(cells, part, world, subject))


def _read(parts: Sequence[Judging], spoken: Mapping[str, Sequence[str]], subject: str) -> Outcome:
    """The outcome for one unit of all the parts of a clause; `spoken` of whom each scope speaks."""
    read = [
        read_part(part, as_set_for(world, subject), subject)
        if subject in spoken[part["scope"]]
        else PartRead(part, world, applies=False, cells=[])
        for part, world in parts
    ]
    cells = tuple(tuple(one.cells) for one in read)
    judged = [one for one in read if one.applies and not one.part.get("shown_only")]
    with_cells = [one for one in judged if one.cells]
    if not with_cells:
        of_scope = [n for n, (part, _) in enumerate(parts) if subject in spoken[part["scope"]]]
        too_young = bool(judged) and all(is_periodic(parts[n][0]) for n in of_scope)
        reason = Reason.NO_FULL_PERIOD if too_young else Reason.CONDITION_NOT_MET
        return _not_applicable(reason, of_scope[0], cells)
    severity = max(one.severity for one in with_cells)
    deciding = next(one for one in with_cells if one.severity == severity)
    decider = next(n for n, one in enumerate(read) if one is deciding)
    asked = any(one.part["strength"] != Strength.MAY for one in with_cells)
    if not asked and not any(taken_up(o.part, o.world, subject, o.cells) for o in judged):
        return _not_applicable(Reason.NOT_TAKEN_UP, decider, cells)
    cell = next(cell for cell in deciding.cells if cell.severity == severity)
    num, den = _measured(deciding)
    counted = {record for one in judged for cell in one.cells for record in cell.records}
    return Outcome(
        severity=severity,
        part=decider,
        single=_is_single(deciding),
        num=num,
        den=den,
        missing=tuple(label for one in judged for label in _missing(one)),
        records=tuple(sorted(counted)),
        due=min((due for one in judged if (due := _due(one, parts))), default=None),
        reason=cell.reason,
        cells=cells,
    )


def _not_applicable(reason: Reason, part: int, cells: tuple[tuple[Cell, ...], ...]) -> Outcome:
    none = Severity.NOT_APPLICABLE
    return Outcome(none, part, False, None, None, (), (), None, reason, cells)


def _is_single(read: PartRead) -> bool:
    return len(read.cells) == 1 and not read.cells[0].member


def _measured(read: PartRead) -> tuple[Amount, Amount]:
    """The one cell's own measure, or how many cells are met of those that apply."""
    if _is_single(read):
        (cell,) = read.cells
        return cell.num, cell.den if shows_denominator(read.part["kind"]) else None
    met = [cell for cell in read.cells if cell.severity in (Severity.MET, Severity.JUSTIFIED)]
    judged = [cell for cell in read.cells if cell.severity is not Severity.NOT_APPLICABLE]
    return len(met), len(judged)


def _missing(read: PartRead) -> list[str]:
    """The labels of the cells wanting: period and member, or the part's own label."""
    labels = []
    for cell in read.cells:
        if cell.is_missing:
            own = "/".join(word for word in (cell.period, cell.member) if word)
            labels.append(own or read.part.get("label", ""))
    return [label for label in labels if label]


def _due(read: PartRead, parts: Sequence[Judging]) -> dt.date | None:
    """When the part next falls due: what is open, else the next period, else an expiry."""
    world = read.world
    open_dues = [cell.due for cell in read.cells if cell.is_open and cell.due is not None]
    if open_dues:
        return min(open_dues)
    if not read.cells or world.year < world.as_of.year:
        return None
    if is_periodic(read.part):
        lacking = max(cell.severity for cell in read.cells) == Severity.NO_DATA
        running = [p.due for p in periods_of_year(read.part, world, world.year)
                   if p.first <= world.as_of < p.due]  # fmt: skip
        if lacking and running:
            return min(running)
        if world.as_of >= world.last_day:
            return None
        return next_due(read.part, world) or _first_to_come(parts)
    return min((cell.due for cell in read.cells if cell.due is not None), default=None)


def _first_to_come(parts: Sequence[Judging]) -> dt.date | None:
    """The last day of the first period that any version of the clause will judge."""
    return min(
        (
            period.due
            for part, world in parts
            if is_periodic(part) and not is_of_closed_year(part)
            for year in (world.year, world.year + 1)
            for period in periods_of_year(part, world, year)
            if period.first > world.as_of
        ),
        default=None,
    )
