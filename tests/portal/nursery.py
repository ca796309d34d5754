"""Processes of `tongrong …` by the dozen: forked from one that has everything imported already.

Each is a process of its own that opens its own files and connections, and can be killed like any
other; only the two seconds of importing are spared. Run as a script this is the nursery; `Nursery`
is how a test asks it for a child.
"""

import importlib
import json
import os
import resource
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

EARLY = (
    "duckdb",
    "xlsxwriter",
    "django.core.management.commands.migrate",
    *(f"tongrong.actions.{name}" for name in ("erase_person", "refresh", "restore")),
    "tongrong.actions.correct_record",
    "tongrong.findings.from_engine",
    *(f"tongrong.portal.cli.{name}" for name in ("main", "verdict_files", "verdict_tables")),
    *(f"tongrong.queries.{name}" for name in ("backup", "history", "verify_store")),
)
SOURCE = str(Path(__file__).parents[2] / "src")


@dataclass
class Child:
    """A running `tongrong …`: kill it, or wait for its end."""

    pid: int
    said: Path
    _nursery: "Nursery"

    def kill(self) -> None:
        """End it at once; nothing happens where it has ended, for it is not buried yet."""
        os.kill(self.pid, 9)

    def is_over(self) -> bool:
        """Whether it has ended, without waiting for it."""
        return self._nursery.has_answer()

    def ended(self) -> int:
        """Wait for its end: the exit code, or less than nothing by the signal that ended it."""
        return self._nursery.answer()


class Nursery:
    """The process the others are forked from, of one database and one home folder."""

    def __init__(self, env: Mapping[str, str], cwd: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TONGRONG_HOME")}
        settings = {"DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev", "COLUMNS": "100"}
        self._cwd = cwd
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env={**kept, **settings, "PYTHONPATH": SOURCE, **env},
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, *words: object, largest: int | None = None) -> Child:
        """Have `tongrong …` begun; no file of it may grow beyond `largest` bytes."""
        said = self._cwd / f"said-{self._process.pid}.txt"
        asked = {"words": [str(word) for word in words], "said": str(said), "largest": largest}
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        return Child(self.answer(), said, self)

    def run(self, *words: object, largest: int | None = None) -> tuple[int, str]:
        """Exit code of `tongrong …` and all it said."""
        child = self.start(*words, largest=largest)
        code = child.ended()
        return code, child.said.read_text(encoding="utf-8")

    def answer(self) -> int:
        """The next number the nursery says."""
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def has_answer(self) -> bool:
        """Whether the nursery has said the next number."""
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def close(self) -> None:
        """Close it; a child of it that still runs ends by itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def a_nursery(env: Mapping[str, str], cwd: Path) -> Iterator[Nursery]:
    """A nursery for as long as it is needed."""
    nursery = Nursery(env, cwd)
    try:
        yield nursery
    finally:
        nursery.close()


def _nurse() -> None:
    """Fork a child for every line; say its number, then its end, then bury it at the next line."""
    _import_everything()
    child = 0
    for line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if not child:
            _be(json.loads(line))
        _say(child)
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        of_itself = ended.si_code == os.CLD_EXITED
        _say(ended.si_status if of_itself else -ended.si_status)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _import_everything() -> None:
    """Import what commands import as they go, but open nothing."""
    import django

    django.setup()
    for name in EARLY:
        importlib.import_module(name)


def _be(asked: Mapping[str, Any]) -> NoReturn:
    """Become `tongrong …`."""
    from django.db import connections

    from tongrong.portal.cli.main import main

    said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if asked["largest"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"],) * 2)
    sys.argv = ["tongrong", *asked["words"]]
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 a child must never go on as a nursery
        import traceback

        traceback.print_exc()
        code = 70
    else:
        code = 0
    connections.close_all()  # as the end of an interpreter does
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _nurse()
