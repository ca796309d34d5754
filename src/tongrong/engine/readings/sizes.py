"""What an enterprise's figures make it: its size, and the section of its industry."""

import datetime as dt

from tongrong.engine.readings.world import Row, World
from tongrong.facts.reference.industries import industries
from tongrong.facts.reference.sizes import SizeRow, size_rows

DOWNWARD = (("大型", "large"), ("中型", "medium"), ("小型", "small"))


def figures_of(world: World, enterprise: str | None) -> Row | None:
    """The newest figures of an enterprise by D; None before its first."""
    rows = [
        row
        for row in world.saying("enterprise_scale", "unit", enterprise)
        if row["counted_on"] <= world.as_of
    ]
    return max(rows, key=lambda row: row["counted_on"], default=None)


def feature_by_figures(world: World, enterprise: str | None, feature: str) -> str | None:
    """The value of a feature that follows from the figures; None where it does not."""
    row = figures_of(world, enterprise)
    if row is None:
        return None
    if feature == "行业门类":
        return industries().section_of.get(row["industry"][:2])
    return size_by_figures(row, world.as_of) if feature == "规模" else None


def size_by_figures(row: Row, day: dt.date) -> str | None:
    """The size by the table in force on a day.

    None where the table does not name the industry, or a figure it asks for is not given.
    """
    asked = asked_of(row["industry"], day)
    if not asked or any(row[one.of] is None for one in asked):
        return None
    for size, least in DOWNWARD:
        if all(row[one.of] >= getattr(one, least) for one in asked):
            return size
    return "微型"


def asked_of(industry: str, day: dt.date) -> list[SizeRow]:
    """The rows of the table that an industry comes under."""
    section = industries().section_of.get(industry[:2])
    return [
        row
        for row in size_rows(day)
        if any(code == section or industry.startswith(code) for code in row.codes)
    ]
