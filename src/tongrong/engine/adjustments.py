"""Adjustments: the numbers that hold for one unit, where it or a superior set them otherwise.

Here the ledger of adjustments meets the checklist that allows them. A unit's numbers are the
checklist's dated values with the admitted adjustments between them; what is not admitted is
told, and not applied.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.thresholds import DatedValue, Threshold, Thresholds
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.quantities import folded, parse_quantity

LEDGER = "parameter_adjustments"
ROLES = {"enterprise": "企业", "superior": "上级党组织"}
Row = Mapping[str, Any]


class AdjustedValue(DatedValue):
    """A value that a unit set for itself or its subordinates, until the day it ends."""

    set_on: dt.date
    unit: str
    role: str
    until: dt.date | None
    approved_by: str


@dataclass(frozen=True)
class Refused:
    """An adjustment not applied: whose it is, of which number, and what is wrong with it."""

    unit: str
    name: str
    problem: Problem


@dataclass(frozen=True)
class Units:
    """Who stands above whom, by the effective rows of both registers."""

    enterprises: Mapping[str, Row]
    organizations: Mapping[str, Row]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Units":
        """The units of a snapshot."""
        enterprises = _effective(snapshot, "enterprises", "number", "superior")
        columns = ("number", "enterprise", "superior")
        organizations = _effective(snapshot, "party_organizations", *columns)
        return cls(
            {row["number"]: row for row in enterprises},
            {row["number"]: row for row in organizations},
        )

    def deciding(self, unit: str) -> list[tuple[str, str]]:
        """(unit, role) of those who may set numbers for a unit.

        Its enterprise first, then the Party organizations above it, the nearest first.
        """
        row = self.enterprises.get(unit) or self.organizations[unit]
        host = row.get("enterprise", unit)
        found = [(host, "enterprise")] if host in self.enterprises else []
        passed, above = {unit}, row["superior"]
        while above in self.organizations and above not in passed:
            passed.add(above)
            found.append((above, "superior"))
            above = self.organizations[above]["superior"]
        return found

    def role(self, unit: str) -> str:
        """As what a unit sets numbers: as enterprise or as superior; empty for neither."""
        if unit in self.enterprises:
            return "enterprise"
        return "superior" if unit in self.organizations and unit in self._superiors else ""

    @cached_property
    def _superiors(self) -> frozenset[str]:
        """The units that any unit stands under."""
        every = (*self.enterprises.values(), *self.organizations.values())
        return frozenset(row["superior"] for row in every)


class Adjustments:
    """The numbers of one checklist as they hold for each unit of a snapshot.

    `own` are the checklist's; `refused` the adjustments that are not applied.
    """

    def __init__(self, checklist: Checklist, snapshot: Snapshot) -> None:
        self.own = checklist.thresholds
        self._found: dict[tuple[str, str], list[Row]] = {}
        self._known: dict[tuple[tuple[str, str], ...], Thresholds] = {}
        self._units = Units({}, {})
        self.refused: tuple[Refused, ...] = ()
        rows = _effective(snapshot, LEDGER, *LEDGERS[LEDGER].columns)
        rows = [row for row in rows if row["checklist"] in checklist.names]
        if rows:
            self._units = Units.of(snapshot)
            self.refused = tuple(self._admit(rows))

    def _admit(self, rows: Iterable[Row]) -> Iterator[Refused]:
        """Keep the rows that the checklist allows, by unit and number; yield the others."""
        for row in sorted(rows, key=lambda row: (row["from_on"], row[RECORD])):
            name = named(self.own, row["parameter"])
            wrong = self._wrong(row, name)
            if wrong is None:
                self._found.setdefault((row["unit"], name), []).append(row)
            else:
                where = f"参数调整：{row['unit']} {row['parameter']} 自{row['from_on']}起"
                code, found, expected, remedy = wrong
                yield Refused(row["unit"], name, Problem(code, where, found, expected, remedy))

    def _wrong(self, row: Row, name: str) -> tuple[str, str, str, str] | None:
        """(code, found, expected, remedy) of what the checklist does not allow; None if it does."""
        allowed = self.own[name].adjustable if name else None
        if allowed is None:
            labels = [self.own[one].label for one in self.own if self.own[one].adjustable]
            expected = f"可以另定的数值：{'、'.join(labels) or '（没有）'}"
            remedy = "改用其中之一，或撤回这条记录"
            wrong = "这个数值不能另定" if name else "没有这个数值"
            return "A002" if name else "A001", f"{row['value']}（{wrong}）", expected, remedy
        if self._units.role(row["unit"]) not in allowed.by:
            entitled = "或".join(ROLES[role] for role in allowed.by)
            found = f"{row['value']}（{row['unit']}无权另定）"
            return "A003", found, f"由{entitled}另定", "由有权的单位登记，或撤回这条记录"
        whole = self.own[name].is_whole
        try:
            fits = allowed.admits(row["value"])
            fits &= not whole or parse_quantity(row["value"]).denominator == 1
        except ValueError:
            fits = False
        expected = f"{'整数' if whole else '数值，如 1%'}{allowed.bounds}"
        return None if fits else ("A004", row["value"], expected, "改正数值，或撤回这条记录")

    def thresholds(self, unit: str) -> Thresholds:
        """The numbers that hold for a unit: the checklist's own where nobody set others."""
        if not self._found:
            return self.own
        key = tuple(one for one in self._units.deciding(unit) if one[0] in self._setters)
        if key not in self._known:
            self._known[key] = self._merged(key) if key else self.own
        return self._known[key]

    @cached_property
    def _setters(self) -> frozenset[str]:
        """The units that set numbers."""
        return frozenset(setter for setter, _ in self._found)

    @cached_property
    def adjusted(self) -> tuple[tuple[str, Thresholds], ...]:
        """Every unit whose numbers differ from the checklist's own, with its numbers."""
        units = (*self._units.enterprises, *self._units.organizations)
        known = ((unit, self.thresholds(unit)) for unit in units)
        return tuple((unit, numbers) for unit, numbers in known if numbers is not self.own)

    def not_applied(self, unit: str) -> list[Refused]:
        """What was refused of those whose numbers would hold for a unit."""
        if not self.refused:
            return []
        setters = {unit, *(setter for setter, _ in self._units.deciding(unit))}
        return [one for one in self.refused if one.unit in setters]

    def _merged(self, deciding: tuple[tuple[str, str], ...]) -> Thresholds:
        numbers = dict(self.own.root)
        for name in {name for _, name in self._found}:
            levels = [
                [_adjusted(row, role) for row in self._found.get((setter, name), ())]
                for setter, role in deciding
            ]
            numbers[name] = _threshold(self.own[name], levels)
        return Thresholds.model_construct(root=numbers)


def named(thresholds: Thresholds, text: str) -> str:
    """The threshold of a name or a label; empty where it is none, or more than one."""
    if text in thresholds:
        return text
    found = [name for name in thresholds if thresholds[name].label == text]
    return found[0] if len(found) == 1 else ""


def _threshold(own: Threshold, levels: list[list[AdjustedValue]]) -> Threshold:
    """A threshold with the adjustments between its own values, wherever they are in force."""
    every = [one for level in levels for one in level]
    days = {one.since for one in (*own.values, *every)}
    days |= {one.until for one in every if one.until}
    first = own.values[0]
    if min(days) < first.since:
        own = own.model_copy(
            update={"values": [first.model_copy(update={"since": dt.date.min}), *own.values]}
        )
        days.add(dt.date.min)
    values = []
    for day in sorted(days):
        found = list(_in_force(levels, day))
        value = own.adjustable.strictest(found) if own.adjustable and found else own.on(day)
        values.append(value if value.since == day else value.model_copy(update={"since": day}))
    return own.model_copy(update={"values": values})


def _in_force(levels: list[list[AdjustedValue]], day: dt.date) -> Iterator[AdjustedValue]:
    """What each who sets numbers has in force on a day: of its several the newest."""
    for level in levels:
        for value in reversed(level):
            if value.set_on <= day and (value.until is None or day < value.until):
                yield value
                break


def _adjusted(row: Row, role: str) -> AdjustedValue:
    return AdjustedValue.model_validate(
        {
            "from": row["from_on"],
            "set_on": row["from_on"],
            "value": folded(row["value"]),
            "source": row["reason"],
            "unit": row["unit"],
            "role": role,
            "until": row["until_on"],
            "approved_by": row["approved_by"],
        }
    )


def _effective(snapshot: Snapshot, code: str, *columns: str) -> list[Row]:
    rows = snapshot[code].select([RECORD, STATUS, *columns]).to_pylist()
    return [row for row in rows if row[STATUS] == EFFECTIVE]
