"""五不公开: no output of the command line tells of a unit abroad unless --cleared is given."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from tests.builders import (
    a_branch,
    a_committee,
    a_feature,
    a_meeting,
    a_member,
    a_person,
    an_enterprise,
)
from tests.portal import small
from tests.portal.conftest import Run, as_process

from tongrong.facts.to_sheets import write_workbook

ABROAD = ("QY9", "海外公司", "DW9", "海外党委", "ZB9", "海外支部", "P99", "某九九")
"""Codes and names of the enterprise abroad, its organizations and its member."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small enterprise with a subsidiary abroad that breaks every clause."""
    rows = {
        "enterprises": [an_enterprise("QY9", name="海外公司", parent="QY1")],
        "enterprise_features": [a_feature("境外企业", "是", of="QY9")],
        "party_organizations": [
            a_committee("DW9", of="QY9", name="海外党委", superior="DW1"),
            a_branch("ZB9", of="QY9", name="海外支部", superior="DW9"),
        ],
        "persons": [a_person("P99", name="某九九")],
        "memberships": [a_member("P99", of="ZB9")],
        "meetings": [a_meeting("HY99", of="DW9", on="2026-01-15")],
    }
    path = tmp_path_factory.mktemp("facts") / "集团.xlsx"
    write_workbook(small.facts(**rows), path)
    return path


@pytest.fixture
def given(small_checklist: Path, book: Path) -> tuple[object, ...]:
    return (book, "--checklist", small_checklist, "--as-of", "2026-05-20")


def shown(result_file: Path) -> str:
    """Everything a workbook or Parquet file of verdicts says."""
    if result_file.suffix == ".parquet":
        table = pq.read_table(result_file)
        return f"{table.to_pylist()} {table.schema.metadata}"
    found = CalamineWorkbook.from_path(result_file)
    return str([found.get_sheet_by_name(name).to_python() for name in found.sheet_names])


@pytest.mark.parametrize("form", ["table", "json", "xlsx", "parquet"])
def test_no_output_names_a_unit_abroad(form: str, tongrong: Run, given: tuple[object, ...]) -> None:
    said = {}
    for cleared in ((), ("--cleared",)):
        result = tongrong("evaluate", *given, "--format", form, "--force", *cleared)
        assert result.exit_code == 0, result.output
        file = Path(f"判定-2026-05-20.{form}")
        said[cleared] = result.output + (shown(file) if file.exists() else "")
    assert [word for word in ABROAD if word in said[()]] == []
    assert "QY1" in said[()]
    assert "QY9" in said["--cleared",]


def test_the_units_below_do_not_count_a_unit_abroad(
    tongrong: Run, given: tuple[object, ...]
) -> None:
    without = tongrong("evaluate", *given, "--unit", "QY1").stdout
    assert "下级单位" not in without
    assert "2 个单位" in tongrong("evaluate", *given, "--unit", "QY1", "--cleared").stdout


@pytest.mark.parametrize("command", ["explain", "evaluate"])
def test_a_unit_abroad_is_refused_like_an_unknown_one(
    command: str, tongrong: Run, given: tuple[object, ...]
) -> None:
    book, *norms = given
    words = {
        "explain": ("explain", "{}", "1.1.a", "--facts", book, *norms),
        "evaluate": ("evaluate", book, *norms, "--unit", "{}"),
    }[command]
    refused = [
        tongrong(*(str(word).format(unit) for word in words)) for unit in ("海外公司", "没有此公司")
    ]
    assert [one.exit_code for one in refused] == [2, 2]
    hidden, unknown = (one.stderr for one in refused)
    assert hidden.replace("海外公司", "—") == unknown.replace("没有此公司", "—")
    cleared = tongrong(*(str(word).format("QY9") for word in words), "--cleared")
    assert cleared.exit_code == 0, cleared.output
    assert "海外公司" in cleared.stdout


def test_an_export_leaves_units_abroad_out_unless_cleared(
    env: dict[str, str], book: Path, tmp_path: Path
) -> None:
    """The enterprise abroad is in the database; of it and its member a file has no trace."""
    assert as_process("import", book, env=env, cwd=tmp_path).returncode == 0
    for words, file in (((), "公开.xlsx"), (("--cleared",), "全部.xlsx")):
        result = as_process("export", file, *words, env=env, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        assert not any(one in result.stdout + result.stderr for one in ABROAD)
        text = shown(tmp_path / file)
        assert [one for one in ABROAD if one in text] == (list(ABROAD) if words else [])
        assert ("没有导出" in result.stderr) is not bool(words)


def test_a_record_of_a_unit_abroad_is_refused_like_an_unknown_one(
    env: dict[str, str], book: Path, tmp_path: Path
) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = as_process(*words, env=env, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    assert run("import", str(book))[0] == 0
    refused = run("history", "HY99")
    assert (refused[0], "record.unknown" in refused[1]) == (2, True)
    assert run("history", "HY98")[1].replace("HY98", "HY99") == refused[1]
    assert run("withdraw", "HY99", "--reason", "试") == refused
    assert run("correct", "HY99", "--set", "form=线上", "--reason", "试") == refused
    code, told = run("history", "HY99", "--cleared")
    assert (code, "DW9" in told) == (0, True)
    erasure = ("--reason", "本人申请", "--basis", "收文7号")
    assert run("erase", "P99", *erasure)[1] == run("erase", "P98", *erasure)[1].replace("98", "99")
    code, told = run("erase", "P99", *erasure, "--cleared")
    assert (code, "人员 1 版" in told) == (0, True)
    code, told = run("verify")
    assert (code, "全部相符" in told) == (0, True)
