"""Records about what no checklist has: told on stderr, so that nobody waits for them to count."""

from pathlib import Path
from typing import Any

import pytest
from tests.builders import Row, a_post, a_row
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.facts.to_sheets import write_workbook

TOLD = "未采用 "


def a_justification(clause: str, **more: Any) -> Row:
    usual = {"unit": "QY1", "clause": clause, "approved_on": "2026-05-01", "reason": "过渡期"}
    return a_row("justifications", **usual | {"approved_by": "上级党委"} | more)


def an_adjustment(checklist: str) -> Row:
    return a_row(
        "parameter_adjustments", unit="QY1", checklist=checklist, parameter="seats_most",
        from_on="2026-01-01", value="9", reason="从严", approved_by="党委会",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ledger", "row", "code", "where"),
    [
        ("justifications", a_justification("1.2.a"), None, ""),
        ("justifications", a_justification("1.2.a", checklist="small"), None, ""),
        ("justifications", a_justification("2.1.a", member="P22"), None, ""),
        ("justifications", a_justification("17.2.b"), None, ""),  # a clause of 442-2018
        ("justifications", a_justification("9.9.z"), "A006", "情况说明：QY1||9.9.z|||2026-05-01"),
        ("justifications", a_justification("17.2.b", checklist="small"), "A006", ""),
        ("justifications", a_justification("1.2.a", checklist="smal"), "A005", ""),
        ("justifications", a_justification("2.1.a", member="P9999"), "A007", ""),
        ("justifications", a_justification("9.9.z", status="撤回"), None, ""),
        ("parameter_adjustments", an_adjustment("smal"), "A005", "参数调整：QY1|smal|seats_most"),
        ("parameter_adjustments", an_adjustment("442"), None, ""),
    ],
)
def test_a_record_about_nothing_there_is_is_told(
    tongrong: Run, small_checklist: Path, tmp_path: Path, ledger: str, row: Row,
    code: str | None, where: str,
) -> None:  # fmt: skip
    write_workbook(small.facts(**{ledger: [row]}), tmp_path / "台账.xlsx")
    given = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "json")
    result = tongrong("evaluate", "台账.xlsx", *given)
    assert result.exit_code == 0, result.output
    assert result.stderr.count(TOLD) == (1 if code else 0), result.stderr
    assert code is None or f"[{code}]" in result.stderr
    assert where in result.stderr


def test_of_many_the_first_are_told_and_how_many_more(
    tongrong: Run, small_checklist: Path, tmp_path: Path
) -> None:
    rows = [a_justification(f"9.9.{letter}") for letter in "abcdefghijklm"]
    write_workbook(small.facts(justifications=rows), tmp_path / "台账.xlsx")
    given = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "json")
    said = tongrong("evaluate", "台账.xlsx", *given).stderr
    assert said.count(TOLD) == 10
    assert "未采用的记录另有 3 条" in said


def test_what_can_hardly_be_is_told_and_counted(
    tongrong: Run, small_checklist: Path, tmp_path: Path
) -> None:
    again = a_post("P01", "党委委员", of="QY1", since="2020-01-01")
    write_workbook(small.facts(posts=[again]), tmp_path / "台账.xlsx")
    given = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "json")
    result = tongrong("evaluate", "台账.xlsx", *given)
    assert result.exit_code == 0
    assert "有 1 处记录存疑，照样计入，请核对" in result.stderr
    assert "P01 任 QY1 党委委员，自2000-01-01起的还没有结束" in result.stderr
