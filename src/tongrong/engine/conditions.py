"""Applicability: to which units, and for which periods, a requirement speaks at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import ibis
import ibis.expr.types as ir
from pydantic import BeforeValidator, Field, model_validator

from tongrong.engine.measures import Measures
from tongrong.engine.selection import Selection, Strict, select
from tongrong.engine.tables import REQUIREMENTS, UNITS, facts
from tongrong.facts.ledgers.organization import FEATURES
from tongrong.vocabulary.verdicts import Scope


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


@dataclass(frozen=True)
class Asker:
    """The part that asks: its scope, its number, and the measures of its run."""

    scope: Scope
    part: int
    measures: Measures


class Feature(Strict):
    """The enterprise has one of these values of a feature at D; no row: unknown, or `otherwise`."""

    feature: str
    among: Annotated[list[str], BeforeValidator(_as_list)] = Field(alias="is")
    otherwise: Literal["yes", "no"] | None = None

    @model_validator(mode="after")
    def _known(self) -> "Feature":
        if self.feature not in FEATURES:
            raise ValueError(f"没有企业属性“{self.feature}”；可用：{'、'.join(FEATURES)}")
        return self

    @property
    def column(self) -> str:
        """The column it joins to a frame."""
        return f"feature_{FEATURES.index(self.feature)}"

    def joined(self, frame: ir.Table, asker: Asker) -> ir.Table:  # noqa: ARG002 as its siblings
        """The frame with the feature's value of each unit's enterprise."""
        if self.column in frame.columns:
            return frame
        wanted = FEATURES_AT_D.filter(FEATURES_AT_D["feature"] == self.feature)
        hosts = UNITS.select(h_unit=UNITS["unit"], h_host=UNITS["of_host"])
        worth = hosts.join(wanted, hosts["h_host"] == wanted["unit"])
        worth = worth.select("h_unit", **{self.column: worth["worth"]})
        return frame.left_join(worth, frame["unit"] == worth["h_unit"]).drop("h_unit")

    def holds(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether the value is among those named."""
        result = rows[self.column].isin(self.among)
        return result if self.otherwise is None else result.fill_null(self.otherwise == "yes")


class OwnColumn(Strict):
    """A column of the unit's own row has one of these values; an empty one has none."""

    column: str
    among: Annotated[list[str], BeforeValidator(_as_list)] = Field(alias="is")

    def joined(self, frame: ir.Table, asker: Asker) -> ir.Table:
        """The frame with the column of the unit's own row."""
        of_enterprise = asker.scope in (Scope.ENTERPRISE, Scope.GROUP)
        own, name = facts("enterprises" if of_enterprise else "party_organizations"), self._name
        if name in frame.columns:
            return frame
        own = own.select(o_unit=own["number"], **{name: own[self.column]})
        return frame.left_join(own, frame["unit"] == own["o_unit"]).drop("o_unit")

    @property
    def _name(self) -> str:
        return f"own_{self.column}"

    def holds(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether the value is among those named."""
        return rows[self._name].isin(self.among).fill_null(False)


class Counted(Selection):
    """A selection of which the distinct values of a column are counted."""

    count: str


class Count(Strict):
    """So many states hold: on a period's first day and its last (or D), or at D for a state."""

    count: Counted
    at_least: str
    unkept: Literal["not_applicable"] | None = None

    @property
    def name(self) -> str:
        """The column it joins, and the side of its requirement."""
        return "count_" + hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def joined(self, frame: ir.Table, asker: Asker) -> ir.Table:
        """The frame with whether the count holds; null where the register is not kept."""
        rows = select(self.count, asker.scope)
        rows = rows.select("subject", "start", "stop", counted=rows[self.count.count])
        counted = _at_both_ends(frame, rows).view()
        mine = (REQUIREMENTS["part"] == asker.part) & (REQUIREMENTS["side"] == self.name)
        asked = REQUIREMENTS.filter(mine).select(a_period="period", asked="q")
        kept = asker.measures.kept(self.count, asker.scope).select(k_unit="kept_unit").view()
        same = (frame["unit"] == counted["c_unit"]) & (frame["period"] == counted["c_period"])
        wide = frame.left_join(counted, same).drop("c_unit", "c_period")
        wide = wide.left_join(asked, wide["period"] == asked["a_period"]).drop("a_period")
        wide = wide.left_join(kept, wide["unit"] == kept["k_unit"])
        least = ibis.least(wide["n_first"].fill_null(0), wide["n_end"].fill_null(0))
        unkept = ibis.literal(False) if self.unkept else ibis.null("boolean")
        result = ibis.ifelse(wide["k_unit"].isnull(), unkept, least >= wide["asked"])
        return wide.mutate(**{self.name: result}).drop("n_first", "n_end", "asked", "k_unit")

    def holds(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether enough hold at both ends."""
        return rows[self.name]


def _at_both_ends(frame: ir.Table, rows: ir.Table) -> ir.Table:
    """Distinct values that hold on the first day and on the reference day of each period."""
    base = frame.select("unit", "period", "first", "reference")
    joined = base.join(rows, base["unit"] == rows["subject"])
    on_first = (joined["start"] <= joined["first"]) & (joined["stop"] > joined["first"])
    at_end = (joined["start"] <= joined["reference"]) & (joined["stop"] > joined["reference"])
    return joined.group_by(c_unit="unit", c_period="period").agg(
        n_first=joined["counted"].nunique(where=on_first),
        n_end=joined["counted"].nunique(where=at_end),
    )


class AnyOf(Strict):
    """At least one of the conditions holds."""

    any: list["Condition"]

    def joined(self, frame: ir.Table, asker: Asker) -> ir.Table:
        """The frame with what its conditions need."""
        for condition in self.any:
            frame = condition.joined(frame, asker)
        return frame

    def holds(self, rows: ir.Table) -> ir.BooleanValue:
        """Three-valued or."""
        first, *others = [condition.holds(rows) for condition in self.any]
        for other in others:
            first = first | other
        return first


Condition = Feature | OwnColumn | Count | AnyOf
Conditions = Annotated[list[Condition], BeforeValidator(_as_list)]
AnyOf.model_rebuild()

# The newest value of each feature of each enterprise at D.
FEATURES_AT_D = ibis.table(
    {"unit": "string", "feature": "string", "worth": "string"}, name="features"
)


def counts_in(conditions: Sequence[Condition]) -> tuple[Count, ...]:
    """Every count among the conditions, in a fixed order."""
    found: list[Count] = []
    for condition in conditions:
        if isinstance(condition, Count):
            found.append(condition)
        elif isinstance(condition, AnyOf):
            found += counts_in(condition.any)
    return tuple(found)


def with_applies(
    frame: ir.Table, conditions: Sequence[Condition], scope: Scope, part: int, measures: Measures
) -> ir.Table:
    """The frame with `applies`: true, false, or null where a condition cannot be decided."""
    asker = Asker(scope, part, measures)
    for condition in conditions:
        frame = condition.joined(frame, asker)
    applies: ir.BooleanValue = ibis.literal(True)
    for condition in conditions:
        applies = applies & condition.holds(frame)
    return frame.mutate(applies=applies)
