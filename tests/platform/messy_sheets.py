"""Messy files by their sheets: headings, titles, sums, notes, hidden and strange sheets."""

from tests.platform.book_bytes import Page
from tests.platform.messy_files import HEAD, ONE, Case, D, book, meetings, pages

TWO = ["HY03", "ZB02", "党课", D(2026, 3, 6)]
NAMES = ["人员编号", "姓名"]


def cases() -> dict[str, Case]:
    """The cases by title."""
    return {**_headings(), **_around(), **_merged(), **_sheets(), **_unknown(), **_twice()}


def _headings() -> dict[str, Case]:
    renamed = ["召开时间", "会议类别", "会议代码", "召开单位"]
    groups = [["会议", None, None, "召开", None], ["编号", "类型", None, "单位编号", "日期"]]
    three = [
        ["一季度会议"],
        ["会议", None, "召开", None],
        ["编号", "类型", "单位", None],
        [None, None, "编号", "日期"],
    ]
    grouped = ["HY02", "党课", None, "ZB01", D(2026, 3, 5)]
    sideways = [[], [], [None, None, *HEAD], [None, None, *ONE]]
    signed = ["*会议编号", "召开单位编号：", "会 议\n类 型", "★召开日期（年月日）"]
    return {
        "列名换了说法换了次序": Case(
            "台账.xlsx", book([renamed, [ONE[3], ONE[2], ONE[0], ONE[1]]]), meetings(ONE)
        ),
        "列名带星号冒号换行和说明": Case("台账.xlsx", book([signed, ONE]), meetings(ONE)),
        "列名用代码": Case(
            "台账.xlsx", book([["number", "unit", "kind", "held_on"], ONE]), meetings(ONE)
        ),
        "两行表头": Case("台账.xlsx", book([*groups, grouped]), meetings(ONE)),
        "三行表头": Case(
            "台账.xlsx", book([*three, ["HY02", "党课", "ZB01", D(2026, 3, 5)]]), meetings(ONE)
        ),
        "表头不在第一行第一列": Case("台账.xlsx", book(sideways), meetings(ONE)),
        "有序号列": Case(
            "台账.xlsx", book([["序号", *HEAD], [1, *ONE], [2, *TWO]]), meetings(ONE, TWO)
        ),
        "空的备注列": Case("台账.xlsx", book([[*HEAD, "备注"], ONE]), meetings(ONE)),
        "缺必填列": Case(
            "台账.xlsx",
            book([HEAD[:3], ONE[:3]]),
            refused=[("会议活动!D1", "facts.heading.missing")],
        ),
        "列名重复": Case(
            "台账.xlsx",
            book([[*HEAD, "会议类型"], [*ONE, "党课"]]),
            refused=[("会议活动!E1", "facts.heading.duplicate")],
        ),
        "没有列名的内容": Case(
            "台账.xlsx",
            book([HEAD, [*ONE, None, "备用"]]),
            refused=[("会议活动!F2", "facts.heading.blank")],
        ),
    }


def _around() -> dict[str, Case]:
    title = [["2026年会议活动台账"], ["填报单位：样例集团", None, None, "填报日期：2026年3月31日"]]
    sums = [HEAD, ONE, ["小 计", None, None, 1], TWO, ["合计：", None, None, 2], ["总计", 2]]
    notes = [
        *(HEAD, ONE, []),
        ["填表说明："],
        ["1. 会议编号不得重复。"],
        ["填表人：样例甲", None, "审核人：样例乙", "联系电话：000"],
    ]
    return {
        "表头上方有标题行": Case(
            "台账.xlsx", book([*title, HEAD, ONE], merged=[(0, 0, 0, 3)]), meetings(ONE)
        ),
        "中间有空行": Case(
            "台账.xlsx",
            book([HEAD, [], ONE, [None, " ", "\u200b"], TWO, []]),
            meetings(ONE, TWO),
        ),
        "小计合计总计行": Case(
            "台账.xlsx", book(sums), meetings(ONE, TWO), told=["第3、5、6行是合计行"]
        ),
        "表下的填表说明和落款": Case(
            "台账.xlsx", book(notes), meetings(ONE), told=["第4、5、6行是表下的说明"]
        ),
        "每页重复的表头": Case("台账.xlsx", book([HEAD, ONE, HEAD, TWO]), meetings(ONE, TWO)),
        "标题行合计行在 CSV 里": Case(
            "会议活动.csv",
            "2026年会议台账,,,\n会议编号,召开单位编号,会议类型,召开日期\n"
            "HY02,ZB01,党课,2026-03-05\n合计,,,1\n".encode("gb18030"),
            meetings(ONE),
            told=["第4行是合计行"],
        ),
    }


def _merged() -> dict[str, Case]:
    rows = [HEAD, ONE, ["HY03", None, None, D(2026, 3, 6)], ["HY04", None, "党课", D(2026, 3, 7)]]
    blocks = [(1, 1, 3, 1), (1, 2, 2, 2)]
    arrives = meetings(
        ONE, ["HY03", "ZB01", "党课", D(2026, 3, 6)], ["HY04", "ZB01", "党课", D(2026, 3, 7)]
    )
    return {
        f"向下合并的单元格 {form}": Case(
            f"台账.{form}", book(rows, form=form, merged=blocks), arrives
        )
        for form in ("xlsx", "xls", "xlsb", "ods")
    } | {
        "没有合并而留空的单元格": Case(
            "台账.xlsx",
            book(rows[:3]),
            refused=[
                ("会议活动!B3", "facts.cell.missing"),
                ("会议活动!C3", "facts.cell.missing"),
            ],
        )
    }


def _sheets() -> dict[str, Case]:
    good = Page("会议活动", [HEAD, ONE])
    stranger = Page("通讯录", [["电话", "地址"], ["000", "样例路"]])
    found = {
        f"隐藏的工作表 {form}": Case(
            f"台账.{form}",
            pages(good, Page("人员", [NAMES, ["RY09", "样例己"]], hidden=True), form=form),
            meetings(ONE),
            told=["人员：是隐藏的工作表"],
        )
        for form in ("xlsx", "xls", "xlsb", "ods")
    }
    return found | {
        "有不属于台账的工作表": Case(
            "台账.xlsx", pages(good, stranger), meetings(ONE), told=["通讯录：不属于任何台账"]
        ),
        "只有不属于台账的工作表": Case(
            "台账.xlsx", pages(stranger), refused=[("通讯录", "facts.sheet.unknown")]
        ),
        "像台账而名称不明的工作表": Case(
            "台账.xlsx",
            pages(good, Page("表二", [[*NAMES, "血型"], ["RY09", "样例己", "甲"]])),
            refused=[("表二", "facts.sheet.unknown")],
            hints=["“人员”"],
        ),
        "工作表名为 Sheet1": Case("台账.xlsx", book([HEAD, ONE], "Sheet1"), meetings(ONE)),
        "工作表名是习惯叫法": Case(
            "台账.xlsx", book([HEAD, ONE], "附件1.2026年会议台账"), meetings(ONE)
        ),
        "同一台账两张工作表": Case(
            "台账.xlsx",
            pages(good, Page("会议", [HEAD, TWO])),
            refused=[("会议", "facts.sheet.duplicate")],
        ),
    }


def _unknown() -> dict[str, Case]:
    head = [*HEAD[:3], "开会日期"]
    return {
        "不认识的列名": Case(
            "台账.xlsx",
            book([head, ONE]),
            refused=[
                ("会议活动!D1", "facts.heading.unknown"),
                ("会议活动!E1", "facts.heading.missing"),
            ],
            hints=["召开日期", "--column '开会日期=列名'"],
        ),
        "不认识的列名，说明以后": Case(
            "台账.xlsx", book([head, ONE]), meetings(ONE), columns=["开会日期=召开日期"]
        ),
        "说明以后列名里的单位照样算": Case(
            "台账.xlsx",
            book(
                [
                    [
                        "党支部",
                        "姓名",
                        "月份",
                        "缴费类别",
                        "党费（万元）",
                        "缴纳日期",
                        "是否从工资中代扣",
                    ],
                    ["ZB01", "样例甲", "2026-03", "在职", 0.01, D(2026, 3, 5), "是"],
                ],
                "党费",
            ),
            {"dues": [{"paid": 10_000}]},
            columns=["党费=实缴党费"],
        ),
        "不读备注列": Case(
            "台账.xlsx", book([[*HEAD, "备注"], [*ONE, "无误"]]), meetings(ONE), columns=["备注="]
        ),
        "有内容的备注列": Case(
            "台账.xlsx",
            book([[*HEAD, "备注"], [*ONE, "无误"]]),
            refused=[("会议活动!E1", "facts.heading.unknown")],
            hints=["--column '备注='"],
        ),
        "说明只对一个台账": Case(
            "台账.xlsx",
            book([head, ONE]),
            meetings(ONE),
            columns=["会议活动.开会日期=召开日期", "人员.开会日期=出生日期"],
        ),
    }


def _twice() -> dict[str, Case]:
    there = ["HY01", "ZB01", "党课", D(2026, 1, 15)]
    return {
        "同一编号写了两次": Case(
            "台账.xlsx",
            book([HEAD, ONE, ["HY02", *TWO[1:]]]),
            refused=[("会议活动!A3", "facts.row.duplicate")],
        ),
        "库中已有的同样一条": Case("台账.xlsx", book([HEAD, there]), {}),
        "内容相同编号不同": Case(
            "台账.xlsx",
            book([HEAD, ONE, ["HY03", *ONE[1:]]]),
            meetings(ONE, ["HY03", *ONE[1:]]),
            told=["HY03 与 HY02"],
        ),
        "与库中内容相同编号不同": Case(
            "台账.xlsx",
            book([HEAD, ["HY09", *there[1:]]]),
            meetings(["HY09", *there[1:]]),
            told=["HY09 与 HY01"],
        ),
    }
