"""The folder of a job: what was sent and made, how far it is, whether it is to stop.

How far a job is stands here and not in the database: on SQLite nobody writes to that while the
job itself does.
"""

import datetime as dt
import json
import shutil
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

_PROGRESS, _REPORT, _STOP, _SENT, _MADE = "progress.json", "report.json", "stop", "sent", "made"
_SECONDS_BETWEEN = 0.2


def jobs_folder() -> Path:
    """Where the folders of all jobs are; only the server's own user may look."""
    folder = Path(settings.TONGRONG_HOME) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class HowFar:
    """What is being done, how much is done, of how much; of 0: nobody knows."""

    what: str
    done: int
    total: int


class JobFolder:
    """The folder of the job with a key."""

    def __init__(self, key: str) -> None:
        self._path = jobs_folder() / key
        self._told_at = float("-inf")

    def make(self) -> None:
        """Make it, if it is not there."""
        for folder in (self._path, self._path / _SENT, self._path / _MADE):
            folder.mkdir(mode=0o700, exist_ok=True)

    def place_for_sent(self, name: str) -> Path:
        """Where the file that was sent is to be, by its own name."""
        return self._path / _SENT / name

    def place_for_made(self, name: str) -> Path:
        """Where the file that is made is to be."""
        return self._path / _MADE / name

    def sent(self) -> Path | None:
        """The file that was sent; None where it is gone."""
        return next(iter(sorted((self._path / _SENT).glob("*"))), None)

    def made(self) -> Path | None:
        """The file that was made, if it is whole."""
        found = sorted((self._path / _MADE).glob("[!.]*"))
        return next(iter(found), None)

    def tell(self, what: str, done: int, total: int) -> None:
        """Say how far it is; not more often than somebody looks."""
        now = time.monotonic()
        if now - self._told_at >= _SECONDS_BETWEEN:
            self._told_at = now
            self._write(_PROGRESS, {"what": what, "done": done, "total": total})

    def how_far(self) -> HowFar | None:
        """What was said last; None where nothing was."""
        found = self._read(_PROGRESS)
        return HowFar(**found) if found else None

    def ask_to_stop(self) -> None:
        """Have whoever does the job stop it."""
        (self._path / _STOP).touch()

    def is_to_stop(self) -> bool:
        """Whether it was asked to stop."""
        return (self._path / _STOP).exists()

    def begin(self) -> None:
        """Forget what was said of how far it is, and that it was to stop."""
        for name in (_PROGRESS, _STOP):
            (self._path / name).unlink(missing_ok=True)

    def report(self) -> Mapping[str, Any]:
        """What came of it so far; nothing yet: empty."""
        return self._read(_REPORT) or {}

    def write_report(self, report: Mapping[str, Any]) -> None:
        """Say what came of it."""
        self._write(_REPORT, report)

    def _write(self, name: str, content: Mapping[str, Any]) -> None:
        part = self._path / f".{name}"
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        part.replace(self._path / name)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads((self._path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return found


def remove_folders(kept: Collection[str], before: dt.datetime) -> None:
    """Remove the folders of jobs nobody knows, but those of which one may be about to be."""
    for folder in jobs_folder().iterdir():
        known = folder.name in kept or not folder.is_dir()
        if not known and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
