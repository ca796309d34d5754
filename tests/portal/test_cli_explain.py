"""`tongrong explain` and `tongrong norms` as a user meets them."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.builders import a_branch, a_member, a_person
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.facts.to_sheets import write_workbook


@pytest.fixture
def given(small_checklist: Path, small_book: Path) -> tuple[object, ...]:
    return ("--checklist", small_checklist, "--as-of", "2026-05-20", "--facts", small_book)


def test_an_explanation_from_the_words_to_the_next_step(
    tongrong: Run, given: tuple[object, ...]
) -> None:
    result = tongrong("explain", "QY1", "1.1.a", *given)
    assert result.exit_code == 0, result.output
    text = result.stdout
    places = [text.index(said) for said in (
        "✖ 不达标", "实测 3/5，应达 全部，还差 2", "原文（1 领导）", "党委每月开会不少于1次",
        "党委会每个月至少开一次", "⚙ 试验", "2026年3月", "计入的记录", "召开日期 2026-01-15",
        "怎样达标", "再办1次", "最迟2026年5月31日", "不算在那一期",
    )]  # fmt: skip
    assert places == sorted(places)
    assert max(map(cell_len, text.splitlines())) <= 100


def test_a_unit_is_found_by_its_name(tongrong: Run, given: tuple[object, ...]) -> None:
    result = tongrong("explain", "第一支部", "2.1.a", *given)
    assert result.exit_code == 0
    assert "2026年，某22：须有一条“谈心谈话”" in result.stdout


def test_too_many_members_is_told_as_too_many(tongrong: Run, given: tuple[object, ...]) -> None:
    result = tongrong("explain", "QY1", "1.2.a", *given)
    assert "超出 1" in result.stdout
    assert "减少1人" in result.stdout
    assert "情况说明" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("QY1", "1.1.b"), "是否应为"),
        (("QY7", "1.1.a"), "是否应为 QY1"),
        (("DW1", "1.1.a"), "如 QY1"),
        (("QY1", "2.1.a"), "如 ZB1、ZB2"),
        (("QY1",), "没有写 判据"),
    ],
)
def test_what_cannot_be_explained_says_what_can(
    words: tuple[str, ...], said: str, tongrong: Run, given: tuple[object, ...]
) -> None:
    result = tongrong("explain", *words, *given)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_name_two_units_share_asks_for_the_code(
    tongrong: Run, small_checklist: Path, tmp_path: Path
) -> None:
    twin = a_branch("ZB3", of="QY1", name="第一支部")
    write_workbook(small.facts(party_organizations=[twin]), tmp_path / "a.xlsx")
    words = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--facts", "a.xlsx")
    result = tongrong("explain", "第一支部", "2.1.a", *words)
    assert result.exit_code == 2
    assert "ZB1、ZB3" in result.stderr


def test_hundreds_of_members_are_summed_up_and_the_short_ones_named(
    tongrong: Run, small_checklist: Path, tmp_path: Path
) -> None:
    persons = [a_person(f"M{n:03d}") for n in range(300)]
    members = [a_member(p["number"], of="ZB1") for p in persons]
    write_workbook(small.facts(persons=persons, memberships=members), tmp_path / "a.xlsx")
    words = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--facts", "a.xlsx")
    result = tongrong("explain", "ZB1", "2.1.a", *words)
    assert "1/302" in result.stdout
    assert "共 301 项未达标" in result.stdout
    assert len(result.stdout.splitlines()) < 60


# --- norms ---------------------------------------------------------------------------------


def test_the_shipped_checklist_has_no_problem(tongrong: Run) -> None:
    result = tongrong("norms", "check")
    assert result.exit_code == 0
    assert "442-2018：没有问题。5 个部分，17 个项目，66 项具体指标" in result.stdout


def test_a_problem_is_told_at_its_line_and_column(tongrong: Run, tmp_path: Path) -> None:
    folder = small.write_checklist(tmp_path)
    file = folder / "checklist.yaml"
    text = file.read_text(encoding="utf-8").replace("per: month", "per: week")
    file.write_text(text.replace("{kind: 党委会}", "{kind: 党委大会}"), encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "per: week" in one)
    result = tongrong("norms", "check", folder)
    assert result.exit_code == 3
    assert f"checklist.yaml:{line}:" in result.stderr
    assert "党委大会" in result.stderr


def test_a_checklist_nobody_has(tongrong: Run) -> None:
    result = tongrong("norms", "check", "442-2019")
    assert result.exit_code == 2
    assert "是否指 442-2018" in result.stderr


def test_the_tree_goes_from_section_to_threshold(tongrong: Run) -> None:
    text = tongrong("norms", "show").stdout
    places = [text.index(said) for said in (
        "一、改革同步谋划", "1 统筹谋划部署有力", "1.1 制定年度党建任务清单", "1.1.b 企业·必须",
        "党委会研究党建工作 1 次/月", "3.1 以产权为纽带", "5.4.a 企业·应当", "五、晒经济账",
    )]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("words", [("1.1.b",), ("442-2018", "1.1.b")])
def test_one_clause_alone(words: tuple[str, ...], tongrong: Run) -> None:
    text = tongrong("norms", "show", *words).stdout
    assert "1.1.b" in text
    assert "1.1.a " not in text
    assert "二、" not in text
