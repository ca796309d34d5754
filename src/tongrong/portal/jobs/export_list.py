"""导出: the records of a list, as the page shows them, to a workbook for whoever asked."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tongrong.facts.registry import LEDGERS
from tongrong.facts.to_sheets import LAST_ROW, write_list
from tongrong.portal import clock
from tongrong.portal.jobs.work import Work
from tongrong.queries.exporting import Exported, exported
from tongrong.queries.listing import Asked
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.errors import refuse

KIND = "export"
WRITING = "写入工作簿"


def told_of(ledger: str, asked: Asked) -> dict[str, Any]:
    """A list as it is kept with the job: all of it, wherever the page was."""
    whole = vars(replace(asked, after=None, before=None, first=1))
    days = {"since": _text(asked.since), "until": _text(asked.until)}
    return {"ledger": ledger, "asked": {**whole, "choices": dict(asked.choices), **days}}


def asked_of(told: Mapping[str, Any]) -> Asked:
    """The list as it was kept with the job."""
    kept = told["asked"]
    days = {"since": _day(kept["since"]), "until": _day(kept["until"])}
    return Asked(**{**kept, **days})


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def seen_by(viewer: Viewer) -> list[str]:
    """What a list shows to somebody, as far as who they are decides it."""
    return ["五不公开" if viewer.cleared else "", *viewer.scopes(Permission.SEE_LEDGERS)]


def run(work: Work) -> None:
    """Write the workbook.

    Raises:
        TongrongError: there are more records than a sheet holds.
    """
    viewer = work.viewer(Permission.SEE_LEDGERS)
    ledger = LEDGERS[work.job.told["ledger"]]
    found = exported(viewer, ledger, asked_of(work.job.told))
    if found.count > LAST_ROW:
        expected = f"一张工作表最多 {LAST_ROW} 行"
        raise refuse("job.rows", ledger.label, f"{found.count} 条", expected, "缩小查询范围再导出")
    target = work.folder.place_for_made(f"{ledger.label}-{clock.today()}.xlsx")
    part = target.with_name(f".{target.name}")
    write_list(part, ledger, found.headings, _told(work, found))
    work.folder.write_report({"rows": found.count, "seen_by": seen_by(viewer)})
    part.replace(target)


def _told(work: Work, found: Exported) -> Iterator[tuple[Any, ...]]:
    for done, row in enumerate(found.rows):
        work.folder.tell(WRITING, done, found.count)
        yield row
