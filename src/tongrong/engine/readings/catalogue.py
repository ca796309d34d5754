"""Finds the reading of a clause kind by its name: a new file is enough."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from tongrong.engine import readings
from tongrong.engine.readings.cell import Cell
from tongrong.engine.readings.world import World

Reading = Callable[[Mapping[str, Any], World, str], list[Cell]]


def reading(kind: str) -> Reading:
    """The function that reads a part of this kind.

    Raises ModuleNotFoundError where no file of that name is on the shelf.
    """
    found: Reading = _module(kind).read
    return found


def shows_denominator(kind: str) -> bool:
    """Whether a verdict of this kind shows what its measure is a share of."""
    return bool(getattr(_module(kind), "SHOWS_DENOMINATOR", False))


def taken_up(part: Mapping[str, Any], world: World, subject: str, cells: list[Cell]) -> bool:
    """Whether the unit took up what the part encourages: some record was counted.

    A kind may answer for itself, as documents do; None leaves it to the records.
    """
    own_answer = getattr(_module(part["kind"]), "taken_up", lambda *_: None)
    answer = own_answer(part, world, subject)
    if answer is not None:
        return bool(answer)
    return any(cell.records for cell in cells)


def _module(kind: str) -> Any:
    return importlib.import_module(f"{readings.__name__}.{kind}")
