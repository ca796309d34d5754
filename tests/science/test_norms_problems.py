"""What an author of norms is told: where, what was found, what was expected, how to mend it."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from tongrong.engine.from_norms import bind
from tongrong.norms.from_files import checklists, default_checklist, load_checklist
from tongrong.vocabulary.errors import TongrongError

ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
PYTHON = re.compile(r"\bNone\b|\bTrue\b|': ")
SOURCE = "党委每月研究党建工作不少于1次。\n"
THRESHOLDS = """\
studies:
  label: 研究次数
  words: 不少于1次
  values: [{from: 2018-01-01, value: "1", source: 原文}]
"""
WARNINGS = "".join(
    f'{name}: {{label: 预警, parameter: 默认, values: [{{from: 2018-01-01, value: "{days}",'
    f" source: 默认}}]}}\n"
    for name, days in {
        "warning_month": 7,
        "warning_quarter": 15,
        "warning_half_year": 30,
        "warning_year": 60,
        "warning_obligation": 30,
        "figures_due": "04-30",
    }.items()
)
CHECKLIST = """\
checklist: tiny
title: 小清单
in_force: {from: 2018-01-01}
adopted_on: 2018-01-01
sections:
  - id: 一
    title: 部署
    items:
      - id: 1
        title: 研究
        indicators:
          - id: 1.1
            text: 党委每月研究党建工作不少于1次。
            clauses:
              - id: 1.1.a
                words: 每月研究党建工作不少于1次
                reading: 每月至少一次。
                scope: enterprise
                strength: must
                kind: frequency
                of: {ledger: meetings, where: {kind: 党委会}}
                per: month
                at_least: studies
"""


def a_checklist(home: Path, text: str = CHECKLIST, thresholds: str = THRESHOLDS) -> None:
    """Write a folder `tiny` under a home of checklists."""
    folder = home / "tiny"
    folder.mkdir(parents=True)
    (folder / "checklist.yaml").write_text(text, encoding="utf-8")
    (folder / "thresholds.yaml").write_text(thresholds + WARNINGS, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")


def problems(home: Path) -> list[tuple[str, str, str]]:
    """(code, file:line:column, what was found) of everything wrong with `tiny`."""
    try:
        bind(load_checklist("tiny", home), dt.date(2026, 9, 25))
    except TongrongError as error:
        for problem in error.problems:
            assert problem.expected, problem
            assert problem.remedy, problem
        return [
            (p.code, p.where.removeprefix(str(home / "tiny") + "/"), p.found)
            for p in error.problems
        ]
    return []


def test_a_good_checklist_has_no_problem(tmp_path: Path) -> None:
    """The small checklist the other tests break is right as it stands."""
    a_checklist(tmp_path)
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("wrong", "right", "code", "where", "found"),
    [
        ("stength: must", "strength: must", "N010", "checklist.yaml:15:17", None),
        ("strength: maybe", "strength: must", "N010", "checklist.yaml:19:17", "maybe"),
        ("id: 1.a", "id: 1.1.a", "N010", "checklist.yaml:15:17", "1.a"),
        ("id: 1.2.a", "id: 1.1.a", "N022", "checklist.yaml:15:17", "1.2.a"),
        ("words: 每月研究", "words: 每月研究党建工作不少于1次", None, None, None),
        ("words: 每周", "words: 每月研究党建工作不少于1次", "N023", "checklist.yaml:16:17", "每周"),
        ("kind: often", "kind: frequency", "E001", "checklist.yaml:20:17", "often"),
        ("ledger: meeting,", "ledger: meetings,", "E002", "checklist.yaml:21:17", None),
        ("{kind: 党委办公会}", "{kind: 党委会}", "E002", "checklist.yaml:21:17", None),
        ("{sort: 党委会}", "{kind: 党委会}", "E002", "checklist.yaml:21:17", None),
        ("per: week", "per: month", "E002", "checklist.yaml:22:17", None),
        ("at_least: studied", "at_least: studies", "E003", "checklist.yaml:23:17", "studied"),
        ("at_most: studies", "at_least: studies", "E002", "checklist.yaml:23:17", None),
        ("of: 研究", "of: {ledger: meetings, where: {kind: 党委会}}", "N024", None, None),
        ("{kind: {table: bodies}}", "{kind: 党委会}", "N024", "checklist.yaml:15:17",
         "thresholds.yaml 中没有表“bodies”"),
        ("window: {from: 01-01, to: half}", "per: month", "E003", None, "half"),
        ("window: {from: 01-01, to: studies}", "per: month", "E003", None, "studies: 1"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_where_it_stands(
    tmp_path: Path, wrong: str, right: str, code: str | None, where: str | None, found: str | None
) -> None:
    """One mistake gives its code at its line and column, quoting what was written."""
    assert CHECKLIST.count(right) == 1
    a_checklist(tmp_path, CHECKLIST.replace(right, wrong))
    reported = problems(tmp_path)
    if code is None:
        assert reported == []
        return
    of_code = [one for one in reported if one[0] == code]
    assert of_code, reported
    assert where is None or where in [one[1] for one in of_code]
    assert found is None or found in [one[2] for one in of_code]


def test_clauses_of_the_same_words_are_told_apart_by_what_they_are_about(tmp_path: Path) -> None:
    """Both would stand in lists as 每月研究党建工作不少于1次; the rule is the same with a name."""
    _, clause = CHECKLIST.split("              - id: 1.1.a")
    again = f"{CHECKLIST}              - id: 1.1.b{clause}"
    a_checklist(tmp_path / "alike", again)
    told = [(code, where) for code, where, _ in problems(tmp_path / "alike")]
    assert told == [("N032", "checklist.yaml:16:17"), ("N032", "checklist.yaml:25:17")]
    named = clause.replace("reading:", "about: 党委会\n                reading:")
    a_checklist(tmp_path / "named", f"{CHECKLIST}              - id: 1.1.b{named}")
    assert problems(tmp_path / "named") == []
    plain, about = load_checklist("tiny", tmp_path / "named").clauses()
    assert [plain.title, about.title] == [
        "每月研究党建工作不少于1次", "每月研究党建工作不少于1次：党委会",
    ]  # fmt: skip
    rules = [load_checklist("tiny", tmp_path / "named").rule(one) for one in (plain, about)]
    assert {**rules[0], "id": ""} == {**rules[1], "id": ""}


def test_a_list_of_a_rule_is_the_table_in_force_on_the_day(tmp_path: Path) -> None:
    """What a rule takes from a table changes with its date; it needs one column."""
    table = """\
bodies:
  label: 会议
  parameter: 测试
  values:
    - {from: 2018-01-01, table: [{body: 党委会}], source: 测试}
    - {from: 2026-07-01, table: [{body: 党委会}, {body: 党组会}], source: 测试}
"""
    text = CHECKLIST.replace("{kind: 党委会}", "{kind: {table: bodies}}")
    a_checklist(tmp_path, text, THRESHOLDS + table)
    checklist = load_checklist("tiny", tmp_path)
    (clause,) = checklist.clauses()
    listed = [
        checklist.rule(clause, day)["of"]["where"]["kind"]
        for day in (dt.date(2026, 6, 30), dt.date(2026, 7, 1), None)
    ]
    assert listed == [["党委会"], ["党委会", "党组会"], ["党委会", "党组会"]]
    assert checklist.tables(clause) == ("bodies",)


def test_a_table_of_two_columns_is_no_list(tmp_path: Path) -> None:
    """Only a table of one column says which value is meant."""
    table = "{from: 2018-01-01, table: [{body: 党委会, of: 党委}], source: 测试}"
    wide = f"bodies:\n  label: 会议\n  parameter: 测试\n  values: [{table}]\n"
    text = CHECKLIST.replace("{kind: 党委会}", "{kind: {table: bodies}}")
    a_checklist(tmp_path, text, THRESHOLDS + wide)
    assert [one[0] for one in problems(tmp_path)] == ["N024"]


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    """Two mistakes give two problems; nobody mends a file one error at a time."""
    text = CHECKLIST.replace("strength: must", "strength: maybe").replace(
        "scope: enterprise", "scope: firm"
    )
    a_checklist(tmp_path, text)
    assert [one[2] for one in problems(tmp_path)] == ["firm", "maybe"]


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    """YAML would silently keep the last one."""
    a_checklist(tmp_path, CHECKLIST + "                per: year\n")
    assert problems(tmp_path) == [("N003", "checklist.yaml:24:17", "per")]


def test_broken_yaml_is_reported_with_its_place(tmp_path: Path) -> None:
    """A bracket that never closes is found at file:line:column."""
    a_checklist(tmp_path, CHECKLIST.replace("{kind: 党委会}}", "{kind: 党委会}"))
    (reported,) = problems(tmp_path)
    assert reported[0] == "N002"
    assert reported[1].startswith("checklist.yaml:2")
    assert reported[2] in CHECKLIST


def test_a_checklist_does_not_end_before_it_begins(tmp_path: Path) -> None:
    a_checklist(tmp_path, CHECKLIST.replace("{from: 2018", "{to: 2017-12-31, from: 2018"))
    assert [one[:2] for one in problems(tmp_path)] == [("N010", "checklist.yaml:3:1")]


def test_a_checklist_is_called_like_its_folder(tmp_path: Path) -> None:
    """Of a copied folder the name is easily forgotten."""
    a_checklist(tmp_path, CHECKLIST.replace("checklist: tiny", "checklist: small"))
    assert problems(tmp_path) == [("N006", "checklist.yaml:1:1", "small")]


def test_an_unknown_checklist_names_the_nearest(tmp_path: Path) -> None:
    """A slip in a name gets the name that was meant."""
    a_checklist(tmp_path)
    with pytest.raises(TongrongError) as raised:
        load_checklist("tinny", tmp_path)
    assert "tiny" in raised.value.problems[0].remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A checklist without its thresholds says which file is missing."""
    a_checklist(tmp_path)
    shutil.move(tmp_path / "tiny" / "thresholds.yaml", tmp_path / "elsewhere.yaml")
    assert problems(tmp_path) == [("N001", "thresholds.yaml", "")]


@pytest.mark.parametrize("name", ["checklist.yaml", "thresholds.yaml", "source.txt"])
def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    """An editor that saves in GBK is told to save in UTF-8; which file, and from which line."""
    a_checklist(tmp_path)
    file = tmp_path / "tiny" / name
    text = "# in two lines\n" + file.read_text(encoding="utf-8")
    file.write_bytes(text.encode("gbk"))
    ((code, where, _),) = problems(tmp_path)
    assert (code, where.split(":")[0]) == ("N005", name)
    assert int(where.split(":")[1]) > 1
    file.write_text(text.replace("# in two lines\n", ""), encoding="utf-8-sig")
    assert problems(tmp_path) == []


def test_a_source_that_is_gone_is_a_missing_file_like_any_other(tmp_path: Path) -> None:
    a_checklist(tmp_path)
    (tmp_path / "tiny" / "source.txt").unlink()
    assert problems(tmp_path) == [("N001", "source.txt", "")]


@pytest.mark.parametrize("text", ["", "- 一\n- 二\n", "只有一行字\n", "a: \x07\n"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    a_checklist(tmp_path, text)
    assert {one[0] for one in problems(tmp_path)} <= {"N002", "N010"}
    assert problems(tmp_path)


def spoiled(text: str, written: str) -> list[str]:
    """The text once for each of its lines, with this written after that line's first colon."""
    lines = text.splitlines(keepends=True)
    heads = [(n, line.partition(":")[0]) for n, line in enumerate(lines) if ": " in line]
    return ["".join([*lines[:n], f"{head}: {written}\n", *lines[n + 1 :]]) for n, head in heads]


@pytest.mark.parametrize("written", ["[a, b]", "{a: b}", "", "x", "{a: [b", "'a", "true", "- a"])
def test_whatever_is_wrong_is_told_in_chinese(tmp_path: Path, written: str) -> None:
    """Neither the parser's nor the validator's English, and nothing as Python shows it."""
    pairs = [(text, THRESHOLDS) for text in spoiled(CHECKLIST, written)]
    pairs += [(CHECKLIST, text) for text in spoiled(THRESHOLDS, written)]
    for n, (text, thresholds) in enumerate(pairs):
        a_checklist(tmp_path / str(n), text, thresholds)
        try:
            bind(load_checklist("tiny", tmp_path / str(n)), dt.date(2026, 9, 25))
        except TongrongError as error:
            for one in error.problems:
                assert not ENGLISH.search(f"{one.expected} {one.remedy}"), one
                assert not PYTHON.search(one.found), one


POINTS = """\
                points: "2"
                deduct: {each: missing, points: "0.2"}
"""


def with_points(points: str, strength: str = "must", whole: str = "") -> str:
    """The small checklist with points on its clause, and a sum of all where `whole` is given."""
    line = f"                strength: {strength}\n"
    text = CHECKLIST.replace("                strength: must\n", line + points)
    return text.replace("title: 小清单\n", f"title: 小清单\n{whole}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_points(POINTS), []),
        (with_points(POINTS, whole='points: "2"\n'), []),
        (with_points(POINTS, whole='points: "100"\n'), [("N026", "checklist.yaml:3:1", "100")]),
        (
            with_points(POINTS.replace('"2"', '"-2"')),
            [("N010", "checklist.yaml:20:17", "-2")],
        ),
        (
            with_points(POINTS.replace('"0.2"', "三分之一")),
            [("N010", "checklist.yaml:21:41", "三分之一")],
        ),
        (
            with_points(POINTS.replace("missing", "time")),
            [("N010", "checklist.yaml:21:26", "time")],
        ),
        (
            with_points(POINTS.replace("{each: missing", "{unmet: all")),
            [("N010", "checklist.yaml:21:17", None)],
        ),
        (with_points('                points: "2"\n'), [("N010", "checklist.yaml:15:17", None)]),
        (with_points(POINTS.replace("0.2", "3")), [("N010", "checklist.yaml:15:17", None)]),
        (with_points(POINTS, "may"), [("N010", "checklist.yaml:15:17", None)]),
        (
            with_points('                add: {each: record, points: "1", at_most: "2"}\n'),
            [("N010", "checklist.yaml:15:17", None)],
        ),
    ],
)  # fmt: skip
def test_points_are_positive_and_have_a_standard(
    tmp_path: Path, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """分值 and 评分标准 go together, cost no more than they are worth, and sum to the whole."""
    a_checklist(tmp_path, text)
    found = problems(tmp_path)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for one, wanted in zip(found, expected, strict=True):
        assert wanted[2] in (None, one[2])


def test_the_default_is_the_one_named_beside_the_checklists(tmp_path: Path) -> None:
    """Of one checklist none need be named; of several the file `default` says which is meant."""
    a_checklist(tmp_path)
    assert default_checklist(tmp_path) == "tiny"
    shutil.copytree(tmp_path / "tiny", tmp_path / "another")
    assert default_checklist(tmp_path) == ""
    (tmp_path / "default").write_text("tiny\n", encoding="utf-8")
    assert default_checklist(tmp_path) == "tiny"


def test_the_default_that_is_shipped_is_there() -> None:
    """The file names a folder."""
    assert default_checklist() in checklists()
