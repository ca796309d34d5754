"""What was held back comes back as a workbook: marked, explained, ready to be imported again."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from openpyxl.styles import Font  # type: ignore[import-untyped]
from tests.platform.book_bytes import Book, Page, ods, xls, xlsb
from tests.platform.sheets import Rows
from tests.platform.test_import_in_part import (
    BRANCHES,
    MEETINGS,
    a_book,
    a_branch,
    a_meeting,
    take_in,
)

from tongrong.facts import to_mend
from tongrong.facts.from_files import read_facts
from tongrong.facts.mending import row_height
from tongrong.facts.registry import LEDGERS
from tongrong.facts.sift import Recorded, sift
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_mend import Copy, write_copy
from tongrong.facts.to_parquet import write_parquet

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
GOOD, BAD = a_branch("DZ1", "第一支部"), a_branch("DZ2", "第二支部", "不详")
SHEETS: Mapping[str, Rows] = {
    "党组织": [["某集团党组织台账"], BRANCHES, GOOD, BAD],
    "会议活动": [MEETINGS, a_meeting("HY1", "DZ1"), a_meeting("HY2", "第二支部")],
}


def the_book(path: Path) -> Path:
    """A workbook with a bad day, and a meeting of the branch it keeps back."""
    meetings = [a_meeting("HY1", "DZ1"), a_meeting("HY2", "第二支部")]
    return a_book(path, 党组织=[GOOD, BAD], 会议活动=meetings)


def copied(source: Path, target: Path) -> bool:
    """The copy of what is held back of a file; whether it looks as the file does."""
    reading = read_facts(source, in_part=True)
    sifted = sift(reading, Recorded())
    return write_copy(source, target, Copy(reading, sifted.problems, sifted.rows_held))


def test_a_wrong_cell_is_coloured_and_says_what_to_write(tmp_path: Path) -> None:
    assert copied(the_book(tmp_path / "台账.xlsx"), tmp_path / "改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "改.xlsx")
    assert book.sheetnames == ["待改清单", "党组织", "会议活动"]
    wrong, waiting = book["党组织"]["E3"], book["会议活动"]["B3"]
    assert (wrong.value, wrong.fill.fgColor.rgb) == ("不详", RED)
    assert waiting.fill.fgColor.rgb == YELLOW
    assert wrong.comment.text == (
        "【同融】填的是：不详\n应为：日期，如 2026-03-05 或 2026年3月5日\n"
        "办法：改为真实存在的日期，年、月、日都写明"
    )
    assert "改好“党组织”第3行" in waiting.comment.text
    marked = [
        cell.coordinate
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment or cell.fill.fgColor.rgb in (RED, YELLOW)
    ]
    assert marked == ["E3", "B3"]


def test_the_sheet_in_front_lists_every_problem_and_leads_to_its_cell(tmp_path: Path) -> None:
    copied(the_book(tmp_path / "台账.xlsx"), tmp_path / "改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "改.xlsx")
    front = book.worksheets[0]
    assert book.active is front
    rows = [row for row in front.iter_rows(min_row=6) if row[0].value is not None]
    told = [tuple(cell.value for cell in row[:4]) for row in rows]
    assert told == [
        ("序号", "工作表", "单元格", "填的内容"),
        ("1", "党组织", "E3", "不详"),
        ("2", "会议活动", "B3", "DZ2"),
    ]
    assert [row[2].hyperlink.location for row in rows[1:]] == ["'党组织'!E3", "'会议活动'!B3"]


def test_a_row_of_the_list_is_as_high_as_its_longest_text_and_prints_on_one_page_across(
    tmp_path: Path,
) -> None:
    """Column 应为 is 48 letters wide, so 24 Chinese ones; LibreOffice works no height out."""
    assert row_height(("1", "党组织", "E3", "不详", "日" * 23, "改")) == 15
    assert row_height(("1", "党组织", "E3", "不详", "日" * 25, "改")) == 30
    assert row_height(("1", "党组织", "E3", "一\n二\n三", "日" * 25, "改")) == 45
    for source in (the_book(tmp_path / "台账.xlsx"), _source("ods", tmp_path)):
        copied(source, tmp_path / "改.xlsx")
        front = openpyxl.load_workbook(tmp_path / "改.xlsx")["待改清单"]
        for row in (7, 8):
            texts = [str(cell.value) for cell in front[row]]
            assert (front.row_dimensions[row].height or 15) == row_height(texts)
        assert (front.page_setup.orientation, front.page_setup.fitToHeight) == ("landscape", 0)
        assert front.sheet_properties.pageSetUpPr.fitToPage


def test_the_users_workbook_keeps_its_look_and_its_formulas(tmp_path: Path) -> None:
    path = the_book(tmp_path / "台账.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["党组织"]
    sheet.column_dimensions["B"].width = 41
    sheet["B3"].font = Font(name="仿宋", bold=True)
    sheet["E3"].comment = openpyxl.comments.Comment("问老张", "小李")
    sheet["G1"], sheet["G2"] = "备注", "=1+1"
    book.create_sheet("算账")["A1"] = "=SUM(1,2)"
    book.save(path)
    copied(path, tmp_path / "改.xlsx")
    back = openpyxl.load_workbook(tmp_path / "改.xlsx")
    sheet = back["党组织"]
    assert (sheet.column_dimensions["B"].width, sheet["B3"].font.name) == (41, "仿宋")
    assert (sheet["G2"].value, back["算账"]["A1"].value) == ("=1+1", "=SUM(1,2)")
    assert sheet["E3"].comment.text.startswith("问老张\n\n【同融】填的是：不详")


def test_in_a_copy_of_a_copy_only_what_is_still_wrong_is_marked(tmp_path: Path) -> None:
    copied(the_book(tmp_path / "台账.xlsx"), tmp_path / "改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "改.xlsx")
    book["党组织"]["E3"], book["会议活动"]["D2"] = "2020-01-01", "不详"
    book.save(tmp_path / "改.xlsx")
    copied(tmp_path / "改.xlsx", tmp_path / "再改.xlsx")
    again = openpyxl.load_workbook(tmp_path / "再改.xlsx")
    assert again.sheetnames == ["待改清单", "党组织", "会议活动"]
    mended, wrong = again["党组织"]["E3"], again["会议活动"]["D2"]
    assert (mended.comment, mended.fill.fill_type) == (None, None)
    assert wrong.fill.fgColor.rgb == RED


@pytest.mark.usefixtures("database")
def test_the_copy_mended_is_taken_in_once(tmp_path: Path) -> None:
    path = the_book(tmp_path / "台账.xlsx")
    assert take_in(path).added == 2
    copied(path, tmp_path / "改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "改.xlsx")
    book["党组织"]["E3"] = "2020年1月1日"
    book.save(tmp_path / "改.xlsx")
    result = take_in(tmp_path / "改.xlsx", hours=1, in_part=False)
    assert (result.added, result.unchanged, result.notes) == (2, 2, ())


def _pages() -> Book:
    return Book([Page(name, rows) for name, rows in SHEETS.items()])


def _folder(folder: Path) -> Path:
    folder.mkdir()
    for name, rows in SHEETS.items():
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
        (folder / f"{name}2026年.csv").write_text("\n".join(lines), encoding="gb18030")
    return folder


def _source(kind: str, folder: Path) -> Path:
    if kind == "csv":
        return _folder(folder / "台账")
    path = folder / f"台账.{kind}"
    path.write_bytes({"xls": xls, "ods": ods, "xlsb": xlsb}[kind](_pages()))
    return path


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb", "csv"])
def test_of_any_other_file_the_copy_has_its_sheets_and_rows(kind: str, tmp_path: Path) -> None:
    source, target = _source(kind, tmp_path), tmp_path / "改.xlsx"
    assert not copied(source, target)
    _same_reading(source, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0] == "待改清单"
    assert {*book.sheetnames[1:]} == {"党组织", "会议活动"}
    assert book["党组织"]["A1"].value == "某集团党组织台账"
    wrong, waiting = book["党组织"]["E4"], book["会议活动"]["B3"]
    assert (wrong.fill.fgColor.rgb, waiting.fill.fgColor.rgb) == (RED, YELLOW)
    assert "应为：日期" in wrong.comment.text


def _same_reading(source: Path, target: Path) -> None:
    """The copy reads as the file does, wrong cells and all."""
    first, again = (read_facts(path, in_part=True) for path in (source, target))
    for code in LEDGERS:
        assert again.snapshot[code].equals(first.snapshot[code]), code
    assert [one.code for one in again.problems] == [one.code for one in first.problems]


def test_a_workbook_too_large_to_mark_is_written_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_mend, "MOST_CELLS", 5)
    source, target = the_book(tmp_path / "台账.xlsx"), tmp_path / "改.xlsx"
    assert not copied(source, target)
    _same_reading(source, target)
    assert openpyxl.load_workbook(target)["党组织"]["E3"].comment.text.startswith("【同融】")


def test_of_parquet_the_copy_is_a_workbook_with_the_ledgers_headings(tmp_path: Path) -> None:
    row = {"number": "HY1", "unit": "DZ9", "kind": "党委会", "held_on": a_meeting("HY1", "")[3]}
    write_parquet(Snapshot.of_rows({"meetings": [row]}), tmp_path / "台账")
    copied(tmp_path / "台账", tmp_path / "改.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "改.xlsx")["会议活动"]
    at = [cell.value for cell in sheet[1]].index("召开单位编号")
    assert (sheet[2][at].value, sheet[2][at].fill.fgColor.rgb) == ("DZ9", RED)
