"""导入: a file that somebody sent is looked through, and taken in once they say so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongrong.actions.import_facts import ImportResult, Manner, Sender, import_facts
from tongrong.actions.import_in_job import import_in_job
from tongrong.actions.refresh import refresh_marked
from tongrong.actions.refresh_all import refresh_all
from tongrong.actions.rehearse import rehearsal
from tongrong.facts.doubts import doubts
from tongrong.facts.file_hash import fingerprint
from tongrong.facts.file_kinds import FileKind, kind_of
from tongrong.facts.from_files import read_filled
from tongrong.facts.headings import Meant, heading_means
from tongrong.facts.reading import Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.to_mend import Copy, write_copy
from tongrong.portal import clock
from tongrong.portal.jobs.import_asked import Asked
from tongrong.portal.jobs.import_report import (
    CHECKED,
    TAKEN_IN,
    found,
    refused,
    sheets_of,
    turned,
)
from tongrong.portal.jobs.judging import engine_of
from tongrong.portal.jobs.work import Work
from tongrong.queries.facts import known_codes
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.senders import remembered_columns
from tongrong.vocabulary.errors import TongrongError, refuse

_OF_FILES = "facts."
JUDGING = "更新判定"


@dataclass(frozen=True)
class _Import:
    """A file on its way in."""

    work: Work
    asked: Asked
    viewer: Viewer
    file: Path

    def read(self) -> Reading:
        """The file, its headings meant as they were last time and as is said now."""
        known = remembered_columns(self.asked.sender) if self.asked.sender else ()
        said, tell = [*known, *self.asked.columns], self.work.folder.tell
        ledger = LEDGERS.get(self.asked.ledger)
        return read_filled(self.file, said, ledger=ledger, in_part=True, progress=tell)

    def given(self, reading: Reading, *, in_part: bool) -> dict[str, Any]:
        """How it is taken in."""
        columns = (*self._of_chosen(reading), *self.asked.columns)
        sender = Sender(self.asked.sender, columns) if self.asked.sender else None
        return {
            "reading": reading,
            "file_name": self.file.name,
            "file_hash": fingerprint(self.file),
            "actor": self.viewer.login,
            "recorded_at": clock.now(),
            "reason": self.asked.reason,
            "sender": sender,
            "manner": Manner(in_part, self.work.folder.tell, self.viewer),
        }

    def _of_chosen(self, reading: Reading) -> Iterator[Meant]:
        """What every heading of the ledger chosen was read as: by them the next file is known."""
        for sheet in sheets_of(reading):
            if sheet["ledger"] == self.asked.ledger:
                for one in sheet["columns"]:
                    if not one["unknown"]:
                        yield heading_means(one["heading"], one["column"], self.asked.ledger)

    def tell(self, report: Mapping[str, Any]) -> None:
        """Write what came of it; `sheetless`: no sheet says by its name which ledger it is."""
        self.work.folder.write_report({**report, "sheetless": _is_text(self.file)})


def _is_text(file: Path) -> bool:
    """Whether it is a CSV file; one of no kind we read is none."""
    try:
        return kind_of(file) is FileKind.TEXT
    except TongrongError:
        return False


def run(work: Work) -> None:
    """Look through the file, or take it in and judge what it concerns.

    What is wrong with the file is told in the report; the job itself has done its work then.

    Raises:
        TongrongError: it is not the file that is to blame.
    """
    asked, file = Asked.of(work.job.told), work.folder.sent()
    if file is None:
        raise refuse("job.file", "上传的文件", "", "文件还在", "重新上传")
    one = _Import(work, asked, work.viewer(Permission.RECORD), file)
    if not asked.take_in:
        _look_through(one)
        return
    if not work.job.outcome and not _take_in(one):
        return
    work.folder.tell(JUDGING, 0, 0)
    refreshed = refresh_all(as_of=None, at=clock.now(), engine=engine_of(work))
    work.folder.write_report({**work.folder.report(), **turned(one.viewer, refreshed)})


def _look_through(one: _Import) -> None:
    """Say what the file would bring and which verdicts would turn; nothing of it stays."""
    reading = _read(one)
    if reading is None:
        return
    sheets = sheets_of(reading)
    try:
        with rehearsal():
            refresh_marked(at=clock.now())
            result = import_facts(**one.given(reading, in_part=True))
            would = turned(one.viewer, refresh_marked(at=clock.now()))
    except TongrongError as wrong:
        _tell_refused(one, wrong, sheets)
        return
    report = _found(CHECKED, result, sheets)
    report["copy"] = _copy(one, reading, result)
    one.tell({**report, **would})


def _take_in(one: _Import) -> bool:
    """Take the file in; whether anything of it could be."""
    reading = _read(one)
    if reading is None:
        return False
    sheets, folder = sheets_of(reading), one.work.folder

    def told(result: ImportResult) -> None:
        made = folder.made() if result.problems else None  # as the file was looked through
        copy = {"copy": made.name if made else ""}
        one.tell({**_found(TAKEN_IN, result, sheets), **copy, "turned": None})

    try:
        whole = reading if one.asked.in_part else reading.whole()
        given = one.given(whole, in_part=one.asked.in_part)
        result = import_in_job(job=one.work.job.key, told=told, **given)
    except TongrongError as wrong:
        _tell_refused(one, wrong, sheets)
        return False
    folder.write_report({**folder.report(), "copy": _copy(one, reading, result)})
    return True


def _read(one: _Import) -> Reading | None:
    try:
        return one.read()
    except TongrongError as wrong:
        _tell_refused(one, wrong, ())
        return None


def _tell_refused(one: _Import, wrong: TongrongError, sheets: Sequence[Mapping[str, Any]]) -> None:
    """Say that the file does not go in; what is not of the file is not for its sender to mend."""
    if not all(problem.code.startswith(_OF_FILES) for problem in wrong.problems):
        raise wrong
    one.tell(refused(wrong.problems, sheets))


def _found(stage: str, result: ImportResult, sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    taken = result.taken
    doubted = doubts(taken.snapshot, taken.sources, day=clock.today(), known=known_codes)
    return found(stage, result, sheets, doubted)


def _copy(one: _Import, reading: Reading, result: ImportResult) -> str:
    """Write the copy in which what is held back is marked; its name, empty where nothing is."""
    if not result.problems:
        return ""
    target = one.work.folder.place_for_made(f"{one.file.stem.removesuffix('-待改')}-待改.xlsx")
    part = target.with_name(f".{target.name}")
    write_copy(one.file, part, Copy(reading, result.problems, result.rows_held))
    part.replace(target)
    return target.name
