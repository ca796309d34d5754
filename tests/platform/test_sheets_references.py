"""Every code referred to is in the files or known already; spans and trees make sense."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.builders import (
    Row,
    a_branch,
    a_committee,
    a_feature,
    a_person,
    a_scale,
    a_talk,
    an_enterprise,
)
from tests.platform.rows import rows_of_all
from tests.platform.sheets import a_workbook, sample_cells

from tongrong.facts.check import check_references, check_sense
from tongrong.facts.directory import Known
from tongrong.facts.from_files import read_facts
from tongrong.facts.ledger import Holds
from tongrong.facts.ledgers.organization import FEATURE_VALUES
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

PERSONS = [a_person("RY01"), a_person("RY02")]


def talks(unit: str) -> list[Row]:
    return [a_talk("RY01", "RY02", of=unit, on="2026-03-18")]


def knowing(codes: Mapping[str, set[str]]) -> Known:
    """Who knows these codes, by ledger."""
    return lambda code, texts: codes.get(code, set()) & {*texts}


def test_a_lost_reference_names_its_cell_and_the_nearest_code(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "台账.xlsx",
        {
            "联系点调研": sample_cells("visits", 联系点编号="LX02"),
            "党建工作联系点": sample_cells("contact_points"),
        },
    )
    reading = read_facts(path)
    known = {"party_organizations": {"DZ01"}, "persons": {"RY03"}, "enterprises": {"QY02"}}
    (problem,) = check_references(reading.snapshot, knowing(known), reading.sources)
    assert (problem.where, problem.found) == ("台账.xlsx!联系点调研!A2", "LX02")
    assert problem.code == "facts.reference.unknown"
    assert "“党建工作联系点”" in problem.expected
    assert "是否应为“LX01”？" in problem.remedy


def test_without_files_a_lost_reference_names_the_record() -> None:
    snapshot = Snapshot.of_rows({"talks": talks("DZ01"), "persons": PERSONS})
    (problem,) = check_references(snapshot)
    assert problem.where == "talks/RY01|RY02|2026-03-18|谈心谈话!单位编号"
    assert "“企业”或“党组织”" in problem.expected


def test_a_unit_is_an_enterprise_or_a_party_organization() -> None:
    rows = {
        "persons": PERSONS,
        "enterprises": [an_enterprise("QY01")],
        "party_organizations": [a_committee("DZ01", of="QY01")],
    }
    for unit in ("QY01", "DZ01"):
        assert check_references(Snapshot.of_rows({**rows, "talks": talks(unit)})) == []


def test_known_codes_and_empty_references_are_no_problem() -> None:
    snapshot = Snapshot.of_rows({"talks": talks("DZ09"), "persons": PERSONS})
    assert check_references(snapshot, knowing({"party_organizations": {"DZ09"}})) == []
    assert check_references(Snapshot.of_rows({"enterprises": [an_enterprise("QY01")]})) == []


def test_a_code_of_both_an_enterprise_and_a_party_organization_is_refused() -> None:
    """A meeting of unit A1 could be either's."""
    alike = Snapshot.of_rows({"party_organizations": [a_committee("QY01", of=None)]})
    (problem,) = check_references(alike, knowing({"enterprises": {"QY01"}}))
    assert problem.code == "facts.reference.ambiguous"
    assert problem.where == "party_organizations/QY01!党组织编号"


def test_every_reference_points_at_a_ledger_with_one_key() -> None:
    for ledger in LEDGERS.values():
        for name, reference in ledger.references().items():
            assert reference.to == "units" or len(LEDGERS[reference.to].keys()) == 1, name


# ---- spans and trees

SPANS = [
    (code, ledger.time.start, ledger.time.end)
    for code, ledger in LEDGERS.items()
    if isinstance(ledger.time, Holds) and ledger.time.end
]


@pytest.mark.parametrize(("code", "start", "end"), SPANS)
def test_a_state_of_any_ledger_does_not_end_before_it_begins(
    code: str, start: str, end: str
) -> None:
    def problems(days: int, status: str = "有效") -> list[str]:
        row = rows_of_all(2)[code][1]
        row |= {end: row[start] + dt.timedelta(days=days), "status": status}
        return [problem.code for problem in check_sense(Snapshot.of_rows({code: [row]}))]

    assert problems(-1) == ["facts.span.reversed"]
    assert problems(0) == problems(1) == problems(-1, "撤回") == []


def test_an_end_before_the_start_names_its_cell_and_how_to_mend_it(tmp_path: Path) -> None:
    cells = sample_cells("enterprises", 设立日期="2020-05-01", 注销日期="2019-05-01")
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {"企业": cells}))
    (problem,) = check_sense(reading.snapshot, reading.sources)
    column = chr(ord("A") + cells[0].index("注销日期"))
    assert (problem.where, problem.found) == (f"台账.xlsx!企业!{column}2", "2019-05-01")
    assert problem.expected == "“注销日期”不早于“设立日期”（2020-05-01）"
    assert "核对这两个日期" in problem.remedy


def organizations(**above: str | None) -> Snapshot:
    rows = [a_branch(code, of=None, superior=superior) for code, superior in above.items()]
    return Snapshot.of_rows({"party_organizations": rows})


def test_an_organization_above_itself_is_refused_at_each_of_its_cells() -> None:
    for given, places in (
        ({"DZ1": "DZ1"}, ["DZ1"]),
        ({"DZ1": "DZ2", "DZ2": "DZ3", "DZ3": "DZ1", "DZ4": "DZ1"}, ["DZ1", "DZ2", "DZ3"]),
        ({"DZ1": None, "DZ2": "DZ1", "DZ3": "DZ2"}, []),
    ):
        problems = check_sense(organizations(**given))
        assert {problem.code for problem in problems} <= {"facts.tree.cycle"}
        where = [f"party_organizations/{code}!上级党组织编号" for code in places]
        assert [problem.where for problem in problems] == where


def test_a_file_does_not_close_a_circle_with_what_is_recorded() -> None:
    """DZ1 under DZ2 is recorded; the file puts DZ2 under DZ1, or mends both at once."""
    known = {("party_organizations", "superior"): {"DZ1": "DZ2"}}
    (problem,) = check_sense(organizations(DZ2="DZ1"), known=known)
    assert problem.found == "DZ2 → DZ1 → DZ2"
    assert check_sense(organizations(DZ2="DZ1", DZ1=None), known=known) == []


OVERRIDE = a_feature("规模", "中型", of="QY01")
FIGURES = a_scale("35", 20, 300, of="QY01", on="2025-12-31")


def sizes(override: Row, **rows: list[Row]) -> Snapshot:
    return Snapshot.of_rows({"enterprise_features": [override], **rows})


def test_a_size_recorded_against_figures_needs_a_reason() -> None:
    (problem,) = check_sense(sizes(OVERRIDE, enterprise_scale=[FIGURES]))
    assert problem.code == "facts.size.reason"
    assert problem.where == "enterprise_features/QY01|规模|2000-01-01!依据或理由"
    assert (problem.found, "“企业规模数据”" in problem.expected) == ("QY01：中型", True)


def test_figures_recorded_elsewhere_ask_for_the_reason_too() -> None:
    (problem,) = check_sense(sizes(OVERRIDE), counted=["QY01"])
    assert problem.code == "facts.size.reason"


@pytest.mark.parametrize(
    ("override", "figures"),
    [
        (OVERRIDE | {"reason": "集团批复"}, [FIGURES]),
        (OVERRIDE | {"status": "撤回"}, [FIGURES]),
        (OVERRIDE | {"feature": "行业门类", "value": "M"}, [FIGURES]),
        (OVERRIDE, [FIGURES | {"unit": "QY02"}]),
        (OVERRIDE, [FIGURES | {"status": "草稿"}]),
    ],
)
def test_no_other_size_is_asked_for_a_reason(override: Row, figures: list[Row]) -> None:
    assert check_sense(sizes(override, enterprise_scale=figures)) == []


def test_a_feature_written_in_other_words_than_its_own_is_refused(tmp_path: Path) -> None:
    cells = sample_cells("enterprise_features", 属性="规模", 属性值="大形")
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {"企业属性": cells}))
    (problem,) = check_sense(reading.snapshot, reading.sources)
    assert (problem.where, problem.found) == ("台账.xlsx!企业属性!D2", "大形")
    assert problem.expected == "“规模”写作 大型、中型、小型、微型 之一"
    assert problem.remedy == "改写属性值；是否应为“大型”？"


@pytest.mark.parametrize("feature", FEATURE_VALUES)
def test_every_feature_takes_its_own_words_and_no_others(feature: str) -> None:
    def found(value: str, **more: str) -> list[str]:
        row = a_feature(feature, value, of="QY1", **more)
        snapshot = Snapshot.of_rows({"enterprise_features": [row]})
        return [problem.found for problem in check_sense(snapshot)]

    assert [one for value in FEATURE_VALUES[feature] for one in found(value)] == []
    assert found("别的") == ["别的"]
    assert found("别的", status="撤回") == []


def test_a_class_metrics_are_set_for_is_written_as_the_feature_is(tmp_path: Path) -> None:
    cells = sample_cells("metric_sets", 适用的企业类别="公益")
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {"评价指标体系": cells}))
    (problem,) = check_sense(reading.snapshot, reading.sources)
    assert (problem.where, problem.found) == ("台账.xlsx!评价指标体系!D2", "公益")
    assert problem.expected == "“功能类别”写作 商业一类、商业二类、公益类 之一"
    assert problem.remedy == "改写适用的企业类别；是否应为“公益类”？"
