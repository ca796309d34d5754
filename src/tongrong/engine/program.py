"""A program: the text of an evaluation.

It depends on the rules and the engine, never on the day, the year or the facts, so one
serves every evaluation of a checklist version. Compiling takes seconds, running does not.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One statement: makes a table, or appends to it."""

    table: str
    text: str
    appends: bool = False


@dataclass(frozen=True)
class Program:
    """The statements of an evaluation in order, and the selects of its results."""

    steps: tuple[Step, ...]
    results: dict[str, str]
