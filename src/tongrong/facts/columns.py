"""The kinds of column a ledger may have. Everything else is derived from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import pyarrow as pa


class Privacy(StrEnum):
    """Who may see a column's values."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `label` is the Chinese heading in sheets, forms and lists. A `key` column is one of
    those that together identify a record: two rows with equal keys are versions of one.
    `also` are other words that customary sheets have for the heading.
    """

    label: str
    key: bool = False
    optional: bool = False
    privacy: Privacy = Privacy.OPEN
    help: str = ""
    also: tuple[str, ...] = ()

    arrow: ClassVar[pa.DataType] = pa.string()
    type_label: ClassVar[str] = "文字"


class Form(StrEnum):
    """What a text must be that is more than words: a period, the name of a ledger, a number.

    A number, which may have letters, is kept in half-width characters: typed in wide digits it is
    the same number.
    """

    PERIOD = "period"
    LEDGER = "ledger"
    NUMBER = "number"


@dataclass(frozen=True)
class Text(Column):
    """Free text of at most `longest` characters, or of a `form`."""

    longest: int = 200
    form: Form | None = None


@dataclass(frozen=True)
class Code(Column):
    """The number or code that identifies a record of this ledger."""

    key: bool = True
    longest: int = 64
    type_label: ClassVar[str] = "编号"


@dataclass(frozen=True)
class Reference(Column):
    """The code of a record in ledger `to`; `units` means an enterprise or a Party organization.

    `carry` names columns of that record that this ledger's rows show as `<column>_<carried>`,
    so that a filter on a child needs no join.
    """

    to: str = ""
    carry: tuple[str, ...] = ()
    type_label: ClassVar[str] = "引用"


@dataclass(frozen=True)
class Choice(Column):
    """One of `choices`."""

    choices: tuple[str, ...] = ()
    type_label: ClassVar[str] = "单选"


@dataclass(frozen=True)
class Choices(Column):
    """Any of `choices`, written with “、” between them; kept sorted as `、a、b、`."""

    choices: tuple[str, ...] = ()
    type_label: ClassVar[str] = "多选"


@dataclass(frozen=True)
class Day(Column):
    """A business day, without a time zone; `past`: of what has been, so hardly one still ahead."""

    past: bool = False
    arrow: ClassVar[pa.DataType] = pa.date32()
    type_label: ClassVar[str] = "日期"


@dataclass(frozen=True)
class Month(Column):
    """A calendar month, kept as its first day."""

    arrow: ClassVar[pa.DataType] = pa.date32()
    type_label: ClassVar[str] = "月份"


@dataclass(frozen=True)
class Clock(Column):
    """A time of day, kept as whole minutes since midnight."""

    arrow: ClassVar[pa.DataType] = pa.int64()
    type_label: ClassVar[str] = "时间"


@dataclass(frozen=True)
class Flag(Column):
    """是 or 否; empty means unknown."""

    arrow: ClassVar[pa.DataType] = pa.bool_()
    type_label: ClassVar[str] = "是/否"


@dataclass(frozen=True)
class Whole(Column):
    """A whole number not below zero, in `unit`.

    It is not above `most`, nor above the number in the column it counts a `part_of`.
    """

    unit: str = ""
    most: int | None = None
    part_of: str = ""
    arrow: ClassVar[pa.DataType] = pa.int64()
    type_label: ClassVar[str] = "整数"


@dataclass(frozen=True)
class Year(Column):
    """A calendar year from 1949 to 2100."""

    arrow: ClassVar[pa.DataType] = pa.int64()
    type_label: ClassVar[str] = "年度"


@dataclass(frozen=True)
class Money(Column):
    """An amount written in 元 with at most two places, kept as whole 分.

    It is not below zero, unless it is `signed`: a profit may be a loss.
    """

    signed: bool = False
    arrow: ClassVar[pa.DataType] = pa.int64()
    type_label: ClassVar[str] = "金额（元）"


@dataclass(frozen=True)
class Share(Column):
    """A part of a whole from 0% to 100%, written in percent, kept as whole millionths."""

    arrow: ClassVar[pa.DataType] = pa.int64()
    type_label: ClassVar[str] = "百分比"


@dataclass(frozen=True)
class NationalCode(Column):
    """A code issued under a national standard, of `lengths` (least, most) characters."""

    lengths: ClassVar[tuple[int, int]] = (18, 18)


@dataclass(frozen=True)
class CreditCode(NationalCode):
    """The unified social credit code of an enterprise (GB 32100-2015)."""

    type_label: ClassVar[str] = "统一社会信用代码"


@dataclass(frozen=True)
class IdentityNumber(NationalCode):
    """The identity number of a citizen (GB 11643-1999): sensitive, never a key, never shown."""

    privacy: Privacy = Privacy.SENSITIVE
    type_label: ClassVar[str] = "公民身份号码"


@dataclass(frozen=True)
class Industry(NationalCode):
    """An industry by GB/T 4754-2017: its division, group or class, without the section letter."""

    lengths: ClassVar[tuple[int, int]] = (2, 4)
    type_label: ClassVar[str] = "行业代码"


SCALES: Mapping[type[Column], int] = {Money: 100, Share: 1_000_000}
"""How many kept units make the one in which a threshold for the column is written."""
