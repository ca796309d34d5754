"""Records of a drawn group brought near what a clause asks: few of what is drawn freely would be.

Each function changes rows of the group in place, for the clauses that read them.
"""

import datetime as dt
import random
from collections.abc import Sequence

from tests.read_by_clauses import Row

BASES = (None, "按党员人数设立", "经上级批准设立")
DELIBERATED = ("审议通过", "审议未通过")


def affiliated(roll: random.Random, organizations: Sequence[Row]) -> None:
    """Superiors outside, now and then one that makes a circle; why a small body was set up."""
    for row in organizations:
        row["outside_superior"] = roll.choice((None, None, "系统外"))
        row["basis"] = roll.choice(BASES)
        if roll.randint(1, 4) == 4:
            row["superior"] = roll.choice(organizations)["number"]


def at_workplaces(roll: random.Random, meetings: Sequence[Row], workplaces: Sequence[Row]) -> None:
    """Most meetings are of an organization that a workplace belongs to."""
    named = [row["organization"] for row in workplaces if row["organization"]]
    for row in meetings if named else ():
        if roll.randint(0, 2):
            row["unit"] = roll.choice(named)


def taking_effect(
    roll: random.Random, matters: Sequence[Row], about: dt.date, units: Sequence[str]
) -> None:
    """Matters that take effect on a day or beside it, as those who deliberate on them."""
    for row in matters:
        row["effective_on"] = about + dt.timedelta(days=roll.choice((1, 0, -1)))
        row["unit"] = roll.choice(units)
