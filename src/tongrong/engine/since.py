"""Since when events are read: nobody asks for what lies before the first period judged.

A store keeps the records of many years. Whatever is counted or matched by period is counted
from the first day of the earliest one, so that years gone by cost nothing.
"""

from collections.abc import Iterable
from enum import IntEnum

import ibis.expr.types as ir

from tongrong.engine.tables import clock
from tongrong.vocabulary.periods import Per


class Since(IntEnum):
    """How far back events are asked for, the earliest first: of several askers the least."""

    EVER = 0
    YEAR_BEFORE = 1
    YEAR = 2


def since_of(pers: Iterable[str]) -> Since:
    """The earliest that periods under these keys begin (`Moment.periods`; empty: day D)."""
    return min(map(_since, pers))


def _since(per: str) -> Since:
    if per.startswith("years:"):
        return Since.EVER
    return Since.YEAR_BEFORE if per.startswith(Per.CLOSED_YEAR) else Since.YEAR


def read_since(rows: ir.Table, since: Since) -> ir.Table:
    """The events (column `day`) from then on."""
    if since is Since.EVER:
        return rows
    return rows.filter(rows["day"] >= clock("year_first" if since is Since.YEAR else "year_before"))
