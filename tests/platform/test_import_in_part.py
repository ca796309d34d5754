"""In part, an import takes the good rows and holds back the others and what refers to them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.platform.sheets import Rows, a_workbook
from tests.platform.store import hours_later

from tongrong.actions.import_facts import ImportResult, Manner, import_facts
from tongrong.facts.from_files import read_facts
from tongrong.facts.reading import FilesRefused
from tongrong.queries.facts import current_snapshot
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import AuditEntry

DAY = dt.date(2026, 1, 9)
BRANCHES = ("党组织编号", "党组织名称", "党组织类型", "是否企业本级党组织", "成立日期")
MEETINGS = ("会议编号", "召开单位编号", "会议类型", "召开日期")
ATTENDANCE = ("会议编号", "人员编号", "出席身份", "是否到会")


def a_branch(number: str, name: str, founded: Any = dt.date(2020, 1, 1)) -> Sequence[Any]:
    return number, name, "党支部", "否", founded


def a_meeting(number: str, unit: str, on: Any = DAY) -> Sequence[Any]:
    return number, unit, "支部党员大会", on


def a_book(path: Path, **sheets: Rows) -> Path:
    """A workbook of branches, meetings, persons or attendance, the headings added."""
    heads = {
        "党组织": BRANCHES,
        "会议活动": MEETINGS,
        "人员": ("人员编号", "姓名"),
        "出席情况": ATTENDANCE,
    }
    return a_workbook(path, {name: [heads[name], *rows] for name, rows in sheets.items()})


def take_in(path: Path, hours: float = 0, *, in_part: bool = True) -> ImportResult:
    return import_facts(
        reading=read_facts(path, in_part=in_part),
        file_name=path.name,
        file_hash="ab" * 32,
        actor="小王",
        recorded_at=hours_later(hours),
        manner=Manner(in_part=in_part),
    )


def told(result: ImportResult) -> set[tuple[str, str]]:
    """Cell and code of every problem."""
    return {(one.where.partition("!")[2], one.code) for one in result.problems}


def stored(code: str) -> set[str]:
    """The codes of a ledger's records."""
    return {str(number) for number in current_snapshot()[code]["number"].to_pylist()}


@pytest.mark.usefixtures("database")
def test_good_rows_go_in_and_the_others_are_told_at_their_cells(tmp_path: Path) -> None:
    path = a_book(
        tmp_path / "台账.xlsx",
        党组织=[a_branch("DZ1", "第一支部"), a_branch("DZ2", "第二支部", "2020-13-01")],
        会议活动=[a_meeting("HY1", "DZ1"), a_meeting("HY2", "DZ1", None)],
    )
    result = take_in(path)
    assert (result.added, result.rows_held) == (2, 2)
    assert result.held == {"party_organizations": (3,), "meetings": (3,)}
    assert told(result) == {("党组织!E3", "facts.cell.day"), ("会议活动!D3", "facts.cell.missing")}
    assert (stored("party_organizations"), stored("meetings")) == ({"DZ1"}, {"HY1"})


@pytest.mark.usefixtures("database")
def test_what_refers_to_a_row_held_back_waits_with_it_however_far(tmp_path: Path) -> None:
    path = a_book(
        tmp_path / "台账.xlsx",
        党组织=[a_branch("DZ1", "第一支部"), a_branch("DZ2", "第二支部", "不详")],
        会议活动=[a_meeting("HY1", "第一支部"), a_meeting("HY2", "第二支部")],
        人员=[("RY1", "甄实在")],
        出席情况=[("HY1", "RY1", "出席", "是"), ("HY2", "RY1", "出席", "是")],
    )
    result = take_in(path)
    held = {"party_organizations": (3,), "meetings": (3,), "attendance": (3,)}
    assert (result.added, result.held) == (4, held)
    assert told(result) == {
        ("党组织!E3", "facts.cell.day"),
        ("会议活动!B3", "facts.reference.held"),
        ("出席情况!A3", "facts.reference.held"),
    }
    waiting = next(one for one in result.problems if one.where.endswith("会议活动!B3"))
    assert "改好“党组织”第3行" in waiting.remedy


@pytest.mark.usefixtures("database")
def test_what_is_recorded_may_be_referred_to_though_its_correction_is_held_back(
    tmp_path: Path,
) -> None:
    take_in(a_book(tmp_path / "期初.xlsx", 党组织=[a_branch("DZ1", "第一支部")]))
    path = a_book(
        tmp_path / "台账.xlsx",
        党组织=[a_branch("DZ1", "第一支部", "不详")],
        会议活动=[a_meeting("HY1", "DZ1"), a_meeting("HY2", "DZ9")],
    )
    result = take_in(path, hours=1)
    assert (result.added, result.corrected) == (1, 0)
    assert told(result) == {
        ("党组织!E2", "facts.cell.day"),
        ("会议活动!B3", "facts.reference.unknown"),
    }


@pytest.mark.usefixtures("database")
def test_of_rows_about_one_record_none_is_preferred(tmp_path: Path) -> None:
    later = dt.date(2026, 2, 1)
    rows = [a_meeting("HY1", "DZ1"), a_meeting("HY1", "DZ1", later), a_meeting("HY2", "DZ1")]
    path = a_book(tmp_path / "台账.xlsx", 党组织=[a_branch("DZ1", "第一支部")], 会议活动=rows)
    result = take_in(path)
    assert stored("meetings") == {"HY2"}
    assert {cell for cell, _ in told(result)} == {"会议活动!A2", "会议活动!A3"}


@pytest.mark.usefixtures("database")
def test_a_name_that_two_go_by_is_not_guessed_while_one_is_held_back(tmp_path: Path) -> None:
    path = a_book(
        tmp_path / "台账.xlsx",
        党组织=[a_branch("DZ1", "机关支部"), a_branch("DZ2", "机关支部", "不详")],
        会议活动=[a_meeting("HY1", "机关支部"), a_meeting("HY2", "DZ1")],
    )
    result = take_in(path)
    assert ("会议活动!B2", "facts.reference.several") in told(result)
    assert stored("meetings") == {"HY2"}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"会议活动": [MEETINGS[:3], ("HY1", "DZ1", "支部党员大会")]}, "facts.heading.missing"),
        (
            {"会议活动": [(*MEETINGS, "天气"), (*a_meeting("HY1", "DZ1"), "晴")]},
            "facts.heading.unknown",
        ),
        (
            {
                "会议活动": [MEETINGS, a_meeting("HY1", "DZ1")],
                "会议活动台账": [MEETINGS, a_meeting("HY2", "DZ1")],
            },
            "facts.sheet.duplicate",
        ),
    ],
)
def test_a_table_that_does_not_read_is_held_back_whole(
    sheets: Mapping[str, Rows], code: str, tmp_path: Path
) -> None:
    branches = {"党组织": [BRANCHES, a_branch("DZ1", "第一支部")]}
    result = take_in(a_workbook(tmp_path / "台账.xlsx", {**branches, **sheets}))
    assert (result.added, result.held) == (1, {"meetings": (2,)})
    assert [one.code for one in result.problems] == [code]


@pytest.mark.usefixtures("database")
def test_rows_that_are_good_alone_but_not_beside_what_is_recorded_are_held_back(
    tmp_path: Path,
) -> None:
    heading = (*BRANCHES, "上级党组织编号")
    first, second = a_branch("DZ1", "甲支部"), a_branch("DZ2", "乙支部")
    rows = [heading, (*first, None), (*second, "DZ1")]
    take_in(a_workbook(tmp_path / "期初.xlsx", {"党组织": rows}))
    rows = [heading, (*first, "DZ2"), (*a_branch("DZ2", "乙支部", "不详"), None)]
    result = take_in(a_workbook(tmp_path / "台账.xlsx", {"党组织": rows}), hours=1)
    assert told(result) == {("党组织!E3", "facts.cell.day"), ("党组织!F2", "facts.tree.cycle")}
    assert (result.added, result.corrected, result.unchanged) == (0, 0, 0)


@pytest.mark.usefixtures("database")
def test_once_mended_the_rest_goes_in_and_nothing_twice(tmp_path: Path) -> None:
    bad, good = a_branch("DZ2", "第二支部", "不详"), a_branch("DZ2", "第二支部")
    rest = [a_meeting("HY1", "DZ1"), a_meeting("HY2", "DZ2")]
    first = a_branch("DZ1", "第一支部")
    take_in(a_book(tmp_path / "台账.xlsx", 党组织=[first, bad], 会议活动=rest))
    mended = a_book(tmp_path / "台账-待改.xlsx", 党组织=[first, good], 会议活动=rest)
    result = take_in(mended, hours=1)
    assert (result.added, result.unchanged, result.rows_held) == (2, 2, 0)
    again = take_in(mended, hours=2, in_part=False)
    assert (again.added, again.corrected, again.unchanged) == (0, 0, 4)


@pytest.mark.usefixtures("database")
def test_the_audit_entry_says_how_much_was_held_back(tmp_path: Path) -> None:
    branches = [a_branch("DZ1", "第一支部"), a_branch("DZ2", "第二支部", "不详")]
    path = a_book(tmp_path / "台账.xlsx", 党组织=branches)
    take_in(path)
    detail = AuditEntry.objects.get().detail
    assert (detail["rows"], detail["held_back"]) == (1, {"party_organizations": 1})
    assert verify_store().problems == ()
    with pytest.raises(FilesRefused):
        take_in(path, hours=1, in_part=False)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("stage", ["读取 会议活动", "核对", "写入 会议活动"])
def test_an_import_cancelled_at_any_stage_leaves_nothing(stage: str, tmp_path: Path) -> None:
    def cancelled(what: str, _done: int, _total: int) -> None:
        if what == stage:
            raise KeyboardInterrupt

    branches, meetings = [a_branch("DZ1", "第一支部")], [a_meeting("HY1", "DZ1")]
    path = a_book(tmp_path / "台账.xlsx", 党组织=branches, 会议活动=meetings)
    with pytest.raises(KeyboardInterrupt):
        import_facts(
            reading=read_facts(path, progress=cancelled),
            file_name=path.name,
            file_hash="ab" * 32,
            actor="小王",
            recorded_at=hours_later(0),
            manner=Manner(progress=cancelled),
        )
    assert current_snapshot().row_count == 0
    assert not AuditEntry.objects.exists()
    assert take_in(path, in_part=False).added == 2


WRONG: Sequence[tuple[str, int, int, Any]] = (
    ("党组织", 2, 4, "不详"),
    ("党组织", 3, 2, "支布"),
    ("会议活动", 1, 3, None),
    ("会议活动", 2, 0, "HY1"),
    ("会议活动", 3, 1, "DZ9"),
    ("人员", 1, 1, None),
    ("出席情况", 2, 3, "也许"),
    ("出席情况", 3, 1, "RY9"),
)
"""Sheet, row below the headings, column, and what is written there instead."""


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("first", range(4))
def test_in_part_and_then_mended_is_the_same_as_at_once(first: int, tmp_path: Path) -> None:
    """Whatever is wrong: what went in is part of the whole, and once mended it is the whole."""
    right = {
        "党组织": [a_branch(f"DZ{n}", f"第{n}支部") for n in range(1, 5)],
        "会议活动": [a_meeting(f"HY{n}", f"第{n}支部") for n in range(1, 5)],
        "人员": [(f"RY{n}", f"样例{n}") for n in range(1, 5)],
        "出席情况": [(f"HY{n}", f"RY{m}", "出席", "是") for n in (1, 2) for m in (1, 2)],
    }
    wrong = {name: [list(row) for row in rows] for name, rows in right.items()}
    for sheet, row, column, cell in WRONG[first::4]:
        wrong[sheet][row - 1][column] = cell
    whole = read_facts(a_book(tmp_path / "全.xlsx", **right))
    result = take_in(a_book(tmp_path / "错.xlsx", **wrong))
    assert result.rows_held > 0
    assert result.added + result.rows_held == 16
    rest = take_in(a_book(tmp_path / "改.xlsx", **right), hours=1, in_part=False)
    assert (rest.added, rest.unchanged) == (16 - result.added, result.added)
    settled = {code: {*current_snapshot()[code]["record"].to_pylist()} for code in whole.sources}
    assert settled == {code: {*whole.snapshot[code]["record"].to_pylist()} for code in settled}
