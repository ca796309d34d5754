"""What is written to a workbook, CSV or Parquet reads back equal; every ledger has a sample."""

import datetime as dt
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.platform.sheets import snapshots, unequal

from tongrong.facts.check import check_references
from tongrong.facts.from_files import read_facts
from tongrong.facts.registry import LEDGERS
from tongrong.facts.samples import FOLDER, sample_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_parquet import write_parquet
from tongrong.facts.to_sheets import write_folder, write_template, write_workbook

WRITERS = {"台账.xlsx": write_workbook, "csv": write_folder, "parquet": write_parquet}


@pytest.mark.parametrize("name", WRITERS)
@given(snapshot=snapshots())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking 33 ledgers takes minutes
)
def test_any_snapshot_reads_back_equal(name: str, snapshot: Snapshot) -> None:
    with TemporaryDirectory() as folder:
        WRITERS[name](snapshot, Path(folder) / name)
        assert unequal(read_facts(Path(folder) / name), snapshot) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_samples_read_back_equal_with_their_rows(name: str, tmp_path: Path) -> None:
    WRITERS[name](sample_snapshot(), tmp_path / name)
    reading = read_facts(tmp_path / name)
    assert unequal(reading, sample_snapshot()) == []
    first = 1 if name == "parquet" else 2
    assert list(reading.sources["meetings"].rows) == [first, first + 1, first + 2]


def test_every_ledger_has_a_sample_of_one_to_three_rows() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(LEDGERS)
    snapshot = sample_snapshot()
    assert [code for code in LEDGERS if not 1 <= snapshot[code].num_rows <= 3] == []


def test_the_samples_refer_only_to_each_other() -> None:
    assert check_references(sample_snapshot()) == []


def test_a_sample_is_kept_as_its_columns_declare() -> None:
    """党费 typed as 2026年3月 and 10.5 元; a meeting at 14:30; 党组织把关 sorted."""
    snapshot = sample_snapshot()
    dues = snapshot["dues"].to_pylist()[1]
    assert (dues["month"], dues["paid"], dues["by_payroll"]) == (dt.date(2026, 3, 1), 1050, False)
    assert dues["record"] == "dues/ZB01|RY03|2026-03"
    assert snapshot["meetings"]["started_at"].to_pylist()[1] == 14 * 60 + 30
    assert snapshot["posts"]["steps"].to_pylist()[2] == "、确定标准、规范程序、参与考察、推荐人选、"
    assert snapshot["matters"]["amount"].to_pylist() == [1_200_000_000]
    assert snapshot["appraisals"]["status"].to_pylist() == ["有效", "草稿"]


def test_a_template_has_a_sheet_per_ledger_and_reads_as_no_facts(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx")
    reading = read_facts(tmp_path / "模板.xlsx")
    assert reading.snapshot.row_count == 0
    assert set(reading.sources) == set(LEDGERS)


def test_a_template_with_samples_reads_as_the_samples(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", with_samples=True)
    assert unequal(read_facts(tmp_path / "模板.xlsx"), sample_snapshot()) == []


def test_a_template_of_two_ledgers_has_only_these(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", ["dues", "meetings"], with_samples=True)
    reading = read_facts(tmp_path / "模板.xlsx")
    assert set(reading.sources) == {"dues", "meetings"}
    assert reading.snapshot.row_count == 5


def test_a_template_offers_choices_and_hides_its_workings(tmp_path: Path) -> None:
    """Drop-downs by defined name, two very-hidden sheets, notes on headings, frozen first row."""
    write_template(tmp_path / "模板.xlsx", ["dues"])
    with zipfile.ZipFile(tmp_path / "模板.xlsx") as parts:
        book = parts.read("xl/workbook.xml").decode()
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
        notes = parts.read("xl/comments1.xml").decode()
    assert book.count('state="veryHidden"') == 2
    assert '<definedName name="list.dues.category">_lists!$B$2:$D$2</definedName>' in book
    assert "<formula1>list.dues.category</formula1>" in sheet
    assert "<formula1>list.flag</formula1>" in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:K2"/>' in sheet
    assert "在职、离退休、定额" in notes


def test_equal_facts_give_equal_workbooks(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(sample_snapshot(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
