"""Text in a cell: what stray characters go, what is refused; codes and references are text."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from tongrong.facts.columns import Form, Text

Value = str | int | bool | dt.date | None
Parser = Callable[[Any], Value]

EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number: from here on some may be lost."""
INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters of no width, which come along when text is copied; they go wherever they stand."""
BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + INVISIBLE
NIL = frozenset(["-", "--", "\uff0d", "\u2013", "—", "——", "———", "\u2015", "/", "\uff0f", "\\"])
"""What people write into a cell that has nothing to say; free text keeps it."""
NONE = "无"
MASKED = "（不显示）"
"""What stands in a list or an export for a value that is not shown; it is never taken for one."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACE = re.compile(r"\s")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Refused(Exception):
    """A cell that cannot be read: stable code, what was expected, how to mend it."""

    def __init__(self, code: str, expected: str, remedy: str) -> None:
        """`code` is the last part of the stable code `facts.cell.<code>`."""
        super().__init__(code)
        self.code, self.expected, self.remedy = f"facts.cell.{code}", expected, remedy


def plain(text: str) -> str:
    """Full-width digits, letters, punctuation and spaces as their half-width forms."""
    return text.translate(_PLAIN)


def tidy(text: str) -> str:
    """Without characters of no width, without blanks around it."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return text.replace("\u00a0", " ").strip(BLANK)


def squeezed(text: str) -> str:
    """As names and headings are compared: plain, without any space, in lower case."""
    return _SPACE.sub("", plain(tidy(text))).casefold()


def is_blank(cell: Any) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (
        cell.__class__ is str and (not cell or cell.isspace() or not cell.strip(BLANK))
    )


def closest(found: str, among: Sequence[str], cutoff: float = 0.4) -> str | None:
    """The known word most like the one found, if any is near."""
    near = get_close_matches(found, among, n=1, cutoff=cutoff)
    return near[0] if near else None


def closest_label(found: str, codes: Mapping[str, str]) -> str | None:
    """The known label most like the one found, or the label of the code most like it."""
    near = closest(found, list(codes))
    labels = {code: label for label, code in codes.items()}
    return near or labels.get(closest(found, list(labels), cutoff=0.6) or "")


def closest_labels(found: str, codes: Mapping[str, str], most: int) -> list[str]:
    """The known labels most like the one found, at most so many, the nearest first."""
    near = get_close_matches(found, list(codes), n=most, cutoff=0.4)
    first = closest_label(found, codes)
    return near or ([first] if first else [])


def text_parser(column: Any) -> Parser:
    """Free text is kept as typed; codes, references and numbers in half-width characters."""
    longest = getattr(column, "longest", 64)
    one_line = not isinstance(column, Text)
    numbers = isinstance(column, Text) and column.form is Form.NUMBER
    kind = column.type_label

    def parse(cell: Any) -> str:
        if isinstance(cell, int | float):
            cell = _digits(cell, kind)
        elif not isinstance(cell, str):
            raise Refused(
                "text", kind, "表格软件把内容当成了日期或时间：先把该列设为“文本”格式，再重新填写"
            )
        text = plain(cell) if one_line or numbers else _LINE_END.sub("\n", cell)
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
