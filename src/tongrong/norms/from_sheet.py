"""A customary sheet (考核项目、考核内容、分值、评分标准) as a folder of norms to go on from.

A row becomes an indicator with one clause that has the row's points and standard. What it
computes nobody can read off a sheet, so every clause is assessed by the superior until its
author writes a rule instead.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tongrong.norms.points import Mark, marked
from tongrong.norms.standards import Standard, read_standard
from tongrong.vocabulary.errors import Problem, TongrongError
from tongrong.vocabulary.quantities import folded
from tongrong.vocabulary.verdicts import Scope

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "item": ("考核项目", "项目", "考评项目", "一级指标"),
    "content": ("考核内容", "考核指标", "考核要点", "考评内容", "内容", "二级指标"),
    "points": ("分值", "标准分", "满分", "分数"),
    "standard": ("评分标准", "评分办法", "计分标准", "计分办法", "扣分标准", "考核标准"),
}
_NEEDED = ("content", "points", "standard")
_SUMS = ("合计", "总计", "总分", "小计")
_PART = "小计"
_MARK: TypeAdapter[Any] = TypeAdapter(Mark)
Row = Sequence[Any]


@dataclass(frozen=True)
class _Line:
    """One row of the sheet: an indicator, its points (a bonus has none) and its standard."""

    content: str
    words: str
    points: Decimal | None
    standard: Standard

    @property
    def text(self) -> str:
        points = f"{marked(self.points)}分 " if self.points else ""
        return f"{self.content} {points}{self.words}".strip()

    @property
    def taken(self) -> str:
        """What is done with a standard that did not read whole; empty where it did."""
        if not self.standard.unread:
            return ""
        only = "没有读懂，暂按不达标不得分"
        return "只取了前一部分" if self.standard.off or self.standard.on else only


@dataclass(frozen=True)
class Unread:
    """A cell whose standard was not taken in whole: where, its words, what was done instead."""

    where: str
    words: str
    taken: str


@dataclass
class _Sheet:
    title: str
    items: dict[str, list[_Line]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def lines(self) -> Iterator[_Line]:
        return (line for lines in self.items.values() for line in lines)

    @property
    def points(self) -> Decimal:
        return sum((line.points or Decimal(0) for line in self.lines()), Decimal(0))


@dataclass(frozen=True)
class Folder:
    """The files of a checklist by name, and what of the sheet is not in them."""

    files: Mapping[str, str]
    unread: Sequence[Unread]


def folder_from_sheet(
    name: str, rows: Sequence[Row], at: Callable[[int, int], str], scope: Scope
) -> Folder:
    """A checklist `name` from the cells of a sheet, and what of the sheet did not read.

    `at` gives the address of a cell: its row from 1, its column from 0. Raises TongrongError
    with every cell that does not read, and every sum that is not one.
    """
    head = next((n for n, row in enumerate(rows) if _columns(row).keys() >= set(_NEEDED)), None)
    if head is None:
        names = "、".join(HEADINGS[one][0] for one in _NEEDED)
        remedy = "把表头各写在一格里，放在同一行"
        raise TongrongError([Problem("N040", at(1, 0), "没有表头", f"一行表头：{names}", remedy)])
    title = next((_text(cell) for row in rows[:head] for cell in row if _text(cell)), name)
    sheet, problems = _Sheet(title), list[Problem]()
    columns, item = _columns(rows[head]), ""
    since = 0
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {key: _text(row[n]) if n < len(row) else "" for key, n in columns.items()}
        where = {key: at(number, column) for key, column in columns.items()}
        summed = next((word for cell in row if (word := _text(cell).rstrip("：:")) in _SUMS), "")
        if summed:
            lines = list(sheet.lines())
            problems += _check_sum(summed, lines[since if summed == _PART else 0 :], cells, where)
            since = len(lines)
        elif any(cells.values()):
            item = cells.get("item") or item or title
            problems += _read(sheet, item, cells, where)
    if not problems and not sheet.items:
        problems = [Problem("N041", at(head + 2, 0), "", "表头下面至少一行考核内容", "补上内容")]
    if problems:
        raise TongrongError(problems)
    files = {
        "source.txt": _source(sheet),
        "checklist.yaml": _checklist(name, sheet, scope),
        "thresholds.yaml": _THRESHOLDS,
    }
    return Folder(files, sheet.unread)


def _check_sum(
    word: str, lines: Sequence[_Line], cells: Mapping[str, str], where: Mapping[str, str]
) -> Iterator[Problem]:
    """A sum that is not that of its rows, bonuses counted in or not; an empty one says nothing."""
    points = sum((line.points or Decimal(0) for line in lines), Decimal(0))
    more = sum((line.standard.at_most or Decimal(0) for line in lines if not line.points), points)
    said = cells["points"]
    if said and _points(said) not in (points, more):
        expected = f"{word}以上各行分值之和 {marked(points)}"
        remedy = f"改正{word}，或改正写错、漏写的分值"
        yield Problem("N044", where["points"], said, expected, remedy)


def _points(text: str) -> Decimal | None:
    """The points a cell says; None where it says none."""
    try:
        found: Decimal = _MARK.validate_python(folded(text).replace(" ", "").removesuffix("分"))
    except ValidationError:
        return None
    return found


def _text(cell: Any) -> str:
    """A cell as text; a number without a needless `.0`."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def _columns(row: Row) -> dict[str, int]:
    """Which column is under which heading."""
    heads = [_text(cell).replace(" ", "") for cell in row]
    return {
        key: heads.index(one)
        for key, names in HEADINGS.items()
        for one in reversed(names)
        if one in heads
    }


def _read(
    sheet: _Sheet, item: str, cells: Mapping[str, str], where: Mapping[str, str]
) -> Iterator[Problem]:
    """Takes a row in, or says what of it does not read."""
    content, words = cells["content"], cells["standard"]
    if not content:
        remedy = "合并了的单元格先拆开，每行写全；只是备注的，移到别处"
        yield Problem("N043", where["content"], "", "每行都写明考核内容", remedy)
        return
    standard = read_standard(folded(words).replace(" ", ""))
    points = None if standard.is_bonus else _points(cells["points"])
    if points is None and not standard.is_bonus:
        expected = "大于0的分数，如 8 或 0.5；加分事项写明“每…加…分，最多加…分”"
        yield Problem("N042", where["points"], cells["points"], expected, "改正分值")
        return
    each, most = standard.on or standard.off, standard.at_most or points
    if each is not None and not 0 < each <= (most or 0) <= (points or most or 0):
        expected = "每次扣（加）的分大于0，不超过最多扣（加）的分；扣分不超过分值"
        yield Problem("N045", where["standard"], words, expected, "改正评分标准或分值")
        return
    line = _Line(content, words, points, standard)
    sheet.items.setdefault(item, []).append(line)
    if line.taken:
        sheet.unread.append(Unread(where["standard"], words or "（空）", line.taken))


def _scoring(line: _Line) -> str:
    """The keys that say how a line is scored; what of its standard is left out is marked."""
    mark = f"  # ⚙ 评分标准{line.taken}：{line.standard.unread}" if line.taken else ""
    each = line.standard.off if line.points else line.standard.on
    way = "{unmet: all}"
    if each is not None:
        most = line.standard.at_most
        end = f', at_most: "{marked(most)}"' if most else ""
        way = f'{{each: {"missing" if line.points else "record"}, points: "{marked(each)}"{end}}}'
    if line.points is None:
        return f"add: {way}{mark}"
    return f'points: "{marked(line.points)}"\n                deduct: {way}{mark}'


def _source(sheet: _Sheet) -> str:
    lines = [sheet.title, ""]
    for n, (item, indicators) in enumerate(sheet.items.items(), start=1):
        lines += [f"{n} {item}", *(f"{n}.{m} {one.text}" for m, one in enumerate(indicators, 1))]
    return "\n".join(lines) + "\n"


def _checklist(name: str, sheet: _Sheet, scope: Scope) -> str:
    total = f'points: "{marked(sheet.points)}"\n' if sheet.points else ""
    text = f"""\
# {sheet.title}：由计分表导入。每条判据暂由上级评定（kind: assessment）；
# 能由台账算出的，逐条改写成规则。
checklist: {name}
title: {_quoted(sheet.title)}
in_force: {{from: 2018-01-01}}  # ⚙
adopted_on: 2018-01-01  # ⚙
{total}sections:
  - id: 一
    title: 考核内容
    items:
"""
    for n, (item, indicators) in enumerate(sheet.items.items(), start=1):
        text += f"      - id: {n}\n        title: {_quoted(item)}\n        indicators:\n"
        for m, one in enumerate(indicators, start=1):
            text += f"""\
          - id: {n}.{m}
            text: {_quoted(one.text)}
            clauses:
              - id: {n}.{m}.a
                words: {_quoted(one.content)}
                reading: {_quoted(f"上级按评分标准评定：{one.content}")}
                scope: {scope.value}
                strength: {"must" if one.points else "may"}
                {_scoring(one)}
                kind: assessment
                pass: assessment_pass
                assessed_by: 上级党组织
"""
    return text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_NUMBERS = {
    "assessment_pass": ("评定合格分", "分", "60", "百分制，60分为合格"),
    "warning_month": ("按月事项的预警天数", "天", "7", "留一周"),
    "warning_quarter": ("按季度事项的预警天数", "天", "15", "留半个月"),
    "warning_half_year": ("按半年事项的预警天数", "天", "30", "留一个月"),
    "warning_year": ("按年事项的预警天数", "天", "60", "留两个月"),
    "warning_obligation": ("有期限事项的预警天数", "天", "30", "到期前一个月"),
    "figures_due": ("年度数据的登记期限", "月-日", "04-30", "年度决算通常在次年4月底前完成"),
}
_THRESHOLDS = "".join(
    f"{name}:\n  label: {label}\n  unit: {unit}\n  parameter: {why}\n"
    f'  values: [{{from: 2018-01-01, value: "{value}", source: 本清单默认值}}]\n'
    for name, (label, unit, value, why) in _NUMBERS.items()
)
