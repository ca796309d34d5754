"""Records of a drawn group brought near what a clause asks: few of what is drawn freely would be.

Each function changes rows of the group in place, or adds to them, for the clauses that read them.
"""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from tests.calendar_edges import Moment, day_in_month
from tests.read_by_clauses import Row

from tongrong.facts.columns import Choices, Code
from tongrong.facts.ledger import Ledger

BASES = (None, "按党员人数设立", "经上级批准设立")
DUES_BASES = (300_000, 300_001, 10_100, 30_100, 0, 500_000, 500_001, 500_100, 1_000_000, 1_000_001,
              None)  # fmt: skip
RATES = ((300_000, 5), (500_000, 10), (1_000_000, 15), (10**9, 20))  # up to, per mille
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


def owed(roll: random.Random, row: Row, moment: Moment) -> None:
    """Dues about as much as owed, about when they were due."""
    row["base"] = roll.choice(DUES_BASES)
    base = row["base"] or 0
    fitting = next(rate for up_to, rate in RATES if base <= up_to)
    rate = roll.choice((fitting, fitting, 5, 10))
    amount = roll.choice(((base * rate + 500) // 1000,) * 3 + (20,))
    row["paid"] = max(0, amount + roll.choice((0, -1, 1)))
    row["month"] = dt.date(moment.year, roll.randint(1, moment.today.month), 1)
    row["by_payroll"] = roll.randint(1, 6) == 6
    if roll.randint(1, 2) == 2:
        row["category"] = "在职"
    paid_in = min(12, row["month"].month + roll.choice((0, 0, 1, 3)))
    row["paid_on"] = day_in_month(roll, moment.year, paid_in)
    reduced = roll.randint(1, 6) == 6
    row["reduced_to"] = row["paid"] + roll.choice((0, 1)) if reduced else None


def each_of(
    roll: random.Random, ledger: type[Ledger], same: Row, name: str, values: Sequence[str]
) -> list[Row]:
    """A row for each value of a fixed list, now and then for all but one, alike in all else."""
    left_out = roll.choice((None, None, None, *values))
    several, rows = isinstance(ledger.columns[name], Choices), []
    for value in values:
        own = {n: f"{same[n]}{value}" for n, c in ledger.columns.items() if type(c) is Code}
        if value != left_out:
            rows.append({**same, **own, name: f"、{value}、" if several else value})
    return rows


def joined(column: Choices, chosen: set[str]) -> str | None:
    """A value of a column of several choices; one that must have some has its first."""
    if not chosen and not column.optional:
        chosen = {column.choices[0]}
    words = [choice for choice in column.choices if choice in chosen]
    return f"、{'、'.join(words)}、" if words else None


def once_each(ledger: type[Ledger], rows: list[Row]) -> list[Row]:
    """The rows without later ones of the same record."""
    seen: dict[tuple[Any, ...], Row] = {}
    keys = ledger.keys()
    for row in rows:
        seen.setdefault(tuple(row.get(key) for key in keys), row)
    return list(seen.values())
