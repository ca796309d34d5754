"""`tongrong evaluate` on a sheet that gives points: the table, JSON, Parquet and the workbook."""

import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from tests.builders import a_row
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.facts.to_sheets import write_workbook

SCORED = """\
                points: "10"
                deduct: {each: missing, points: "1.5"}
"""


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The small checklist, its months (1.1.a), seats (1.2.a) and talks (2.1.a) worth ten points."""
    folder = small.write_checklist(tmp_path_factory.mktemp("norms"))
    file = folder / "checklist.yaml"
    text = file.read_text(encoding="utf-8")
    for rule in ("kind: frequency", "kind: coverage", "at_least: seats_least"):
        line = f"                {rule}\n"
        assert text.count(line) == 1
        text = text.replace(line, SCORED + line)
    file.write_text(text, encoding="utf-8")
    return ("--checklist", str(folder), "--as-of", "2026-05-20")


# 1.1.a: March is lost, May still open; 1.2.a: ten persons, one more than nine;
# ZB1: one member still to talk with; ZB2: no register.
POINTS = {
    ("QY1", "1.1.a"): {"of": "10", "least": "7", "most": "8.5"},
    ("QY1", "1.2.a"): {"of": "10", "least": "8.5", "most": "8.5"},
    ("ZB1", "2.1.a"): {"of": "10", "least": "8.5", "most": "10"},
    ("ZB2", "2.1.a"): {"of": "10", "least": "0", "most": "10"},
}


def test_json_has_the_points_as_exact_text(
    tongrong: Run, scored: tuple[str, ...], small_book: Path
) -> None:
    found = json.loads(tongrong("evaluate", small_book, *scored, "--format", "json").stdout)
    assert {(one["unit"], one["clause"]): one["points"] for one in found if one["points"]} == POINTS


def test_a_justified_shortfall_takes_nothing_off(
    tongrong: Run, scored: tuple[str, ...], tmp_path: Path
) -> None:
    reason = a_row(
        "justifications", unit="QY1", clause="1.2.a", approved_on="2026-05-01", reason="过渡期",
        approved_by="上级党委",
    )  # fmt: skip
    write_workbook(small.facts(justifications=[reason]), tmp_path / "有说明.xlsx")
    text = tongrong("evaluate", "有说明.xlsx", *scored, "--format", "json").stdout
    (found,) = [one for one in json.loads(text) if one["clause"] == "1.2.a"]
    assert found["verdict"] == "justified"
    assert found["points"] == {"of": "10", "least": "10", "most": "10"}


def test_parquet_has_them_as_decimals(
    tongrong: Run, scored: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    tongrong("evaluate", small_book, *scored, "--format", "parquet")
    rows = pq.read_table(tmp_path / "判定-2026-05-20.parquet").to_pylist()
    found = {(row["unit"], row["clause"]): row["points"] for row in rows if row["points"]}
    assert found == {
        key: {name: Decimal(value) for name, value in points.items()}
        for key, points in POINTS.items()
    }


def test_the_workbook_has_points_and_standard_only_where_there_are_any(
    tongrong: Run, scored: tuple[str, ...], small_checklist: Path, small_book: Path, tmp_path: Path
) -> None:
    tongrong("evaluate", small_book, *scored, "--format", "xlsx", "-o", "scored.xlsx")
    head, *rows = (
        CalamineWorkbook.from_path(tmp_path / "scored.xlsx").get_sheet_by_name("判定").to_python()
    )
    first = dict(zip(head, rows[0], strict=True))
    assert (first["得分"], first["评分标准"]) == ("7\u20138.5/10", "每缺1项扣1.5分，扣完为止")
    plain = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "xlsx")
    tongrong("evaluate", small_book, *plain, "-o", "plain.xlsx")
    head = (
        CalamineWorkbook.from_path(tmp_path / "plain.xlsx").get_sheet_by_name("判定").to_python()[0]
    )
    assert "得分" not in head


def test_the_table_shows_points_by_item_and_in_total_and_of_the_unit_itself(
    tongrong: Run, scored: tuple[str, ...], small_book: Path
) -> None:
    lines = tongrong("evaluate", small_book, *scored).stdout.splitlines()
    (first,) = [line for line in lines if line.strip().startswith("1 领导")]
    assert first.split()[-1] == "15.5\u201317/20"
    (second,) = [line for line in lines if line.strip().startswith("2 支部")]
    assert "/10" not in second  # its branches' points are theirs and are not averaged
    assert any(line.startswith("得分 15.5\u201317/20") for line in lines)


def test_a_unit_alone_shows_each_clause_with_its_standard(
    tongrong: Run, scored: tuple[str, ...], small_book: Path
) -> None:
    text = tongrong("evaluate", small_book, *scored, "--unit", "ZB1").stdout
    (line,) = [one for one in text.splitlines() if "扣完为止" in one]
    assert line.split()[:5] == [
        "2.1.a",
        "◔",
        "推进中",
        "8.5\u201310/10",
        "每缺1项扣1.5分，扣完为止",
    ]


def test_explain_says_the_points(tongrong: Run, scored: tuple[str, ...], small_book: Path) -> None:
    text = tongrong("explain", "QY1", "1.1.a", *scored, "--facts", small_book).stdout
    assert "7\u20138.5/10（每缺1项扣1.5分，扣完为止）" in text


def test_a_checklist_of_branches_shows_every_branch(tongrong: Run, small_book: Path) -> None:
    """A checklist that speaks of no enterprise is not rolled up to one."""
    given = ("--checklist", "branch-scored", "--as-of", "2026-05-20")
    text = tongrong("evaluate", small_book, *given).stdout
    assert [line.split()[0] for line in text.splitlines() if "（ZB" in line and "─" in line] == [
        "第一支部（ZB1）", "第二支部（ZB2）"
    ]  # fmt: skip
    of_enterprise = tongrong("evaluate", small_book, *given, "--unit", "QY1").stdout
    assert "第一支部（ZB1）" in of_enterprise
    assert "各条得分" not in of_enterprise
