"""A program: the text of an evaluation.

It depends on the rules and the engine, never on the day, the year or the facts, so one
serves every evaluation of a checklist version. Compiling takes seconds, running does not.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

# Every identifier in the text; Ibis quotes them all.
NAMES = re.compile(r'"(\w+)"')
# A table read, as Ibis writes it.
READS = re.compile(r'(?<=FROM |JOIN )"(\w+)"')
# A value of the clock, as Ibis writes it.
OF_CLOCK = re.compile(r'\(\s*SELECT\s+"t\d+"\."(\w+)"\s+FROM "clock" AS "t\d+"\s*\)')


@dataclass(frozen=True)
class Step:
    """One statement: makes a table (anew), appends to it, or drops it.

    `after` numbers the steps that must be done before; any others may run at the same time.
    `readers` are how many make it worth a table: fewer compute it again where they read it.
    """

    table: str
    text: str
    does: Literal["makes", "appends", "drops"] = "makes"
    after: tuple[int, ...] = ()
    readers: int = 2

    @property
    def names(self) -> set[str]:
        """Every name its text reads."""
        return set(NAMES.findall(self.text))


@dataclass(frozen=True)
class Program:
    """The statements of an evaluation in order, and the selects of its results."""

    steps: tuple[Step, ...]
    results: dict[str, str]

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names that stand in it: of all tables loaded, those it needs."""
        names = _named(self.results.values())
        return frozenset(names.union(*(step.names for step in self.steps)))

    def at(self, clock: Mapping[str, dt.date | int]) -> "Program":
        """The program with the values of the clock, by column, written into its text.

        A backend plans with a value; a subquery it would join, and read, a thousand times.
        """
        values = {
            name: f"CAST({value} AS BIGINT)" if isinstance(value, int) else f"DATE '{value}'"
            for name, value in clock.items()
        }

        def told(text: str) -> str:
            return OF_CLOCK.sub(lambda found: values[found[1]], text)

        steps = tuple(replace(step, text=told(step.text)) for step in self.steps)
        return Program(steps, {name: told(text) for name, text in self.results.items()})


def arranged(steps: Sequence[Step], results: dict[str, str]) -> Program:
    """The program that computes the results: what they need, made late and dropped early."""
    selects = results.values()
    steps = inlined(read_by(steps, selects), selects)
    return Program(ordered(dropped(as_needed(steps), selects)), results)


def read_by(steps: Sequence[Step], results: Iterable[str]) -> tuple[Step, ...]:
    """The steps that a later step or a result reads; a clause alone needs few ledgers."""
    wanted = _named(results)
    kept: list[Step] = []
    for step in reversed(steps):
        if step.table in wanted:
            kept.append(step)
            wanted |= step.names
    return tuple(reversed(kept))


def inlined(steps: Sequence[Step], results: Iterable[str]) -> tuple[Step, ...]:
    """The steps without the tables that too few read: their text stands there.

    So the backend never copies what it only passes on, and carries no column that is not read.
    What is read more often stays a table: it would be computed again each time.
    """
    names = Counter(name for step in steps for name in NAMES.findall(step.text))
    whole = _made_once(steps) - _named(results)
    once: dict[str, str] = {}
    kept: list[Step] = []
    for step in steps:
        text = READS.sub(lambda found: once.get(found[1], found[0]), step.text)
        if step.table in whole and names[step.table] < step.readers:
            once[step.table] = f"({text})"
        else:
            kept.append(replace(step, text=text))
    return tuple(kept)


def as_needed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with each table made only before the first that reads it or appends to it.

    What is folded as it goes, written by several, keeps its order.
    """
    made = _made_once(steps)
    makers = {step.table: number for number, step in enumerate(steps) if step.table in made}
    found: dict[int, None] = {}  # by number: a step may be there twice, word for word

    def add(number: int) -> None:
        step = steps[number]
        for name in sorted({step.table, *step.names} & makers.keys()):
            if makers[name] not in found and makers[name] != number:
                add(makers[name])
        found.setdefault(number)

    folded = [number for number, step in enumerate(steps) if step.table not in made]
    for number in (*folded, *makers.values()):
        add(number)
    return tuple(steps[number] for number in found)


def dropped(steps: Sequence[Step], results: Iterable[str]) -> tuple[Step, ...]:
    """The steps, and after the last that names a table a step that drops it."""
    lasts: dict[str, int] = {}
    for number, step in enumerate(steps):
        lasts |= dict.fromkeys({step.table, *step.names}, number)
    gone = {step.table for step in steps} - _named(results)
    found: list[Step] = []
    for number, step in enumerate(steps):
        found.append(step)
        over = sorted(name for name in {step.table, *step.names} & gone if lasts[name] == number)
        found += [Step(name, "", "drops") for name in over]
    return tuple(found)


def ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with what each must wait for.

    A reader waits for all that wrote the table before it; what makes a table anew or drops it
    for its readers and writers, too. Appends to one table need no order among themselves.
    """
    writers: dict[str, set[int]] = {}
    readers: dict[str, set[int]] = {}
    found: list[Step] = []
    for number, step in enumerate(steps):
        appends = step.does == "appends"
        reads = step.names & writers.keys()
        after = {writer for name in reads for writer in writers[name]}
        earlier = writers.get(step.table, set())
        made = {one for one in earlier if found[one].does != "appends"}
        after |= (made if appends else earlier) | readers.get(step.table, set())
        if appends:
            writers.setdefault(step.table, set()).add(number)
        else:
            writers[step.table], readers[step.table] = {number}, set()
        for name in reads:
            readers.setdefault(name, set()).add(number)
        found.append(replace(step, after=tuple(sorted(after))))
    return tuple(found)


def _named(results: Iterable[str]) -> set[str]:
    return {name for select in results for name in NAMES.findall(select)}


def _made_once(steps: Sequence[Step]) -> set[str]:
    """The tables that one step writes, whole."""
    return {name for name, writes in Counter(one.table for one in steps).items() if writes == 1}
