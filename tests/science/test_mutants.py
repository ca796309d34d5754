"""Injected off-by-one errors: each is caught by a case worked by hand, and by the readings.

A mutant changes one piece of the engine's text. Where that piece is no longer there the test
fails too, and wants the mutant put in its new place.
"""

import inspect
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.read_by_clauses import Read
from tests.science.agreement import batches, disagreements, rules_of, the_checklist

from tongrong.engine import cells, dues, moment, parameters, population, selection
from tongrong.engine.kinds import precedence
from tongrong.engine.programs import Programs
from tongrong.engine.scenarios import load_scenarios, run_scenario
from tongrong.vocabulary import periods

SLUG = "442-2018"
GROUPS = 960


@dataclass(frozen=True)
class Mutant:
    """A piece of a function changed, the clause it shows in, and a case worked by hand."""

    name: str
    module: ModuleType
    function: str
    text: str
    changed: str
    clause: str
    case: str


MUTANTS = (
    Mutant(
        "at least is read as more than",
        cells, "reached", '"k"] >= den', '"k"] > den',
        "9.1.a",
        "{as_of: 2026-04-10, expect: pending, "
        "facts: {meetings: [{unit: 甲党委, kind: 中心组学习, held_on: 2026-02-01}]}}",
    ),
    Mutant(
        "a month ends a day early",
        periods, "month_end", "monthrange(year, month)[1]", "monthrange(year, month)[1] - 1",
        "11.1.f",
        "{as_of: 2026-01-30, expect: at_risk, due: 2026-01-31}",
    ),
    Mutant(
        "the year ends a day early",
        moment, "Moment.year_last", "12, 31", "12, 30",
        "1.3.b",
        "{as_of: 2026-12-31, expect: pending, "
        "facts: {discipline_cases: [{closed_on: 2026-12-31, inquiries: 当事人责任}]}}",
    ),
    Mutant(
        "the period of a year ends a day early",
        periods, "periods_of", "month_end(year, start + length - 1)",
        "month_end(year, start + length - 1).replace(day=30)",
        "9.4.b",
        "{as_of: 2026-12-30, expect: at_risk, due: 2026-12-31}",
    ),
    Mutant(
        "half the days of a month are not enough",
        population, "_long_enough", '* 2 >= rows["days"]', '* 2 > rows["days"]',
        "11.3.a",
        "{as_of: 2026-02-28, unit: 甲一支部, expect: unmet, "
        "facts: {memberships: [{person: 张, from_on: 2026-02-15}]}}",
    ),
    Mutant(
        "half the days of a month in two spans are not enough",
        population, "_enough_days", '* 2 >= held["days"]', '* 2 > held["days"]',
        "11.3.a",
        "{as_of: 2026-02-28, unit: 甲一支部, expect: unmet, "
        "facts: {memberships: [{person: 张, from_on: 2026-02-15, until_on: 2026-02-20}, "
        "{person: 张, from_on: 2026-02-20}]}}",
    ),
    Mutant(
        "the warning comes a day early",
        parameters, "_periods", "> period.due_by - warning", ">= period.due_by - warning",
        "9.1.a",
        "{as_of: 2026-03-16, expect: pending}",
    ),
    Mutant(
        "a due day that has come is still open",
        cells, "severity_by_day", "due <= clock", "due < clock",
        "11.3.c",
        "{as_of: 2026-02-28, expect: unmet, facts: {appraisals: [{person: 张, year: 2025, "
        "appraised_on: 2025-08-31, grade: 不合格}]}}",
    ),
    Mutant(
        "a post is still held on the day it ends",
        selection, "at_day", 'stop"] > day', 'stop"] >= day',
        "2.5.a",
        "{as_of: 2026-03-01, expect: met, facts: {posts: [{person: 赵, post: 副总经理}, "
        "{person: 赵, post: 董事, until_on: 2026-03-01}]}}",
    ),
    Mutant(
        "an end on D is not known yet",
        selection, "known_end", "end <= clock", "end < clock",
        "12.2.c",
        "{as_of: 2026-03-01, expect: unmet, facts: {positions: [{unit: 甲一支部, "
        "kind: 学习宣传栏, from_on: 2020-01-01, until_on: 2026-03-01}]}}",
    ),
    Mutant(
        "a state that began on a period's first day does not count for it",
        population, "_by_span", 'start"] <= frame["first"]', 'start"] < frame["first"]',
        "12.3.b",
        "{as_of: 2026-03-31, expect: unmet, "
        "facts: {contact_points: [{person: 张, enterprise: 甲, from_on: 2026-01-01}]}}",
    ),
    Mutant(
        "half a 分 is rounded down",
        dues, "payments", "1000 + 499", "1000 + 500",
        "11.3.a",
        "{as_of: 2026-01-31, unit: 甲一支部, expect: unmet, facts: {memberships: [{person: 张, "
        "from_on: 2020-01-01}], dues: [{person: 张, month: 2026-01, category: 在职, base: 101, "
        "paid: 0.5, paid_on: 2026-01-10}]}}",
    ),
    Mutant(
        "a study at the very minute of the decision came before it",
        precedence, "Precedence.cells", 'e_high"] < pairs', 'e_high"] <= pairs',
        "2.2.b",
        "{as_of: 2026-02-01, expect: unmet, facts: {matters: [{number: 甲事, category: 重大决策}], "
        "meetings: [{kind: 党委会, held_on: 2026-01-09, started_at: 09:00, agenda: [{matter: 甲事, "
        "outcome: 建议同意}]}, {kind: 董事会, held_on: 2026-01-09, started_at: 09:00, "
        "agenda: [{matter: 甲事, outcome: 决定通过}]}]}}",
    ),
)  # fmt: skip

every_mutant = pytest.mark.parametrize("mutant", MUTANTS, ids=[m.name for m in MUTANTS])


def inject(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the changed function wherever the original is known by name."""
    holder: Any = mutant.module
    *owners, name = mutant.function.split(".")
    for owner in owners:
        holder = getattr(holder, owner)
    original = vars(holder)[name]
    text = inspect.getsource(getattr(original, "fget", original))
    assert text.count(mutant.text) == 1, f"{mutant.name}: {mutant.text} is not where it was"
    made: dict[str, Any] = {}
    changed = textwrap.dedent(text).replace(mutant.text, mutant.changed)
    exec(changed, vars(mutant.module), made)  # noqa: S102 the repository's own text
    monkeypatch.setattr(holder, name, made[name])
    for module in [m for n, m in sys.modules.items() if n.startswith("tongrong.")]:
        if vars(module).get(name) is original:
            monkeypatch.setattr(module, name, made[name])


def problems_by_hand(mutant: Mutant, folder: Path) -> list[str]:
    """What the engine says otherwise than the case worked by hand."""
    file = folder / "case.yaml"
    file.write_text(f'- {{clause: {mutant.clause}, name: "", {mutant.case[1:]}\n', "utf-8")
    (scenario,) = load_scenarios(file)
    return [str(problem) for problem in run_scenario(scenario, the_checklist(SLUG), Programs())]


@every_mutant
def test_a_case_worked_by_hand_catches_it(
    mutant: Mutant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems_by_hand(mutant, tmp_path) == []
    inject(mutant, monkeypatch)
    assert problems_by_hand(mutant, tmp_path) != []


@every_mutant
def test_the_readings_catch_it(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    inject(mutant, monkeypatch)
    read, programs = Read.by([rules_of(SLUG)[mutant.clause]]), Programs()
    assert any(
        disagreements(the_checklist(SLUG), groups, moment, [mutant.clause], programs)[1]
        for moment, groups in batches(mutant.clause, read, GROUPS)
    ), f"no group shows that {mutant.name}"
