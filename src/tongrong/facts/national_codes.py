"""How cells with codes under national standards are read: each is checked as its standard says."""

from collections.abc import Callable, Mapping
from typing import Any

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

from tongrong.facts.cell_kinds import PARSERS
from tongrong.facts.cell_text import Parser, Refused, plain
from tongrong.facts.columns import Code, Column, CreditCode, IdentityNumber, Industry
from tongrong.facts.reference.industries import industries

FIRST_WITHOUT_LOST_ZERO = 1000


def masked(number: str) -> str:
    """An identity number as it may be quoted: its first three and last four characters."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*"


def _checked(validate: Callable[[str], str], form: str) -> Callable[[Any], Parser]:
    """Reads text, upper-cases it and refuses what its check digit or form does not bear out."""

    def parser(column: Any) -> Parser:
        as_text = PARSERS[Code](column)
        expected = f"18位{column.type_label}"

        def parse(cell: Any) -> str:
            text = plain(str(as_text(cell))).upper()
            try:
                return validate(text)
            except ValidationError as error:
                remedy = _remedy(error, text, form)
                raise Refused("national_code", expected, remedy) from None

        return parse

    return parser


def _remedy(error: ValidationError, text: str, form: str) -> str:
    """Which check failed, and what to look at."""
    match error:
        case InvalidLength():
            return f"现有 {len(text)} 位：补全或删去多出的字符"
        case InvalidChecksum():
            return "校验码（第18位）与前17位不符：对照证照逐位核对"
        case InvalidComponent():
            return "第7至14位不是真实存在的日期：对照证件核对出生日期"
        case _:
            return f"{form}：对照证照改正写错的字符"


def _identity(number: str) -> str:
    """Length, digits, check digit and date of birth; not the area.

    `ric.validate` would also look the area up among the codes of the year of birth, and so
    refuse persons whose number was issued under a code made later or missing from its list.
    """
    if len(number) != 18:
        raise InvalidLength
    if not (number[:-1].isascii() and number[:-1].isdigit()):
        raise ValidationError
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidChecksum
    ric.get_birth_date(number)
    return number


def _industry(column: Any) -> Parser:
    as_text = PARSERS[Code](column)
    expected = "GB/T 4754-2017 的两位至四位代码，如 01、35、3511"

    def parse(cell: Any) -> str:
        if isinstance(cell, int | float) and cell < FIRST_WITHOUT_LOST_ZERO:
            remedy = "单元格里是数字，前面的0可能已丢失：先设为“文本”格式，再重新填写"
            raise Refused("industry", expected, remedy)
        text = plain(str(as_text(cell))).upper()
        letter, digits = (text[0], text[1:]) if text[0] in industries().sections else ("", text)
        known = digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 4
        if not known or not industries().knows(digits):
            raise Refused("industry", expected, "查《国民经济行业分类》（2017），改为其中的代码")
        section = industries().section_of[digits[:2]]
        if letter not in ("", section):
            raise Refused("industry", expected, f"{digits} 属于门类 {section}，不属于 {letter}")
        return digits

    return parse


NATIONAL_PARSERS: Mapping[type[Column], Callable[[Any], Parser]] = {
    CreditCode: _checked(uscc.validate, "前8位为数字，其后为数字或除 I、O、S、V、Z 外的大写字母"),
    IdentityNumber: _checked(_identity, "前17位为数字，末位为数字或 X"),
    Industry: _industry,
}
