"""The formulas of bench.peers_openfisca: OpenFisca-core is imported there and here only.

A simulation has one kind of person and groups of them. Persons are here the records of a clause;
units, members, proposals and matters are groups.
"""

import datetime as dt
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

NEVER = 2**31 - 1
EPOCH = dt.date(1970, 1, 1)

Record = build_entity(key="record", plural="records", label="记录", is_person=True)
Unit, Member, Proposal, Matter = (
    build_entity(key=key, plural=plural, label=key, roles=[{"key": f"of_{key}"}])
    for key, plural in (
        ("unit", "units"), ("member", "members_spoken_to"),
        ("proposal", "proposals"), ("matter", "matters"),
    )
)  # fmt: skip


def input_of(name: str, entity: Any, kind: type) -> type[Variable]:
    """A variable that is filled, not computed."""
    said = {"value_type": kind, "entity": entity, "definition_period": DateUnit.ETERNITY}
    return type(name, (Variable,), {**said, "label": name})


def within(days: Any, period: Any) -> Any:
    """Which days, counted from 1970, lie in a period."""
    first, last = ((one.date - EPOCH).days for one in (period.start, period.stop))
    return (days >= first) & (days <= last)


class meets(Variable):
    """Whether a unit met in a month."""

    value_type, entity, definition_period = bool, Unit, DateUnit.MONTH
    label = "当月开展了主题党日"

    def formula(unit, period):
        records = unit.members
        held = within(records("day", period), period)
        return unit.any(records("fits", period) & held)


class covered(Variable):
    """Whether somebody was spoken to in a year."""

    value_type, entity, definition_period = bool, Member, DateUnit.YEAR
    label = "当年被谈心谈话"

    def formula(member, period):
        records = member.members
        return member.any(records("fits", period) & within(records("day", period), period))


class members_covered(Variable):
    """How many members of a unit were spoken to in a year."""

    value_type, entity, definition_period = int, Unit, DateUnit.YEAR
    label = "当年被谈心谈话的党员"

    def formula(unit, period):
        spoken_to = unit.members.member("covered", period)
        return unit.sum(unit.members("counts", period) & spoken_to)


class counted(Variable):
    """How many records of a unit count in a year."""

    value_type, entity, definition_period = int, Unit, DateUnit.YEAR
    label = "当年计入的记录"

    def formula(unit, period):
        records = unit.members
        return unit.sum(records("counts", period) & within(records("day", period), period))


class attended(Variable):
    """How many of them were attended."""

    value_type, entity, definition_period = int, Unit, DateUnit.YEAR
    label = "当年到会人次"

    def formula(unit, period):
        records = unit.members
        held = within(records("day", period), period)
        return unit.sum(records("counts", period) & records("fits", period) & held)


class studied(Variable):
    """The minute by which a proposal had first been studied for sure."""

    value_type, entity, definition_period = int, Proposal, DateUnit.ETERNITY
    label = "最早研究同意的时刻"

    def formula(proposal, period):
        records = proposal.members
        return proposal.min(np.where(records("fits", period), records("high", period), NEVER))


class settled(Variable):
    """Whether all decisions of a year on a matter came after a study."""

    value_type, entity, definition_period = bool, Matter, DateUnit.YEAR
    label = "决策都在研究之后"

    def formula(matter, period):
        records = matter.members
        decided = records("counts", period) & within(records("day", period), period)
        late = decided & (records.proposal("studied", period) >= records("low", period))
        return matter.any(decided) & ~matter.any(late)


class decided(Variable):
    """Whether a matter was decided in a year."""

    value_type, entity, definition_period = bool, Matter, DateUnit.YEAR
    label = "当年作出决定"

    def formula(matter, period):
        records = matter.members
        return matter.any(records("counts", period) & within(records("day", period), period))


class matters_settled(Variable):
    """How many of a unit's matters of a year were."""

    value_type, entity, definition_period = int, Unit, DateUnit.YEAR
    label = "决策都在研究之后的事项"

    def formula(unit, period):
        stands = unit.members("stands", period)
        return unit.sum(stands & unit.members.matter("settled", period))


class matters_decided(Variable):
    """How many matters of a unit were decided in a year."""

    value_type, entity, definition_period = int, Unit, DateUnit.YEAR
    label = "当年作出决定的事项"

    def formula(unit, period):
        stands = unit.members("stands", period)
        return unit.sum(stands & unit.members.matter("decided", period))


FORMULAS = (meets, covered, members_covered, counted, attended, studied, settled, decided,
            matters_settled, matters_decided)  # fmt: skip
