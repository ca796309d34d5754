"""What came of looking through a file, or of taking it in: as the page of the import tells it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tongrong.actions.import_facts import ImportResult
from tongrong.actions.refresh import Refreshed
from tongrong.facts.from_sheets import RENAME_FILE, UNKNOWN_LEDGER
from tongrong.facts.headings import sheet_columns
from tongrong.facts.reading import Reading, Source
from tongrong.facts.registry import LEDGERS
from tongrong.queries.jobs import JobView
from tongrong.queries.judgements import judgements
from tongrong.queries.places import names_of_units
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.errors import Problem

MOST_PROBLEMS, MOST_TURNED = 200, 100
CHECKED, REFUSED, TAKEN_IN = "checked", "refused", "taken_in"
_UNKNOWN_HEADING = "facts.heading.unknown"
_CHOOSE = "在“哪个台账”里选，再点“重新检查”"
_PICK = "在“列名对应”里选它是哪一列，不用的列选“不读”，再点“重新检查”"


def stage_of(job: JobView, report: Mapping[str, Any]) -> str:
    """How far a file has come; one whose write was cut off at its very end is looked through."""
    stage = str(report.get("stage", ""))
    return CHECKED if stage == TAKEN_IN and not job.outcome else stage


def refused(problems: Sequence[Problem], sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A file of which nothing can be taken in."""
    return {"stage": REFUSED, "sheets": list(sheets), **_problems(problems)}


def found(
    stage: str,
    result: ImportResult,
    sheets: Sequence[Mapping[str, Any]],
    doubted: Sequence[Problem],
) -> dict[str, Any]:
    """What a file brings, or brought: by ledger; what is held back, and why."""
    return {
        "stage": stage,
        "sheets": list(sheets),
        **_problems(result.problems),
        "held": result.rows_held,
        "held_by": [[LEDGERS[code].label, len(rows)] for code, rows in result.held.items()],
        "ledgers": [
            [one.label, one.added, one.corrected, one.withdrawn, one.unchanged]
            for one in result.ledgers
        ],
        "added": result.added,
        "corrected": result.corrected,
        "withdrawn": result.withdrawn,
        "unchanged": result.unchanged,
        "notes": [f"{one.where}：{one.text}" for one in result.notes],
        "left": [[one.label, len(one.records)] for one in result.left],
        "erased": [[label, rows] for label, rows in result.erased.items()],
        "doubts": [_told(one) for one in doubted[:MOST_PROBLEMS]],
        "copy": "",
    }


def turned(viewer: Viewer, refreshed: Mapping[str, Refreshed | None]) -> dict[str, Any]:
    """Which verdicts became others, as far as the viewer may see; None: not judged yet."""
    seen = judgements(viewer)
    mine = None if seen is None else refreshed.get(seen.key)
    if seen is None or mine is None:
        return {"turned": None, "turned_more": 0}
    changes = [one for one in mine.changes if one.clause in seen.clauses]
    units = names_of_units(viewer, Permission.SEE_CHECKLIST, {one.unit for one in changes})
    told = [
        [one.unit, units[one.unit], one.clause, seen.clauses[one.clause].title,
         one.before or "", one.after or ""]
        for one in changes
        if one.unit in units
    ]  # fmt: skip
    return {"turned": told[:MOST_TURNED], "turned_more": max(0, len(told) - MOST_TURNED)}


def sheets_of(reading: Reading) -> list[dict[str, Any]]:
    """What each sheet was read as, heading by heading, for somebody to put right."""
    unknown = {
        (one.place.file, one.place.sheet, one.place.column)
        for one in reading.problems
        if one.code == _UNKNOWN_HEADING and one.place is not None
    }
    return [
        {
            "ledger": code,
            "label": LEDGERS[code].label,
            "sheet": source.sheet or source.file,
            "columns": list(_columns(code, source, unknown)),
        }
        for code, source in reading.sources.items()
        if source.headings
    ]


def _columns(
    code: str, source: Source, unknown: set[tuple[str, str, int | None]]
) -> Iterator[dict[str, Any]]:
    labels = sheet_columns(LEDGERS[code])
    read = {at: labels[name].label for name, at in source.columns.items()}
    letters = dict(zip(source.columns.values(), source.letters.values(), strict=True))
    for at, heading in enumerate(source.headings):
        if heading:
            yield {
                "heading": heading,
                "letter": letters.get(at, ""),
                "column": read.get(at, ""),
                "unknown": (source.file, source.sheet, at) in unknown,
            }


def _problems(problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "problems": [_told(one) for one in problems[:MOST_PROBLEMS]],
        "count": len(problems),
        "more": max(0, len(problems) - MOST_PROBLEMS),
    }


def _told(problem: Problem) -> list[str]:
    """Where, what stands there, what should, what to do; without the name of the only file."""
    where, expected, remedy = str(problem.where), problem.expected, problem.remedy
    if problem.place is not None:
        where = where.removeprefix(f"{problem.place.file}!")
    if problem.code == _UNKNOWN_HEADING:
        expected, remedy = "台账里有的列名", _PICK
    if problem.code == UNKNOWN_LEDGER and problem.place is not None and not problem.place.sheet:
        remedy = f"{remedy.removesuffix(RENAME_FILE)}{_CHOOSE}"
    return [where, problem.found, expected, remedy]
