"""Two versions of a checklist in force one after the other: old periods are judged by the old."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.builders import a_committee, a_document, a_group_company, a_meeting
from tests.compiled import PROGRAMS
from tests.read_by_clauses import Read
from tests.science.agreement import batches, disagreements, the_checklist, with_new_numbers
from tests.science.test_norms_problems import CHECKLIST, THRESHOLDS, a_checklist
from tests.science.versions import Edit, as_version, family_changed_on, raw_clauses, without

from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explain import Explainer
from tongrong.findings.from_engine import findings_of
from tongrong.findings.rollup import rolled_up
from tongrong.norms.family import Family
from tongrong.norms.from_files import load_family
from tongrong.vocabulary.errors import TongrongError

TWICE = THRESHOLDS.replace('value: "1"', 'value: "2"')
STATE = """\
              - id: 1.1.b
                words: 党委每月研究党建工作
                reading: 议事规则有效。
                scope: enterprise
                strength: must
                kind: document
                type: 党委会议事规则
"""


def write(home: Path, slug: str, in_force: str, text: str, thresholds: str = THRESHOLDS) -> None:
    """A version of the family 小 in a folder of its own."""
    a_checklist(home / slug, text, thresholds)
    (home / slug / "tiny").rename(home / f"{slug}-folder")
    (home / slug).rmdir()
    (home / f"{slug}-folder").rename(home / slug)
    file = home / slug / "checklist.yaml"
    said = text.replace("checklist: tiny", f"checklist: {slug}\nversion_of: 小")
    file.write_text(said.replace("{from: 2018-01-01}", in_force), encoding="utf-8")


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """One meeting a month until 2026-06-30, two from 2026-07-01 on; the new one has a state too."""
    write(tmp_path, "small-2018", "{from: 2018-01-01}", CHECKLIST)
    write(tmp_path, "small-2026", "{from: 2026-07-01}", CHECKLIST + STATE, TWICE)
    return load_family("小", tmp_path)


def facts(*held_on: str, **more: Any) -> Snapshot:
    """Enterprise 甲, whose committee met on these days."""
    return Snapshot.of_rows(
        {
            "enterprises": [a_group_company("甲")],
            "party_organizations": [a_committee("甲党委", of="甲")],
            "meetings": [a_meeting(day, of="甲党委", on=day) for day in held_on],
            **more,
        }
    )


def judged(family: Family, snapshot: Snapshot, as_of: str, year: int | None = None) -> Evaluation:
    return evaluate(
        family, snapshot, dt.date.fromisoformat(as_of), year=year, details=True, programs=PROGRAMS
    )


def cells(run: Evaluation, clause: str = "1.1.a") -> dict[str, int]:
    """The severity of each period of a clause."""
    parts = {p.index for one in run.clauses if one.clause.id == clause for p in one.parts}
    assert run.cells is not None
    rows = [row for row in run.cells.to_pylist() if row["part"] in parts]
    assert len({row["period"] for row in rows}) == len(rows), "a period judged twice"
    return {row["period"]: row["severity"] for row in rows}


MEETINGS = ("2026-05-05", "2026-06-05", "2026-07-05", "2026-08-05", "2026-08-06")


def test_a_month_is_judged_by_the_version_of_its_last_day(family: Family) -> None:
    """May and June need one meeting and have it; July needs two and has one; August has two."""
    found = cells(judged(family, facts(*MEETINGS), "2026-08-31"))
    assert found == {"2026-01": 6, "2026-02": 6, "2026-03": 6, "2026-04": 6,
                     "2026-05": 1, "2026-06": 1, "2026-07": 6, "2026-08": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "clauses"),
    [("2026-06-30", {"1.1.a"}), ("2026-07-01", {"1.1.a", "1.1.b"})],
)
def test_a_state_is_judged_by_the_version_in_force_on_the_day(
    family: Family, as_of: str, clauses: set[str]
) -> None:
    found = judged(family, facts(*MEETINGS), as_of).verdicts.to_pylist()
    assert {row["clause"] for row in found} == clauses


def test_the_finding_adds_up_both_versions(family: Family) -> None:
    """Of eight months judged three are satisfied; September runs, so it is due by its end."""
    run = judged(family, facts(*MEETINGS, "2026-09-05"), "2026-09-10")
    (finding, state) = findings_of(run, facts(*MEETINGS, "2026-09-05"))
    assert (finding.clause, finding.verdict.value, str(finding.due)) == (
        "1.1.a", "unmet", "2026-09-30",
    )  # fmt: skip
    assert list(finding.missing) == [f"2026-0{n}" for n in (1, 2, 3, 4, 7, 9)]
    assert len(finding.records) == len(MEETINGS) + 1
    assert state.verdict.value == "unmet"


def test_the_year_before_is_judged_by_the_version_of_then(family: Family) -> None:
    days = [f"2025-{month:02}-10" for month in range(1, 13)]
    run = judged(family, facts(*days), "2026-09-10", year=2025)
    assert cells(run) == {f"2025-{month:02}": 1 for month in range(1, 13)}
    assert [row["severity"] for row in run.verdicts.to_pylist() if row["clause"] == "1.1.a"] == [1]


@pytest.mark.parametrize(
    ("as_of", "due"),
    [("2026-05-20", "2026-06-30"), ("2026-06-10", "2026-07-31"), ("2026-06-30", "2026-07-31"),
     ("2026-07-01", "2026-07-31")],
)  # fmt: skip
def test_the_next_due_day_is_looked_for_in_the_version_that_follows(
    family: Family, as_of: str, due: str
) -> None:
    days = [f"2026-{month:02}-01" for month in range(1, 7)]
    run = judged(family, facts(*days), as_of)
    (row,) = [row for row in run.verdicts.to_pylist() if row["clause"] == "1.1.a"]
    assert str(row["due"]) == due


def test_a_clause_the_new_version_dropped_is_judged_for_its_own_months() -> None:
    """The old clause counts from January to June of 2026, and in 2027 not at all."""
    real = the_checklist("442-2018")
    family = family_changed_on(dt.date(2026, 7, 1), real, real, without("1.1.b"))
    run = evaluate(family, facts(), dt.date(2026, 9, 10), clauses=["1.1.b"], details=True)
    assert list(cells(run, "1.1.b")) == [f"2026-{month:02}" for month in range(1, 7)]
    assert "1.1.b" in {clause.id for clause in run.checklist.clauses()}
    rolled = rolled_up(run.checklist, findings_of(run, facts()), facts())
    assert [clause.clause.id for unit in rolled for item in unit.items for clause in item.clauses()]
    told = Explainer(run, facts()).explain("甲", "1.1.b")
    assert told.parts[0].label == "旧 2000-01-01至2026-06-30"
    later = evaluate(family, facts(), dt.date(2027, 2, 10), clauses=["1.1.b"], details=True)
    assert later.verdicts.num_rows == 0


def test_the_explanation_tells_the_numbers_of_each_version(family: Family) -> None:
    snapshot = facts(*MEETINGS)
    told = Explainer(judged(family, snapshot, "2026-08-31"), snapshot).explain("甲", "1.1.a")
    assert [(one.label, one.thresholds[0].value) for one in told.parts] == [
        ("", "2"), ("small-2018 2018-01-01至2026-06-30", "1"),
    ]  # fmt: skip
    july = next(one for one in told.parts[0].cells if one.period == "2026-07")
    assert (july.measured, july.lacking) == ("1", 1)
    assert [one.lacking for one in told.parts[1].cells] == [1, 1, 1, 1, None, None]


def test_a_version_by_its_own_name_judges_alone(family: Family, tmp_path: Path) -> None:
    old = load_family("small-2018", tmp_path)
    found = cells(judged(old, facts(*MEETINGS), "2026-08-31"))
    assert found["2026-07"] == 1
    new = cells(judged(load_family("small-2026", tmp_path), facts(*MEETINGS), "2026-08-31"))
    assert set(new) == {"2026-07", "2026-08"}
    assert len(family.versions) == 2


def test_a_day_before_the_first_version_is_refused(family: Family) -> None:
    with pytest.raises(TongrongError) as raised:
        judged(family, facts(), "2017-12-31")
    (problem,) = raised.value.problems
    assert problem.code == "N031"
    assert problem.expected == "small-2018 2018-01-01至2026-06-30；small-2026 2026-07-01起"


@pytest.mark.parametrize("old", ["{from: 2018-01-01, to: 2026-07-01}", "{from: 2026-07-01}"])
def test_two_versions_in_force_on_one_day_are_refused(tmp_path: Path, old: str) -> None:
    write(tmp_path, "small-2018", old, CHECKLIST)
    write(tmp_path, "small-2026", "{from: 2026-07-01}", CHECKLIST)
    with pytest.raises(TongrongError) as raised:
        load_family("小", tmp_path)
    (problem,) = raised.value.problems
    assert problem.code == "N030"
    assert problem.where.startswith(str(tmp_path / "small-2018" / "checklist.yaml:4:"))


def test_between_two_versions_no_period_is_judged(tmp_path: Path) -> None:
    """The old one ended in March, the new one begins in July: April to June are nobody's."""
    write(tmp_path, "small-2018", "{from: 2018-01-01, to: 2026-03-31}", CHECKLIST)
    write(tmp_path, "small-2026", "{from: 2026-07-01}", CHECKLIST, TWICE)
    found = cells(judged(load_family("小", tmp_path), facts(), "2026-08-31"))
    assert set(found) == {"2026-01", "2026-02", "2026-03", "2026-07", "2026-08"}


# --- engine and readings -----------------------------------------------------------------


def per(clause: str, period: str) -> Edit:
    return lambda data: raw_clauses(data)[clause].update(per=period)


def put(clause: str, **keys: str) -> Edit:
    return lambda data: raw_clauses(data)[clause].update(keys)


CHANGES: dict[str, tuple[str, Edit]] = {
    "only numbers": ("1.1.b", lambda _: None),
    "month to quarter": ("1.1.b", per("1.1.b", "quarter")),
    "quarter to month": ("9.1.a", per("9.1.a", "month")),
    "year to half-year": ("1.3.a", per("1.3.a", "half_year")),
    "dropped": ("11.1.f", without("11.1.f")),
    "must to may": ("2.2.c", put("2.2.c", strength="may")),
    "must to should": ("11.1.b", put("11.1.b", strength="should")),
    "branch to organization": ("11.1.c", put("11.1.c", scope="organization")),
    "coverage": ("9.2.c", lambda _: None),
    "several parts": ("11.1.h", lambda _: None),
    "several years": ("2.4.b", lambda _: None),
    "a window": ("9.3.c", lambda _: None),
    "a ratio of a year": ("11.2.a", lambda _: None),
    "dues": ("11.3.a", lambda _: None),
    "a state": ("6.2.b", lambda _: None),
    "due days": ("9.3.a", lambda _: None),
    "closed years": ("12.1.a", lambda _: None),
    "mixed": ("9.5.a", lambda _: None),
}


@pytest.mark.parametrize(("clause", "edit"), CHANGES.values(), ids=list(CHANGES))
def test_engine_and_readings_agree_on_two_versions(clause: str, edit: Edit) -> None:
    real = the_checklist("442-2018")
    rule = next(real.rule(one) for one in real.clauses() if one.id == clause)
    for moment, groups in batches(f"versions {clause}", Read.by([rule]), 16):
        for day in (dt.date(moment.year, 7, 1), dt.date(moment.year, 5, 11), moment.today):
            newer = with_new_numbers(real, dt.date(2019, 1, 1))
            family = family_changed_on(day, real, newer, edit)
            said = disagreements(family, groups, moment, [clause], PROGRAMS)[1]
            assert said == [], (moment, day)


def test_a_family_of_one_judges_as_its_only_version() -> None:
    real = the_checklist("442-2018")
    alone = Family.of("族", [as_version(real, "442-2018", dt.date(2018, 1, 1), None)])
    day = dt.date(2026, 9, 25)
    for clause in ("1.1.b", "12.1.a", "2.4.b"):
        one, other = (
            evaluate(norms, facts(), day, clauses=[clause], details=True, programs=PROGRAMS)
            for norms in (real, alone)
        )
        assert one.verdicts.to_pylist() == other.verdicts.to_pylist()


def test_a_rule_written_by_the_old_term_keeps_its_words(family: Family) -> None:
    """A document of the state clause is told; nothing of the old version is asked for it."""
    rules = [a_document("GZ1", "党委会议事规则", of="甲党委")]
    snapshot = facts(*MEETINGS, documents=rules)
    found = {
        one.clause: one for one in findings_of(judged(family, snapshot, "2026-08-31"), snapshot)
    }
    assert found["1.1.b"].verdict.value == "met"
