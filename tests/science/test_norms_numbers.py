"""What an author of norms is told of numbers: dated, sourced, in bounds, meant by somebody."""

from pathlib import Path

import pytest
from tests.science.test_norms_problems import THRESHOLDS, WARNINGS, a_checklist, problems


@pytest.mark.parametrize(
    ("thresholds", "code"),
    [
        (THRESHOLDS.replace("不少于1次", "不少于2次"), "N025"),
        (THRESHOLDS.replace("2018-01-01", "2018-13-01"), "N010"),
        (THRESHOLDS.replace("  words: 不少于1次\n", ""), "N010"),
        (THRESHOLDS.replace('"1"', "一次"), "N027"),
        (THRESHOLDS.replace('"1"', '"-1"'), "N027"),
        (THRESHOLDS.replace('"1"', '"99999999999999999999999"'), "N027"),
        (THRESHOLDS.replace('"1"', '"2018-02-30"'), "N027"),
        (THRESHOLDS.replace('"1"', '"2018-02-28"'), "E003"),
        (THRESHOLDS.replace("2018-01-01", "2018-01-02"), "N028"),
    ],
)
def test_a_threshold_must_be_dated_and_sourced(tmp_path: Path, thresholds: str, code: str) -> None:
    """A number without its words, its date or its value is refused."""
    a_checklist(tmp_path, thresholds=thresholds)
    assert code in [one[0] for one in problems(tmp_path)]


ADJUSTABLE = '  adjustable: {by: [superior], least: "1", reason: 可以从严}\n'


@pytest.mark.parametrize(
    ("wrong", "right", "code", "where"),
    [
        ("by: [everyone]", "by: [superior]", "N010", "thresholds.yaml:4:21"),
        ("by: []", "by: [superior]", "N010", "thresholds.yaml:4:16"),
        ('least: "2"', 'least: "1"', "N010", "thresholds.yaml:1:1"),
        ("least: 一", 'least: "1"', "N010", "thresholds.yaml:1:1"),
        ("words: 可以从严", "reason: 可以从严", "N025", "thresholds.yaml:4:44"),
        ("words: 不少于1次", "reason: 可以从严", None, None),
        ("least: 2%, reason: 可以, words: 从严", 'least: "1", reason: 可以从严', "N010", None),
    ],
)
def test_what_may_be_set_otherwise_says_by_whom_how_far_and_why(
    tmp_path: Path, wrong: str, right: str, code: str | None, where: str | None
) -> None:
    thresholds = THRESHOLDS.replace("  values", ADJUSTABLE.replace(right, wrong) + "  values")
    a_checklist(tmp_path, thresholds=thresholds)
    found = [one[:2] for one in problems(tmp_path)]
    assert [one[0] for one in found] == ([code] if code else [])
    assert where is None or found[0][1] == where


def test_a_length_or_a_warning_is_the_same_for_all(tmp_path: Path) -> None:
    """Only a number that something is compared with may be set otherwise."""
    open_warning = WARNINGS.replace(
        "parameter: 默认,", "parameter: 默认, " + ADJUSTABLE.strip() + ",", 1
    )
    a_checklist(tmp_path)
    file = tmp_path / "tiny" / "thresholds.yaml"
    file.write_text(THRESHOLDS + open_warning, encoding="utf-8")
    assert {one[0] for one in problems(tmp_path)} == {"E005"}


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        ('"-7"', '"7"', "N027"),
        ('"7.5"', '"7"', "N027"),
        ('"367"', '"7"', "N027"),
        ('"02-31"', '"04-30"', "N027"),
        ('"4月30日"', '"04-30"', "N027"),
        ("figures_are_due", "figures_due", "N029"),
        ("warning_week", "warning_month", "N029"),
    ],
)
def test_the_numbers_every_checklist_has_are_there_and_make_sense(
    tmp_path: Path, wrong: str, right: str, code: str
) -> None:
    """Warnings are days of a year, figures are due on a day there is."""
    a_checklist(tmp_path)
    file = tmp_path / "tiny" / "thresholds.yaml"
    file.write_text((THRESHOLDS + WARNINGS).replace(right, wrong), encoding="utf-8")
    assert {one[0] for one in problems(tmp_path)} == {code}


def test_a_value_is_found_at_its_own_place(tmp_path: Path) -> None:
    a_checklist(tmp_path, thresholds=THRESHOLDS.replace('"1"', '"-1"'))
    assert problems(tmp_path) == [("N027", "thresholds.yaml:4:31", "studies: -1")]
