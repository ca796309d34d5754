"""What a template says to the person filling it in, derived from the ledgers' declarations."""

from collections.abc import Iterator, Sequence

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    CreditCode,
    Day,
    Flag,
    IdentityNumber,
    Industry,
    Money,
    Month,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.directory import names_of, targets
from tongrong.facts.ledger import Happens, Holds, Ledger, Yearly
from tongrong.facts.registry import LEDGERS

_HOW: dict[type[Column], str] = {
    Day: "如 2026-03-05 或 2026年3月5日",
    Month: "如 2026-03",
    Clock: "如 09:30",
    Flag: "填 是 或 否；空白表示不清楚",
    Money: "以元为单位，最多两位小数；用其他单位的，在列名或单元格中写明，如 12.5万元",
    Year: "如 2026",
    Share: "如 33.5%，带百分号，最多四位小数",
    CreditCode: "18位，按文本填写",
    IdentityNumber: "18位，按文本填写，末位字母为 X",
    Industry: "GB/T 4754-2017 的两位至四位代码，不写门类字母，按文本填写，如 35、3511",
}
_RULES = (
    ("填写办法",),
    ("一、", "一行一条记录，第1行是列名，不要改动；列的次序可以调整，选填列可以删去。"),
    ("二、", "橙色列名为必填，蓝色为选填；鼠标移到列名上可看填写说明。"),
    ("三、", "同一条记录只写一行：关键列相同即为同一条记录。"),
    (
        "四、",
        "引用其他台账的，填对方的编号；写名称、简称或姓名也认，有重名的须填编号。编号按文本保存。",
    ),
    ("五、", "多选的内容之间用“、”分隔。"),
    ("六、", "“记录状态”空白即为 有效；草稿、撤回的记录不参加计算。"),
    ("七、", "不用的工作表可以删去，视同没有记录。"),
    ("八、", "已导入的记录，删去行不等于撤回：保留该行，把“记录状态”填为 撤回，再导入。"),
)


def comment(column: Column) -> str:
    """The note on a heading: type, whether required, choices, help."""
    need = "选填" if column.optional else "必填"
    lines = [f"{column.type_label} · {need}{' · 关键列' if column.key else ''}"]
    if isinstance(column, Choice | Choices):
        lines.append("可选：" + "、".join(column.choices))
    if isinstance(column, Reference):
        lines.append(f"填{_target(column)}的编号{_or_name(column)}")
    if isinstance(column, Text | Code):
        lines.append(f"不超过 {column.longest} 个字")
    if isinstance(column, Whole) and column.unit:
        most = "" if column.most is None else f"，不超过 {column.most}"
        lines.append(f"单位：{column.unit}{most}")
    if how := _HOW.get(type(column)):
        lines.append(how)
    if column.help:
        lines.append(column.help)
    return "\n".join(lines)


def width(column: Column) -> float:
    """A column width that shows the heading and usual values."""
    usual = {Text: 24, Choices: 24, Money: 16, Day: 12, CreditCode: 22, IdentityNumber: 22}.get(
        type(column), 10
    )
    longest = max(map(len, column.choices), default=0) if isinstance(column, Choice) else 0
    return max(usual, 2.2 * len(column.label) + 3, 2.2 * longest + 3)


def guide_rows(ledgers: Sequence[type[Ledger]]) -> Iterator[Sequence[str]]:
    """The guide sheet: title, rules, then every ledger with what a row of it is."""
    yield ("同融台账填写说明",)
    yield from _RULES
    yield ()
    yield ("台账", "每一行是", "必填列", "关键列")
    for ledger in ledgers:
        required = [c.label for c in ledger.columns.values() if not c.optional]
        keys = [c.label for c in ledger.columns.values() if c.key]
        yield (ledger.label, row_meaning(ledger), "、".join(required), "、".join(keys))


def row_meaning(ledger: type[Ledger]) -> str:
    """What a row is and when it counts, from the ledger's time."""
    match ledger.time:
        case Happens(on):
            return f"一次“{ledger.label}”，按“{_label(ledger, on)}”计入期间"
        case Holds(start, None):
            return f"一段状态，自“{_label(ledger, start)}”起，到同类的下一行为止"
        case Holds(start, str(end)):
            last = _label(ledger, end)
            still = f"；“{last}”空白即仍在继续" if ledger.columns[end].optional else ""
            return f"一段状态，自“{_label(ledger, start)}”起，到“{last}”的前一日止{still}"
        case Yearly(year):
            return f"一个年度的数，年度填在“{_label(ledger, year)}”"
        case _:
            return f"一项“{ledger.label}”的基本情况"


def _or_name(column: Reference) -> str:
    return "或名称" if any(names_of(LEDGERS[code]) for code in targets(column.to)) else ""


def _target(column: Reference) -> str:
    return "企业或党组织" if column.to == "units" else f"“{LEDGERS[column.to].label}”台账"


def _label(ledger: type[Ledger], name: str) -> str:
    """The heading of a column, a carried one included (`meeting_held_on`)."""
    if name in ledger.columns:
        return ledger.columns[name].label
    for own, reference in ledger.references().items():
        carried = name.removeprefix(f"{own}_")
        if carried in reference.carry:
            return LEDGERS[reference.to].columns[carried].label
    return name
