"""Numbers set otherwise, as a user meets them: refused, told, shown beside the checklist's."""

from pathlib import Path

from tests.builders import Row
from tests.portal.conftest import Run
from tests.science.test_adjustments import a_group, an_adjustment

from tongrong.facts.to_sheets import write_workbook

WHEN = ("--as-of", "2026-10-31")


def book(folder: Path, *rows: Row) -> Path:
    """A workbook of three enterprises with these adjustments."""
    path = folder / "台账.xlsx"
    write_workbook(a_group(*rows), path)
    return path


def test_the_explanation_shows_both_numbers(tongrong: Run, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        an_adjustment("1%", of="上级党委", until_on="2027-01-01"),
        an_adjustment("3%", of="甲"),
    )
    result = tongrong("explain", "甲", "12.1.a", "--facts", path, *WHEN)
    assert "数值：党建工作经费占上年度工资总额（不低于） 0.5%" in result.stdout
    set_by = (
        "上级参数（上级党委）：1%（自2026-01-01起，2027-01-01起停止，理由：从严，批准：党委会）"
    )
    assert set_by in result.stdout.replace("\n  ", "")
    assert "未采用 参数调整：甲 party_budget_floor 自2026-01-01起：3%" in result.stdout
    assert "应达 ≥1%" in result.stdout
    assert result.stderr.splitlines() == [
        "未采用 参数调整：甲 party_budget_floor 自2026-01-01起：3%",
        "    应为：数值，如 1%，不低于0.5%，不高于2%",
        "    办法：改正数值，或撤回这条记录  [A004]",
    ]


def test_the_enterprises_own_number_is_told_as_its_own(tongrong: Run, tmp_path: Path) -> None:
    path = book(tmp_path, an_adjustment("1.5%", of="甲"))
    text = tongrong("explain", "甲", "12.1.a", "--facts", path, *WHEN).stdout
    assert "本企业参数：1.5%（自2026-01-01起，理由：从严，批准：党委会）" in text
    assert "本企业参数" not in tongrong("explain", "乙", "12.1.a", "--facts", path, *WHEN).stdout


def test_a_number_in_full_width_digits_is_that_number(tongrong: Run, tmp_path: Path) -> None:
    path = book(tmp_path, an_adjustment("\uff10\uff0e\uff18\uff05", of="甲"))
    result = tongrong("explain", "甲", "12.1.a", "--facts", path, *WHEN)
    assert "本企业参数：0.8%（自2026-01-01起" in result.stdout
    assert not result.stderr


def test_what_is_wrong_with_it_stands_beside_the_number(tongrong: Run, tmp_path: Path) -> None:
    """A branch stands above nobody; and there is no number called 几."""
    rows = (an_adjustment("1%", of="乙支部"), an_adjustment("9", of="甲", parameter="几"))
    said = tongrong("evaluate", book(tmp_path, *rows), *WHEN, "--unit", "甲").stderr.splitlines()
    assert "未采用 参数调整：甲 几 自2026-01-01起：9（没有这个数值）" in said
    assert "未采用 参数调整：乙支部 party_budget_floor 自2026-01-01起：1%（乙支部无权另定）" in said


def test_without_a_reason_it_is_refused(tongrong: Run, tmp_path: Path) -> None:
    path = book(tmp_path, an_adjustment("1%", of="甲", reason=None))
    result = tongrong("explain", "甲", "12.1.a", "--facts", path, *WHEN)
    assert result.exit_code == 3
    assert "台账.xlsx!参数调整!" in result.stderr
    assert "理由" in result.stderr


def test_the_checklist_says_what_may_be_set_otherwise(tongrong: Run) -> None:
    text = tongrong("norms", "show", "12.1.a").stdout
    assert "可由上级党组织或企业另定，不低于0.5%，不高于2%" in text.replace("\n", "").replace(
        " ", ""
    ).replace("│", "")
