"""Compiles bound clauses to a program: measures first, then tallies, then verdicts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import ibis
import ibis.expr.types as ir

from tongrong.engine.backends.duckdb import DIALECT
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.measures import Measures
from tongrong.engine.part import Part
from tongrong.engine.plan import statements
from tongrong.engine.prepare import day_statements, load_statements
from tongrong.engine.program import Program, Step
from tongrong.engine.verdicts import (
    ALL_CELLS,
    CELLS,
    EVIDENCE,
    JUDGED,
    TAKEN_UP,
    TALLIES,
    justified,
    missing,
    part_cells,
    records,
    tallied,
    verdicts,
)
from tongrong.vocabulary.verdicts import Strength

# How many parts' cells stand side by side before they are folded into tallies.
PARTS_AT_ONCE = 16
# Every identifier in the text; Ibis quotes them all.
NAMES = re.compile(r'"(\w+)"')


def compile_program(bound: list[BoundClause], *, details: bool) -> Program:
    """The program of these clauses; with details also cells, evidence and what is missing."""
    parts = [part for one in bound for part in one.parts]
    measures = Measures()
    judging = list(_judging(parts, measures, details=details))
    first = [Step(name, expression) for name, expression in _loading()]
    first += [_empty(shape) for shape in (TALLIES, TAKEN_UP, ALL_CELLS, EVIDENCE)]
    first += [Step(name, text(expression)) for name, expression in statements(measures)]
    results = {"verdicts": text(verdicts())}
    if details:
        results |= {
            "cells": text(ALL_CELLS),
            "evidence": text(EVIDENCE),
            "missing": text(missing()),
            "records": text(records()),
        }
    return Program(_read((*first, *judging), results.values()), results)


def _read(steps: Sequence[Step], results: Iterable[str]) -> tuple[Step, ...]:
    """The steps that a later step or a result reads; a clause alone needs few ledgers."""
    wanted = {name for select in results for name in NAMES.findall(select)}
    kept: list[Step] = []
    for step in reversed(steps):
        if step.table in wanted:
            kept.append(step)
            wanted.update(NAMES.findall(step.text))
    return tuple(reversed(kept))


@cache
def _loading() -> tuple[tuple[str, str], ...]:
    """What prepares the facts, the same for every program."""
    return tuple((name, text(e)) for name, e in (*load_statements(), *day_statements()))


def text(expression: ir.Table) -> str:
    """The expression as text for the backend."""
    return str(ibis.to_sql(expression, dialect=DIALECT))


def _empty(shape: ir.Table) -> Step:
    """An empty table of a shape, to append to."""
    columns = ", ".join(
        f'CAST(NULL AS {_SQL_TYPES[str(kind)]}) AS "{name}"'
        for name, kind in shape.schema().items()
    )
    return Step(shape.get_name(), f"SELECT {columns} WHERE FALSE")


_SQL_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}


def _judging(parts: list[Part], measures: Measures, *, details: bool) -> Iterator[Step]:
    """The cells of the parts, some at a time, each time folded into tallies."""
    turn, fold, keep = text(justified()), text(tallied(CELLS)), text(CELLS)
    for start in range(0, len(parts), PARTS_AT_ONCE):
        yield _empty(JUDGED)
        for part in parts[start : start + PARTS_AT_ONCE]:
            yield Step(JUDGED.get_name(), text(part_cells(part, measures)), appends=True)
            if part.strength is Strength.MAY:
                yield _appended(TAKEN_UP, part.rule.taken_up(part, measures), part)
            if details:
                yield _appended(EVIDENCE, part.rule.evidence(part, measures), part)
        yield Step(CELLS.get_name(), turn)
        yield Step(TALLIES.get_name(), fold, appends=True)
        if details:
            yield Step(ALL_CELLS.get_name(), keep, appends=True)


def _appended(shape: ir.Table, found: ir.Table, part: Part) -> Step:
    """The distinct rows found for a part, appended to a table."""
    rows = found.mutate(part=ibis.literal(part.index, "int64"))
    return Step(shape.get_name(), text(rows.select(*shape.columns).distinct()), appends=True)
