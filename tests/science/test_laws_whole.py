"""Laws that every clause of every checklist keeps, on drawn groups with records of all ledgers.

What no clause depends on: the order of rows, other units' rows, rows of ledgers a clause does
not read, how often it is asked, how facts are split into workbooks, and in which four years
all this takes place.
"""

import os
import random
from functools import cache

import pyarrow as pa
import pytest
from tests.calendar_edges import Moment
from tests.compiled import PROGRAMS
from tests.drawn_values import Rows
from tests.other_years import facts_later, moment_later
from tests.read_by_clauses import UNIT_REGISTERS, Read
from tests.science.agreement import (
    Key,
    Said,
    batches,
    rules_of,
    the_checklist,
    what_was_said,
)
from tests.science.shifted import numbers_later, said_later, without_days

from tongrong.engine.run import evaluate
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import checklists

VOLUME = int(os.environ.get("TONGRONG_DIFFERENTIAL", "0"))
GROUPS = VOLUME // 8 or 16
LEFT_OUT = len(LEDGERS) if VOLUME else 6
"""How many ledgers are emptied, one after another."""
ALWAYS = (*UNIT_REGISTERS, "persons", "enterprise_features", "enterprise_scale", "justifications",
          "nil_declarations")  # fmt: skip

every_checklist = pytest.mark.parametrize("slug", checklists())


@cache
def drawn(slug: str) -> tuple[tuple[Moment, Rows], ...]:
    """Groups with records of everything the checklist reads, a batch at a moment of its own."""
    read = Read.by(rules_of(slug).values())
    return tuple((moment, joined(*found)) for moment, found in batches(f"law {slug}", read, GROUPS))


def joined(*several: Rows) -> Rows:
    return {code: [r for rows in several for r in rows.get(code, ())] for code in LEDGERS}


def verdicts(checklist: Checklist, facts: Rows | Snapshot, moment: Moment) -> dict[Key, Said]:
    snapshot = facts if isinstance(facts, Snapshot) else Snapshot.of_rows(facts)
    run = evaluate(
        checklist, snapshot, moment.today, year=moment.year, details=True, programs=PROGRAMS
    )
    said = what_was_said(run)
    return {key: _settled(one) for key, one in said.items()}


def _settled(said: Said) -> Said:
    cells = tuple(tuple(sorted(part, key=str)) for part in said.cells)
    return Said(**{**vars(said), "cells": cells})


@cache
def as_drawn(slug: str) -> tuple[dict[Key, Said], ...]:
    """What is said of the drawn groups as they are."""
    return tuple(verdicts(the_checklist(slug), rows, moment) for moment, rows in drawn(slug))


def differing(one: dict[Key, Said], other: dict[Key, Said]) -> list[Key]:
    assert one.keys() == other.keys()
    return [key for key in one if one[key] != other[key]]


@every_checklist
def test_every_clause_is_judged_in_more_than_one_way(slug: str) -> None:
    """The laws below compare something: every clause has verdicts, most of them several."""
    found: dict[str, set[str]] = {clause: set() for clause in rules_of(slug)}
    for said in as_drawn(slug):
        for (_, clause), one in said.items():
            found[clause].add(one.verdict.value)
    assert [clause for clause, verdicts in found.items() if not verdicts] == []
    assert sum(len(verdicts) > 1 for verdicts in found.values()) > len(found) * 0.9


@every_checklist
def test_the_order_of_rows_says_nothing(slug: str) -> None:
    for (moment, rows), said in zip(drawn(slug), as_drawn(slug), strict=True):
        roll = random.Random(str(moment))  # noqa: S311 the same order every time
        mixed = {code: roll.sample(found, len(found)) for code, found in rows.items()}
        assert differing(said, verdicts(the_checklist(slug), mixed, moment)) == []


@every_checklist
def test_asking_again_says_the_same(slug: str) -> None:
    for (moment, rows), said in zip(drawn(slug), as_drawn(slug), strict=True):
        assert differing(said, verdicts(the_checklist(slug), rows, moment)) == []


@every_checklist
def test_other_groups_say_nothing_of_this_one(slug: str) -> None:
    read = Read.by(rules_of(slug).values())
    for moment, found in batches(f"alone {slug}", read, GROUPS):
        together = verdicts(the_checklist(slug), joined(*found), moment)
        alone = verdicts(the_checklist(slug), joined(*found[: len(found) // 2]), moment)
        assert alone
        assert differing(alone, {key: together[key] for key in alone}) == []


@every_checklist
def test_a_clause_reads_only_the_ledgers_it_names(slug: str) -> None:
    """Without a ledger's rows, every clause that does not read it says what it said."""
    reads = {clause: read_by(slug, clause) for clause in rules_of(slug)}
    roll = random.Random(slug)  # noqa: S311 the same ledgers every time
    read_at_all = sorted(set().union(*reads.values()) - set(ALWAYS))
    moment, rows = drawn(slug)[0]
    said = as_drawn(slug)[0]
    for code in roll.sample(read_at_all, min(LEFT_OUT, len(read_at_all))):
        without = verdicts(the_checklist(slug), {**rows, code: []}, moment)
        changed = {clause for _, clause in differing(said, without)}
        assert {clause for clause in changed if code not in reads[clause]} == set(), code


def read_by(slug: str, clause: str) -> set[str]:
    """The ledgers a clause reads, those its records refer to included."""
    return set(Read.by([rules_of(slug)[clause]]).tests) | set(ALWAYS)


@every_checklist
def test_facts_split_into_two_workbooks_say_the_same(slug: str) -> None:
    for (moment, rows), said in zip(drawn(slug), as_drawn(slug), strict=True):
        roll = random.Random(str(moment))  # noqa: S311 the same split every time
        halves: tuple[Rows, Rows] = ({}, {})
        for code, found in rows.items():
            for row in found:
                roll.choice(halves).setdefault(code, []).append(row)
        parts = [Snapshot.of_rows(half) for half in halves]
        assert differing(said, verdicts(the_checklist(slug), together(*parts), moment)) == []


def together(one: Snapshot, other: Snapshot) -> Snapshot:
    """The rows of two workbooks in one store."""
    tables = {code: pa.concat_tables([one[code], other[code]]) for code in LEDGERS}
    return Snapshot.of(tables)


@every_checklist
def test_four_years_later_everything_is_said_four_years_later(slug: str) -> None:
    checklist = the_checklist(slug)
    for (moment, rows), said in zip(drawn(slug), as_drawn(slug), strict=True):
        moved = verdicts(numbers_later(checklist), facts_later(rows), moment_later(moment))
        expected = {key: _settled(one) for key, one in said_later(said).items()}
        found = {key: _settled(one) for key, one in without_days(moved).items()}
        assert differing(expected, found) == [], moment
