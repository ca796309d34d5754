"""Every code referred to is in the files or known already."""

from pathlib import Path

from tests.builders import Row, a_committee, a_person, a_talk, an_enterprise
from tests.platform.sheets import a_workbook, sample_cells

from tongrong.facts.check import check_references
from tongrong.facts.from_sheets import read_workbook
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

PERSONS = [a_person("RY01"), a_person("RY02")]


def talks(unit: str) -> list[Row]:
    return [a_talk("RY01", "RY02", of=unit, on="2026-03-18")]


def test_a_lost_reference_names_its_cell_and_the_nearest_code(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "台账.xlsx",
        {
            "联系点调研": sample_cells("visits", 联系点编号="LX02"),
            "党建工作联系点": sample_cells("contact_points"),
        },
    )
    reading = read_workbook(path)
    known = {"party_organizations": {"DZ01"}, "persons": {"RY03"}, "enterprises": {"QY02"}}
    (problem,) = check_references(reading.snapshot, known, reading.sources)
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
    assert check_references(snapshot, {"party_organizations": {"DZ09"}}) == []
    assert check_references(Snapshot.of_rows({"enterprises": [an_enterprise("QY01")]})) == []


def test_a_code_of_both_an_enterprise_and_a_party_organization_is_refused() -> None:
    """A meeting of unit A1 could be either's."""
    alike = Snapshot.of_rows({"party_organizations": [a_committee("QY01", of=None)]})
    (problem,) = check_references(alike, {"enterprises": {"QY01"}})
    assert problem.code == "facts.reference.ambiguous"
    assert problem.where == "party_organizations/QY01!党组织编号"


def test_every_reference_points_at_a_ledger_with_one_key() -> None:
    for ledger in LEDGERS.values():
        for name, reference in ledger.references().items():
            assert reference.to == "units" or len(LEDGERS[reference.to].keys()) == 1, name
