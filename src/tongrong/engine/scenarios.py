"""Scenarios: what must come out of facts worked out by hand, in domain words.

A scenario names a clause of a checklist (or gives an inline `rule:` of its own, as a new kind
does that no checklist uses yet), the day, the facts and what is expected:

    - clause: 1.1.b
      name: 三月没有研究
      as_of: 2026-04-15
      facts:
        meetings: [{kind: 党委会, held_on: [2026-01-05, 2026-02-05, 2026-04-05], agenda: [{topic: 党建工作}]}]
      expect: unmet
      missing: [2026-03]
      measured: 3/4
      due: 2026-05-31
      records: 3

`missing`, `measured`, `due` (empty: none), `records` (how many were counted) and `reason` are
compared where they are given. `facts` are rows by ledger code, see `scenario_facts`.
"""  # noqa: E501 a scenario is shown as it is written

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from tongrong.engine.cells import REASONS
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.programs import Programs
from tongrong.engine.run import Evaluation, evaluate
from tongrong.engine.scenario_facts import Facts, FactsReader
from tongrong.engine.scenario_world import USUAL, USUAL_UNIT, world
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist, ChecklistText, Strict
from tongrong.norms.from_files import pydantic_problems
from tongrong.norms.located import Located, Route, read_yaml
from tongrong.vocabulary.errors import Problem, TongrongError, refuse
from tongrong.vocabulary.verdicts import Reason, Scope, Severity, Verdict

INLINE = "0.0.a"
"""The id a scenario's own rule goes by."""

SHOWS_DENOMINATOR = ("ratio", "trend", "deadline")


class ScenarioText(Strict):
    """The keys of a scenario."""

    clause: str | None = None
    rule: dict[str, Any] | None = None
    name: str
    as_of: dt.date
    year: int | None = None
    unit: str | None = None
    features: Mapping[str, str | None] = Field(default_factory=dict)
    facts: Mapping[str, Any] = Field(default_factory=dict)
    expect: Verdict
    reason: Reason | None = None
    missing: list[str] | None = None
    measured: str | None = None
    due: dt.date | None = None
    records: int | None = None


@dataclass(frozen=True)
class Scenario:
    """One scenario, read and typed. `lines` is its length in the file."""

    text: ScenarioText
    facts: Facts = field(repr=False)
    lines: int
    at: Located = field(repr=False)
    route: Route = field(repr=False)

    @property
    def clause(self) -> str:
        """The id of the clause it speaks of."""
        return self.text.clause or INLINE

    @property
    def name(self) -> str:
        """What happens, in a few words; unique among the scenarios of its clause."""
        return self.text.name

    def where(self, *inside: str | int) -> str:
        """`file:line:column` of the scenario or of a key inside it."""
        return self.at.where((*self.route, *inside))

    def checklist(self, checklist: Checklist) -> Checklist:
        """The checklist; for an inline rule one of that rule alone, with its terms and numbers."""
        return checklist if self.text.rule is None else _of_rule(self, checklist)

    def scope(self, checklist: Checklist) -> Scope:
        """Who is judged. Raises TongrongError (S005) for a clause the checklist has not."""
        for clause in self.checklist(checklist).clauses():
            if clause.id == self.clause:
                return clause.scope
        raise refuse("S005", self.where("clause"), self.clause, "清单中的判据编号", "改用其中之一")

    def unit(self, scope: Scope) -> str:
        """The code of the unit judged."""
        return self.text.unit or USUAL_UNIT[scope]


@dataclass(frozen=True)
class Shown:
    """What a verdict shows, as a scenario speaks of it; `measured` as `num` or `num/den`."""

    verdict: Verdict
    reason: Reason
    missing: frozenset[str]
    measured: str
    due: dt.date | None
    records: int


def load_scenarios(path: Path) -> list[Scenario]:
    """The scenarios of a file, in order.

    Raises TongrongError with every problem found, each at file:line:column.
    """
    at = read_yaml(path)
    if not isinstance(at.data, list):
        raise refuse(
            "S001", at.where(()), str(at.data)[:40], "一串情形，每条以“- ”开头", "改写成列表"
        )
    problems: list[Problem] = []
    found = []
    for number, raw in enumerate(at.data):
        text = _parse(raw, at, (number,), problems)
        if text is None:
            continue
        usual = FactsReader(at, text.as_of.year, text.clause or INLINE, USUAL)
        usual.read(text.facts, (number, "facts"))
        problems += usual.problems
        found.append(Scenario(text, usual.rows, _lines(at, number), at, (number,)))
    if problems:
        raise TongrongError(problems)
    return found


def _parse(raw: Any, at: Located, route: Route, problems: list[Problem]) -> ScenarioText | None:
    try:
        text = ScenarioText.model_validate(raw)
    except ValidationError as error:
        problems += pydantic_problems(error, at, route)
        return None
    if (text.clause is None) == (text.rule is None):
        where = at.where(route)
        problems.append(
            Problem("S002", where, text.name, "写 clause 或 rule 之一", "补上或删去一个")
        )
    return text


def _lines(at: Located, number: int) -> int:
    """From the line a scenario starts on to the last one it says something on.

    What an alias stands for was written earlier and is not counted again.
    """
    lines = [line for route, (line, _) in at.positions.items() if route[:1] == (number,)]
    return max(lines) - at.positions[(number,)][0] + 1


def _of_rule(scenario: Scenario, checklist: Checklist) -> Checklist:
    rule = {
        "id": INLINE,
        "words": [scenario.name],
        "reading": "情形自带的规则",
        "strength": "must",
        **(scenario.text.rule or {}),
    }
    indicator = {"id": "0.0", "text": scenario.name, "clauses": [rule]}
    item = {"id": "0", "title": scenario.name, "indicators": [indicator]}
    data = {
        "checklist": checklist.slug,
        "title": checklist.title,
        "in_force": {"from": checklist.text.in_force.since},
        "adopted_on": checklist.text.adopted_on,
        "terms": checklist.text.terms,
        "sections": [{"id": "一", "title": scenario.name, "items": [item]}],
    }
    inside: Route = ("sections", 0, "items", 0, "indicators", 0, "clauses", 0)
    start = (*scenario.route, "rule")
    positions = {
        (*inside, *route[len(start) :]): place
        for route, place in scenario.at.positions.items()
        if route[: len(start)] == start
    }
    at = Located(scenario.at.file, data, positions)
    try:
        text = ChecklistText.model_validate(data)
    except ValidationError as error:
        raise TongrongError(pydantic_problems(error, at)) from None
    return Checklist(checklist.folder, text, at, checklist.thresholds)


def scenario_snapshot(scenario: Scenario, scope: Scope) -> Snapshot:
    """The facts of a scenario in its default world, for a clause of this scope."""
    return world(scenario.facts, scenario.text.features, scope, scenario.unit(scope))


def run_scenario(
    scenario: Scenario, checklist: Checklist, programs: Programs | None = None
) -> list[Problem]:
    """What the engine says otherwise than the scenario expects; nothing where they agree.

    Raises TongrongError for a clause the checklist has not, or a rule that does not read.
    """
    scope = scenario.scope(checklist)
    result = evaluate(
        scenario.checklist(checklist),
        scenario_snapshot(scenario, scope),
        scenario.text.as_of,
        year=scenario.text.year,
        clauses=[scenario.clause],
        details=True,
        programs=programs,
    )
    return differences(scenario, shown_of(result, scenario.unit(scope)))


def shown_of(result: Evaluation, unit: str) -> Shown | None:
    """What an evaluation of one clause shows of a unit; None where it gives no verdict."""
    verdicts = _of_unit(result.verdicts, unit)
    if not verdicts:
        return None
    (row,) = verdicts
    (bound,) = result.clauses
    missing = [label for found in _of_unit(result.missing, unit) for label in found["missing"]]
    records = [record for found in _of_unit(result.records, unit) for record in found["records"]]
    return Shown(
        verdict=Severity(row["severity"]).verdict,
        reason=REASONS[row["reason"]],
        missing=frozenset(missing),
        measured=measured_text(row, bound),
        due=row["due"],
        records=len(records),
    )


def _of_unit(table: Any, unit: str) -> list[dict[str, Any]]:
    return [row for row in table.to_pylist() if row["unit"] == unit]


def measured_text(row: Mapping[str, Any], bound: BoundClause) -> str:
    """What a row of verdicts measured, as `num` or `num/den`."""
    if row["num"] is None:
        return ""
    kind = next(part.rule.kind for part in bound.parts if part.index == row["part"])
    whole = row["single"] and (row["den"] is None or kind not in SHOWS_DENOMINATOR)
    return f"{row['num']}" if whole else f"{row['num']}/{row['den']}"


def differences(scenario: Scenario, shown: Shown | None) -> list[Problem]:
    """A problem at the key of every expectation that what is shown does not meet."""
    text = scenario.text
    if shown is None:
        return [_differs(scenario, "expect", "没有判定", text.expect.value)]
    pairs: Sequence[tuple[str, Any, Any]] = (
        ("expect", shown.verdict.value, text.expect.value),
        ("reason", shown.reason.value, text.reason and text.reason.value),
        ("missing", sorted(shown.missing), sorted(set(text.missing or ()))),
        ("measured", shown.measured, text.measured),
        ("due", shown.due, text.due),
        ("records", shown.records, text.records),
    )
    return [
        _differs(scenario, key, found, wanted)
        for key, found, wanted in pairs
        if key in text.model_fields_set and found != wanted
    ]


def _differs(scenario: Scenario, key: str, found: Any, wanted: Any) -> Problem:
    return Problem(
        "S010",
        scenario.where(key),
        f"{scenario.clause} {scenario.name}：{key} 得 {found}",
        str(wanted),
        "核对情形与规则：以清单原文和 spec 为准",
    )
