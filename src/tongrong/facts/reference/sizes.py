"""The statistical classification of enterprises by size: which figures make which size."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tongrong.facts.columns import SCALES, Money
from tongrong.facts.ledgers.scale import EnterpriseScale
from tongrong.norms.located import read_yaml
from tongrong.norms.thresholds import Threshold

FILE = Path(__file__).with_name("sizes.yaml")
WAN = 10_000


@dataclass(frozen=True)
class SizeRow:
    """One figure of one industry: the least of it, lower bounds inclusive, that each size takes.

    `codes` are sections, divisions or groups of GB/T 4754-2017; `of` is a column of the scale
    ledger and the bounds are in its kept unit (persons, 分). An enterprise has the largest size
    of which it reaches the bound of every row of its industry, and is 微型 where it has none.
    """

    name: str
    codes: tuple[str, ...]
    of: str
    large: int
    medium: int
    small: int


@cache
def standard() -> Threshold:
    """The table with its dated editions, each with its source."""
    return Threshold.model_validate(read_yaml(FILE).data)


def size_rows(day: dt.date) -> tuple[SizeRow, ...]:
    """The table in force on a day; the first one also before it."""
    return tuple(_row(row) for row in standard().on(day).table or ())


def _row(row: dict[str, str]) -> SizeRow:
    is_money = isinstance(EnterpriseScale.columns[row["of"]], Money)
    unit = WAN * SCALES[Money] if is_money else 1
    large, medium, small = (int(row[size]) * unit for size in ("large", "medium", "small"))
    return SizeRow(row["name"], tuple(row["codes"].split()), row["of"], large, medium, small)
