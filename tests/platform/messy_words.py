"""Messy files by their references: names, short names, namesakes; records without a code."""

from tests.platform.book_bytes import Page
from tests.platform.messy_files import HEAD, ONE, Case, D, book, meetings, pages
from tests.platform.sheets import wide

BESIDE = ["会议编号", "人员编号", "姓名", "出席身份", "是否到会"]
ATTENDED = ["会议编号", "人员编号", "出席身份", "是否到会"]


def cases() -> dict[str, Case]:
    """The cases by title."""
    return {**_taken(), **_refused(), **_codes(), **_combined()}


def _taken() -> dict[str, Case]:
    new = Page(
        "企业",
        [
            ["企业编号", "企业名称", "是否集团公司", "设立日期"],
            ["QY09", "样例贸易有限公司", "否", D(2020, 1, 1)],
        ],
    )
    told = Page(
        "信息公开",
        [
            ["公开编号", "单位编号", "公开日期", "公开事项"],
            ["GK1", "样例贸易 有限公司", D(2026, 1, 1), "样例"],
        ],
    )
    return {
        "引用写全称": Case(
            "台账.xlsx", book([HEAD, ["HY02", "样例制造第一党支部", *ONE[2:]]]), meetings(ONE)
        ),
        "引用写简称": Case(
            "台账.xlsx",
            book([HEAD, ["HY02", "样例制造", "董事会", ONE[3]]]),
            meetings(["HY02", "QY02", "董事会", ONE[3]]),
        ),
        "引用写姓名，列名是姓名": Case(
            "台账.xlsx",
            book(
                [["会议编号", "姓名", *ATTENDED[2:]], ["HY01", "样例 甲", "主持", "是"]], "出席情况"
            ),
            {"attendance": [{"meeting": "HY01", "person": "RY01"}]},
        ),
        "引用同一文件里的名称": Case(
            "台账.xlsx", pages(new, told), {"disclosures": [{"number": "GK1", "unit": "QY09"}]}
        ),
        "编号旁边写着名称": Case(
            "台账.xlsx",
            book([BESIDE, ["HY01", "RY01", "样例甲", "出席", "是"]], "出席情况"),
            {"attendance": [{"meeting": "HY01", "person": "RY01"}]},
        ),
    }


def _refused() -> dict[str, Case]:
    return {
        "两人同名": Case(
            "台账.xlsx",
            book([ATTENDED, ["HY01", "样例丙", "出席", "是"]], "出席情况"),
            refused=[("出席情况!B2", "facts.reference.several")],
            hints=["RY03 样例丙、RY04 样例丙"],
        ),
        "两个支部同一简称": Case(
            "台账.xlsx",
            book([HEAD, ["HY02", "一支部", *ONE[2:]]]),
            refused=[("会议活动!B2", "facts.reference.several")],
            hints=["ZB01 样例制造第一党支部、ZB02 样例集团第一党支部"],
        ),
        "没有这个名称": Case(
            "台账.xlsx",
            book([HEAD, ["HY02", "样例制造第二党支部", *ONE[2:]]]),
            refused=[("会议活动!B2", "facts.reference.unknown")],
            hints=["“ZB01 样例制造第一党支部”"],
        ),
        "编号与旁边的名称不符": Case(
            "台账.xlsx",
            book([BESIDE, ["HY01", "RY01", "样例乙", "出席", "是"]], "出席情况"),
            refused=[("出席情况!B2", "facts.reference.beside")],
        ),
    }


def _codes() -> dict[str, Case]:
    head, one = HEAD[1:], ONE[1:]
    return {
        "没有编号列": Case(
            "台账.xlsx",
            book([head, one, ["ZB02", "党课", D(2026, 3, 6)]]),
            {"meetings": [{"unit": "ZB01"}, {"unit": "ZB02"}]},
        ),
        "没有编号而内容相同": Case(
            "台账.xlsx",
            book([head, one, one]),
            refused=[("会议活动!第3行", "facts.row.same")],
        ),
        "没有编号而库中已有": Case(
            "台账.xlsx",
            book([head, ["样例制造第一党支部", "党课", D(2026, 1, 15)]]),
            refused=[("会议活动!第2行", "facts.row.recorded")],
            hints=["填上编号 HY01"],
        ),
        "人员没有编号": Case(
            "台账.xlsx",
            book([["姓名", "公民身份号码"], ["样例己", "11010519491231002X"]], "人员"),
            refused=[("人员!C1", "facts.heading.missing")],
        ),
    }


def _combined() -> dict[str, Case]:
    rows = [
        ["2026年第一季度会议活动情况"],
        ["填报单位：样例集团有限公司"],
        ["序号", "会议", None, "召开", None, "备注"],
        [None, "编号", "类别", "单位", "时间", None],
        [1, wide("HY02"), "党 课", "样例制造第一党支部", "2026年3月5日", None],
        [2, "HY03\u200b", "党课", None, "2026.3.6", None],
        ["小计", None, None, None, 2, None],
        [],
        [3, " HY04", "党课", "样例集团党委", 46088, None],
        ["合计", None, None, None, 3, None],
        ["注：以会议记录为准。"],
    ]
    arrives = meetings(
        ["HY02", "ZB01", "党课", D(2026, 3, 5)],
        ["HY03", "ZB01", "党课", D(2026, 3, 6)],
        ["HY04", "DZ01", "党课", D(2026, 3, 7)],
    )
    blocks = [(0, 0, 0, 5), (4, 3, 5, 3)]
    told = ["第7、10行是合计行", "第11行是表下的说明"]
    found = {
        f"样样都有 {form}": Case(
            f"2026会议.{form}",
            book(rows, "会议", form, merged=blocks),
            arrives,
            told=told,
        )
        for form in ("xlsx", "xls", "xlsb", "ods")
    }
    wrong = [
        ["会议台账"],
        [*HEAD, "讲课人编号"],
        ["HY02", "一支部", "党可", "3/5/2026", "样例丙"],
        ["HY03", None, "党课", "2026-03-05", "RY01"],
    ]
    found["错处不止一处"] = Case(
        "台账.xlsx",
        book(wrong),
        refused=[
            ("会议活动!C3", "facts.cell.choice"),
            ("会议活动!D3", "facts.cell.day_order"),
            ("会议活动!B4", "facts.cell.missing"),
        ],
    )
    return found
