"""Headings, sheets, files and folders: what is recognised and what is refused."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from tests.platform.sheets import Rows, a_folder, a_workbook, refused, sample_cells

from tongrong.facts import workbook_scan
from tongrong.facts.from_files import read_facts
from tongrong.facts.headings import Meant
from tongrong.facts.registry import LEDGERS
from tongrong.facts.samples import sample_snapshot
from tongrong.facts.to_parquet import write_parquet
from tongrong.vocabulary.errors import TongrongError

PERSONS: Rows = [["人员编号", "姓名"], ["RY01", "样例甲"]]


def codes_of(path: Path) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in refused(read_facts, path)]


def test_headings_may_stand_in_any_order_and_optional_ones_may_lack(tmp_path: Path) -> None:
    rows = [
        ["设立日期", "是否集团公司", "企业名称", "企业编号"],
        ["2001-05-18", "是", "样例", "QY01"],
    ]
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {"企业": rows}))
    assert reading.snapshot["enterprises"]["record"].to_pylist() == ["enterprises/QY01"]
    assert reading.snapshot["enterprises"]["parent"].to_pylist() == [None]
    assert reading.sources["enterprises"].at(0, "number") == "台账.xlsx!企业!D2"
    assert reading.sources["enterprises"].at(0) == "台账.xlsx!企业!第2行"


def test_an_unknown_heading_is_refused_with_the_nearest(tmp_path: Path) -> None:
    rows = [["人员编号", "姓名", "人员状态"], ["RY01", "样例甲", "有效"]]
    (problem,) = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", {"人员": rows}))
    assert (problem.where, problem.code) == ("台账.xlsx!人员!C1", "facts.heading.unknown")
    assert problem.remedy.startswith("是否应为“记录状态、人员编号”？或加 --column '人员状态=列名'")


def test_suggestions_are_in_the_words_of_the_sheets_whatever_was_written(tmp_path: Path) -> None:
    rows = [["numbers", "姓名", "nam"], ["RY01", "样例甲", "x"]]
    stray = [["编号", "其他"], ["1", "2"]]
    remedies: list[str] = []
    for given in ({"人员": rows}, {"meeting": stray, "Sheet7": stray}):
        path = a_workbook(tmp_path / "台账.xlsx", given)
        remedies += [problem.remedy for problem in refused(read_facts, path)]
    assert "是否应为“会议活动”？" in remedies
    assert any(one.startswith("是否应为“人员编号”？") for one in remedies)
    assert "改为模板中的台账名，或删去" in remedies
    codes = {*LEDGERS, *LEDGERS["persons"].columns}
    assert not [one for one in remedies if any(f"“{code}”" in one for code in codes)]


def test_a_missing_required_column_is_refused_even_without_rows(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": [["人员编号"]]})
    (problem,) = refused(read_facts, path)
    assert (problem.where, problem.code) == ("台账.xlsx!人员!B1", "facts.heading.missing")
    assert "姓名" in problem.remedy


def test_a_heading_given_twice_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": [["人员编号", "姓名", "name"]]})
    assert codes_of(path) == [("台账.xlsx!人员!C1", "facts.heading.duplicate")]


def test_values_without_a_heading_are_refused_once(tmp_path: Path) -> None:
    rows: Rows = [*PERSONS, ["RY02", "样例乙", None, "备注"], ["RY03", "样例丙", None, "又"]]
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": rows})
    assert codes_of(path) == [("台账.xlsx!人员!D3", "facts.heading.blank")]


def test_a_record_written_twice_names_both_rows(tmp_path: Path) -> None:
    rows: Rows = [*PERSONS, ["RY02", "样例乙"], [None, None], ["RY01", "样例丁"]]
    (problem,) = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", {"人员": rows}))
    assert (problem.where, problem.code) == ("台账.xlsx!人员!A5", "facts.row.duplicate")
    assert problem.found == "RY01，与第2行重复"
    assert "第2行或第5行" in problem.remedy


def test_records_with_an_empty_optional_key_are_told_apart(tmp_path: Path) -> None:
    """情况说明: same unit, clause and day, one for a period and one for none."""
    heading, row = sample_cells("justifications")
    rows = [[*heading, "期间"], [*row, "2026-02"], [*row, None], [*row, ""]]
    path = a_workbook(tmp_path / "台账.xlsx", {"情况说明": rows})
    assert codes_of(path) == [("台账.xlsx!情况说明!A4", "facts.row.duplicate")]


def test_a_workbook_without_any_ledger_is_refused_with_the_nearest(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"会议表格": [["甲", "乙"]], "Sheet2": [], "说明": [["任意"]]}
    (problem,) = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", sheets))
    assert (problem.where, problem.code) == ("台账.xlsx!会议表格", "facts.sheet.unknown")
    assert problem.remedy == "是否应为“会议活动”？"


def test_a_sheet_of_no_ledger_beside_one_that_is_is_told_and_left_out(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"人员": PERSONS, "通讯录": [["电话", "地址"], ["1", "甲路"]]}
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", sheets))
    assert reading.snapshot["persons"].num_rows == 1
    told = [(note.where, note.text) for note in reading.notes]
    assert told == [("台账.xlsx!通讯录", "不属于任何台账，没有读入")]


def test_a_ledger_on_two_sheets_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": PERSONS, "persons": PERSONS})
    assert codes_of(path) == [("台账.xlsx!persons", "facts.sheet.duplicate")]


def test_a_sheet_left_out_or_empty_is_an_empty_ledger(tmp_path: Path) -> None:
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {"人员": PERSONS, "企业": []}))
    assert reading.snapshot.row_count == 1
    assert reading.snapshot["enterprises"].num_rows == 0


@pytest.mark.parametrize(("version", "taken"), [(1, True), (2, False), ("新", False)])
def test_a_workbook_of_a_later_layout_is_refused(
    version: object, taken: object, tmp_path: Path
) -> None:
    path = a_workbook(
        tmp_path / "台账.xlsx", {"人员": PERSONS, "_meta": [["schema_version", version]]}
    )
    if taken:
        assert read_facts(path).snapshot.row_count == 1
    else:
        assert codes_of(path) == [("台账.xlsx!_meta", "facts.sheet.version")]


def test_a_stray_cell_far_away_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    """The reader would set aside 549 GB for this sheet and take the process down."""
    with xlsxwriter.Workbook(str(tmp_path / "台账.xlsx")) as book:
        book.add_worksheet("人员").write(1_048_575, 16_383, "x")
    (problem,) = refused(read_facts, tmp_path / "台账.xlsx")
    assert (problem.where, problem.code) == ("台账.xlsx!人员", "facts.sheet.too_large")
    assert problem.found == "1048576 行 × 16384 列"


def test_formula_errors_are_found_across_the_chunks_of_a_long_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_scan, "_CHUNK", 97)
    with xlsxwriter.Workbook(str(tmp_path / "台账.xlsx")) as book:
        sheet = book.add_worksheet("人员")
        for row in range(200):
            sheet.write_formula(row, row % 30, "=1/0", None, "#DIV/0!")
            sheet.write_blank(row, 31, None, book.add_format({"bold": True}))
    scan = workbook_scan.scan_workbook(tmp_path / "台账.xlsx").sheets["人员"]
    assert scan.errors == {(row + 1, row % 30): "#DIV/0!" for row in range(200)}
    assert (scan.height, scan.width) == (200, 32)


# ---- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["persons.csv", "人员.csv", "人员.CSV"])
@pytest.mark.parametrize("heading", ["人员编号,姓名", "number,name"])
def test_csv_files_are_named_and_headed_by_label_or_code(
    encoding: str, name: str, heading: str, tmp_path: Path
) -> None:
    text = f"{heading}\n0012,样例甲\n"
    reading = read_facts(a_folder(tmp_path / "表", {name: text, "说明.txt": "…"}, encoding))
    assert reading.snapshot["persons"]["number"].to_pylist() == ["0012"]
    assert reading.sources["persons"].at(0, "name") == f"{name}!B2"


def test_a_csv_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "表", {})
    (folder / "persons.csv").write_bytes("人员编号,姓名\n1,样例".encode() + b"\xff\n")
    (problem,) = refused(read_facts, folder)
    assert (problem.where, problem.code) == ("persons.csv", "facts.file.encoding")
    assert "CSV UTF-8" in problem.remedy


def test_a_csv_file_with_an_open_quote_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "表", {"persons.csv": '人员编号,姓名\n1,"样例\n'})
    assert codes_of(folder) == [("persons.csv", "facts.file.csv")]


def test_an_unknown_csv_file_and_a_ledger_given_twice_are_refused(tmp_path: Path) -> None:
    files = dict.fromkeys(("persons.csv", "人员.csv"), "人员编号,姓名\n1,样例\n")
    files["person.csv"] = "编号,其他\n1,样例\n"
    assert codes_of(a_folder(tmp_path / "表", files)) == [
        ("人员.csv", "facts.sheet.duplicate"),
        ("person.csv", "facts.sheet.unknown"),
    ]


def test_a_csv_file_of_no_ledgers_name_is_told_to_be_called_otherwise(tmp_path: Path) -> None:
    """It has no sheet whose name could be changed."""
    path = tmp_path / "out.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    (problem,) = refused(read_facts, path)
    assert (problem.code, problem.remedy) == ("facts.sheet.unknown", "把文件名改为台账名")
    path.write_text("人员编号,姓名,备注\nRY01,样例甲,无\n", encoding="utf-8")
    (problem,) = refused(read_facts, path)
    assert problem.remedy == "从列名看，可能是“人员”：把文件名改为台账名"
    assert read_facts(path, [Meant("备注", "")], ledger=LEDGERS["persons"]).snapshot.row_count == 1


def test_a_sender_who_said_what_every_heading_is_said_whose_sheet_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("证号,大名\nRY01,样例甲\n", encoding="utf-8")
    said = [Meant("证号", "人员编号", "persons"), Meant("大名", "姓名", "persons")]
    assert read_facts(path, said).snapshot["persons"].num_rows == 1
    (problem,) = refused(lambda one: read_facts(one, said[:1]), path)
    assert problem.code == "facts.sheet.unknown"


# ---- Parquet


def test_parquet_of_another_shape_is_refused_naming_every_column(tmp_path: Path) -> None:
    table = pa.table({"number": pa.array([1]), "nick": pa.array(["甲"])})
    (tmp_path / "表").mkdir()
    pq.write_table(table, tmp_path / "表" / "persons.parquet")
    assert [(p.code, p.found) for p in refused(read_facts, tmp_path / "表")] == [
        ("facts.parquet.type", "number：int64"),
        ("facts.parquet.unknown_column", "nick"),
        ("facts.parquet.missing_column", ""),
    ]


def test_parquet_of_like_types_is_taken(tmp_path: Path) -> None:
    """Dictionary-encoded text, 16-bit years, no record, no status."""
    given = sample_snapshot()["payroll"].drop_columns(["record", "status"])
    given = given.set_column(0, "unit", given["unit"].dictionary_encode())
    given = given.set_column(1, "year", given["year"].cast(pa.int16()))
    (tmp_path / "表").mkdir()
    pq.write_table(given, tmp_path / "表" / "payroll.parquet")
    assert read_facts(tmp_path / "表").snapshot["payroll"].equals(sample_snapshot()["payroll"])


def test_parquet_values_a_sheet_would_not_be_taken_with_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "表"
    write_parquet(sample_snapshot(), folder)
    table = pq.read_table(folder / "supervisions.parquet")
    row = table.to_pylist()[0]
    rows = [
        row | {"record": "supervisions/JD2", "number": "JD2", "bodies": "、审计部门、纪委、"},
        row | {"record": "supervisions/JD3", "number": "JD3", "bodies": "、纪委会、"},
        row | {"record": "supervisions/9", "number": "JD4", "held_on": None},
        row | {"record": "supervisions/JD2", "number": "JD2"},
    ]
    pq.write_table(pa.Table.from_pylist(rows, table.schema), folder / "supervisions.parquet")
    assert [(p.where.partition("!")[2], p.code) for p in refused(read_facts, folder)] == [
        ("第3行held_on", "facts.cell.missing"),
        ("第1行bodies", "facts.parquet.form"),
        ("第2行bodies", "facts.cell.choices"),
        ("第3行", "facts.parquet.record"),
        ("第4行number", "facts.row.duplicate"),
    ]


def test_parquet_files_are_named_by_code_or_label_once(tmp_path: Path) -> None:
    table = pa.table({"number": ["RY01"], "name": ["样例甲"]})
    (tmp_path / "表").mkdir()
    pq.write_table(table, tmp_path / "表" / "人员.parquet")
    assert read_facts(tmp_path / "表").snapshot["persons"].num_rows == 1
    pq.write_table(table, tmp_path / "表" / "persons.parquet")
    pq.write_table(table, tmp_path / "表" / "person.parquet")
    assert [(p.code, p.remedy) for p in refused(read_facts, tmp_path / "表")] == [
        ("facts.sheet.unknown", "是否应为“人员”？"),
        ("facts.sheet.duplicate", "与 persons.parquet 合并为一处"),
    ]


# ---- whatever a user names


@pytest.mark.parametrize(
    ("name", "begins", "found"),
    [
        ("a.xlsx", b"", "空文件"),
        ("a.xlsx", b"not a zip", "内容不是工作簿，只是扩展名如此"),
        ("a.xlsx", b"PK\x03\x04 cut off", "工作簿的内容残缺或已损坏"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "工作簿的内容残缺或已损坏"),
        ("a/persons.csv", '人员编号,姓名\n1,"样例\n'.encode(), "引号不成对，或一格内容过长"),
        ("a/persons.parquet", b"PAR1 cut off", "不是 Parquet 文件，或文件已损坏"),
        ("a/persons.parquet", b"", "空文件"),
    ],
)
def test_what_a_file_is_instead_is_said_in_chinese(
    name: str, begins: bytes, found: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(begins)
    with pytest.raises(TongrongError) as caught:
        read_facts(tmp_path / name.partition("/")[0])
    assert [problem.found for problem in caught.value.problems] == [found]


def test_a_path_with_nothing_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "台账.xls").write_bytes(b"x")
    (tmp_path / "坏.xlsx").write_bytes(b"not a zip")
    a_folder(tmp_path / "杂", {"persons.csv": "", "persons.parquet": ""})
    expected = {
        "没有": "facts.file.missing",
        "空": "facts.file.empty",
        "台账.xls": "facts.file.unreadable",
        "坏.xlsx": "facts.file.unreadable",
        "杂": "facts.file.mixed",
    }
    for name, code in expected.items():
        with pytest.raises(TongrongError) as caught:
            read_facts(tmp_path / name)
        assert [problem.code for problem in caught.value.problems] == [code], name


def test_a_folder_of_workbooks_says_to_name_the_workbook(tmp_path: Path) -> None:
    a_workbook(tmp_path / "台账.xlsx", {"人员": PERSONS})
    with pytest.raises(TongrongError, match=r"直接指定工作簿，如 .*台账\.xlsx"):
        read_facts(tmp_path)
