"""Every code referred to is in the files or known already."""

import datetime as dt
from pathlib import Path
from typing import Any

from tests.platform.sheets import a_workbook, sample_cells

from tongrong.facts.check import check_references
from tongrong.facts.from_sheets import read_workbook
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

TALK = {"talker": "RY01", "listener": "RY02", "talked_on": dt.date(2026, 3, 18), "kind": "谈心谈话"}
PERSONS = [{"number": "RY01", "name": "样例甲"}, {"number": "RY02", "name": "样例乙"}]
ENTERPRISE = {
    "number": "QY01",
    "name": "样例",
    "is_group": False,
    "founded_on": dt.date(2001, 1, 1),
}
ORGANIZATION = {
    "number": "DZ01",
    "name": "样例党委",
    "kind": "党委",
    "leads": True,
    "founded_on": dt.date(2001, 7, 1),
}


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
    snapshot = Snapshot.of_rows({"talks": [TALK | {"unit": "DZ01"}], "persons": PERSONS})
    (problem,) = check_references(snapshot)
    assert problem.where == "talks/RY01|RY02|2026-03-18|谈心谈话!单位编号"
    assert "“企业”或“党组织”" in problem.expected


def test_a_unit_is_an_enterprise_or_a_party_organization() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": PERSONS,
        "enterprises": [ENTERPRISE],
        "party_organizations": [ORGANIZATION],
    }
    for unit in ("QY01", "DZ01"):
        assert check_references(Snapshot.of_rows({**rows, "talks": [TALK | {"unit": unit}]})) == []


def test_known_codes_and_empty_references_are_no_problem() -> None:
    snapshot = Snapshot.of_rows({"talks": [TALK | {"unit": "DZ09"}], "persons": PERSONS})
    assert check_references(snapshot, {"party_organizations": {"DZ09"}}) == []
    assert check_references(Snapshot.of_rows({"enterprises": [ENTERPRISE]})) == []


def test_a_code_of_both_an_enterprise_and_a_party_organization_is_refused() -> None:
    """A meeting of unit A1 could be either's."""
    alike = Snapshot.of_rows({"party_organizations": [ORGANIZATION | {"number": "QY01"}]})
    (problem,) = check_references(alike, {"enterprises": {"QY01"}})
    assert problem.code == "facts.reference.ambiguous"
    assert problem.where == "party_organizations/QY01!党组织编号"


def test_every_reference_points_at_a_ledger_with_one_key() -> None:
    for ledger in LEDGERS.values():
        for name, reference in ledger.references().items():
            assert reference.to == "units" or len(LEDGERS[reference.to].keys()) == 1, name
