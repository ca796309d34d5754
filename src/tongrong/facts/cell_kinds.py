"""How a cell of each kind of column is read; the rules follow from the column's declaration."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.vocabulary.quantities import percent_to_millionths, yuan_to_fen

Value = str | int | bool | dt.date | None
Parser = Callable[[Any], Value]

FIRST_DAY, LAST_DAY = dt.date(1840, 1, 1), dt.date(2100, 12, 31)
FIRST_YEAR, LAST_YEAR = 1949, 2100
EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number: from here on some may be lost."""
LARGEST = 10**18
YES, NO = "是", "否"

BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_DAYS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]00:00(:00(\.0+)?)?)?", re.ASCII),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})( 0?0:00(:00)?)?", re.ASCII),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4}) *年 *(\d{1,2}) *月 *(\d{1,2}) *日", re.ASCII),
    re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII),
)
_MONTHS = (
    re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII),
    re.compile(r"(\d{4}) *年 *(\d{1,2}) *月", re.ASCII),
    re.compile(r"(\d{4})(\d\d)", re.ASCII),
)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(:00(\.0+)?)?", re.ASCII)
_SEPARATORS = re.compile("[、，,；;]")
_DAY_HINT = "日期，如 2026-03-05 或 2026年3月5日"


class Refused(Exception):
    """A cell that cannot be read: stable code, what was expected, how to mend it."""

    def __init__(self, code: str, expected: str, remedy: str) -> None:
        """`code` is the last part of the stable code `facts.cell.<code>`."""
        super().__init__(code)
        self.code, self.expected, self.remedy = f"facts.cell.{code}", expected, remedy


def closest(found: str, among: Sequence[str], cutoff: float = 0.4) -> str | None:
    """The known word most like the one found, if any is near."""
    near = get_close_matches(found, among, n=1, cutoff=cutoff)
    return near[0] if near else None


def closest_label(found: str, codes: Mapping[str, str]) -> str | None:
    """The known label most like the one found, or the label of the code most like it."""
    near = closest(found, list(codes))
    labels = {code: label for label, code in codes.items()}
    return near or labels.get(closest(found, list(labels), cutoff=0.6) or "")


# ---- text, codes, references


def _text(column: Any) -> Parser:
    longest = getattr(column, "longest", 64)
    one_line = not isinstance(column, Text)
    kind = column.type_label

    def parse(cell: Any) -> str:
        if isinstance(cell, int | float):
            cell = _digits(cell, kind)
        elif not isinstance(cell, str):
            raise Refused(
                "text", kind, "表格软件把内容当成了日期或时间：先把该列设为“文本”格式，再重新填写"
            )
        text = _LINE_END.sub("\n", cell)
        if _CONTROL.search(text) or (one_line and ("\n" in text or "\t" in text)):
            raise Refused("control", f"{kind}，不含换行等控制字符", "删除看不见的字符后重填")
        if one_line and _SCIENTIFIC.fullmatch(text):
            raise Refused("digits", kind, "编号被表格软件改成了科学计数法：设为“文本”格式后重填")
        if column.key and "|" in text:
            raise Refused("separator", f"{kind}，不含“|”", "把“|”换成其他字符")
        if len(text) > longest:
            raise Refused("too_long", f"不超过 {longest} 个字", f"现有 {len(text)} 个字，请缩短")
        return text

    return parse


def _digits(cell: float, kind: str) -> str:
    if not abs(cell) < EXACT:
        raise Refused(
            "digits",
            kind,
            "数字超过15位，末尾几位已丢失：先把该列设为“文本”格式，再重新填写全部数字",
        )
    if cell != int(cell):
        raise Refused("number", kind, "单元格里是小数：先把该列设为“文本”格式，再重新填写")
    return str(int(cell))


# ---- days, months, times of day


def _folded(cell: Any) -> str | None:
    """Text with full-width forms made plain; whole numbers as their digits; else None."""
    if isinstance(cell, str):
        return cell.translate(_FOLD)
    if isinstance(cell, int | float) and abs(cell) < EXACT and cell == int(cell):
        return str(int(cell))
    return None


def _date_of(cell: Any, patterns: Sequence[re.Pattern[str]]) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else None
    if isinstance(cell, dt.date):
        return cell
    text = _folded(cell)
    for pattern in patterns if text else ():
        if found := pattern.fullmatch(text or ""):
            year, month, day = found[1], found[2], found[3] if pattern.groups > 2 else "1"
            try:
                return dt.date(int(year), int(month), int(day))
            except ValueError:
                return None
    return None


def _day(_: Any) -> Parser:
    def parse(cell: Any) -> dt.date:
        day = _date_of(cell, _DAYS)
        if day is None:
            raise Refused("day", _DAY_HINT, _day_remedy(cell))
        return _within(day, _DAY_HINT)

    return parse


def _day_remedy(cell: Any) -> str:
    if isinstance(cell, float) and 367 <= cell < 73_415 and cell == int(cell):
        meant = dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
        return f"单元格里是数字；若指 {meant}，请设为日期格式，或直接写 {meant}"
    if isinstance(cell, dt.datetime):
        return f"只填日期，不带时刻：{cell.date()}"
    return "改为真实存在的日期"


def _within(day: dt.date, expected: str) -> dt.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(
            "range", f"{expected}，在 {FIRST_DAY} 至 {LAST_DAY} 之间", "核对年份；未到期的留空"
        )
    return day


def _month(_: Any) -> Parser:
    expected = "月份，如 2026-03 或 2026年3月"

    def parse(cell: Any) -> dt.date:
        day = _date_of(cell, _MONTHS) or _date_of(cell, _DAYS)
        if day is None:
            raise Refused("month", expected, "写成 2026-03 这样的年月")
        if day.day != 1:
            raise Refused("month", expected, f"这是日期；若指当月，写 {day:%Y-%m}")
        return _within(day, expected)

    return parse


def _clock(_: Any) -> Parser:
    def parse(cell: Any) -> int:
        minutes: int | None = None
        if isinstance(cell, dt.time):
            cell = dt.timedelta(
                hours=cell.hour,
                minutes=cell.minute,
                seconds=cell.second,
                microseconds=cell.microsecond,
            )
        if isinstance(cell, dt.timedelta):
            seconds = round(cell.total_seconds())
            minutes = seconds // 60 if seconds % 60 == 0 else None
        elif isinstance(cell, str) and (found := _CLOCK.fullmatch(cell.translate(_FOLD))):
            minutes = int(found[1]) * 60 + int(found[2]) if int(found[2]) < 60 else None
        if minutes is None or not 0 <= minutes < 24 * 60:
            raise Refused("clock", "时间，如 09:30，00:00 至 23:59，不带秒", "改为“时:分”")
        return minutes

    return parse


# ---- flags, numbers, money


def _flag(_: Any) -> Parser:
    known = {YES: True, NO: False, "TRUE": True, "FALSE": False}

    def parse(cell: Any) -> bool:
        if isinstance(cell, str) and cell in known:
            return known[cell]
        raise Refused("flag", "是 或 否", "填“是”或“否”；不清楚的，选填列可留空")

    return parse


def _decimal(cell: Any) -> Decimal | None:
    """The number exactly as the spreadsheet or the text shows it; None for anything else."""
    if isinstance(cell, str):
        text = cell.translate(_FOLD)
        return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        return number if number.is_finite() else None
    return None


def _whole(column: Any) -> Parser:
    unit = getattr(column, "unit", "")
    expected = f"不小于 0 的整数{f'（{unit}）' if unit else ''}"

    def parse(cell: Any) -> int:
        number = _decimal(cell)
        if number is None or number < 0 or number != number.to_integral_value():
            raise Refused("whole", expected, "改为整数")
        if number >= (EXACT if isinstance(cell, float) else LARGEST):
            raise Refused("range", f"{expected}，不超过15位", "核对数字与单位")
        return int(number)

    return parse


def _year(_: Any) -> Parser:
    def parse(cell: Any) -> int:
        if isinstance(cell, str):
            cell = cell.translate(_FOLD).removesuffix("年").strip()
        number = _decimal(cell)
        if number is None or number not in range(FIRST_YEAR, LAST_YEAR + 1):
            raise Refused("year", f"年度，{FIRST_YEAR} 至 {LAST_YEAR}，如 2026", "改为四位年份")
        return int(number)

    return parse


def _money(_: Any) -> Parser:
    expected = "以元为单位的金额，最多两位小数，如 1234.50"

    def parse(cell: Any) -> int:
        amount = _decimal(cell)
        if amount is None:
            raise Refused("money", expected, "只写数字，不写“元”“万元”或货币符号")
        limit = EXACT if isinstance(cell, float) else LARGEST
        if abs(amount) * 100 >= limit:
            raise Refused("range", f"{expected}，总位数不超过15位", "核对金额与单位")
        try:
            return yuan_to_fen(amount)
        except ValueError:
            raise Refused("money_places", expected, "按凭证金额填写到分") from None

    return parse


def _share(_: Any) -> Parser:
    expected = "0% 至 100% 的百分比，最多四位小数，如 33.5%"

    def parse(cell: Any) -> int:
        text = cell.translate(_FOLD).strip() if isinstance(cell, str) else ""
        percent = _decimal(text.removesuffix("%").rstrip()) if text.endswith("%") else None
        if percent is None:
            number = _decimal(cell)
            if number is None:
                raise Refused("share", expected, "写成 33.5% 这样带百分号的文字")
            # A number may be a share or already in percent: nothing tells which.
            raise Refused("share", expected, _share_remedy(number))
        if not 0 <= percent <= 100:
            raise Refused("range", expected, "核对比例")
        try:
            return percent_to_millionths(percent)
        except ValueError:
            raise Refused("share_places", expected, "四舍五入到四位小数") from None

    return parse


def _share_remedy(number: Decimal) -> str:
    whole, part = f"{(number * 100).normalize():f}%", f"{number.normalize():f}%"
    return f"单元格里是数字：若指 {whole}，请按文本写成 {whole}；若指 {part}，请写成 {part}"


# ---- choices


def _choice(column: Any) -> Parser:
    known: dict[str, str] = {choice.translate(_FOLD): choice for choice in column.choices}

    def parse(cell: Any) -> str:
        text = cell.translate(_FOLD) if isinstance(cell, str) else str(cell)
        if text not in known:
            raise _not_among("choice", text, column.choices)
        return known[text]

    return parse


def _choices(column: Any) -> Parser:
    known: dict[str, str] = {choice.translate(_FOLD): choice for choice in column.choices}

    def parse(cell: Any) -> str | None:
        picked = set()
        for part in _SEPARATORS.split(cell) if isinstance(cell, str) else [str(cell)]:
            text = part.strip(BLANK).translate(_FOLD)
            if text and text not in known:
                raise _not_among("choices", text, column.choices)
            picked.add(known.get(text))
        kept = [choice for choice in column.choices if choice in picked]
        return f"、{'、'.join(kept)}、" if kept else None

    return parse


def _not_among(code: str, found: str, choices: Sequence[str]) -> Refused:
    near = closest(found, choices)
    several = code == "choices"
    expected = ("下列各项，以“、”分隔：" if several else "下列之一：") + "、".join(choices)
    remedy = f"“{found}”是否应为“{near}”？" if near else f"“{found}”不在其中，请从中选择"
    return Refused(code, expected, remedy)


PARSERS: Mapping[type[Column], Callable[[Any], Parser]] = {
    Text: _text,
    Code: _text,
    Reference: _text,
    Choice: _choice,
    Choices: _choices,
    Day: _day,
    Month: _month,
    Clock: _clock,
    Flag: _flag,
    Whole: _whole,
    Year: _year,
    Money: _money,
    Share: _share,
}
