"""Numbers in cells: whole numbers, years, money in 元 or another unit, shares in percent."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tongrong.facts.cell_text import EXACT, Parser, Refused, plain
from tongrong.vocabulary.periods import FIRST_YEAR, LAST_YEAR
from tongrong.vocabulary.quantities import percent_to_millionths, yuan_to_fen

LARGEST = 10**18
PERCENT = "%"
MINUS = "\u2212"
MONEY_UNITS: Mapping[str, int] = {
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
}
"""How many 元 make one of each unit a heading, a note above the table or a cell may name."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_IN_BRACKETS = re.compile(r"\(([^()+-]+)\)")
_MONEY = re.compile(
    r"(?P<sign>[+-]?)(?:人民币|RMB|CNY|[¥￥])?(?P<number>[^元万亿千百]+)"
    r"(?P<unit>元整?|千元|万元?|百万元|千万元|亿元?)?"
)


def _decimal(cell: Any) -> Decimal | None:
    """The number exactly as the spreadsheet or the text shows it; None for anything else."""
    if isinstance(cell, str):
        text = plain(cell).replace(MINUS, "-")
        return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        return number if number.is_finite() else None
    return None


def whole_parser(column: Any) -> Parser:
    """A whole number not below zero, its unit behind it or not."""
    unit = getattr(column, "unit", "")
    expected = f"不小于 0 的整数{f'（{unit}）' if unit else ''}"

    def parse(cell: Any) -> int:
        number = _decimal(cell.removesuffix(unit).rstrip() if isinstance(cell, str) else cell)
        if number is None or number < 0 or number != number.to_integral_value():
            raise Refused("whole", expected, "改为整数")
        if number >= (EXACT if isinstance(cell, float) else LARGEST):
            raise Refused("range", f"{expected}，不超过15位", "核对数字与单位")
        return int(number)

    return parse


def year_parser(_: Any) -> Parser:
    """A year in four digits."""

    def parse(cell: Any) -> int:
        if isinstance(cell, str):
            cell = plain(cell).removesuffix("度").removesuffix("年").strip()
        number = _decimal(cell)
        if number is None or number not in range(FIRST_YEAR, LAST_YEAR + 1):
            raise Refused("year", f"年度，{FIRST_YEAR} 至 {LAST_YEAR}，如 2026", "改为四位年份")
        return int(number)

    return parse


def money_parser(_: Any, unit: str | None = None) -> Parser:
    """An amount as whole 分; `unit` is that of the heading, 元 where it names none.

    A unit written in the cell counts, unless the heading names another: then nothing tells
    which of them is meant.
    """
    expected = "以元为单位的金额，最多两位小数，如 1234.50，或写明单位，如 12.5万元"

    def parse(cell: Any) -> int:
        amount, own = _amount(cell)
        if amount is None:
            raise Refused("money", expected, "只写数字，或数字加“元”“万元”“亿元”")
        if unit and own and own != unit:
            remedy = f"列名或表头写的是“{unit}”，单元格写的是“{own}”：改成一致的单位"
            raise Refused("money_unit", expected, remedy)
        amount *= MONEY_UNITS[own or unit or "元"]
        limit = EXACT if isinstance(cell, float) else LARGEST
        if abs(amount) * 100 >= limit:
            raise Refused("range", f"{expected}，总位数不超过15位", "核对金额与单位")
        try:
            return yuan_to_fen(amount)
        except ValueError:
            raise Refused("money_places", expected, "按凭证金额填写到分") from None

    return parse


def _amount(cell: Any) -> tuple[Decimal | None, str | None]:
    """The number in a cell and the unit the cell itself names."""
    if not isinstance(cell, str):
        return _decimal(cell), None
    text = plain(cell).replace(MINUS, "-").replace(" ", "")
    if bracketed := _IN_BRACKETS.fullmatch(text):
        text = f"-{bracketed[1]}"
    found = _MONEY.fullmatch(text)
    if found is None:
        return None, None
    unit = found["unit"]
    if unit:
        unit = {"元整": "元", "万": "万元", "亿": "亿元"}.get(unit, unit)
    return _decimal(found["sign"] + found["number"]), unit


def share_parser(_: Any, unit: str | None = None) -> Parser:
    """A part of a whole as millionths; `unit` is % where the heading says so.

    A bare number may be a share or already in percent: nothing tells which. Under a heading
    with % a number above 1 can only be percent, and so can one that stands there as text.
    """
    expected = "0% 至 100% 的百分比，最多四位小数，如 33.5%"

    def parse(cell: Any) -> int:
        text = plain(cell).strip() if isinstance(cell, str) else ""
        percent = _decimal(text.removesuffix(PERCENT).rstrip()) if text.endswith(PERCENT) else None
        if percent is None:
            percent = _bare_percent(cell, unit, expected)
        if not 0 <= percent <= 100:
            raise Refused("range", expected, "核对比例")
        try:
            return percent_to_millionths(percent)
        except ValueError:
            raise Refused("share_places", expected, "四舍五入到四位小数") from None

    return parse


def _bare_percent(cell: Any, unit: str | None, expected: str) -> Decimal:
    number = _decimal(cell)
    if number is None:
        raise Refused("share", expected, "写成 33.5% 这样带百分号的文字")
    if unit == PERCENT and (isinstance(cell, str) or number > 1 or number == 0):
        return number
    raise Refused("share", expected, _share_remedy(number))


def _share_remedy(number: Decimal) -> str:
    whole, part = f"{(number * 100).normalize():f}%", f"{number.normalize():f}%"
    return f"单元格里是数字：若指 {whole}，请按文本写成 {whole}；若指 {part}，请写成 {part}"
