"""`tongrong norms import`: a customary sheet becomes a folder of norms that reads and is scored."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.builders import a_row
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.facts.to_sheets import write_workbook
from tongrong.norms.from_files import load_checklist

SHEET = [
    ["某公司党支部考核表", "", "", "", ""],
    ["序号", "考核项目", "考核内容", "分值", "评分标准"],
    [1, "组织生活", "每季度召开支部党员大会", 8, "每少1次扣2分，扣完为止。"],
    [2, "", "每月开展主题党日", "6分", "每缺1次扣 0.5 分。"],
    [3, "党员管理", "党费按月交纳", 0.5, "未按时交纳的不得分"],
    [4, "", "台账资料齐全", 5, "酌情评分"],
    [5, "", "谈心谈话", 4, "每少1人扣1分，记录不全的每处扣0.5分"],
    ["", "加分事项", "获得上级表彰", "", "每次加1分，最多加3分"],
    ["", "合计", "", 23.5, ""],
]


A_SUM = [
    SHEET[1],
    [1, "组织生活", "召开支部党员大会", "\uff11\uff10", "每少1次扣2分"],
    ["", "小计", "", 10, ""],
    [2, "党员管理", "党费按月交纳", 2, "未按时交纳的不得分"],
    ["", "小计", "", 2, ""],
    [3, "加分事项", "获得上级表彰", "", "每次加1分，最多加3分"],
    ["", "合计", "", 28, ""],
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Sequence[Sequence[Any]]], Path]:
    """Writes a sheet of these cells."""

    def written(rows: Sequence[Sequence[Any]]) -> Path:
        path = tmp_path / "考核表.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("考核表")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    return written


def test_a_sheet_becomes_a_checklist_with_points(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    result = tongrong("norms", "import", write(SHEET), "--to", tmp_path / "imported")
    assert result.exit_code == 0, result.output
    assert "3 个项目，6 项具体指标，6 条判据" in result.stdout
    found = load_checklist("imported", tmp_path)
    assert found.title == "某公司党支部考核表"
    assert [item.title for item in found.items()] == ["组织生活", "党员管理", "加分事项"]
    assert str(found.points) == "23.5"
    assert [(one.id, str(one.points), one.standard) for one in found.clauses()] == [
        ("1.1.a", "8", "每缺1项扣2分，扣完为止（按评定得分折算）"),
        ("1.2.a", "6", "每缺1项扣0.5分，扣完为止（按评定得分折算）"),
        ("2.1.a", "0.5", "不达标不得分"),
        ("2.2.a", "5", "不达标不得分"),
        ("2.3.a", "4", "每缺1项扣1分，扣完为止（按评定得分折算）"),
        ("3.1.a", "None", "每有1项加1分，最多加3分（按评定得分折算）"),
    ]
    text = (tmp_path / "imported" / "checklist.yaml").read_text(encoding="utf-8")
    (unread,) = [line for line in text.splitlines() if "没有读懂" in line]
    (several,) = [line for line in text.splitlines() if "只取了前一部分" in line]
    assert (unread.split("#")[0].strip(), several.split("#")[0].strip()) == (
        "deduct: {unmet: all}", 'deduct: {each: missing, points: "1"}',
    )  # fmt: skip
    assert 'points: "23.5"' in text.split("sections:")[0]


def test_a_row_whose_standard_did_not_read_is_named_on_the_terminal(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    result = tongrong("norms", "import", write(SHEET), "--to", tmp_path / "imported")
    assert result.stderr.splitlines() == [
        "有 2 行的评分标准没有全部采用，在 checklist.yaml 中以 ⚙ 标出，请逐条核对：",
        "  考核表.xlsx!考核表!E6：酌情评分（没有读懂，暂按不达标不得分）",
        "  考核表.xlsx!考核表!E7：每少1人扣1分，记录不全的每处扣0.5分（只取了前一部分）",
    ]


@pytest.mark.parametrize(
    ("words", "scored", "unread"),
    [
        ("每少1次扣1分，最多扣6分。", '{each: missing, points: "1", at_most: "6"}', 0),
        (
            "每少\uff11次扣\uff11分，累计不超过\uff16分",
            '{each: missing, points: "1", at_most: "6"}',
            0,
        ),
        ("每少1次扣0.5分，扣满4分为止", '{each: missing, points: "0.5", at_most: "4"}', 0),
        ("每缺1人扣2分，扣完为止", '{each: missing, points: "2"}', 0),
        ("每少1次扣2分，全年没有开展的不得分", '{each: missing, points: "2"}', 1),
        ("没有召开的不得分，记录不全的扣1分", "{unmet: all}", 1),
        ("视情况扣分", "{unmet: all}", 1),
        ("", "{unmet: all}", 1),
    ],
)
def test_a_standard_is_taken_as_far_as_it_reads(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path, words: str, scored: str, unread: int
) -> None:
    rows = [SHEET[1], [1, "组织生活", "召开支部党员大会", "\uff18分", words]]
    result = tongrong("norms", "import", write(rows), "--to", tmp_path / "imported")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "imported" / "checklist.yaml").read_text(encoding="utf-8")
    assert f"deduct: {scored}{'  # ⚙' if unread else chr(10)}" in text
    assert result.stderr.count("E2") == unread


@pytest.mark.parametrize("total", [12, "\uff11\uff12分", 15])
def test_the_sum_of_a_sheet_is_that_of_its_rows_bonuses_counted_in_or_not(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path, total: object
) -> None:
    rows = [*A_SUM[:-1], ["", "合计：", "", total, ""]]
    result = tongrong("norms", "import", write(rows), "--to", tmp_path / "imported")
    assert result.exit_code == 0, result.output


def test_what_was_imported_is_assessed_and_scored_at_once(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    """The superior's score of a hundred says which part of the points a branch gets."""
    tongrong("norms", "import", write(SHEET), "--to", tmp_path / "imported")
    scores = {"1.1.a": 60, "1.2.a": 59, "2.1.a": 59}
    rows = [
        a_row("assessments", unit="ZB1", clause=clause, assessed_on="2026-05-01", score=score,
              expires_on="2027-05-01", assessed_by="上级党组织", assessor="P01", evidence="记录")
        for clause, score in scores.items()
    ]  # fmt: skip
    write_workbook(small.facts(assessments=rows), tmp_path / "台账.xlsx")
    given = ("--checklist", tmp_path / "imported", "--as-of", "2026-05-20", "--unit", "ZB1")
    text = tongrong("evaluate", tmp_path / "台账.xlsx", *given, "--format", "json").stdout
    points = {one["clause"]: one["points"] for one in json.loads(text)}
    assert points["1.1.a"] == {"of": "8", "least": "4.8", "most": "4.8"}
    assert points["1.2.a"] == {"of": "6", "least": "3.54", "most": "3.54"}
    assert points["2.1.a"] == {"of": "0.5", "least": "0", "most": "0"}
    assert points["2.3.a"] == {"of": "4", "least": "0", "most": "4"}


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        ([["考核项目", "考核内容"], ["甲", "乙"]], "N040", "考核表.xlsx!考核表!A1"),
        ([SHEET[1]], "N041", "考核表.xlsx!考核表!A2"),
        ([SHEET[1], [1, "甲", "内容", "八分", "不得分"]], "N042", "考核表.xlsx!考核表!D2"),
        ([SHEET[1], [1, "甲", "内容", "", "不得分"]], "N042", "考核表.xlsx!考核表!D2"),
        ([SHEET[1], [1, "甲", "", 8, "不得分"]], "N043", "考核表.xlsx!考核表!C2"),
        (A_SUM, "N044", "考核表.xlsx!考核表!D7"),
        ([*A_SUM[:4], ["", "小计", "", 12, ""]], "N044", "考核表.xlsx!考核表!D5"),
        ([SHEET[1], [1, "甲", "内容", 8, "每次扣9分"]], "N045", "考核表.xlsx!考核表!E2"),
        ([SHEET[1], [1, "甲", "内容", 8, "每次扣1分，最多扣9分"]], "N045", "考核表!E2"),
    ],
)
def test_a_cell_that_does_not_read_is_named(
    tongrong: Run,
    write: Callable[..., Path],
    tmp_path: Path,
    rows: list[Any],
    code: str,
    where: str,
) -> None:
    result = tongrong("norms", "import", write(rows), "--to", tmp_path / "imported")
    assert result.exit_code == 3
    assert f"[{code}]" in result.stderr
    assert where in result.stderr
    assert not (tmp_path / "imported").exists()


def test_a_folder_that_holds_something_is_left_alone(
    tongrong: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "imported").mkdir()
    (tmp_path / "imported" / "checklist.yaml").write_text("mine", encoding="utf-8")
    result = tongrong("norms", "import", write(SHEET), "--to", tmp_path / "imported")
    assert result.exit_code == 2
    assert (tmp_path / "imported" / "checklist.yaml").read_text(encoding="utf-8") == "mine"
