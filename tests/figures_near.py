"""Figures of an enterprise near the bounds of the size table, for random groups."""

import datetime as dt
import random
from typing import Any

INDUSTRIES = ("35", "01", "4710", "51", "591", "592", "59", "65", "7010", "72", "83", "8411", "85")
HEADS = (300, 299, 1000, 999, 20, 19, 200, 199, 5, 100, 99, 10, 2000)
WAN = tuple(wan * 1_000_000 for wan in (40_000, 2_000, 300, 20_000, 5_000, 80_000, 120_000))
SUMS = (*WAN, *(fen - 1 for fen in WAN))


def figures_of(roll: random.Random, unit: str, on: dt.date, status: str) -> dict[str, Any]:
    """A row of the scale ledger whose size turns on one person or one 分."""
    return {
        "unit": unit,
        "counted_on": on,
        "industry": roll.choice(INDUSTRIES),
        "employees": roll.choice(HEADS),
        "revenue": roll.choice(SUMS),
        "total_assets": roll.choice((*SUMS, None)),
        "status": status,
    }
