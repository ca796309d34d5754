"""Messy files by their cells: days, numbers, units, marks, codes, formulas that failed."""

import datetime as dt

from tests.platform.book_bytes import WRITERS, Book, Failed, Page
from tests.platform.messy_files import HEAD, ONE, Case, D, Row, book, meetings
from tests.platform.sheets import wide

DUES = [
    "党支部编号",
    "人员编号",
    "所属月份",
    "缴费类别",
    "实缴金额",
    "缴纳日期",
    "是否从工资中代扣",
]
SHARES = ["企业编号", "股东名称", "持股起始日期", "股东类型", "持股比例"]
MARCH = D(2026, 3, 5)
DAYS = ("2026年3月5日", "2026.3.5", "2026-3-5", "2026/3/5", "20260305", 20260305, 46086, MARCH)


def due(**changed: object) -> list[object]:
    """One row of 党费收缴, some cells changed."""
    usual = dict(zip(DUES, ["ZB01", "RY01", "2026-03", "在职", 10.5, MARCH, "是"], strict=True))
    return list((usual | changed).values())


def paid(*fen: int) -> dict[str, list[Row]]:
    """What arrives of dues: the amounts, in months from March on."""
    return {"dues": [{"paid": amount} for amount in fen]}


def dues_with(amounts: list[object], heading: str = "实缴金额", above: object = None) -> bytes:
    """A sheet of dues with these amounts, under this heading, perhaps a line above it."""
    head = [heading if name == "实缴金额" else name for name in DUES]
    rows = [due(实缴金额=one, 所属月份=f"2026-{n:02}") for n, one in enumerate(amounts, start=3)]
    return book([*([[above]] if above else []), head, *rows], "党费收缴")


def cases() -> dict[str, Case]:
    """The cases by title."""
    return {**_days(), **_texts(), **_money(), **_shares(), **_marks(), **_formulas()}


def _days() -> dict[str, Case]:
    forms = [[f"HY{n:02}", "ZB01", "党课", day] for n, day in enumerate(DAYS, start=2)]
    unordered = [["HY02", "ZB01", "党课", "3/5/2026"], ["HY03", "ZB01", "党课", "05-03-26"]]
    timed = [["HY02", "ZB01", "党课", dt.datetime(2026, 3, 5, 14, 30)]]  # noqa: DTZ001
    since_1904 = Book([Page("会议活动", [HEAD, [*ONE[:3], 46086 - 1462]])], from_1904=True)
    return {
        "日期的各种写法": Case(
            "台账.xlsx",
            book([HEAD, *forms]),
            meetings(*([*row[:3], MARCH] for row in forms)),
            told=["编号不同而"],
        ),
        "年月日次序不明": Case(
            "台账.xlsx",
            book([HEAD, *unordered]),
            refused=[
                ("会议活动!D2", "facts.cell.day_order"),
                ("会议活动!D3", "facts.cell.day_order"),
            ],
            hints=["若指 2026-03-05", "若指 2026-05-03", "若指 2005-03-26"],
        ),
        "日期带时刻": Case(
            "台账.xlsx", book([HEAD, *timed]), refused=[("会议活动!D2", "facts.cell.day")]
        ),
        "只写年份的日期": Case(
            "台账.xlsx", book([HEAD, [*ONE[:3], 2026]]), refused=[("会议活动!D2", "facts.cell.day")]
        ),
        "没有的日子": Case(
            "台账.ods",
            book([HEAD, [*ONE[:3], "2026-02-30"]], form="ods"),
            refused=[("会议活动!D2", "facts.cell.day")],
        ),
        "从1904年起计日的工作簿": Case("台账.xlsx", WRITERS["xlsx"](since_1904), meetings(ONE)),
    }


def _texts() -> dict[str, Case]:
    messy = [wide("HY02"), "\u200bZB01\u00a0", " 党 课\n", f"{wide('2026')}年{wide('3')}月5日"]
    people = ["人员编号", "姓名", "公民身份号码"]
    number = "11010519491231002X"
    return {
        "全角数字字母、零宽字符、多余空格换行": Case(
            "台账.xlsx", book([HEAD, messy]), meetings(ONE)
        ),
        "全角的身份证号": Case(
            "台账.xlsx",
            book([people, ["RY09", "样例己", f" {wide(number.lower())}\u200e"]], "人员"),
            {"persons": [{"number": "RY09", "identity_number": number}]},
        ),
        "身份证号变成了数字": Case(
            "台账.xlsx",
            book([people, ["RY09", "样例己", 440524188001010014.0]], "人员"),
            refused=[("人员!C2", "facts.cell.digits")],
            hints=["末尾几位已丢失"],
        ),
        "身份证号变成了科学计数法": Case(
            "人员.csv",
            "人员编号,姓名,公民身份号码\nRY09,样例己,4.40524E+17\n".encode(),
            refused=[("C2", "facts.cell.digits")],
        ),
        "身份证号末几位变成了零": Case(
            "台账.xls",
            book([people, ["RY09", "样例己", "110105194912310000"]], "人员", "xls"),
            refused=[("人员!C2", "facts.cell.national_code")],
        ),
        "编号中间换行": Case(
            "台账.xlsx",
            book([HEAD, ["HY\n02", *ONE[1:]]]),
            refused=[("会议活动!A2", "facts.cell.control")],
        ),
        "没有的内容写横线": Case(
            "台账.xlsx",
            book([[*HEAD, "讲课人编号", "实际开始时间"], [*ONE, "—", "/"]]),
            {"meetings": [{"number": "HY02", "lecturer": None, "started_at": None}]},
        ),
    }


def _money() -> dict[str, Case]:
    def taken(amounts: list[object], *fen: int, **more: object) -> Case:
        return Case("台账.xlsx", dues_with(amounts, **more), paid(*fen))  # type: ignore[arg-type]

    return {
        "金额是带千分位的文字": taken(["1,234.50", "￥12", wide("1,000")], 123450, 1200, 100000),
        "单元格里写万元亿元": taken(["12.5万元", "0.125亿", "3元"], 12500000, 1250000000, 300),
        "列名里写万元": taken([12.5, "0.01"], 12500000, 10000, heading="实缴金额（万元）"),
        "列名里不带括号写万元": taken([12.5], 12500000, heading="实缴金额/万元"),
        "表头上方写单位万元": taken([12.5], 12500000, above="单位：万元"),
        "列名的单位先于上方的单位": taken(
            [12.5], 1250, heading="实缴金额(元)", above="金额单位：万元"
        ),
        "填报单位不是金额单位": taken([12.5], 1250, above="填报单位：样例集团有限公司"),
        "列名写万元单元格写元": Case(
            "台账.xlsx",
            dues_with(["12.5元"], heading="实缴金额（万元）"),
            refused=[("党费收缴!E2", "facts.cell.money_unit")],
        ),
        "列名写美元": Case(
            "台账.xlsx",
            dues_with([12.5], heading="实缴金额（美元）"),
            refused=[("党费收缴!E1", "facts.heading.unit")],
        ),
        "万元换算后不到一分": Case(
            "台账.xlsx",
            dues_with(["12.3456789万元"]),
            refused=[("党费收缴!E2", "facts.cell.money_places")],
        ),
    }


def _shares() -> dict[str, Case]:
    def sheet(share: object, heading: str = "持股比例") -> bytes:
        head = [*SHARES[:-1], heading]
        return book([head, ["QY02", "样例集团", MARCH, "国有资本", share]], "股权结构")

    def taken(millionths: int, *given: object) -> Case:
        return Case("台账.xlsx", sheet(*given), {"shareholdings": [{"share": millionths}]})  # type: ignore[arg-type]

    wrong = [("股权结构!E2", "facts.cell.share")]
    return {
        "比例带百分号": taken(335_000, wide("33.5%")),
        "列名带百分号": taken(335_000, 33.5, "持股比例（%）"),
        "比例是光秃秃的小数": Case(
            "台账.xlsx", sheet(0.335), refused=wrong, hints=["若指 33.5%", "若指 0.335%"]
        ),
        "列名带百分号而数字像小数": Case("台账.xlsx", sheet(0.335, "持股比例(%)"), refused=wrong),
        "比例大于一而没有百分号": Case("台账.xlsx", sheet(33.5), refused=wrong),
    }


def _marks() -> dict[str, Case]:
    marks = ["√", "×", "Y", "N", "有", "无", True]
    rows = [
        due(是否从工资中代扣=mark, 所属月份=f"2026-{n:02}") for n, mark in enumerate(marks, start=1)
    ]
    kept = [True, False, True, False, True, False, True]
    return {
        "是否写成各种记号": Case(
            "台账.xlsx",
            book([DUES, *rows], "党费收缴"),
            {"dues": [{"by_payroll": one} for one in kept]},
        ),
        "是否写成字母x": Case(
            "台账.xlsx",
            book([DUES, due(是否从工资中代扣="x")], "党费收缴"),
            refused=[("党费收缴!G2", "facts.cell.flag")],
        ),
    }


def _formulas() -> dict[str, Case]:
    head = [*HEAD, "讲课人编号"]
    found = {
        f"公式出错的单元格 {form}": Case(
            f"台账.{form}",
            book([head, [*ONE, Failed(0x2A)]], form=form),
            refused=[("会议活动!E2", "facts.cell.error")],
        )
        for form in WRITERS
    }
    found["公式没有算出值"] = Case(
        "台账.xlsx",
        book([head, [*ONE, Failed(None)]]),
        refused=[("会议活动!E2", "facts.cell.error")],
    )
    return found
