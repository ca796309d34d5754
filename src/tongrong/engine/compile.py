"""Compiles bound clauses to a program: measures first, then tallies, then verdicts."""

from collections.abc import Iterator
from functools import cache

import ibis
import ibis.expr.types as ir

from tongrong.engine.backends.duckdb import DIALECT
from tongrong.engine.cells import CELL
from tongrong.engine.frames import frame_statements
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, bundles_of
from tongrong.engine.plan import statements
from tongrong.engine.prepare import day_statements, load_statements
from tongrong.engine.program import Program, Step, arranged
from tongrong.engine.verdicts import (
    ALL_CELLS,
    CELLS,
    EVIDENCE,
    JUDGED,
    TAKEN_UP,
    TALLIES,
    justified,
    missing,
    records,
    tallied,
    undecided,
    verdicts,
)
from tongrong.vocabulary.verdicts import Strength

# How many parts' cells stand side by side before they are folded into tallies.
PARTS_AT_ONCE = 16


def compile_program(bound: list[BoundClause], *, details: bool) -> Program:
    """The program of these clauses; with details also cells, evidence and what is missing."""
    parts = [part for one in bound for part in one.parts]
    measures = Measures(details)
    frames = list(frame_statements(parts, measures))
    judging = list(_judging(bundles_of(parts), measures, details=details))
    first = [Step(name, expression) for name, expression in _loading()]
    first += [_empty(shape) for shape in (TALLIES, TAKEN_UP, ALL_CELLS, EVIDENCE)]
    made = (*statements(measures), *frames, *measures.kept_tables.items())
    first += [Step(name, text(expression)) for name, expression in made]
    results = {"verdicts": text(verdicts())}
    if details:
        results |= {
            "cells": text(ALL_CELLS),
            "evidence": text(EVIDENCE),
            "missing": text(missing()),
            "records": text(records()),
        }
    return arranged((*first, *judging), results)


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


def _judging(bundles: list[Bundle], measures: Measures, *, details: bool) -> Iterator[Step]:
    """The cells of the bundles, some at a time, each time folded into tallies."""
    turned = justified()
    turn, fold, keep = text(turned), text(tallied(CELLS if details else turned)), text(CELLS)
    judging = [Step(JUDGED.get_name(), text(undecided()), "appends")]
    waiting = 0
    for bundle in bundles:
        cells = bundle.rule.cells(bundle, measures).select(*CELL)
        judging.append(Step(JUDGED.get_name(), text(cells), "appends"))
        if any(part.strength is Strength.MAY for part in bundle.parts):
            judging.append(_appended(TAKEN_UP, bundle.rule.taken_up(bundle, measures)))
        if details:
            judging.append(_appended(EVIDENCE, bundle.rule.evidence(bundle, measures)))
        waiting += len(bundle.parts)
        if waiting < PARTS_AT_ONCE and bundle is not bundles[-1]:
            continue
        yield _empty(JUDGED)
        yield from judging
        if details:
            yield Step(CELLS.get_name(), turn)
        yield Step(TALLIES.get_name(), fold, "appends")
        if details:
            yield Step(ALL_CELLS.get_name(), keep, "appends")
        judging, waiting = [], 0


def _appended(shape: ir.Table, found: ir.Table) -> Step:
    """The distinct rows found, appended to a table."""
    return Step(shape.get_name(), text(found.select(*shape.columns).distinct()), "appends")
