"""The verdicts planted in the demo come out, by the engine and by the slow readings."""

import datetime as dt
import functools
import os
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.science.told import People, Rows, differing, told_by, told_by_reading

from tongrong.engine.readings.clause import read_subject
from tongrong.engine.readings.world import Allowed, World
from tongrong.engine.run import evaluate
from tongrong.facts.demo import AS_OF, STORIES, Story, demo_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity, Verdict

EVERY_DAY = "TONGRONG_DIFFERENTIAL" in os.environ
COMPLETE = set(range(1, 18))
"""Items of the checklist that are told whole."""

WANTING = (Verdict.UNMET, Verdict.AT_RISK, Verdict.NO_DATA)
"""Verdicts whose stories give a reason that is compared."""


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_checklist("442-2018")


@pytest.fixture(scope="module")
def demo() -> Snapshot:
    return demo_snapshot()


@pytest.fixture(scope="module")
def judged(checklist: Checklist, demo: Snapshot) -> Callable[[dt.date], Rows]:
    """What the engine says of the demo on a day, computed once a day."""

    @functools.cache
    def on(day: dt.date) -> Rows:
        return told_by(evaluate(checklist, demo, day, details=True))

    return on


@pytest.fixture(scope="module")
def verdicts(judged: Callable[[dt.date], Rows]) -> Rows:
    return judged(AS_OF)


@pytest.fixture(scope="module")
def people() -> People:
    """Whom stories mean by {书记} or {DZB04-9}."""
    return People()


@pytest.fixture(scope="module")
def world(checklist: Checklist, demo: Snapshot) -> Callable[[dt.date], World]:
    """The demo on a day as the slow readings see it, built once a day.

    They look through all dues for every member and month, so dues of branches that no story
    tells of are left out: what is another branch's changes no verdict.
    """
    tables = {code: table.to_pylist() for code, table in demo.tables.items()}
    told = {story.unit for story in STORIES if story.clause == "11.3.a"}
    tables["dues"] = [row for row in tables["dues"] if row["unit"] in told]
    numbers = checklist.thresholds

    @functools.cache
    def on(day: dt.date) -> World:
        return World.of(
            tables,
            day,
            day.year,
            numbers.value,
            lambda name, then: [dict(row) for row in numbers.table(name, then)],
            Allowed(checklist.names, numbers.model_dump()),
        )

    return on


def label(story: Story) -> str:
    return f"{story.unit}-{story.clause}" + (f"-{story.day}" if story.day != AS_OF else "")


@pytest.mark.parametrize("story", STORIES, ids=label)
def test_a_planted_story_comes_out(
    story: Story, judged: Callable[[dt.date], Rows], people: People
) -> None:
    told = judged(story.day)[story.unit, story.clause]
    assert told["verdict"] == story.verdict, story.why
    assert differing(story, told, people) == {}, story.why


@pytest.mark.parametrize("story", STORIES, ids=label)
def test_the_reading_tells_it_too(
    story: Story, checklist: Checklist, world: Callable[[dt.date], World], people: People
) -> None:
    rule = next(checklist.rule(one) for one in checklist.clauses() if one.id == story.clause)
    outcome = read_subject(rule, world(story.day), story.unit)
    assert outcome.verdict == story.verdict, story.why
    assert differing(story, told_by_reading(rule, outcome), people) == {}, story.why


@pytest.mark.parametrize("story", [one for one in STORIES if one.verdict in WANTING], ids=label)
def test_a_story_of_what_is_wanting_says_why(story: Story) -> None:
    assert story.lacking or story.measured or story.reason, story.why
    assert bool(story.due) == (story.verdict is Verdict.AT_RISK), story.why
    assert bool(story.reason) == (story.verdict is Verdict.NO_DATA), story.why


@pytest.mark.parametrize("seed", [1, 2026])
def test_chance_changes_no_story(seed: int, checklist: Checklist) -> None:
    """On the day of most stories, by `make differential` on all days."""
    snapshot = demo_snapshot(seed)
    for day in sorted({story.day for story in STORIES}) if EVERY_DAY else [AS_OF]:
        told = {(s.unit, s.clause): s.verdict for s in STORIES if s.day == day}
        run = evaluate(checklist, snapshot, day, details=True)
        found = {
            (row["unit"], row["clause"]): Severity(row["severity"]).verdict
            for row in run.verdicts.to_pylist()
        }
        assert {key: found[key] for key in told} == told, day


def untold(checklist: Checklist) -> dict[str, set[Verdict]]:
    """By clause, the verdicts no story tells: met, and unmet or, of a may clause, not taken up."""
    told = {(story.clause, story.verdict) for story in STORIES}
    found = {}
    for clause in checklist.clauses():
        may = checklist.rule(clause)["strength"] == "may"
        wanted = {Verdict.MET, Verdict.NOT_APPLICABLE if may else Verdict.UNMET}
        lacking = {verdict for verdict in wanted if (clause.id, verdict) not in told}
        if lacking:
            found[clause.id] = lacking
    return found


def test_every_clause_of_a_complete_item_is_met_by_one_and_missed_by_another(
    checklist: Checklist,
) -> None:
    """The items whose clauses all have both stories; this list grows to all seventeen."""
    lacking = untold(checklist)
    assert {c: v for c, v in lacking.items() if item_of(c) in COMPLETE} == {}


def test_stories_tell_of_every_kind(checklist: Checklist) -> None:
    told = {story.clause for story in STORIES}
    rules = [checklist.rule(clause) for clause in checklist.clauses()]
    assert kinds([rule for rule in rules if rule["id"] in told]) == kinds(rules)


def kinds(rules: list[Mapping[str, Any]]) -> set[str]:
    """The kinds of the clauses' parts."""
    parts = [part for rule in rules for part in rule.get("parts", [rule])]
    return {part["kind"] for part in parts}


def test_the_group_looks_lifelike(verdicts: Rows) -> None:
    """Mostly green, some blue and yellow for what is running, a few red, hardly any grey."""
    told = {key: row for key, row in verdicts.items() if item_of(key[1]) in COMPLETE}
    shares = Counter(row["verdict"] for (unit, _), row in told.items() if unit == "QY00")
    assert shares[Verdict.MET] > sum(shares.values()) / 2
    assert 2 <= shares[Verdict.UNMET] <= 5
    assert shares[Verdict.PENDING] + shares[Verdict.AT_RISK] >= 3
    assert shares[Verdict.NO_DATA] == 0
    grey = sum(row["verdict"] == Verdict.NO_DATA for row in told.values())
    assert grey <= len(told) // 25


def item_of(clause: str) -> int:
    """The number of the item a clause belongs to."""
    return int(clause.partition(".")[0])
