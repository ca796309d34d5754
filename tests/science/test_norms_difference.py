"""What differs between two checklists, told at file:line:column of both."""

from pathlib import Path

import pytest
from tests.science.test_norms_problems import CHECKLIST, THRESHOLDS, a_checklist

from tongrong.norms.difference import Change, difference

CLAUSE = "              - id: 1.1.a\n"
ANOTHER = """\
              - id: 1.1.b
                words: 党委每月研究党建工作
                reading: 每月都研究。
                scope: enterprise
                strength: should
                kind: document
                type: 年度党建任务清单
"""


def told(changes: list[Change], folder: Path) -> list[tuple[str | None, ...]]:
    """(subject, path in words, the old and where, the new and where), paths from the folder on."""
    rows = []
    for one in changes:
        sides = [
            (said.words, said.where.removeprefix(f"{folder}/")) if said else (None, None)
            for said in (one.old, one.new)
        ]
        rows.append((one.subject, one.words, *sides[0], *sides[1]))
    return rows


def compared(
    folder: Path, text: str = CHECKLIST, thresholds: str = THRESHOLDS
) -> list[tuple[str | None, ...]]:
    """What differs between the small checklist and this one."""
    a_checklist(folder / "old")
    a_checklist(folder / "new", text, thresholds)
    return told(difference(folder / "old" / "tiny", folder / "new" / "tiny"), folder)


def test_a_checklist_is_like_itself(tmp_path: Path) -> None:
    """Nothing differs from a copy, nor from one that writes a single word as a list of one."""
    assert compared(tmp_path) == []
    (tmp_path / "again").mkdir()
    listed = CHECKLIST.replace("kind: 党委会}", "kind: [党委会]}").replace(
        "words: 每月研究党建工作不少于1次", "words: [每月研究党建工作不少于1次]"
    )
    assert listed.count("[") == CHECKLIST.count("[") + 2
    assert compared(tmp_path / "again", listed) == []


@pytest.mark.parametrize(
    ("wrote", "writes", "words", "old", "new", "line"),
    [
        ("scope: enterprise", "scope: branch", "判定对象", "企业", "党支部", "18:17"),
        ("strength: must", "strength: should", "力度", "必须", "应当", "19:17"),
        ("per: month", "per: quarter", "周期", "每月", "每季度", "22:17"),
        ("每月至少一次", "月月有", "大白话", "每月至少一次。", "月月有。", "17:17"),
        ("{kind: 党委会}", "{kind: [党委会, 党组会]}", "计数对象 / 条件 / kind",
         "党委会", "党委会、党组会", "21:48"),
    ],
)  # fmt: skip
def test_a_changed_key_is_told_with_both_values_and_places(
    tmp_path: Path, wrote: str, writes: str, words: str, old: str, new: str, line: str
) -> None:
    where = [f"{side}/tiny/checklist.yaml:{line}" for side in ("old", "new")]
    found = compared(tmp_path, CHECKLIST.replace(wrote, writes))
    assert found == [("1.1.a", words, old, where[0], new, where[1])]


def test_an_added_and_a_removed_clause_are_told_by_their_reading(tmp_path: Path) -> None:
    more = CHECKLIST + ANOTHER
    added = ("1.1.b", "", None, None, "每月都研究。", "new/tiny/checklist.yaml:24:17")
    assert compared(tmp_path, more) == [added]
    changes = difference(tmp_path / "new" / "tiny", tmp_path / "old" / "tiny")
    assert told(changes, tmp_path) == [("1.1.b", "", *added[4:], None, None)]
    assert [(one.group, one.path) for one in changes] == [("1 研究", "")]


def test_a_key_only_one_side_has_is_told_once(tmp_path: Path) -> None:
    shorter = CHECKLIST.replace("                per: month\n", "")
    old = "old/tiny/checklist.yaml:22:17"
    assert compared(tmp_path, shorter) == [("1.1.a", "周期", "每月", old, None, None)]


def test_numbers_are_told_by_their_new_dated_values(tmp_path: Path) -> None:
    newer = THRESHOLDS.replace(
        "source: 原文}", 'source: 原文}, {from: 2026-07-01, value: "2", source: 通知}'
    )
    newer += (
        'rest: {label: 休, parameter: 无, values: [{from: 2020-01-01, value: "3", source: 无}]}\n'
    )
    where = "new/tiny/thresholds.yaml"
    value = "起：2026-07-01，数值：2，出处：通知"
    assert compared(tmp_path, thresholds=newer) == [
        ("studies", "取值 / 2026-07-01", None, None, value, f"{where}:4:56"),
        ("rest", "", None, None, "休 3（自2020-01-01起）", f"{where}:5:1"),
    ]


def test_terms_dates_titles_and_items_are_told_too(tmp_path: Path) -> None:
    text = CHECKLIST.replace("from: 2018-01-01", "from: 2018-01-01, to: 2026-06-30")
    text = text.replace("title: 研究", "title: 深入研究")
    text = text.replace("sections:\n", "terms: {会: {ledger: meetings}}\nsections:\n")
    text += "      - {id: 2, title: 新项目, indicators: []}\n"
    found = [one[1:3] + one[4:5] for one in compared(tmp_path, text)]
    assert found == [
        ("施行日期 / 止", None, "2026-06-30"),
        ("词语", None, "会：台账：meetings"),
        ("标题", "研究", "深入研究"),
        ("", None, "新项目"),
    ]
