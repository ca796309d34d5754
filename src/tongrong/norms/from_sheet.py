"""A customary sheet (考核项目、考核内容、分值、评分标准) as a folder of norms to go on from.

A row becomes an indicator with one clause that has the row's points and standard. What it
computes nobody can read off a sheet, so every clause is assessed by the superior until its
author writes a rule instead.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tongrong.norms.points import Mark, marked
from tongrong.vocabulary.errors import Problem, TongrongError
from tongrong.vocabulary.verdicts import Scope

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "item": ("考核项目", "项目", "考评项目", "一级指标"),
    "content": ("考核内容", "考核指标", "考核要点", "考评内容", "内容", "二级指标"),
    "points": ("分值", "标准分", "满分", "分数"),
    "standard": ("评分标准", "评分办法", "计分标准", "计分办法", "扣分标准", "考核标准"),
}
_NEEDED = ("content", "points", "standard")
_OFF = re.compile(r"每[^，。；,;]*?扣(?:减)?(\d+(?:\.\d+)?)分")
_ON = re.compile(
    r"每[^，。；,;]*?加(\d+(?:\.\d+)?)分.*?(?:最多|最高|不超过|上限)[^\d]*(\d+(?:\.\d+)?)分"
)
_SUM = re.compile(r"合计|总计|总分|小计")
_MARK: TypeAdapter[Any] = TypeAdapter(Mark)
Row = Sequence[Any]


@dataclass(frozen=True)
class _Line:
    """One row of the sheet: an indicator and how it is scored."""

    content: str
    standard: str
    scoring: str
    may: bool

    @property
    def text(self) -> str:
        return f"{self.content} {self.standard}"


@dataclass
class _Sheet:
    title: str
    items: dict[str, list[_Line]] = field(default_factory=dict)


def folder_from_sheet(
    name: str, rows: Sequence[Row], at: Callable[[int, int], str], scope: Scope
) -> dict[str, str]:
    """The files of a checklist `name` by their names, from the cells of a sheet.

    `at` gives the address of a cell: its row from 1, its column from 0. Raises TongrongError
    with every cell that does not read.
    """
    head = next((n for n, row in enumerate(rows) if _columns(row).keys() >= set(_NEEDED)), None)
    if head is None:
        names = "、".join(HEADINGS[one][0] for one in _NEEDED)
        remedy = "把表头各写在一格里，放在同一行"
        raise TongrongError([Problem("N040", at(1, 0), "没有表头", f"一行表头：{names}", remedy)])
    title = next((_text(cell) for row in rows[:head] for cell in row if _text(cell)), name)
    sheet, problems = _Sheet(title), list[Problem]()
    columns, item = _columns(rows[head]), ""
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {key: _text(row[n]) if n < len(row) else "" for key, n in columns.items()}
        if not any(cells.values()) or any(_SUM.fullmatch(_text(cell)) for cell in row):
            continue
        item = cells.get("item") or item or title
        where = {key: at(number, column) for key, column in columns.items()}
        problems += _read(sheet.items.setdefault(item, []), cells, where)
    if not problems and not sheet.items:
        problems = [Problem("N041", at(head + 2, 0), "", "表头下面至少一行考核内容", "补上内容")]
    if problems:
        raise TongrongError(problems)
    return {
        "source.txt": _source(sheet),
        "checklist.yaml": _checklist(name, sheet, scope),
        "thresholds.yaml": _THRESHOLDS,
    }


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
    into: list[_Line], cells: Mapping[str, str], where: Mapping[str, str]
) -> Iterator[Problem]:
    """The row's line, or what of it does not read."""
    content, standard = cells["content"], cells["standard"]
    if not content:
        remedy = "合并了的单元格先拆开，每行写全；只是备注的，移到别处"
        yield Problem("N043", where["content"], "", "每行都写明考核内容", remedy)
        return
    plain = standard.replace(" ", "")
    bonus, off = _ON.search(plain), _OFF.search(plain)
    if bonus:
        scoring = f'add: {{each: record, points: "{bonus[1]}", at_most: "{bonus[2]}"}}'
        into.append(_Line(content, standard, scoring, may=True))
        return
    try:
        points = marked(_MARK.validate_python(cells["points"].removesuffix("分").strip()))
    except ValidationError:
        expected = "大于0的分数，如 8 或 0.5；加分事项写明“每…加…分，最多加…分”"
        yield Problem("N042", where["points"], cells["points"], expected, "改正分值")
        return
    deduct = f'{{each: missing, points: "{off[1]}"}}' if off else "{unmet: all}"
    scoring = f'points: "{points}"\n                deduct: {deduct}{_unsure(plain)}'
    into.append(_Line(content, f"{points}分 {standard}".strip(), scoring, may=False))


def _unsure(standard: str) -> str:
    """A comment where the standard says more than was taken from it, or nothing that was."""
    if len(_OFF.findall(standard)) > 1:
        return "  # ⚙ 评分标准有几种扣分，只取了第一种"
    if _OFF.search(standard) or "不得分" in standard:
        return ""
    return "  # ⚙ 评分标准没有读懂，暂按不达标不得分"


def _source(sheet: _Sheet) -> str:
    lines = [sheet.title, ""]
    for n, (item, indicators) in enumerate(sheet.items.items(), start=1):
        lines += [f"{n} {item}", *(f"{n}.{m} {one.text}" for m, one in enumerate(indicators, 1))]
    return "\n".join(lines) + "\n"


def _checklist(name: str, sheet: _Sheet, scope: Scope) -> str:
    text = f"""\
# {sheet.title}：由计分表导入。每条判据暂由上级评定（kind: assessment）；
# 能由台账算出的，逐条改写成规则。
checklist: {name}
title: {_quoted(sheet.title)}
in_force: {{from: 2018-01-01}}  # ⚙
adopted_on: 2018-01-01  # ⚙
sections:
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
                strength: {"may" if one.may else "must"}
                {one.scoring}
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
