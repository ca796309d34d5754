"""Two independent readings of every clause agree: expressions on a backend, and plain Python.

What is compared are the clauses of every checklist and the rules that cases of kinds bring of
their own, so a kind is compared whether or not a checklist uses it yet.

In CI a few groups a rule, the same ones every time, and some that Hypothesis searches and
shrinks. Half are drawn, half are a rule's hand-made cases with small changes, so that every
rule is both met and unmet among them. `make differential` sets TONGRONG_DIFFERENTIAL to the
number of groups a rule.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.compiled import PROGRAMS
from tests.hand_made import HandMade, covering, hand_made, under
from tests.read_by_clauses import Read, Rule, kinds_of
from tests.scenarios.shelves import SPOKEN_OF, about, of_checklist, with_own_rule
from tests.science.agreement import (
    batches,
    disagreements,
    rules_of,
    the_checklist,
    with_new_numbers,
)
from tests.science.laws import MANY
from tests.strategies import groups, moments, variants

from tongrong.engine.scenarios import Scenario
from tongrong.engine.shelf import kinds
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import checklists
from tongrong.vocabulary.verdicts import Verdict

VOLUME = int(os.environ.get("TONGRONG_DIFFERENTIAL", "0"))
GROUPS = VOLUME // 4 or 32
WHOLE, AT_ONCE = VOLUME or 50, 20 if VOLUME else 10
"""Groups of the whole checklist, and how many of them are as of one day."""
EXAMPLES = max(VOLUME // 20, 6)


DECIDED = {Verdict.MET, Verdict.UNMET}


def few(examples: int) -> settings:
    """So many examples of groups, each of which is slow and large."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, suppress_health_check=slow)


@dataclass(frozen=True)
class Compared:
    """A rule that engine and reading are compared on: a clause, or a case's own."""

    name: str
    seed: str
    checklist: Checklist = field(repr=False)
    clause: str
    cases: list[Scenario] = field(repr=False)

    def read(self) -> Read:
        """What it reads, which is what groups are drawn to have records of."""
        found = Read.by([self.rule()])
        assert found.tests, f"{self.name}: no ledger is named by `ledger:`, so nothing is drawn"
        return found

    def rule(self) -> Rule:
        """As written, terms expanded."""
        return next(self.checklist.rule(c) for c in self.checklist.clauses() if c.id == self.clause)

    def models(self) -> list[HandMade]:
        """Its cases worked by hand."""
        return hand_made(self.cases, self.checklist)


def compared() -> Iterator[Compared]:
    """Every clause of every checklist, then each rule that cases bring of their own, once."""
    for slug in checklists():
        for clause in rules_of(slug):
            name = f"{slug}-{clause}"
            yield Compared(name, clause, the_checklist(slug), clause, about(slug, clause))
    for kind in sorted(kinds()):
        found: list[tuple[Rule, list[Scenario]]] = []
        for case in with_own_rule(kind):
            rule = case.text.rule or {}
            same = next((cases for one, cases in found if one == rule), None)
            if same is None:
                found.append((rule, same := []))
            same.append(case)
        for number, (_, cases) in enumerate(found, start=1):
            own, name = cases[0].checklist(the_checklist(SPOKEN_OF)), f"{kind}-{number}"
            yield Compared(name, name, own, cases[0].clause, cases)


RULES = list(compared())


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.name)
def test_the_engine_says_of_many_groups_what_the_reading_says(one: Compared) -> None:
    """And the groups decide it: as its hand-made cases, some are met and some are not."""
    seen = Counter[Verdict]()
    for moment, found in batches(one.seed, one.read(), GROUPS, one.models()):
        judged, said = disagreements(one.checklist, found, moment, [one.clause], PROGRAMS)
        assert judged
        assert said == [], moment
        for (_, verdict), many in judged.items():
            seen[verdict] += many
    assert {case.text.expect for case in one.cases} & DECIDED <= seen.keys(), seen


@pytest.mark.parametrize("slug", checklists())
def test_the_whole_checklist_says_it_too_on_the_same_facts(slug: str) -> None:
    """On drawn groups, and on hand-made cases of days that have many.

    `make differential` has the cases of every day, which show every clause met and unmet.
    """
    rules, seen = rules_of(slug), Counter[tuple[str, Verdict]]()
    read, models = Read.by(rules.values()), models_of(slug)
    drawn = [(*one, set(rules)) for one in batches(slug, read, WHOLE, models, AT_ONCE)]
    together = [
        (moment, [under(f"{n}·", one.rows) for n, one in enumerate(some)], set(rules))
        for moment, some in covering(models).items()
        if VOLUME or len(some) >= MANY
    ]
    for moment, found, of in (*drawn, *together):
        judged, said = disagreements(the_checklist(slug), found, moment, of, PROGRAMS)
        assert said == [], moment
        seen += judged
    undecided = [clause for clause in rules if not any((clause, v) in seen for v in DECIDED)]
    if VOLUME:
        assert undecided == []


@cache
def models_of(slug: str) -> list[HandMade]:
    """All scenarios of a checklist."""
    scenarios = [one for found in of_checklist(slug).values() for one in found]
    return hand_made(scenarios, the_checklist(slug))


@pytest.mark.parametrize("slug", checklists())
@few(max(VOLUME // 20, 2))  # the first is the plainest there is
@given(data=st.data())
def test_no_group_that_hypothesis_finds_parts_them_on_the_whole_checklist(
    slug: str, data: st.DataObject
) -> None:
    """Hypothesis rolls the day, a drawn group and changes of a hand-made one, and shrinks them."""
    rules = rules_of(slug)
    read = Read.by(rules.values())
    moment = data.draw(moments(read), label="moment")
    model = data.draw(st.sampled_from(models_of(slug)), label="model")
    found = [
        data.draw(groups(read, moment), label="drawn"),
        data.draw(variants(model, read, moment), label="changed"),
    ]
    assert disagreements(the_checklist(slug), found, moment, rules, PROGRAMS).differences == []


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
    return [one for one in RULES if kind in kinds_of(one.rule())]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_is_compared(kind: str) -> None:
    mend = f"no checklist uses it: give a case in tests/scenarios/kinds/{kind}.yaml its own `rule:`"
    assert of_kind(kind), mend


@pytest.mark.parametrize("kind", sorted(kinds()))
@few(EXAMPLES)
@given(data=st.data())
def test_no_group_that_hypothesis_finds_parts_them(kind: str, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(of_kind(kind)), label="rule")
    read = one.read()
    moment = data.draw(moments(read), label="moment")
    drawn = groups(read, moment)
    changed = [variants(model, read, moment) for model in one.models()]
    group = data.draw(st.one_of(drawn, *changed), label="facts")
    assert disagreements(one.checklist, [group], moment, [one.clause], PROGRAMS).differences == []
