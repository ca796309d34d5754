"""How scenarios are read: what may be left out, what stands for several rows, what is refused."""

from pathlib import Path
from typing import Any

import pytest
from tests.scenarios.shelves import PROGRAMS, of_kind, read_one, run_together, the_checklist

from tongrong.engine.scenarios import Scenario, load_scenarios, run_scenario, scenario_snapshot
from tongrong.vocabulary.errors import TongrongError
from tongrong.vocabulary.verdicts import Scope

HEAD = "- clause: 1.1.b\n  name: 一次\n  as_of: 2026-01-31\n  expect: met\n"
INLINE = """
- rule:
    kind: frequency
    scope: branch
    of: {ledger: talks}
    per: half_year
    at_least: study_sessions_per_quarter
  name: 自带规则
  as_of: 2026-06-30
  facts: {talks: [{talker: 张, listener: 王, talked_on: 2026-06-30}]}
  expect: EXPECTED
"""


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def read(text: str) -> list[Scenario]:
        file = tmp_path / "scenarios.yaml"
        file.write_text(text, encoding="utf-8")
        return load_scenarios(file)

    return read


def rows(scenario: Scenario, code: str, scope: Scope = Scope.ENTERPRISE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scenario_snapshot(scenario, scope)[code].to_pylist()
    return found


def test_the_default_world(load: Any) -> None:
    (scenario,) = load(HEAD)
    assert [row["number"] for row in rows(scenario, "enterprises")] == ["甲"]
    units = {row["number"]: row for row in rows(scenario, "party_organizations")}
    assert set(units) == {"上级党委", "甲党委", "甲一支部"}
    assert (units["甲党委"]["leads"], units["甲一支部"]["superior"]) == (True, "甲党委")
    features = {row["feature"]: row["value"] for row in rows(scenario, "enterprise_features")}
    assert (features["规模"], features["监督机构"]) == ("大型", "监事会")


def test_a_unit_of_a_known_number_is_changed_and_another_is_added(load: Any) -> None:
    text = HEAD + (
        "  features: {规模: 小型, 监督机构: null}\n"
        "  facts:\n"
        "    enterprises: [{number: 甲, founded_on: 2026-01-05}, {number: 乙}]\n"
    )
    (scenario,) = load(text)
    first, second = rows(scenario, "enterprises")
    assert (first["founded_on"].year, first["superior"], first["is_group"]) == (
        2026,
        "上级党委",
        True,
    )
    assert (second["number"], second["founded_on"].year, second["superior"]) == ("乙", 2000, None)
    features = {row["feature"]: row["value"] for row in rows(scenario, "enterprise_features")}
    assert features["规模"] == "小型"
    assert "监督机构" not in features


def test_a_list_stands_for_several_rows_and_nested_rows_go_with_each(load: Any) -> None:
    text = HEAD + (
        "  facts:\n"
        "    meetings:\n"
        "      - kind: [党委会, 党组会]\n"
        "        held_on: [2026-01-01, 2026-02-01]\n"
        "        agenda: [{topic: 党建工作}, {matter: 新厂}]\n"
        "        attendance: [{person: [张, 王], present: true}]\n"
    )
    (scenario,) = load(text)
    assert len({row["number"] for row in rows(scenario, "meetings")}) == 4
    assert {row["unit"] for row in rows(scenario, "meetings")} == {"甲"}
    items = rows(scenario, "agenda_items")
    assert [(row["item"], row["topic"]) for row in items[:2]] == [("1", "党建工作")] * 1 + [
        ("2", "党建工作")
    ]
    assert (len(items), len(rows(scenario, "attendance"))) == (8, 8)
    assert [row["number"] for row in rows(scenario, "persons")] == ["张", "王"]
    (matter,) = rows(scenario, "matters")
    assert (matter["number"], matter["category"], matter["unit"]) == ("新厂", "重大决策", "甲")


@pytest.mark.parametrize(
    ("scope", "posts", "positions", "budgets"),
    [
        (Scope.ENTERPRISE, "甲", "甲一支部", "甲"),
        (Scope.ORGANIZATION, "甲党委", "甲党委", "甲"),
        (Scope.BRANCH, "甲一支部", "甲一支部", "甲"),
        (Scope.SUPERIOR, "上级党委", "上级党委", "甲"),
    ],
)
def test_whose_record_it_is_follows_from_who_is_judged(
    load: Any, scope: Scope, posts: str, positions: str, budgets: str
) -> None:
    text = HEAD + "  facts: {posts: [{person: 张}], memberships: [{person: 张}], budgets: [{}]}\n"
    (scenario,) = load(text)
    assert rows(scenario, "posts", scope)[0]["unit"] == posts
    assert rows(scenario, "memberships", scope)[0]["unit"] == positions
    assert rows(scenario, "budgets", scope)[0]["unit"] == budgets
    assert rows(scenario, "budgets", scope)[0]["year"] == 2026


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("clause: 1.1.b\n", "1:1", "一串情形"),
        (HEAD.replace("expect: met", "expect: 好"), "4:3", "met"),
        (HEAD + "  expects: met\n", "5:3", "expects"),
        (HEAD.replace("2026-01-31", "2026-01-32"), "3:3", "as_of"),
        (HEAD + "  rule: {kind: frequency}\n", "1:3", "clause 或 rule"),
        (HEAD + "  facts: {meeting: []}\n", "5:11", "是否指 meetings"),
        (HEAD + "  facts: {meetings: 一次}\n", "5:11", "若干行"),
        (HEAD + "  facts: {meetings: [{heldon: 2026-01-01}]}\n", "5:23", "是否指 held_on"),
        (HEAD + "  facts: {meetings: [{held_on: 一月}]}\n", "5:23", "日期"),
        (HEAD + "  facts: {meetings: [{kind: 党委会}]}\n", "5:22", "写明 held_on"),
        (HEAD + "  facts: {posts: [{post: 书记, person: 张}]}\n", "5:20", "党委书记"),
        (HEAD + "  facts: {posts: [{post: 董事}]}\n", "5:19", "写明 person"),
        (
            HEAD + "  facts:\n    meetings: [{held_on: 2026-01-01, agenda: [{topik: 党建工作}]}]\n",
            "6:48",
            "是否指 topic",
        ),
        (HEAD + HEAD.replace("  name: 一次\n", ""), "5:3", "name"),
    ],
)
def test_a_mistake_is_reported_where_it_stands(
    load: Any, tmp_path: Path, text: str, place: str, said: str
) -> None:
    with pytest.raises(TongrongError) as refused:
        load(text)
    problem = refused.value.problems[0]
    assert problem.where == f"{tmp_path / 'scenarios.yaml'}:{place}"
    assert said in str(problem)


def test_every_mistake_of_a_file_is_reported_at_once(load: Any) -> None:
    with pytest.raises(TongrongError) as refused:
        load((HEAD + "  facts: {meetings: [{kind: 会, held_on: 一月}]}\n") * 2)
    assert len(refused.value.problems) == 4


def test_what_differs_is_reported_at_its_key_by_engine_and_reading(load: Any) -> None:
    text = (
        "- clause: 9.1.a\n  name: 全写错\n  as_of: 2026-03-31\n  expect: met\n  missing: []\n"
        "  measured: '1'\n  due: null\n  records: 1\n"
    )
    (scenario,) = load(text)
    checklist = the_checklist("442-2018")
    for problems in (run_scenario(scenario, checklist, PROGRAMS), read_one(scenario, checklist)):
        assert [problem.where.split(":")[-2] for problem in problems] == ["4", "5", "6", "7", "8"]
        assert {problem.code for problem in problems} == {"S010"}


def test_an_unknown_clause_and_an_unknown_unit_are_reported(load: Any) -> None:
    checklist = the_checklist("442-2018")
    (scenario,) = load(HEAD.replace("1.1.b", "1.1.z"))
    with pytest.raises(TongrongError, match=r"1\.1\.z"):
        run_scenario(scenario, checklist, PROGRAMS)
    (scenario,) = load(HEAD + "  unit: 丁\n")
    (problem,) = run_scenario(scenario, checklist, PROGRAMS)
    assert "没有判定" in str(problem)


def test_a_scenario_may_bring_its_own_rule(load: Any) -> None:
    checklist = the_checklist("442-2018")
    (scenario,) = load(INLINE.replace("EXPECTED", "met"))
    assert run_scenario(scenario, checklist, PROGRAMS) == []
    assert read_one(scenario, checklist) == []
    (scenario,) = load(INLINE.replace("EXPECTED", "unmet"))
    assert len(run_scenario(scenario, checklist, PROGRAMS)) == 1


def test_a_mistake_in_a_rule_is_reported_where_it_stands(load: Any, tmp_path: Path) -> None:
    (scenario,) = load(INLINE.replace("EXPECTED", "met").replace("half_year", "week"))
    with pytest.raises(TongrongError) as refused:
        run_scenario(scenario, the_checklist("442-2018"), PROGRAMS)
    assert refused.value.problems[0].where == f"{tmp_path / 'scenarios.yaml'}:6:5"


def test_a_case_of_a_kind_reads_as_any_other() -> None:
    assert len(of_kind("precedence")) > 20


def test_of_scenarios_judged_together_only_the_wrong_one_is_told(load: Any) -> None:
    """The first met, as it says; the second alike, but told to expect otherwise."""
    meeting = (
        "  facts: {meetings: [{kind: 党委会, held_on: 2026-01-09, agenda: [{topic: 党建工作}]}]}\n"
    )
    first = HEAD + meeting
    right, wrong = load(first + first.replace("expect: met", "expect: unmet"))
    assert run_together([right, right], "442-2018") == []
    (problem,) = run_together([right, wrong], "442-2018")
    assert (problem.where, problem.expected) == (wrong.where("expect"), "unmet")
