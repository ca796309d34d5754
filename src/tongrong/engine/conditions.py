"""Conditions: what a clause says of the units it speaks to. `frames.py` decides them."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tongrong.engine.selection import OWN, Selection, Strict
from tongrong.facts.ledgers.organization import FEATURE_VALUES
from tongrong.vocabulary.verdicts import Scope


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


class Feature(Strict):
    """The enterprise has one of these values of a feature at D; no row: unknown, or `otherwise`."""

    feature: str
    among: Annotated[list[str], BeforeValidator(_as_list)] = Field(alias="is")
    otherwise: Literal["yes", "no"] | None = None

    @model_validator(mode="after")
    def _known(self) -> "Feature":
        known = FEATURE_VALUES.get(self.feature)
        if known is None:
            raise ValueError(f"没有企业属性“{self.feature}”；可用：{'、'.join(FEATURE_VALUES)}")
        for value in self.among:
            if value not in known:
                raise ValueError(f"{self.feature} 没有“{value}”；可用：{'、'.join(known)}")
        return self


class OwnColumn(Strict):
    """A column of the unit's own row has one of these values; an empty one none, or `otherwise`."""

    column: str
    among: Annotated[list[str], BeforeValidator(_as_list)] = Field(alias="is")
    otherwise: Literal["yes"] | None = None

    def register(self, scope: Scope) -> str:
        """The ledger of the unit's own row."""
        return "enterprises" if OWN[scope] == "enterprise" else "party_organizations"


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
        """The side of its requirement."""
        return "count_" + hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]


class AnyOf(Strict):
    """At least one of the conditions holds."""

    any: list["Feature | OwnColumn | Count"]


Condition = Feature | OwnColumn | Count | AnyOf
Conditions = Annotated[list[Condition], BeforeValidator(_as_list)]


def places(conditions: Sequence[Condition]) -> list[list[Feature | OwnColumn | Count]]:
    """The conditions as places that must all hold, each of tests of which one is enough."""
    return [one.any if isinstance(one, AnyOf) else [one] for one in conditions]


def counts_in(conditions: Sequence[Condition]) -> tuple[Count, ...]:
    """Every count among the conditions, in a fixed order."""
    return tuple(t for place in places(conditions) for t in place if isinstance(t, Count))
