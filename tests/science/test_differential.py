"""Two independent readings of every clause agree: expressions on a backend, and plain Python.

In CI a few groups a clause, the same ones every time, and some that Hypothesis searches and
shrinks. `make differential` sets TONGRONG_DIFFERENTIAL to the number of groups a clause.
"""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.compiled import PROGRAMS
from tests.read_by_clauses import Read, Rule
from tests.science.agreement import (
    batches,
    disagreements,
    rules_of,
    the_checklist,
    with_new_numbers,
)
from tests.strategies import groups, moments

from tongrong.engine.shelf import kinds
from tongrong.norms.from_files import checklists

VOLUME = int(os.environ.get("TONGRONG_DIFFERENTIAL", "0"))
GROUPS = VOLUME or 48
WHOLE = max(VOLUME // 10, 6)
EXAMPLES = max(VOLUME // 20, 6)


def kinds_of(rule: Rule) -> set[str]:
    """The kinds of a clause's parts, with what a deadline requires."""
    parts = rule.get("parts", [rule])
    inner = {part["requires"]["kind"] for part in parts if "requires" in part}
    return {part["kind"] for part in parts} | inner


def every_clause() -> list[tuple[str, str]]:
    return [(slug, clause) for slug in checklists() for clause in rules_of(slug)]


@pytest.mark.parametrize(("slug", "clause"), every_clause())
def test_the_engine_says_of_many_groups_what_the_reading_says(slug: str, clause: str) -> None:
    for moment, found in batches(clause, Read.by([rules_of(slug)[clause]]), GROUPS):
        compared, said = disagreements(the_checklist(slug), found, moment, [clause], PROGRAMS)
        assert compared
        assert said == [], moment


@pytest.mark.parametrize("slug", checklists())
def test_the_whole_checklist_says_it_too_on_the_same_facts(slug: str) -> None:
    rules = rules_of(slug)
    for moment, found in batches(slug, Read.by(rules.values()), WHOLE):
        compared, said = disagreements(the_checklist(slug), found, moment, rules, PROGRAMS)
        assert compared >= len(rules)
        assert said == [], moment


@pytest.mark.parametrize(
    "clause", ["9.1.a", "9.2.c", "9.3.a", "11.1.c", "11.2.a", "11.3.a", "6.2.b"]
)
def test_a_number_raised_from_a_day_on_is_read_alike(clause: str) -> None:
    """A period is judged by the numbers of its last day, a state and a due day by those of D."""
    slug = checklists()[0]
    for moment, found in batches(f"new {clause}", Read.by([rules_of(slug)[clause]]), GROUPS):
        for day in (moment.today, dt.date(moment.year, 4, 1), dt.date(moment.year, 12, 31)):
            newer = with_new_numbers(the_checklist(slug), day)
            assert disagreements(newer, found, moment, [clause], PROGRAMS)[1] == [], (moment, day)


def test_every_kind_is_compared() -> None:
    used = {
        kind for slug in checklists() for rule in rules_of(slug).values() for kind in kinds_of(rule)
    }
    assert used == set(kinds())


@pytest.mark.parametrize("kind", sorted(kinds()))
@settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_no_group_that_hypothesis_finds_parts_them(kind: str, data: st.DataObject) -> None:
    of_kind = [(s, c) for s, c in every_clause() if kind in kinds_of(rules_of(s)[c])]
    slug, clause = data.draw(st.sampled_from(of_kind), label="clause")
    read = Read.by([rules_of(slug)[clause]])
    moment = data.draw(moments(read), label="moment")
    group = data.draw(groups(read, moment), label="facts")
    _, said = disagreements(the_checklist(slug), [group], moment, [clause], PROGRAMS)
    assert said == []
