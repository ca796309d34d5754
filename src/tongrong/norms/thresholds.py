"""Dated thresholds: every number of a checklist, since when, and in whose words."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from tongrong.vocabulary.periods import is_day, is_month_day
from tongrong.vocabulary.quantities import is_quantity, parse_quantity

WARNINGS = ("warning_month", "warning_quarter", "warning_half_year", "warning_year",
            "warning_obligation")  # fmt: skip
FIGURES_DUE = "figures_due"
_LONGEST_WARNING = 366


def misread(name: str, value: str) -> str | None:
    """What the value of a number of this name should be; None where it is so.

    The names every checklist has are of a shape of their own; any other value is a number, a
    day or a day of every year.
    """
    if name == FIGURES_DUE:
        return None if is_month_day(value) else "真实存在的 月-日，如 04-30"
    number = parse_quantity(value) if is_quantity(value) else None
    if name in WARNINGS:
        whole = number is not None and number.denominator == 1 and number <= _LONGEST_WARNING
        return None if whole else f"0 至 {_LONGEST_WARNING} 的整数（天）"
    if number is not None or is_day(value) or is_month_day(value):
        return None
    return "不小于0的整数、小数、百分数（30%）、分数（1/3），或日期；不超过9位整数"


class DatedValue(BaseModel):
    """One value (or table) in force from a day until the next one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: dt.date = Field(alias="from")
    value: str | None = None
    table: list[dict[str, str]] | None = None
    source: str

    @model_validator(mode="after")
    def _one_of_both(self) -> "DatedValue":
        if (self.value is None) == (self.table is None):
            raise ValueError("写 value 或 table 之一")
        return self


V = TypeVar("V", bound=DatedValue)


class Adjustable(BaseModel):
    """Who may set a number otherwise, within which bounds, and in whose words.

    `words` are the source's own; `reason` says why a number that it leaves open may differ.
    Of several numbers set for one unit the `stricter` holds, so that nobody undercuts a superior.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: list[Literal["superior", "enterprise"]] = Field(min_length=1)
    least: str | None = None
    most: str | None = None
    stricter: Literal["larger", "smaller"] = "larger"
    words: str | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _sourced(self) -> "Adjustable":
        if (self.words is None) == (self.reason is None):
            raise ValueError("写 words（原文）或 reason（为何可以另定）之一")
        return self

    @property
    def bounds(self) -> str:
        """The bounds as people say them, after a comma: `，不低于0.5%，不高于2%`."""
        least = f"，不低于{self.least}" if self.least else ""
        return least + (f"，不高于{self.most}" if self.most else "")

    def strictest(self, values: Sequence[V]) -> V:
        """The strictest of some values, of equal ones the first."""
        number = [parse_quantity(value.value or "") for value in values]
        pick = max if self.stricter == "larger" else min
        return values[number.index(pick(number))]

    def admits(self, value: str) -> bool:
        """Whether a quantity lies within the bounds. Raises ValueError where one does not read."""
        number = parse_quantity(value)
        return (self.least is None or number >= parse_quantity(self.least)) and (
            self.most is None or number <= parse_quantity(self.most)
        )


class Threshold(BaseModel):
    """One named number of a checklist with its dated values, newest last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    unit: str = ""
    words: str | None = None
    parameter: str | None = None
    adjustable: Adjustable | None = None
    values: list[DatedValue] = Field(min_length=1)

    @model_validator(mode="after")
    def _sourced_and_ordered(self) -> "Threshold":
        if (self.words is None) == (self.parameter is None):
            raise ValueError("写 words（原文）或 parameter（为何取此默认值）之一")
        days = [value.since for value in self.values]
        if days != sorted(set(days)):
            raise ValueError("values 按 from 从早到晚排列，日期不重复")
        return self

    @model_validator(mode="after")
    def _within_its_bounds(self) -> "Threshold":
        if self.adjustable is None:
            return self
        try:
            inside = all(self.adjustable.admits(one.value or "") for one in self.values)
        except ValueError:
            raise ValueError(
                "可以另定的数值及其 least、most 都是整数、小数、百分数或分数"
            ) from None
        if not inside:
            raise ValueError("values 在 adjustable 的 least 与 most 之间")
        return self

    @property
    def is_whole(self) -> bool:
        """Whether it has only ever been a whole number."""
        return all((one.value or "").strip().isdigit() for one in self.values)

    def on(self, day: dt.date) -> DatedValue:
        """The value in force on a day; the first one also before it began."""
        current = self.values[0]
        for value in self.values:
            if value.since <= day:
                current = value
        return current


class Thresholds(RootModel[dict[str, Threshold]]):
    """All thresholds of a checklist by name."""

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        return iter(self.root)

    def __contains__(self, name: object) -> bool:
        return name in self.root

    def __getitem__(self, name: str) -> Threshold:
        return self.root[name]

    def value(self, name: str, day: dt.date) -> str:
        """The text of a threshold's value on a day. Raises KeyError for an unknown name."""
        value = self.root[name].on(day).value
        if value is None:
            raise KeyError(f"{name} is a table")
        return value

    def table(self, name: str, day: dt.date) -> list[Mapping[str, Any]]:
        """The rows of a threshold that is a table. Raises KeyError for an unknown name."""
        table = self.root[name].on(day).table
        if table is None:
            raise KeyError(f"{name} is not a table")
        return list(table)
