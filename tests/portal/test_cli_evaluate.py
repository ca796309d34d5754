"""`tongrong evaluate` on real files: the documented JSON, tables, workbooks, errors, exit codes."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from rich.cells import cell_len
from tests.builders import (
    a_branch,
    a_committee,
    a_meeting,
    a_member,
    a_person,
    a_post,
    a_talk,
    an_enterprise,
)
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.facts.to_parquet import write_parquet
from tongrong.facts.to_sheets import write_folder, write_workbook
from tongrong.vocabulary.verdicts import Verdict

KEYS = ["unit", "clause", "verdict", "measured", "required", "gap", "due", "missing", "records",
        "reason", "points"]  # fmt: skip


@pytest.fixture
def given(small_checklist: Path) -> tuple[str, ...]:
    return ("--checklist", str(small_checklist), "--as-of", "2026-05-20")


def test_the_json_is_what_was_worked_out_by_hand(
    tongrong: Run, given: tuple[str, ...], small_book: Path
) -> None:
    result = tongrong("evaluate", small_book, *given, "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found == small.VERDICTS
    assert all(list(one) == KEYS for one in found)
    assert {one["verdict"] for one in found} <= {verdict.value for verdict in Verdict}


@pytest.mark.parametrize("write", [write_folder, write_parquet])
def test_a_folder_says_the_same_as_the_workbook(
    write, tongrong: Run, given: tuple[str, ...], tmp_path: Path
) -> None:
    write(small.facts(), tmp_path / "台账")
    result = tongrong("evaluate", tmp_path / "台账", *given, "--format", "json")
    assert json.loads(result.stdout) == small.VERDICTS


def test_json_goes_to_a_file_and_says_so_elsewhere(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    result = tongrong("evaluate", small_book, *given, "--format", "json", "-o", "a.json")
    assert result.stdout == ""
    assert "7 条判定" in result.stderr
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == small.VERDICTS


def test_a_unit_alone(tongrong: Run, given: tuple[str, ...], small_book: Path) -> None:
    for name in ("ZB1", "第一支部"):
        result = tongrong("evaluate", small_book, *given, "--unit", name, "--format", "json")
        assert json.loads(result.stdout) == [small.VERDICTS[5]]


def test_parquet_has_the_same_rows(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    assert tongrong("evaluate", small_book, *given, "--format", "parquet").exit_code == 0
    table = pq.read_table(tmp_path / "判定-2026-05-20.parquet")
    rows = table.to_pylist()
    for row in rows:
        row["due"] = row["due"] and row["due"].isoformat()
    assert rows == small.VERDICTS
    assert table.schema.metadata[b"as_of"] == b"2026-05-20"


def test_the_workbook_has_verdicts_and_a_legend(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    assert tongrong("evaluate", small_book, *given, "--format", "xlsx").exit_code == 0
    book = CalamineWorkbook.from_path(tmp_path / "判定-2026-05-20.xlsx")
    head, *rows = book.get_sheet_by_name("判定").to_python()
    shown = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["判定"] for row in shown] == [
        "不达标", "不达标", "达标", "不达标", "不适用", "推进中", "缺数据"
    ]  # fmt: skip
    assert shown[0]["缺什么"] == "2026年3月、2026年5月"
    assert (shown[1]["实测"], shown[1]["应达"], shown[1]["差额"]) == ("10", "7\u20139", -1)
    assert shown[5]["缺什么"] == "2026年 某22"
    legend = book.get_sheet_by_name("图例").to_python()
    assert {row[1] for row in legend} >= {verdict.value for verdict in Verdict}


def test_the_table_rolls_up_and_lists_what_calls_for_action(
    tongrong: Run, given: tuple[str, ...], small_book: Path
) -> None:
    result = tongrong("evaluate", small_book, *given)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (first,) = [line for line in lines if line.strip().startswith("1 领导")]
    assert first.split()[2:] == ["✖", "不达标", "3", "1", "1"]
    (second,) = [line for line in lines if line.strip().startswith("2 支部")]
    assert second.split()[2:] == ["▨", "缺数据", "1"]
    assert "10，应7\u20139" in result.stdout
    assert max(map(cell_len, lines)) <= 100
    assert "\x1b" not in result.stdout


def test_an_enterprise_alone_shows_how_many_of_its_branches_are_met(
    tongrong: Run, given: tuple[str, ...], small_book: Path
) -> None:
    text = tongrong("evaluate", small_book, *given, "--unit", "QY1").stdout
    (line,) = [one for one in text.splitlines() if "0/2" in one]
    assert line.split()[:4] == ["2.1.a", "▨", "缺数据", "0/2"]
    assert "第二支部" in text


def test_a_parent_shows_separately_how_many_of_the_units_below_are_met(
    tongrong: Run, given: tuple[str, ...], tmp_path: Path
) -> None:
    """QY2 met every month and keeps no register of posts; its branch ZB3 talked to its member."""
    rows = {
        "enterprises": [an_enterprise("QY2", parent="QY1")],
        "party_organizations": [a_committee("DW2", of="QY2"), a_branch("ZB3", of="QY2")],
        "meetings": [a_meeting(f"H{m}", of="DW2", on=f"2026-0{m}-09") for m in range(1, 6)],
        "persons": [a_person("P23")],
        "memberships": [a_member("P23", of="ZB3")],
        "talks": [a_talk("P20", "P23", of="ZB3", on="2026-02-01")],
    }
    write_workbook(small.facts(**rows), tmp_path / "集团.xlsx")
    text = tongrong("evaluate", "集团.xlsx", *given, "--unit", "QY1").stdout
    own, _, below = text.partition("下级单位达标情况（2 个单位，不含本级")
    assert "0/2" in own, "its own branches, of which neither has talked to all"
    lines = [line.split() for line in below.partition("需要处理的判据")[0].splitlines()]
    assert ["1", "领导", "0/1", "1.2.a（0/1）", "1.2.b（0/1）", "1.3.a（0/1）"] in lines
    assert ["2", "支部", "1/1"] in lines
    assert "下级单位" not in tongrong("evaluate", "集团.xlsx", *given, "--unit", "QY2").stdout


def test_unmet_fails_only_where_asked(
    tongrong: Run, given: tuple[str, ...], small_book: Path
) -> None:
    words = ("evaluate", small_book, *given, "--format", "json", "--fail-on-unmet")
    assert tongrong(*words).exit_code == 1
    assert tongrong(*words, "--unit", "ZB1").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--as-of", "2026-02-30"), 2, "cli.day"),
        (("--year", "二六"), 2, "cli.year"),
        (("--year", "2027"), 2, "E010"),
        (("--unit", "ZB3"), 2, "是否应为 ZB2"),
        (("--checklist", "smal"), 2, "N004"),
        (("--format", "pdf"), 2, "--format 的值不对：pdf"),
        (("--as-off", "2026-05-20"), 2, "是否应为 --as-of"),
        (("--output", "没有/a.json"), 2, "cli.output"),
        (("--output", "."), 2, "cli.output"),
        (("--unit", ""), 2, "cli.unit"),
        (("--unit", " ZB3 "), 2, "单位：ZB3"),
        (("--unit",), 2, "--unit 后面要写一个值"),
        (("又一", "还有"), 2, "多出来的词：又一 还有"),
    ],
)
def test_a_wrong_word_is_told_with_its_remedy(
    words: tuple[str, ...], code: int, said: str, tongrong: Run, given: tuple[str, ...],
    small_book: Path,
) -> None:  # fmt: skip
    result = tongrong("evaluate", small_book, *given, *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "应为：" in result.stderr
    assert "办法：" in result.stderr
    assert "Traceback" not in result.output


def test_ledgers_are_never_written_over(
    tongrong: Run, given: tuple[str, ...], small_book: Path
) -> None:
    before = small_book.read_bytes()
    result = tongrong("evaluate", small_book, *given, "--format", "xlsx", "-o", small_book)
    assert (result.exit_code, small_book.read_bytes()) == (2, before)


def test_files_with_errors_are_refused_whole(
    tongrong: Run, given: tuple[str, ...], tmp_path: Path
) -> None:
    lost = a_post("P01", "董事", of="QY9")
    write_workbook(small.facts(posts=[lost]), tmp_path / "错.xlsx")
    result = tongrong("evaluate", "错.xlsx", *given)
    assert result.exit_code == 3
    assert "错.xlsx!任职!" in result.stderr
    assert "QY9" in result.stderr
    assert tongrong("evaluate", "没有.xlsx", *given).exit_code == 3


def test_an_unknown_command_names_the_nearest(tongrong: Run) -> None:
    result = tongrong("evalute")
    assert result.exit_code == 2
    assert "是否应为 evaluate" in result.stderr
    assert "norms --help" in tongrong("norms", "chek").stderr


@pytest.mark.parametrize("words", [(), ("--help",), ("evaluate", "--help"), ("demo", "--help")])
def test_help_names_the_exit_codes(words: tuple[str, ...], tongrong: Run) -> None:
    result = tongrong(*words)
    assert result.exit_code == 0
    assert "退出码：0" in result.stdout


def test_a_unit_that_no_longer_exists_is_refused_not_shown_as_faultless(
    tongrong: Run, given: tuple[str, ...], tmp_path: Path
) -> None:
    gone = a_branch("ZB4", of="QY1", dissolved_on="2026-05-01")
    write_workbook(small.facts(party_organizations=[gone]), tmp_path / "撤销.xlsx")
    result = tongrong("evaluate", "撤销.xlsx", *given, "--unit", "ZB4")
    assert result.exit_code == 3
    assert "2026-05-01起已撤销" in result.stderr
    assert "没有不达标" not in result.stdout
