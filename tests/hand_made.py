"""Groups made by hand: the facts of scenarios, under codes of their own and in other years.

A scenario's verdict was worked out by hand and is decided more often than not, so what is
changed a little from it stays near what its clause turns on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.calendar_edges import Moment
from tests.drawn_values import Rows
from tests.read_by_clauses import Row

from tongrong.engine.scenarios import Scenario, scenario_snapshot
from tongrong.facts.columns import Code, Column, Reference
from tongrong.facts.ledger import RECORD
from tongrong.facts.registry import LEDGERS
from tongrong.norms.checklist import Checklist
from tongrong.vocabulary.verdicts import Verdict

DECIDED = (Verdict.MET, Verdict.UNMET)


@dataclass(frozen=True)
class HandMade:
    """The facts of a scenario, of which clause and unit it speaks, when, and what it expects."""

    clause: str
    unit: str
    moment: Moment
    expect: Verdict
    rows: Rows


def hand_made(scenarios: Iterable[Scenario], checklist: Checklist) -> list[HandMade]:
    """The scenarios as groups."""
    return [_of(scenario, checklist) for scenario in scenarios]


def _of(scenario: Scenario, checklist: Checklist) -> HandMade:
    text, scope = scenario.text, scenario.scope(checklist)
    moment = Moment(text.as_of, text.year or text.as_of.year)
    tables = scenario_snapshot(scenario, scope).tables
    rows = {
        code: [{name: value for name, value in row.items() if name != RECORD} for row in found]
        for code, table in tables.items()
        if (found := table.to_pylist())
    }
    return HandMade(scenario.clause, scenario.unit(scope), moment, text.expect, rows)


def covering(models: Sequence[HandMade]) -> dict[Moment, list[HandMade]]:
    """A few moments, and models as of them that show each clause met and unmet if any do."""
    left = {(model.clause, model.expect) for model in models if model.expect in DECIDED}
    by_moment: dict[Moment, dict[tuple[str, Verdict], HandMade]] = {}
    for model in models:
        by_moment.setdefault(model.moment, {}).setdefault((model.clause, model.expect), model)
    found = {}
    while left:
        moment = max(by_moment, key=lambda one: len(left & by_moment[one].keys()))
        found[moment] = [by_moment[moment][key] for key in by_moment[moment] if key in left]
        left -= by_moment[moment].keys()
    return found


def under(prefix: str, rows: Rows) -> Rows:
    """The rows with every code, and every reference to one, under a prefix."""
    codes = {row[name] for name, row in _coded(rows)}
    return {
        code: [
            {
                name: _named(prefix, name, LEDGERS[code].columns.get(name), value, codes)
                for name, value in row.items()
            }
            for row in found
        ]
        for code, found in rows.items()
    }


def _coded(rows: Rows) -> Iterable[tuple[str, Row]]:
    for code, found in rows.items():
        for name, column in LEDGERS[code].columns.items():
            if isinstance(column, Code):
                yield from ((name, row) for row in found)


def _named(prefix: str, name: str, column: Column | None, value: Any, codes: set[Any]) -> Any:
    if value is None:
        return None
    if name == "member":
        words = value.split("/")
        return "/".join(f"{prefix}{word}" if word in codes else word for word in words)
    return f"{prefix}{value}" if isinstance(column, Code | Reference) else value
