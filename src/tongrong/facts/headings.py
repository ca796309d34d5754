"""What a heading means: the ledger's column it names, and the unit its numbers are in.

A heading is taken for a column if it is the column's label or code, a word its declaration
also admits, or what the user said it means. Spaces, width and signs around it say nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from tongrong.facts.cell_amounts import MONEY_UNITS, PERCENT
from tongrong.facts.cell_text import squeezed
from tongrong.facts.columns import (
    Choice,
    Code,
    Column,
    Day,
    Money,
    Month,
    Reference,
    Share,
    Whole,
    Year,
)
from tongrong.facts.ledger import STATUS, STATUS_LABEL, STATUSES, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.errors import refuse

STATUS_COLUMN = Choice(STATUS_LABEL, choices=STATUSES, optional=True, help="空白即 有效")
OWN, ALSO, BESIDE = 0, 1, 2
"""How near a heading is: the label or code itself, another word, a name beside the code."""
COUNTERS = frozenset(["序号", "序", "行号", "no", "no.", "项次"])
"""Headings of columns that only count the rows."""

_SIGNS = "*★☆△▲:;。、"
_NOTED = re.compile(r"(.+?)[(\[【](.*?)[)\]】]")
_UNIT_BEHIND = re.compile(rf"(.+?)[/,:]?({'|'.join(sorted(MONEY_UNITS, key=len, reverse=True))})")
_FOREIGN = re.compile(r"元|币|镑|\$|usd|eur|hkd", re.IGNORECASE)
_MULTIPLE = re.compile(r"^[十百千万亿]|[%‰]")


def sheet_columns(ledger: type[Ledger]) -> dict[str, Column]:
    """The columns of the ledger's sheet: its own, then the record state."""
    return {**ledger.columns, STATUS: STATUS_COLUMN}


@dataclass(frozen=True)
class Meant:
    """What the user said a heading means: a column by its label, or nothing (it is not read).

    `ledger` is the code of the only ledger it is said of, None for all.
    """

    heading: str
    label: str
    ledger: str | None = None


@dataclass(frozen=True)
class Match:
    """The column a heading names, how near it is and the unit the heading states."""

    column: str
    nearness: int
    unit: str | None = None


def meant(text: str) -> Meant:
    """What `开会日期=召开日期` or `会议活动.开会日期=召开日期` says; nothing behind = is not read.

    Raises:
        TongrongError: it is not of this form, or no ledger has such a column.
    """
    heading, equals, label = text.partition("=")
    ledger, dot, rest = heading.partition(".")
    code = next((c for c, one in LEDGERS.items() if ledger in (c, one.label)), None)
    if not dot or code is None:
        code, rest = None, heading
    if not equals or not squeezed(rest):
        expected = "表中的列名=台账的列名，如 '开会日期=召开日期'；不读的列写 '备注='"
        raise refuse("cli.column", "--column", text, expected, "改写成这样的形式")
    ledgers = [LEDGERS[code]] if code else [*LEDGERS.values()]
    label = label.strip()
    if label and not any(match(one, [label]) for one in ledgers):
        labels = {column.label for one in ledgers for column in sheet_columns(one).values()}
        near = "、".join(get_close_matches(label, sorted(labels), n=3, cutoff=0.4))
        hint = f"是否应为 {near}？" if near else "列名见模板"
        raise refuse("cli.column", "--column", text, "“=”后面是台账的列名", hint)
    return Meant(squeezed(rest).strip(_SIGNS), label, code)


def heading_means(heading: str, label: str, ledger: str) -> Meant:
    """What somebody says of a heading as it stands in a sheet of one ledger."""
    return Meant(squeezed(heading).strip(_SIGNS), label, ledger)


Said = Match | Literal[""] | None


def match(ledger: type[Ledger], words: Sequence[str]) -> Match | None:
    """The column that a heading names, given in every way it may be read, the surest first."""
    known = _words(ledger.code)
    for word in words:
        for text, note in _readings(word):
            if found := known.get(text):
                return Match(*found, unit=note)
    return None


def match_said(ledger: type[Ledger], words: Sequence[str], said: Sequence[Meant]) -> Said:
    """What the user said of a heading: its match, "" if it is not read, None if nothing.

    The unit it states counts all the same.
    """
    told = {one.heading: one.label for one in said if one.ledger in (None, ledger.code)}
    for word in words if told else ():
        readings = list(_readings(word))
        label = next((told[text] for text, _ in readings if text in told), None)
        if label == "":
            return ""
        if label is not None and (found := match(ledger, [label])):
            note = next((note for _, note in readings if note), None)
            return Match(found.column, OWN, note)
    return None


def _readings(word: str) -> Iterator[tuple[str, str | None]]:
    """A heading as it stands, without the note in brackets, without the unit behind it."""
    text = squeezed(word).strip(_SIGNS)
    yield text, None
    if noted := _NOTED.fullmatch(text):
        yield noted[1].strip(_SIGNS), noted[2].strip(_SIGNS) or None
    if behind := _UNIT_BEHIND.fullmatch(text):
        yield behind[1], behind[2]


def unit_of(column: Column, note: str | None, sheet_unit: str | None) -> tuple[str | None, bool]:
    """The unit a column's numbers are in, and whether the heading names one that is not known."""
    match column:
        case Money():
            if note is None or not _FOREIGN.search(note):
                return sheet_unit, False
            note = note.removeprefix("单位").lstrip(":").removeprefix("人民币")
            return note, note not in MONEY_UNITS
        case Share():
            return (PERCENT, False) if note == PERCENT else (None, note == "‰")
        case Whole():
            return None, bool(note and _MULTIPLE.search(note))
        case _:
            return None, False


@cache
def _words(code: str) -> Mapping[str, tuple[str, int]]:
    """Every word for a column of the ledger, with how near it is; none stands for two."""
    found: dict[str, tuple[str, int]] = {}
    for nearness in (OWN, ALSO, BESIDE):
        said: dict[str, set[str]] = {}
        for name, column in sheet_columns(LEDGERS[code]).items():
            for word in _words_of(name, column, nearness):
                said.setdefault(squeezed(word), set()).add(name)
        for word, names in said.items():
            if len(names) == 1 and word not in found:
                found[word] = (names.pop(), nearness)
    return found


def _words_of(name: str, column: Column, nearness: int) -> Iterator[str]:
    label = column.label
    if nearness == OWN:
        yield from (label, name)
    elif nearness == ALSO:
        yield from column.also
        match column:
            case Code() | Reference() if label.endswith("编号"):
                yield from (f"{label[:-2]}代码", f"{label[:-2]}编码")
            case Day() if label.endswith("日期"):
                yield from (f"{label[:-2]}时间", f"{label[:-2]}年月日")
            case Year() if label.endswith("年度"):
                yield from ("年度", "年份", f"{label[:-2]}年份")
            case Month():
                yield from ("月份", "年月")
    elif isinstance(column, Reference) and label.endswith("编号"):
        yield from (label[:-2], f"{label[:-2]}名称")
        if column.to == "persons":
            yield from (f"{label[:-2]}姓名", "姓名")
