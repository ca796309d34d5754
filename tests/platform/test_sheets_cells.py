"""Each kind of cell: what is taken, what is refused, at which address and with which code."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.platform.sheets import Broken, a_folder, a_workbook, refused, sample_cells, wide

from tongrong.facts.cells import parse_cells
from tongrong.facts.from_files import read_facts
from tongrong.facts.reading import FilesRefused
from tongrong.facts.registry import LEDGERS

DAY, MONTH, MONEY = ("visits", "调研日期"), ("dues", "所属月份"), ("dues", "实缴金额")
CLOCK, FLAG, WHOLE = (
    ("meetings", "实际开始时间"),
    ("dues", "是否从工资中代扣"),
    ("post_quotas", "核定职数"),
)
YEAR, CHOICE, CHOICES = ("budgets", "预算年度"), ("talks", "谈话类型"), ("supervisions", "参加机构")
CODE, TEXT, REFERENCE = ("persons", "人员编号"), ("persons", "姓名"), ("visits", "联系点编号")
PERIOD = ("justifications", "理由")
CREDIT, IDENTITY = ("enterprises", "统一社会信用代码"), ("persons", "公民身份号码")
INDUSTRY = ("enterprise_scale", "行业代码")
ITEM, TITLE = ("agenda_items", "议题序号"), ("agenda_items", "议题名称")
MARCH_5, MARCH = dt.date(2026, 3, 5), dt.date(2026, 3, 1)

TAKEN = [
    (ITEM, wide("12-A"), "12-A"),
    (ITEM, 3, "3"),
    (TITLE, wide("12"), wide("12")),
    (DAY, dt.date(2026, 3, 5), MARCH_5),
    (DAY, "2026-03-05", MARCH_5),
    (DAY, "2026年3月5日", MARCH_5),
    (DAY, "2026 年 3 月 5 日", MARCH_5),
    (DAY, "2026.3.5", MARCH_5),
    (DAY, "2026/3/5", MARCH_5),
    (DAY, wide("2026/3/5"), MARCH_5),
    (DAY, "20260305", MARCH_5),
    (DAY, 20260305, MARCH_5),
    (DAY, 46086.0, MARCH_5),
    (DAY, "2026年3月5号", MARCH_5),
    (DAY, "2026 . 3 . 5", MARCH_5),
    (DAY, "2026—3—5", MARCH_5),
    (DAY, "2026\u00a0年3月\u200b5日\n", MARCH_5),
    (DAY, "2026/3/5 0:00:00", MARCH_5),
    (DAY, "2026-03-05 00:00:00", MARCH_5),
    (DAY, " 2026-03-05　", MARCH_5),
    (DAY, "2024-02-29", dt.date(2024, 2, 29)),
    (MONTH, "2026-03", MARCH),
    (MONTH, "2026年3月", MARCH),
    (MONTH, "202603", MARCH),
    (MONTH, "2026.03", MARCH),
    (MONTH, "2026年3月份", MARCH),
    (MONTH, 46082.0, MARCH),
    (MONTH, dt.date(2026, 3, 1), MARCH),
    (CLOCK, dt.time(9, 30), 570),
    (CLOCK, "9:30", 570),
    (CLOCK, "09：30", 570),
    (CLOCK, "09:30:00", 570),
    (CLOCK, "00:00", 0),
    (CLOCK, "9时30分", 570),
    (CLOCK, "下午2:30", 870),
    (FLAG, "是", True),
    (FLAG, "否", False),
    (FLAG, True, True),
    *((FLAG, mark, True) for mark in ("√", "Y", "yes", "有", wide("TRUE"), " 是\u200b")),
    *((FLAG, mark, False) for mark in ("×", "N", "no", "无")),
    (WHOLE, 5, 5),
    (WHOLE, "5", 5),
    (WHOLE, "1,200", 1200),
    (WHOLE, 0, 0),
    (WHOLE, wide("12 人"), 12),
    (YEAR, 2026, 2026),
    (YEAR, "2026年", 2026),
    (MONEY, 0.29, 29),
    (MONEY, 1234.5, 123450),
    (MONEY, "1,234.50", 123450),
    (MONEY, 9999999999999.99, 999999999999999),
    (MONEY, "-3", -300),
    (MONEY, "12元", 1200),
    (MONEY, "￥1,234.50", 123450),
    (MONEY, "12.5万元", 12500000),
    (MONEY, "0.125亿", 1250000000),
    (MONEY, wide("(1,234.50)"), -123450),
    (MONEY, "12345678901234.56", 1234567890123456),
    (CHOICE, " 提醒谈话 ", "提醒谈话"),
    (CHOICES, "审计部门，纪委", "、纪委、审计部门、"),
    (CHOICES, "纪委;监事会；纪委", "、纪委、监事会、"),
    (CHOICES, "纪委\n监 事 会", "、纪委、监事会、"),
    (CODE, 12.0, "12"),
    (CODE, "0012", "0012"),
    (CODE, wide("RY-01"), "RY-01"),
    (CODE, "RY\u200b01\u00a0\n", "RY01"),
    (CODE, 999999999999999, "999999999999999"),
    (TEXT, "=1+1", "=1+1"),
    (PERIOD, "一\r\n二", "一\n二"),
    (CREDIT, "91350100M000100Y43", "91350100M000100Y43"),
    (CREDIT, "91350100m000100y43", "91350100M000100Y43"),
    (IDENTITY, "11010519491231002X", "11010519491231002X"),
    (IDENTITY, " 11010519491231002x", "11010519491231002X"),
    (IDENTITY, wide("11010519491231002X"), "11010519491231002X"),
    (IDENTITY, "440524188001010014", "440524188001010014"),
    # Born in 1960, numbered under 通州区's code of 1997; the weighted sum is 1 mod 11, hence 0.
    (IDENTITY, "110112196001010010", "110112196001010010"),
    (INDUSTRY, "35", "35"),
    (INDUSTRY, "c3511", "3511"),
    (INDUSTRY, "01", "01"),
    (INDUSTRY, 3511, "3511"),
    (INDUSTRY, "592", "592"),
]


@pytest.mark.parametrize(("place", "cell", "kept"), TAKEN)
def test_a_cell_is_taken(place: tuple[str, str], cell: Any, kept: Any, tmp_path: Path) -> None:
    code, heading = place
    ledger = LEDGERS[code]
    rows = sample_cells(code, **{heading: cell})
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", {ledger.label: rows}))
    assert reading.snapshot[code][ledger.by_label()[heading]].to_pylist() == [kept]


REFUSED = [
    # place, cell, address, code, what the remedy says
    (DAY, "2026-02-30", "B2", "day", "真实存在"),
    (DAY, "26-3-5", "B2", "day_order", "若指 2026-03-05，写成 2026-03-05；若指 2005-03-26"),
    (DAY, "3/5/2026", "B2", "day_order", "若指 2026-03-05，写成 2026-03-05；若指 2026-05-03"),
    (DAY, "25/3/2026", "B2", "day_order", "放在最前；若指 2026-03-25"),
    (DAY, "05-03-26", "B2", "day_order", "若指 2005-03-26"),
    (DAY, "2026-03-05 14:30", "B2", "day", "不带时刻：2026-03-05"),
    (DAY, "46086", "B2", "day", "若指 2026-03-05"),
    (DAY, 2026, "B2", "day", "看不出是哪一天"),
    (DAY, 46086.5, "B2", "day", "看不出是哪一天"),
    (DAY, "2026年3月", "B2", "day", "年、月、日都写明"),
    (DAY, "—", "B2", "missing", "填写“调研日期”"),
    (DAY, "2026-3/5", "B2", "day", "真实存在"),
    (DAY, "3月5日", "B2", "day", "真实存在"),
    (DAY, dt.datetime(2026, 3, 5, 10, 30), "B2", "day", "不带时刻：2026-03-05"),  # noqa: DTZ001
    (DAY, "9999-12-31", "B2", "range", "留空"),
    (DAY, None, "B2", "missing", "填写“调研日期”"),
    (DAY, "　", "B2", "missing", "填写“调研日期”"),
    (DAY, Broken("#REF!"), "B2", "error", "修正公式"),
    (DAY, "#N/A", "B2", "error", "修正公式"),
    (MONTH, dt.date(2026, 3, 5), "C2", "month", "若指当月，写 2026-03"),
    (MONTH, "2026-13", "C2", "month", "2026-03"),
    (MONTH, 2026.1, "C2", "month", "2026-03"),
    (MONTH, "2026.1", "C2", "month", "2026-03"),
    (CLOCK, "24:00", "E2", "clock", "时:分"),
    (CLOCK, "9:60", "E2", "clock", "时:分"),
    (CLOCK, "9点半", "E2", "clock", "时:分"),
    (CLOCK, dt.time(9, 30, 5), "E2", "clock", "时:分"),
    (CLOCK, 9.5, "E2", "clock", "时:分"),
    (FLAG, "x", "H2", "flag", "“是”或“否”"),
    (FLAG, "部分", "H2", "flag", "“是”或“否”"),
    (FLAG, 1, "H2", "flag", "“是”或“否”"),
    (WHOLE, -1, "D2", "whole", "整数"),
    (WHOLE, 5.5, "D2", "whole", "整数"),
    (WHOLE, "五", "D2", "whole", "整数"),
    (WHOLE, 1e15, "D2", "range", "核对"),
    (YEAR, 26, "B2", "year", "四位年份"),
    (YEAR, 2101, "B2", "year", "四位年份"),
    (YEAR, 2026.5, "B2", "year", "四位年份"),
    (MONEY, 12.345, "F2", "money_places", "到分"),
    (MONEY, "12.345", "F2", "money_places", "到分"),
    (MONEY, "12美元", "F2", "money", "只写数字"),
    (MONEY, "约12万元", "F2", "money", "只写数字"),
    (MONEY, "12.3456789万元", "F2", "money_places", "到分"),
    (MONEY, "10~20", "F2", "money", "只写数字"),
    (MONEY, "1,23.00", "F2", "money", "只写数字"),
    (MONEY, 1e14, "F2", "range", "核对"),
    (CHOICE, "谈心谈", "E2", "choice", "是否应为“谈心谈话”？"),
    (CHOICE, "XYZ", "E2", "choice", "不在其中"),
    (CHOICES, "纪委、审计部", "D2", "choices", "是否应为“审计部门”？"),
    (CHOICES, "、", "D2", "missing", "填写“参加机构”"),
    (CODE, 123456789012345678.0, "A2", "digits", "末尾几位已丢失"),
    (CODE, "1.23457E+17", "A2", "digits", "科学计数法"),
    (CODE, 12.5, "A2", "number", "小数"),
    (CODE, dt.date(2026, 3, 5), "A2", "text", "“文本”格式"),
    (CODE, "RY\n01", "A2", "control", "看不见"),
    (CODE, "RY|01", "A2", "separator", "换成其他字符"),
    (CODE, "R" * 65, "A2", "too_long", "现有 65 个字"),
    (TEXT, "样" * 51, "B2", "too_long", "现有 51 个字"),
    (TEXT, "样\x01例", "B2", "control", "看不见"),
    (REFERENCE, None, "A2", "missing", "填写“联系点编号”"),
    (CREDIT, "91350100M000100Y44", "C2", "national_code", "校验码"),
    (CREDIT, "91350100M000100Y4", "C2", "national_code", "现有 17 位"),
    (CREDIT, "91350100M0O0100Y43", "C2", "national_code", "I、O、S、V、Z"),
    (IDENTITY, "110105194912310021", "C2", "national_code", "校验码"),
    (IDENTITY, "11010519491232002X", "C2", "national_code", "校验码"),
    (IDENTITY, "110105194902300020", "C2", "national_code", "第7至14位"),
    (IDENTITY, "1101051949123100X2", "C2", "national_code", "末位为数字或 X"),
    (IDENTITY, "110105491231002", "C2", "national_code", "现有 15 位"),
    (IDENTITY, 440524188001010014.0, "C2", "digits", "末尾几位已丢失"),
    (IDENTITY, "4.40524E+17", "C2", "digits", "科学计数法"),
    (INDUSTRY, 35, "C2", "industry", "前面的0可能已丢失"),
    (INDUSTRY, "98", "C2", "industry", "查《国民经济行业分类》"),
    (INDUSTRY, "597", "C2", "industry", "查《国民经济行业分类》"),
    (INDUSTRY, "C", "C2", "industry", "查《国民经济行业分类》"),
    (INDUSTRY, "35111", "C2", "industry", "查《国民经济行业分类》"),
    (INDUSTRY, "B35", "C2", "industry", "35 属于门类 C，不属于 B"),
]


@pytest.mark.parametrize(("place", "cell", "address", "code", "remedy"), REFUSED)
def test_a_malformed_cell_is_refused_by_its_address(
    place: tuple[str, str], cell: Any, address: str, code: str, remedy: str, tmp_path: Path
) -> None:
    ledger = LEDGERS[place[0]]
    rows = sample_cells(ledger.code, **{place[1]: cell})
    path = a_workbook(tmp_path / "台账.xlsx", {ledger.label: rows})
    (problem,) = refused(read_facts, path)
    assert problem.where == f"台账.xlsx!{ledger.label}!{address}"
    assert problem.code == f"facts.cell.{code}"
    assert remedy in problem.remedy
    assert problem.expected


UNITS = [
    # kind, unit of the heading, cell, kept or the code it is refused with
    ("paid", "万元", 12.5, 12_500_000),
    ("paid", "万元", "12.5万元", 12_500_000),
    ("paid", "万元", "12.5万", 12_500_000),
    ("paid", "万元", "125000元", "facts.cell.money_unit"),
    ("paid", "亿元", "1.25", 12_500_000_000),
    ("paid", "元", "12.5万元", "facts.cell.money_unit"),
    ("paid", "万元", 0.0000001, "facts.cell.money_places"),
    ("share", "%", 33.5, 335_000),
    ("share", "%", "0.5", 5_000),
    ("share", "%", "33.5%", 335_000),
    ("share", "%", 0.0, 0),
    ("share", "%", 0.335, "facts.cell.share"),  # 0.335% typed, or 33.5% as the sheet shows it
    ("share", "%", 1, "facts.cell.share"),
    ("share", None, 33.5, "facts.cell.share"),
    ("share", None, "33.5", "facts.cell.share"),
    ("share", None, wide("33.5%"), 335_000),
]


@pytest.mark.parametrize(("name", "unit", "cell", "kept"), UNITS)
def test_the_unit_of_the_heading_counts_and_is_never_guessed(
    name: str, unit: str | None, cell: Any, kept: Any
) -> None:
    column = (LEDGERS["dues"].columns | LEDGERS["shareholdings"].columns)[name]
    (value,), faults = parse_cells(column, [cell], unit)
    assert (faults[0][1].code if faults else value) == kept


@pytest.mark.parametrize("cell", ["—", "/", wide("-"), "无", " \u200b"])
def test_a_stroke_in_an_optional_cell_says_nothing(cell: str) -> None:
    column = LEDGERS["enterprises"].columns["parent"]
    assert parse_cells(column, [cell]) == ([None], [])


def test_a_stroke_in_free_text_stays() -> None:
    column = LEDGERS["attendance"].columns["absence_reason"]
    assert parse_cells(column, ["—", "无", "出差（两天）"])[0] == ["—", "无", "出差（两天）"]


def test_a_computed_amount_is_not_rounded_in_silence() -> None:
    """A formula =0.1+0.2 leaves 0.30000000000000004 in the file."""
    values, faults = parse_cells(LEDGERS["dues"].columns["paid"], [0.3, 0.1 + 0.2])
    assert values == [30, None]
    assert [(at, fault.code) for at, fault in faults] == [(1, "facts.cell.money_places")]


def test_a_problem_quotes_the_cell_and_says_how_to_mend_it(tmp_path: Path) -> None:
    rows = sample_cells("talks", 谈话类型="谈心谈")
    (problem,) = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", {"谈心谈话": rows}))
    assert str(problem) == (
        "台账.xlsx!谈心谈话!E2：谈心谈\n"
        "    应为：下列之一：谈心谈话、任职谈话、提醒谈话、联系人才\n"
        "    办法：“谈心谈”是否应为“谈心谈话”？  [facts.cell.choice]"
    )


def test_an_identity_number_is_quoted_masked(tmp_path: Path) -> None:
    rows = sample_cells("persons", 公民身份号码="110105194912310021")
    (problem,) = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", {"人员": rows}))
    assert problem.found == "110***********0021"
    assert "19491231" not in str(problem)


def test_every_problem_is_reported_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["人员编号", "姓名"],
        ["RY01", None],
        [None, None],
        [12.5, "样例" * 30],
        ["RY03", "样例丙"],
    ]
    problems = refused(read_facts, a_workbook(tmp_path / "台账.xlsx", {"人员": rows}))
    assert [(p.where.rpartition("!")[2], p.code) for p in problems] == [
        ("B2", "facts.cell.missing"),
        ("A4", "facts.cell.number"),
        ("B4", "facts.cell.too_long"),
    ]


def test_the_same_fault_down_a_column_is_told_once_and_counted(tmp_path: Path) -> None:
    """60 names are missing, and one number is none: two faults to mend, not 61."""
    rows: list[list[Any]] = [["人员编号", "姓名"], *([f"RY{i}", None] for i in range(60))]
    rows[30] = [1.5, None]
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": rows})
    with pytest.raises(FilesRefused) as caught:
        read_facts(path)
    text = str(caught.value)
    assert len(caught.value.problems) == 61
    assert text.count("facts.cell.missing") == text.count("facts.cell.number") == 1
    assert [cell for cell in ("B2", "B3", "B4", "B5") if f"!{cell}" in text] == ["B2", "B3", "B4"]
    assert "另有 57 处" in text
    assert "台账.xlsx!人员!A31：1.5" in text
    assert text.endswith("共 61 处问题")


def test_what_was_found_and_its_advice_stand_at_each_of_the_first_cells(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["人员编号", "姓名"], *([f"RY{i % 2}", "某"] for i in range(4))]
    with pytest.raises(FilesRefused) as caught:
        read_facts(a_workbook(tmp_path / "台账.xlsx", {"人员": rows}))
    assert "A4：RY0，与第2行重复" in str(caught.value)
    assert "A5：RY1，与第3行重复" in str(caught.value)
    assert "删去第3行或第5行" in str(caught.value)
    assert "另有" not in str(caught.value)


def test_every_missing_heading_is_named(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "台账.xlsx", {"企业": [["企业编号"], ["QY01"]]})
    with pytest.raises(FilesRefused) as caught:
        read_facts(path)
    for column in LEDGERS["enterprises"].columns.values():
        assert (f"加上列名“{column.label}”" in str(caught.value)) == (
            not column.optional and column.label != "企业编号"
        )


def test_the_printed_list_stops_at_fifty_faults_and_gives_the_count(tmp_path: Path) -> None:
    rows = {f"表{i}": [["人员编号"], ["RY1"]] for i in range(60)}
    with pytest.raises(FilesRefused, match="另有 10 处未列出，共 60 处问题"):
        read_facts(a_workbook(tmp_path / "台账.xlsx", rows))


def test_the_record_state_is_effective_unless_said_otherwise(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["人员编号", "姓名", "记录状态"],
        ["1", "甲", None],
        ["2", "乙", "草稿"],
        ["3", "丙", "撤回"],
    ]
    path = a_workbook(tmp_path / "台账.xlsx", {"人员": rows})
    assert read_facts(path).snapshot["persons"]["status"].to_pylist() == ["有效", "草稿", "撤回"]
    rows[1][2] = "作废"
    (problem,) = refused(read_facts, a_workbook(path, {"人员": rows}))
    assert (problem.where, problem.code) == ("台账.xlsx!人员!C2", "facts.cell.choice")


def test_a_csv_cell_is_addressed_as_a_spreadsheet_would_show_it(tmp_path: Path) -> None:
    """A line break inside quotes does not count as a row."""
    text = '人员编号,姓名\nRY01,"样\n例"\n\nRY02,\n'
    (problem,) = refused(read_facts, a_folder(tmp_path / "表", {"persons.csv": text}))
    assert (problem.where, problem.code) == ("persons.csv!B4", "facts.cell.missing")
