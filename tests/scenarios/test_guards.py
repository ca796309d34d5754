"""Scenarios are complete, short and plain; what is missing is named."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.scenarios import occurring
from tests.scenarios.shelves import (
    KINDS,
    LONGEST,
    SPOKEN_OF,
    of_checklist,
    of_kind,
    the_checklist,
)

from tongrong.engine.from_norms import bind
from tongrong.engine.scenarios import Scenario, load_scenarios, scenario_snapshot
from tongrong.facts.check import check_references
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import checklists
from tongrong.vocabulary.verdicts import Verdict

every_checklist = pytest.mark.parametrize("slug", checklists())


def all_scenarios() -> list[tuple[str, Scenario]]:
    """Every scenario with the checklist it speaks of."""
    return [
        *((slug, one) for slug in checklists() for of in of_checklist(slug).values() for one in of),
        *((SPOKEN_OF, one) for kind in sorted(KINDS.glob("*.yaml")) for one in of_kind(kind.stem)),
    ]


def lacking(checklist: Checklist, scenarios: Iterable[Scenario]) -> list[str]:
    """Verdicts a clause can give and no scenario shows, as `clause verdict`."""
    found = {(one.clause, one.text.expect) for one in scenarios}
    everybodys = len(checklist.text.applies)
    shared = {
        clause.id: 0 if getattr(clause, "exempt", False) else everybodys
        for clause in checklist.clauses()
    }
    bounds = bind(checklist, dt.date(2026, 6, 30))
    return list(occurring.lacking(bounds, shared, found))


def too_long(scenarios: Iterable[Scenario]) -> list[str]:
    return [f"{one.where()} {one.lines}" for one in scenarios if one.lines > LONGEST]


@every_checklist
def test_every_clause_has_a_met_and_an_unmet_scenario_and_a_pending_one_where_time_runs(
    slug: str,
) -> None:
    scenarios = [one for found in of_checklist(slug).values() for one in found]
    least = tuple(f" {verdict}" for verdict in (Verdict.MET, Verdict.UNMET, Verdict.PENDING))
    assert [one for one in lacking(the_checklist(slug), scenarios) if one.endswith(least)] == []


CANNOT = {
    "16.1.a no_data": "without features no enterprise has a class, and that is unmet",
    "3.1.b not_applicable": "every legal form there is may be recorded",
    "4.2.a not_applicable": "every legal form there is may be recorded",
}


def test_every_verdict_a_clause_can_give_has_a_scenario() -> None:
    """Of the checklist the product is for, each of the seven wherever it can occur."""
    scenarios = [one for found in of_checklist(SPOKEN_OF).values() for one in found]
    assert set(lacking(the_checklist(SPOKEN_OF), scenarios)) == set(CANNOT)


@every_checklist
def test_scenarios_speak_of_clauses_there_are(slug: str) -> None:
    known = {clause.id for clause in the_checklist(slug).clauses()}
    assert set(of_checklist(slug)) <= known


def test_a_missing_scenario_is_named(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.yaml"
    file.write_text(
        "- {clause: 1.1.a, name: 有, as_of: 2026-06-30, expect: met}\n"
        "- {clause: 2.3.a, name: 有, as_of: 2026-06-30, expect: met}\n",
        encoding="utf-8",
    )
    found = lacking(the_checklist("442-2018"), load_scenarios(file))
    assert {"1.1.a unmet", "1.1.a pending", "2.3.a unmet", "6.1.b pending"} <= set(found)
    assert not {"1.1.a met", "2.3.a met", "2.3.a pending"} & set(found)


def test_no_scenario_is_longer_than_fifteen_lines() -> None:
    assert too_long(one for _, one in all_scenarios()) == []


def test_a_long_scenario_is_seen(tmp_path: Path) -> None:
    head = (
        "- clause: 1.1.b\n  name: 长\n  as_of: 2026-01-31\n  expect: met\n  facts:\n    meetings:\n"
    )
    file = tmp_path / "scenarios.yaml"
    file.write_text(head + "      - {held_on: 2026-01-01}\n" * 9, encoding="utf-8")
    assert too_long(load_scenarios(file)) == []
    file.write_text(head + "      - {held_on: 2026-01-01}\n" * 10, encoding="utf-8")
    assert too_long(load_scenarios(file)) == [f"{file}:1:3 16"]


def test_a_scenario_has_a_name_of_its_own() -> None:
    for scenarios in [*map(of_checklist, checklists())]:
        for clause, found in scenarios.items():
            names = [one.name for one in found]
            assert len(set(names)) == len(names), f"{clause}: {names}"


def test_cases_of_a_kind_speak_of_clauses_that_use_it() -> None:
    for file in sorted(KINDS.glob("*.yaml")):
        for scenario in of_kind(file.stem):
            checklist = scenario.checklist(the_checklist(SPOKEN_OF))
            (bound,) = bind(checklist, scenario.text.as_of, {scenario.clause})
            kinds = {part.rule.kind for part in bound.parts}
            assert file.stem in kinds, f"{scenario.where()} {scenario.clause}: {kinds}"


def test_the_facts_are_such_as_a_workbook_could_hold() -> None:
    """Every code referred to exists; no two rows are the same record."""
    for slug, scenario in all_scenarios():
        snapshot = scenario_snapshot(scenario, scenario.scope(the_checklist(slug)))
        assert check_references(snapshot) == [], scenario.where()
        for code, table in snapshot.tables.items():
            records = table["record"].to_pylist()
            twice = {record for record in records if records.count(record) > 1}
            assert not twice, f"{scenario.where()} {code}: {twice}"
