"""A program: the text of an evaluation.

It depends on the rules and the engine, never on the day, the year or the facts, so one
serves every evaluation of a checklist version. Compiling takes seconds, running does not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Every identifier in the text; Ibis quotes them all.
NAMES = re.compile(r'"(\w+)"')


@dataclass(frozen=True)
class Step:
    """One statement: makes a table, or appends to it.

    `after` numbers the steps that must be done before; any others may run at the same time.
    """

    table: str
    text: str
    appends: bool = False
    after: tuple[int, ...] = ()

    @property
    def names(self) -> set[str]:
        """Every name its text reads."""
        return set(NAMES.findall(self.text))


@dataclass(frozen=True)
class Program:
    """The statements of an evaluation in order, and the selects of its results."""

    steps: tuple[Step, ...]
    results: dict[str, str]


def read_by(steps: Sequence[Step], results: Iterable[str]) -> tuple[Step, ...]:
    """The steps that a later step or a result reads; a clause alone needs few ledgers."""
    wanted = {name for select in results for name in NAMES.findall(select)}
    kept: list[Step] = []
    for step in reversed(steps):
        if step.table in wanted:
            kept.append(step)
            wanted |= step.names
    return tuple(reversed(kept))


def ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with what each must wait for.

    A reader waits for all that wrote the table before it; what makes a table anew for its
    readers and writers, too. Appends to one table need no order among themselves.
    """
    writers: dict[str, set[int]] = {}
    readers: dict[str, set[int]] = {}
    found: list[Step] = []
    for number, step in enumerate(steps):
        reads = step.names & writers.keys()
        after = {writer for name in reads for writer in writers[name]}
        earlier = writers.get(step.table, set())
        made = {one for one in earlier if not found[one].appends}
        after |= (made if step.appends else earlier) | readers.get(step.table, set())
        if step.appends:
            writers.setdefault(step.table, set()).add(number)
        else:
            writers[step.table], readers[step.table] = {number}, set()
        for name in reads:
            readers.setdefault(name, set()).add(number)
        found.append(Step(step.table, step.text, step.appends, tuple(sorted(after))))
    return tuple(found)
