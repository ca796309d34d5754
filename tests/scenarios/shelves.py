"""Where the scenarios stand, how a clause is run and read, and what scenarios must cover."""

import os
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.compiled import PROGRAMS
from tests.drawn_values import Rows
from tests.hand_made import hand_made, under
from tests.read_by_clauses import kinds_of

from tongrong.engine.readings.clause import Outcome, read_clause
from tongrong.engine.readings.world import Allowed, World
from tongrong.engine.run import evaluate
from tongrong.engine.scenarios import (
    Scenario,
    Shown,
    differences,
    load_scenarios,
    run_scenario,
    scenario_snapshot,
    shown_of,
)
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import checklists, load_checklist, norms_home
from tongrong.vocabulary.errors import Problem

KINDS = Path(__file__).parent / "kinds"
LONGEST = 15
ALONE = "TONGRONG_DIFFERENTIAL" in os.environ
"""Whether every scenario of a clause is run by itself, as `make differential` has it."""
SPOKEN_OF = "442-2018"
"""The checklist that cases of kinds speak of: its clauses, or its terms and numbers."""


@cache
def the_checklist(slug: str) -> Checklist:
    return load_checklist(slug)


@cache
def of_checklist(slug: str) -> dict[str, list[Scenario]]:
    """The scenarios of a checklist by clause, from its folder `scenarios/`, a file an item."""
    files = sorted((norms_home() / slug / "scenarios").glob("*.yaml"))
    return by_clause([one for file in files for one in load_scenarios(file)])


@cache
def of_kind(kind: str) -> list[Scenario]:
    """The cases of a kind; they speak of clauses of SPOKEN_OF, or bring a rule of their own."""
    return load_scenarios(KINDS / f"{kind}.yaml")


def about(slug: str, clause: str) -> list[Scenario]:
    """All scenarios of a clause: the checklist's own, and cases of kinds that speak of it.

    They run together, so that the clause is compiled once.
    """
    found = list(of_checklist(slug).get(clause, ()))
    if slug == SPOKEN_OF:
        cases = [one for file in sorted(KINDS.glob("*.yaml")) for one in of_kind(file.stem)]
        found += [one for one in cases if one.text.rule is None and one.clause == clause]
    return found


def by_clause(scenarios: list[Scenario]) -> dict[str, list[Scenario]]:
    found: dict[str, list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        found[scenario.clause].append(scenario)
    return dict(found)


def run(scenarios: list[Scenario], slug: str) -> list[str]:
    """What the engine says otherwise than the scenarios."""
    return [
        str(problem)
        for scenario in scenarios
        for problem in run_scenario(scenario, the_checklist(slug), PROGRAMS)
    ]


def run_by_moment(scenarios: list[Scenario], slug: str) -> list[str]:
    """The same of scenarios of one clause, those as of one day judged together.

    Each stands under codes of its own, so that none has to do with another.
    """
    if ALONE:
        return run(scenarios, slug)
    moments: dict[tuple[object, object], list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        moments[scenario.text.as_of, scenario.text.year].append(scenario)
    return [str(one) for found in moments.values() for one in run_together(found, slug)]


def run_together(scenarios: list[Scenario], slug: str) -> list[Problem]:
    checklist, clause = the_checklist(slug), scenarios[0].clause
    models, rows = hand_made(scenarios, checklist), Rows()
    for number, model in enumerate(models):
        for code, found in under(f"{number}·", model.rows).items():
            rows.setdefault(code, []).extend(found)
    moment = models[0].moment
    result = evaluate(
        checklist,
        Snapshot.of_rows(rows),
        moment.today,
        year=moment.year,
        clauses=[clause],
        details=True,
        programs=PROGRAMS,
    )
    problems = []
    for number, (scenario, model) in enumerate(zip(scenarios, models, strict=True)):
        said = shown_of(result, f"{number}·{model.unit}")
        if said is not None:
            missing = frozenset(one.replace(f"{number}·", "") for one in said.missing)
            said = replace(said, missing=missing)
        problems += differences(scenario, said)
    return problems


def read(scenarios: list[Scenario], slug: str) -> list[str]:
    """What the readings say otherwise than the scenarios."""
    return [
        str(problem)
        for scenario in scenarios
        for problem in read_one(scenario, the_checklist(slug))
    ]


def read_one(scenario: Scenario, checklist: Checklist) -> list[Problem]:
    scope = scenario.scope(checklist)
    own = scenario.checklist(checklist)
    clause = next(clause for clause in own.clauses() if clause.id == scenario.clause)
    text = scenario.text
    world = World.of(
        {c: t.to_pylist() for c, t in scenario_snapshot(scenario, scope).tables.items()},
        text.as_of,
        text.year or text.as_of.year,
        own.thresholds.value,
        lambda name, day: [dict(row) for row in own.thresholds.table(name, day)],
        Allowed(own.names, own.thresholds.model_dump()),
    )
    outcome = read_clause(own.rule(clause), world).get(scenario.unit(scope))
    return differences(scenario, None if outcome is None else shown(outcome))


def shown(outcome: Outcome) -> Shown:
    measured = "" if outcome.num is None else str(outcome.num)
    return Shown(
        verdict=outcome.verdict,
        reason=outcome.reason,
        missing=frozenset(outcome.missing),
        measured=measured if outcome.den is None else f"{measured}/{outcome.den}",
        due=outcome.due,
        records=len(outcome.records),
    )


def with_own_rule(kind: str) -> list[Scenario]:
    """The cases of a kind that bring a rule of their own, as those of one no checklist uses do."""
    return [case for case in of_kind(kind) if case.text.rule is not None]


def slugs_and_clauses() -> list[tuple[str, str]]:
    return [(slug, clause.id) for slug in checklists() for clause in the_checklist(slug).clauses()]


def clauses_and_kinds() -> list[tuple[tuple[str, str], frozenset[str]]]:
    """Every clause as (checklist, id), with the kinds it is made of."""
    return [
        ((slug, clause.id), kinds_of(the_checklist(slug).rule(clause)))
        for slug in checklists()
        for clause in the_checklist(slug).clauses()
    ]
