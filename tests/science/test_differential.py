"""Two independent readings of every clause agree: expressions on a backend, and plain Python.

What is compared are the clauses of every checklist and the rules that cases of kinds bring of
their own, so a kind is compared whether or not a checklist uses it yet.

In CI a few groups a rule, the same ones every time, and some that Hypothesis searches and
shrinks. `make differential` sets TONGRONG_DIFFERENTIAL to the number of groups a rule.
"""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.compiled import PROGRAMS
from tests.read_by_clauses import Read, Rule, kinds_of
from tests.scenarios.shelves import SPOKEN_OF, with_own_rule
from tests.science.agreement import (
    batches,
    disagreements,
    rules_of,
    the_checklist,
    with_new_numbers,
)
from tests.strategies import groups, moments

from tongrong.engine.shelf import kinds
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import checklists

VOLUME = int(os.environ.get("TONGRONG_DIFFERENTIAL", "0"))
GROUPS = VOLUME // 4 or 32
WHOLE = VOLUME or 50
EXAMPLES = max(VOLUME // 20, 6)


@dataclass(frozen=True)
class Compared:
    """A rule that engine and reading are compared on: a clause, or a case's own."""

    name: str
    seed: str
    checklist: Checklist = field(repr=False)
    clause: str
    rule: Rule = field(repr=False)

    def read(self) -> Read:
        """What it reads, which is what groups are drawn to have records of."""
        found = Read.by([self.rule])
        assert found.tests, f"{self.name}: no ledger is named by `ledger:`, so nothing is drawn"
        return found


def compared() -> Iterator[Compared]:
    """Every clause of every checklist, then each rule that cases bring of their own, once."""
    for slug in checklists():
        for clause, rule in rules_of(slug).items():
            yield Compared(f"{slug}-{clause}", clause, the_checklist(slug), clause, rule)
    for kind in sorted(kinds()):
        seen: list[Rule] = []
        for case in with_own_rule(kind):
            if case.text.rule not in seen:
                seen.append(case.text.rule or {})
                own = case.checklist(the_checklist(SPOKEN_OF))
                (clause,) = own.clauses()
                name = f"{kind}-{len(seen)}"
                yield Compared(name, name, own, clause.id, own.rule(clause))


RULES = list(compared())


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.name)
def test_the_engine_says_of_many_groups_what_the_reading_says(one: Compared) -> None:
    for moment, found in batches(one.seed, one.read(), GROUPS):
        judged, said = disagreements(one.checklist, found, moment, [one.clause], PROGRAMS)
        assert judged
        assert said == [], moment


@pytest.mark.parametrize("slug", checklists())
def test_the_whole_checklist_says_it_too_on_the_same_facts(slug: str) -> None:
    rules = rules_of(slug)
    for moment, found in batches(slug, Read.by(rules.values()), WHOLE):
        judged, said = disagreements(the_checklist(slug), found, moment, rules, PROGRAMS)
        assert judged >= len(rules)
        assert said == [], moment


@pytest.mark.parametrize(
    "clause", ["2.4.b", "9.1.a", "9.2.c", "9.3.a", "11.1.c", "11.2.a", "11.3.a", "6.2.b"]
)
def test_a_number_raised_from_a_day_on_is_read_alike(clause: str) -> None:
    """A period is judged by the numbers of its last day, a state and a due day by those of D."""
    rule = rules_of(SPOKEN_OF)[clause]
    for moment, found in batches(f"new {clause}", Read.by([rule]), GROUPS):
        for day in (moment.today, dt.date(moment.year, 4, 1), dt.date(moment.year, 12, 31)):
            newer = with_new_numbers(the_checklist(SPOKEN_OF), day)
            assert disagreements(newer, found, moment, [clause], PROGRAMS)[1] == [], (moment, day)


def of_kind(kind: str) -> list[Compared]:
    """The rules that are made of a kind, among others."""
    return [one for one in RULES if kind in kinds_of(one.rule)]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_is_compared(kind: str) -> None:
    mend = f"no checklist uses it: give a case in tests/scenarios/kinds/{kind}.yaml its own `rule:`"
    assert of_kind(kind), mend


@pytest.mark.parametrize("kind", sorted(kinds()))
@settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_no_group_that_hypothesis_finds_parts_them(kind: str, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(of_kind(kind)), label="rule")
    read = one.read()
    moment = data.draw(moments(read), label="moment")
    group = data.draw(groups(read, moment), label="facts")
    _, said = disagreements(one.checklist, [group], moment, [one.clause], PROGRAMS)
    assert said == []
