"""Verdicts as files: JSON (the documented contract), a workbook to read, Parquet to compute on."""

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tongrong.engine.run import Evaluation
from tongrong.facts.new_workbook import new_workbook
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.names import Names
from tongrong.findings.told_missing import MissingWords
from tongrong.portal.lamp_marks import MARKS, WORST_FIRST
from tongrong.vocabulary.verdicts import Verdict

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_TYPES: Mapping[str, pa.DataType] = {
    "unit": _TEXT,
    "clause": _TEXT,
    "verdict": _TEXT,
    "measured": _TEXT,
    "required": _TEXT,
    "gap": pa.int64(),
    "due": pa.date32(),
    "missing": _TEXTS,
    "records": _TEXTS,
    "reason": _TEXT,
    "points": pa.struct([pa.field(name, pa.decimal128(12, 4)) for name in ("of", "least", "most")]),
}
SCHEMA = pa.schema(_TYPES)
MEANINGS: Mapping[Verdict, str] = {
    Verdict.UNMET: "期间已过或状态现存，要求没有满足",
    Verdict.NO_DATA: "台账未建、未申报“本期无”，或计算所需的数据没有登记",
    Verdict.AT_RISK: "期间将满，还没有满足",
    Verdict.PENDING: "期间未满，还没有满足",
    Verdict.JUSTIFIED: "没有满足“应当”的要求，但有经批准且有效的情况说明",
    Verdict.MET: "满足",
    Verdict.NOT_APPLICABLE: "要求不针对这个单位，或本期没有它的对象",
}
# Fill, font: readable in print too, where 有说明 is outlined and 缺数据 hatched.
_LOOKS: Mapping[Verdict, dict[str, Any]] = {
    Verdict.UNMET: {"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    Verdict.NO_DATA: {"pattern": 14, "bg_color": "#FFFFFF", "fg_color": "#BFBFBF"},
    Verdict.AT_RISK: {"bg_color": "#FFE699"},
    Verdict.PENDING: {"bg_color": "#BDD7EE"},
    Verdict.JUSTIFIED: {"border": 1, "border_color": "#548235", "font_color": "#548235"},
    Verdict.MET: {"bg_color": "#C6E0B4"},
    Verdict.NOT_APPLICABLE: {"font_color": "#7F7F7F"},
}
_HEADINGS = (
    ("单位编号", 12),
    ("单位", 28),
    ("判据", 8),
    ("要求", 44),
    ("强度", 6),
    ("判定", 9),
    ("实测", 14),
    ("应达", 12),
    ("差额", 7),
    ("期限", 12),
    ("缺什么", 40),
    ("原因", 26),
    ("计入记录数", 10),
    ("计入记录", 60),
)
_POINTS = (("得分", 12), ("评分标准", 24))  # fmt: skip
LONGEST_CELL = 32_000


def write_json(findings: Sequence[Finding], target: Path | None) -> None:
    """An array with one object a line, to a file or to stdout."""
    lines = ",\n".join(json.dumps(one.as_plain(), ensure_ascii=False) for one in findings)
    text = f"[\n{lines}\n]\n" if lines else "[]\n"
    if target is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        target.write_text(text, encoding="utf-8")


def write_parquet(
    findings: Sequence[Finding],
    target: Path,
    evaluation: Evaluation,
    known: dt.datetime | None = None,
) -> None:
    """One row a verdict, in SCHEMA; checklist, day, year and moment known in the metadata."""
    typed = ({"due": one.due, "points": one.points and vars(one.points)} for one in findings)
    rows = [{**one.as_plain(), **own} for one, own in zip(findings, typed, strict=True)]
    about = {
        "checklist": evaluation.checklist.slug,
        "as_of": str(evaluation.moment.today),
        "year": str(evaluation.moment.year),
        **({"known_at": known.isoformat()} if known else {}),
    }
    table = pa.Table.from_pylist(rows, schema=SCHEMA.with_metadata(about))
    pq.write_table(table, target, compression="zstd")


def write_xlsx(
    findings: Sequence[Finding],
    target: Path,
    evaluation: Evaluation,
    snapshot: Snapshot,
    known: dt.datetime | None = None,
) -> None:
    """A workbook: 判定 with one row a verdict, 图例 with what the verdicts mean."""
    day = evaluation.moment.today
    with new_workbook(target) as book:
        made = dt.datetime.combine(day, dt.time())
        book.set_properties({"title": "同融判定", "created": made})
        looks = {verdict: book.add_format(look) for verdict, look in _LOOKS.items()}
        head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        sheet = book.add_worksheet("判定")
        headings: tuple[tuple[str, int], ...] = _HEADINGS
        if any(clause.standard for clause in evaluation.checklist.clauses()):
            headings = (*_HEADINGS, *_POINTS)
        for at, (heading, width) in enumerate(headings):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, head)
        sheet.freeze_panes(1, 3)
        for row, cells in enumerate(_rows(findings, evaluation, snapshot), start=1):
            verdict = findings[row - 1].verdict
            for at, value in enumerate(cells[: len(headings)]):
                style = looks[verdict] if headings[at][0] == "判定" else None
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, at, value, date)
                elif value is not None:
                    sheet.write(row, at, value, style)
        sheet.autofilter(0, 0, max(len(findings), 1), len(headings) - 1)
        _write_legend(book.add_worksheet("图例"), evaluation, known, looks, head)


def _rows(
    findings: Sequence[Finding], evaluation: Evaluation, snapshot: Snapshot
) -> Iterator[tuple[str | int | dt.date | None, ...]]:
    names = Names(snapshot)
    missing = MissingWords(evaluation, names)
    clauses = {bound.clause.id: bound.clause for bound in evaluation.clauses}
    for one in findings:
        clause = clauses[one.clause]
        yield (
            one.unit,
            names.unit(one.unit),
            one.clause,
            clause.reading,
            clause.strength.label,
            one.verdict.label,
            one.measured,
            one.required,
            one.gap,
            one.due,
            _cut("、".join(missing.of(one))),
            one.reason.label,
            len(one.records),
            _cut("\n".join(one.records)),
            one.points.words if one.points else None,
            clause.standard or None,
        )


def _cut(text: str) -> str | None:
    """A cell holds 32,767 characters; what does not fit is in the JSON."""
    if len(text) > LONGEST_CELL:
        return f"{text[:LONGEST_CELL]}……（未完，全文见 JSON）"
    return text or None


def _write_legend(
    sheet: Any,
    evaluation: Evaluation,
    known: dt.datetime | None,
    looks: Mapping[Verdict, Any],
    head: Any,
) -> None:
    moment = evaluation.moment
    about = (
        ("清单", evaluation.checklist.title),
        ("考核日", str(moment.today)),
        ("考核年度", str(moment.year)),
        *([("所知截至", known.isoformat())] if known else []),
    )
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 60)
    for row, (label, text) in enumerate(about):
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, text)
    first = len(about) + 1
    for at, heading in enumerate(("判定", "代码", "意思")):
        sheet.write_string(first, at, heading, head)
    for row, verdict in enumerate(WORST_FIRST, start=first + 1):
        sheet.write_string(row, 0, f"{MARKS[verdict]} {verdict.label}", looks[verdict])
        sheet.write_string(row, 1, verdict.value)
        sheet.write_string(row, 2, MEANINGS[verdict])
