"""Laws that every clause of every checklist keeps, on facts on which it is met and on which not.

What no clause depends on: the order of rows, other units' rows, rows of ledgers a clause does
not read, how often it is asked, how facts are split into workbooks, and in which four years
all this takes place.
"""

import os
import random

import pyarrow as pa
import pytest
from tests.drawn_values import Rows
from tests.other_years import facts_later, moment_later
from tests.read_by_clauses import UNIT_REGISTERS, Read
from tests.science.agreement import rules_of, the_checklist
from tests.science.laws import (
    Facts,
    all_facts,
    as_found,
    differing,
    evaluated,
    joined,
    judged,
    settled,
    verdicts,
)
from tests.science.shifted import numbers_later, said_later, without_days

from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import checklists
from tongrong.vocabulary.verdicts import Verdict

VOLUME = int(os.environ.get("TONGRONG_DIFFERENTIAL", "0"))
GROUPS, AT_ONCE = VOLUME // 8 or 16, 16 if VOLUME else 8
"""How many groups are drawn, and how many of them are as of one day."""
ALWAYS = (*UNIT_REGISTERS, "persons", "enterprise_features", "enterprise_scale", "justifications",
          "nil_declarations")  # fmt: skip

every_checklist = pytest.mark.parametrize("slug", checklists())


def tried_on(slug: str) -> tuple[Facts, ...]:
    """Facts on which each clause is met, and unmet."""
    return all_facts(slug, GROUPS, AT_ONCE)


def whole(slug: str) -> list[Facts]:
    """Those judged by all clauses, which one program serves; all with `make differential`."""
    found = tried_on(slug)
    return [one for one in found if VOLUME or one.clauses == frozenset(rules_of(slug))]


@every_checklist
def test_every_clause_is_met_by_some_of_the_facts_and_missed_by_others(slug: str) -> None:
    """The laws below compare something: no clause is left without a green and a red verdict."""
    seen = {
        (clause, one.verdict)
        for facts in tried_on(slug)
        for (_, clause), one in as_found(slug, facts).items()
    }
    decided = (Verdict.MET, Verdict.UNMET)
    assert [(c, v) for c in rules_of(slug) for v in decided if (c, v) not in seen] == []


@every_checklist
def test_neither_the_order_of_rows_nor_their_workbook_nor_asking_again_says_anything(
    slug: str,
) -> None:
    """The rows are mixed, dealt to two workbooks, and judged once more."""
    for facts in whole(slug):
        roll = random.Random(facts.name)  # noqa: S311 the same order every time
        halves: tuple[Rows, Rows] = ({}, {})
        for code, found in facts.rows().items():
            for row in roll.sample(found, len(found)):
                roll.choice(halves).setdefault(code, []).append(row)
        both = together(*map(Snapshot.of_rows, halves))
        again = verdicts(the_checklist(slug), both, facts.moment, facts.clauses)
        assert differing(as_found(slug, facts), again) == [], facts


@every_checklist
def test_verdicts_are_the_same_whether_reasons_are_asked_for_or_not(slug: str) -> None:
    """Two programs: the one without reasons carries no record where nobody reads it."""
    assert whole(slug)
    for facts in whole(slug):
        snapshot = Snapshot.of_rows(facts.rows())
        checklist, clauses = the_checklist(slug), facts.clauses
        without = evaluated(checklist, snapshot, facts.moment, clauses, details=False)
        told, plain = (
            one.verdicts.sort_by([("unit", "ascending"), ("clause", "ascending")])
            for one in (judged(slug, facts), without)
        )
        assert told.equals(plain), facts


@every_checklist
def test_other_groups_say_nothing_of_this_one(slug: str) -> None:
    """Half of the groups, and the other half, are each told what they are told together."""
    for facts in whole(slug):
        together = as_found(slug, facts)
        for half in (facts.groups[::2], facts.groups[1::2]):
            if half and half != facts.groups:
                alone = verdicts(the_checklist(slug), joined(*half), facts.moment, facts.clauses)
                assert alone
                assert differing(alone, {key: together[key] for key in alone}) == [], facts


@every_checklist
def test_a_clause_reads_only_the_ledgers_it_names(slug: str) -> None:
    """Asked alone, with the rows of no other ledger, it says what it said among all."""
    decided = {Verdict.MET, Verdict.UNMET}
    for clause in rules_of(slug):
        reads, left = read_by(slug, clause), set(decided)
        for facts in tried_on(slug):
            said = {key: one for key, one in as_found(slug, facts).items() if key[1] == clause}
            told = left & {one.verdict for one in said.values()}
            if told:
                left -= told
                rows = {code: found for code, found in facts.rows().items() if code in reads}
                alone = verdicts(the_checklist(slug), rows, facts.moment, frozenset([clause]))
                assert differing(said, alone) == [], facts
        assert not left, clause


def read_by(slug: str, clause: str) -> set[str]:
    """The ledgers a clause reads, those its records refer to included."""
    return set(Read.by([rules_of(slug)[clause]]).tests) | set(ALWAYS)


def together(one: Snapshot, other: Snapshot) -> Snapshot:
    """The rows of two workbooks in one store."""
    tables = {code: pa.concat_tables([one[code], other[code]]) for code in LEDGERS}
    return Snapshot.of(tables)


@every_checklist
def test_four_years_later_everything_is_said_four_years_later(slug: str) -> None:
    checklist = numbers_later(the_checklist(slug))
    for facts in whole(slug):
        rows, moment = facts_later(facts.rows()), moment_later(facts.moment)
        moved = verdicts(checklist, rows, moment, facts.clauses)
        expected = said_later(as_found(slug, facts))
        assert (
            differing(
                {key: settled(one) for key, one in expected.items()},
                {key: settled(one) for key, one in without_days(moved).items()},
            )
            == []
        ), facts
