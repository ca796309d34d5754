"""Compiles bound clauses to a program: measures first, then tallies, then verdicts."""

from collections.abc import Iterable, Iterator
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
from tongrong.engine.prepare import day_statements, ledger_statements, unit_statements
from tongrong.engine.program import Program, Step, arranged
from tongrong.engine.verdicts import (
    ALL_CELLS,
    EVIDENCE,
    EXCUSES,
    TALLIES,
    excuses,
    justified,
    missing,
    records,
    tallied,
    undecided,
    verdict_statements,
    verdicts,
)
from tongrong.vocabulary.verdicts import Strength

# How many parts' cells stand side by side before they are folded into tallies.
PARTS_AT_ONCE = 4


def compile_program(bound: list[BoundClause], *, details: bool) -> Program:
    """The program of these clauses; with details also cells, evidence and what is missing."""
    parts = [part for one in bound for part in one.parts]
    measures = Measures(details)
    frames = list(frame_statements(parts, measures))
    judging = list(_judging(bundles_of(parts), measures, details=details))
    first = list(_loading())
    first += [_empty(shape) for shape in (TALLIES, ALL_CELLS, EVIDENCE)]
    made = (*statements(measures), *frames, *measures.kept_tables.items())
    first += [Step(name, text(expression)) for name, expression in made]
    last = [Step(name, text(expression)) for name, expression in verdict_statements()]
    results = {"verdicts": text(verdicts())}
    if details:
        results |= {
            "cells": text(ALL_CELLS.drop("times")),
            "evidence": text(EVIDENCE),
            "missing": text(missing()),
            "records": text(records()),
        }
    return arranged((*first, *judging, *last), results)


# To prepare a ledger twice, each time with few of its columns, costs less than a copy of all.
PREPARED_FOR = 3


@cache
def _loading() -> tuple[Step, ...]:
    """What prepares the facts, the same for every program."""
    units, ledgers, day = unit_statements(), ledger_statements(), day_statements()
    return (
        *(Step(name, text(expression)) for name, expression in units),
        *(Step(name, text(expression), readers=PREPARED_FOR) for name, expression in ledgers),
        *(Step(name, text(expression)) for name, expression in day),
    )


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
    """The cells of the bundles, some at a time, and each time what they are folded into."""
    yield Step(EXCUSES.get_name(), text(excuses()))
    for number, some in enumerate(_side_by_side(bundles)):
        judged = ibis.table(CELL, name=f"judged_cells_{number}")
        found = (undecided([one.index for one in some]),
                 *(one.rule.cells(one, measures).select(*CELL) for one in some))  # fmt: skip
        yield Step(judged.get_name(), " UNION ALL ".join(f"({text(one)})" for one in found))
        if details:
            yield from (_appended(EVIDENCE, one.rule.evidence(one, measures)) for one in some)
        cells = judged
        if any(part.strength is Strength.SHOULD for one in some for part in one.parts):
            cells = ibis.table(CELL, name=f"cells_{number}")
            yield Step(cells.get_name(), text(justified(judged)))
        yield Step(TALLIES.get_name(), text(tallied(cells, _taken_up(some, measures))), "appends")
        if details:
            yield Step(ALL_CELLS.get_name(), text(cells), "appends")


def _taken_up(bundles: Iterable[Bundle], measures: Measures) -> ir.Table | None:
    """The units that took up an encouraged matter of the bundles; nothing if none is encouraged."""
    found = [
        bundle.rule.taken_up(bundle, measures).select("part", "unit")
        for bundle in bundles
        if any(part.strength is Strength.MAY for part in bundle.parts)
    ]
    return ibis.union(*found) if found else None


def _side_by_side(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
    """The bundles in their order, so many at a time that they have PARTS_AT_ONCE parts."""
    some: list[Bundle] = []
    for bundle in bundles:
        some.append(bundle)
        if sum(len(one.parts) for one in some) >= PARTS_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _appended(shape: ir.Table, found: ir.Table) -> Step:
    """The distinct rows found, appended to a table."""
    return Step(shape.get_name(), text(found.select(*shape.columns).distinct()), "appends")
