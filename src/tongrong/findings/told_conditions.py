"""Why a rule applies to a unit or does not: each condition with what was found of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from tongrong.engine.conditions import AnyOf, Condition, Count, Counted, Feature, OwnColumn
from tongrong.engine.editions import Edition
from tongrong.engine.part import Part
from tongrong.engine.readings.applies import applicability
from tongrong.engine.readings.selection import measure, states
from tongrong.engine.readings.world import World
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explanation import ToldCondition
from tongrong.findings.rows import among, having
from tongrong.findings.told_figures import BY_FIGURES, by_figures
from tongrong.findings.wording import Wording, column_label, ledger_label, spoken

ALWAYS = (
    "enterprises",
    "party_organizations",
    "enterprise_features",
    "enterprise_scale",
    "nil_declarations",
)
UPPERS = {"enterprises": "parent", "party_organizations": "superior"}
STATE = {"kind": "document"}  # a rule without periods: its conditions are read at D


class Conditions:
    """The conditions of one version of the checklist, read for one unit from few rows."""

    def __init__(self, edition: Edition, snapshot: Snapshot, unit: str, words: Wording) -> None:
        self._moment, self._unit, self._words = edition.moment, unit, words
        self._family = _family(snapshot, unit)
        self._snapshot = snapshot
        self._thresholds = edition.adjustments.thresholds(unit)

    def told(self, part: Part) -> tuple[ToldCondition, ...]:
        """Every condition of a part."""
        return tuple(self._told(one, part) for one in part.conditions)

    def _told(self, condition: Condition, part: Part) -> ToldCondition:
        raw = condition.model_dump(by_alias=True, exclude_defaults=True)
        world = self._world(condition)
        found = applicability({**STATE, "applies": [raw]}, world, self._unit)
        words, seen = zip(*self._lines(condition, raw, part, world), strict=True)
        return ToldCondition(
            words="，或者".join(words),
            found="；".join(dict.fromkeys(seen)),
            holds=None if found.unknown else found.applies,
            mend="；".join(_mend(condition)),
            assumed=_assumed(condition, part, world, self._unit),
        )

    def _lines(
        self, condition: Condition, raw: Mapping[str, Any], part: Part, world: World
    ) -> Iterator[tuple[str, str]]:
        """(the condition in words, what was found)."""
        if isinstance(condition, AnyOf):
            for one, its in zip(condition.any, raw["any"], strict=True):
                yield from self._lines(one, its, part, world)
        elif isinstance(condition, Feature):
            wanted = "或".join(condition.among)
            yield f"企业的{condition.feature}为{wanted}", self._feature(condition, world)
        elif isinstance(condition, OwnColumn):
            code = condition.register(part.scope)
            label = column_label(LEDGERS[code], condition.column)
            value = world.unit_row(self._unit).get(condition.column)
            yield f"{label}为{'或'.join(condition.among)}", f"{label}：{value or '未登记'}"
        else:
            words, found = self._count(condition, raw["count"], world)
            yield words + ("（期间首末两天都要够）" if part.rule.per else ""), found

    def _count(self, condition: Count, raw: Mapping[str, Any], world: World) -> tuple[str, str]:
        moment = self._moment
        asked = self._thresholds.value(condition.at_least, moment.today)
        words = self._words.selection(condition.count)
        unit = self._thresholds[condition.at_least].unit
        number = measure(states(world, raw, self._unit, moment.today), raw)
        return f"{words}，至少{asked}{unit}", f"考核日为{number}{unit}"

    def _feature(self, condition: Feature, world: World) -> str:
        host = _host(world, self._unit)
        rows = [
            row
            for row in world.rows["enterprise_features"]
            if row["feature"] == condition.feature
            and row["unit"] == host
            and row["from_on"] <= world.as_of
        ]
        if not rows:
            return f"{condition.feature}：{by_figures(condition.feature, world, host)}"
        newest = max(rows, key=lambda row: row["from_on"])
        decided = condition.feature in BY_FIGURES and newest["reason"]
        why = f"，人工核定：{newest['reason']}" if decided else ""
        return f"{condition.feature}：{newest['value']}（{newest['from_on']}起{why}）"

    def _world(self, condition: Condition) -> World:
        """The facts the condition reads, of the units it speaks of only."""
        moment = self._moment
        counted = list(_counted(condition))
        family = self._family
        if any(one.whose == "below" for one in counted):
            family = family | _below(self._snapshot, self._unit)
        tables = {code: _of_units(self._snapshot, code, family) for code in ALWAYS}
        for one in counted:
            tables[one.ledger] = _of_units(self._snapshot, one.ledger, family)
            if one.by:
                named = having(self._snapshot[one.ledger], one.by, self._unit)
                tables[one.ledger] = pa.concat_tables([tables[one.ledger], named])
            for held in (*one.holding, *one.not_holding):
                rows = self._snapshot[held.ledger]
                tables.setdefault(held.ledger, _tied(rows, held.on, tables[one.ledger]))
        thresholds = self._thresholds
        return World.of(
            {code: table.to_pylist() for code, table in tables.items()},
            moment.today,
            moment.year,
            thresholds.value,
            lambda name, day: [dict(row) for row in thresholds.table(name, day)],
        )


def _of_units(snapshot: Snapshot, code: str, units: set[str]) -> pa.Table:
    """The rows of a ledger that belong to these units; all of one that belongs to nobody."""
    owner, table = LEDGERS[code].owner, snapshot[code]
    return among(table, owner, units) if owner in table.column_names else table


def _tied(rows: pa.Table, on: Mapping[str, str], to: pa.Table) -> pa.Table:
    """The rows that agree with some row of `to` in each column both have."""
    for here, there in on.items():
        if here in to.column_names and there in rows.column_names:
            rows = among(rows, there, to[here].drop_null().to_pylist())
    return rows


def _below(snapshot: Snapshot, unit: str) -> set[str]:
    """The unit and all units below it."""
    found, nearest = {unit}, {unit}
    while nearest:
        below = {
            str(code)
            for register, upper in UPPERS.items()
            for code in among(snapshot[register], upper, nearest)["number"].to_pylist()
        }
        nearest = below - found
        found |= nearest
    return found


def _family(snapshot: Snapshot, unit: str) -> set[str]:
    """The unit, its enterprise, and the organizations attached to that."""
    organizations = snapshot["party_organizations"]
    own = having(organizations, "number", unit)["enterprise"].to_pylist()
    hosts = {unit, *(code for code in own if code)}
    attached = among(organizations, "enterprise", hosts)["number"].to_pylist()
    return hosts | {str(code) for code in attached}


def _host(world: World, unit: str) -> str | None:
    """The enterprise whose features count for a unit."""
    return unit if world.is_enterprise(unit) else world.unit_row(unit)["enterprise"]


def _counted(condition: Condition) -> Iterator[Counted]:
    if isinstance(condition, AnyOf):
        for one in condition.any:
            yield from _counted(one)
    elif isinstance(condition, Count):
        yield condition.count


def _assumed(condition: Condition, part: Part, world: World, unit: str) -> str:
    """What an empty column of the unit's own row is taken to say."""
    if not isinstance(condition, OwnColumn) or not condition.otherwise:
        return ""
    if world.unit_row(unit).get(condition.column) is not None:
        return ""
    register = condition.register(part.scope)
    label = column_label(LEDGERS[register], condition.column)
    return (
        f"“{label}”没有登记，视为“{'或'.join(condition.among)}”；"
        f"实际不是的，登记到{ledger_label(register)}，这项要求即不再适用。"
    )


def _mend(condition: Condition) -> Iterator[str]:
    """What to record so that the condition can be decided."""
    if isinstance(condition, AnyOf):
        for one in condition.any:
            yield from _mend(one)
    elif isinstance(condition, Feature):
        recorded = f"在{ledger_label('enterprise_features')}登记企业的“{condition.feature}”"
        counted = f"在{ledger_label('enterprise_scale')}登记企业的各项数据，或"
        yield f"{counted}{recorded}" if condition.feature in BY_FIGURES else recorded
    elif isinstance(condition, Count):
        by = condition.count.by
        label = spoken(column_label(condition.count.declared, by)) if by else ""
        whose = f"{label}为本单位" if by else "本单位"
        nil = f"确实没有的，在{ledger_label('nil_declarations')}登记一条"
        yield f"在{ledger_label(condition.count.ledger)}登记{whose}的记录（{nil}）"
