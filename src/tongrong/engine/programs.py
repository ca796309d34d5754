"""Compiled programs, kept: in memory, and in a folder where one is given."""

import hashlib
import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from tongrong.engine.backends.duckdb import DIALECT
from tongrong.engine.compile import compile_program
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.program import Program, Step
from tongrong.facts.registry import LEDGERS
from tongrong.facts.temporary import Temporary


class Programs:
    """Compiled programs in memory, and in a folder where one is given.

    `waiting` is told how many parts there are to compile before that is done.
    """

    def __init__(
        self, folder: Path | None = None, waiting: Callable[[int], None] | None = None
    ) -> None:
        self._folder, self._waiting = folder, waiting
        self._known: dict[str, Program] = {}

    def of(self, bound: list[BoundClause], *, details: bool) -> Program:
        """The program of these clauses, compiled if nobody has yet."""
        key = _key(bound, details=details)
        if key not in self._known:
            self._known[key] = self._read(key) or self._compile(key, bound, details=details)
        return self._known[key]

    def _read(self, key: str) -> Program | None:
        file = self._file(key)
        if file is None or not file.is_file():
            return None
        try:
            raw = json.loads(file.read_text(encoding="utf-8"))
            steps = (Step(**{**step, "after": tuple(step["after"])}) for step in raw["steps"])
            return Program(tuple(steps), raw["results"])
        except (OSError, ValueError, KeyError, TypeError):
            return None  # cut short by a power cut, say; it is compiled again

    def _compile(self, key: str, bound: list[BoundClause], *, details: bool) -> Program:
        if self._waiting is not None:
            self._waiting(sum(len(one.parts) for one in bound))
        program = compile_program(bound, details=details)
        file = self._file(key)
        if file is not None:
            with suppress(OSError):  # it is only kept for the next time
                _keep(program, file)
        return program

    def _file(self, key: str) -> Path | None:
        return self._folder / f"{key}.json" if self._folder else None


def _keep(program: Program, file: Path) -> None:
    """Write a program to its file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with Temporary(file.parent) as folder:
        new = folder / file.name
        new.write_text(json.dumps(asdict(program), ensure_ascii=False), encoding="utf-8")
        new.replace(file)


def _key(bound: list[BoundClause], *, details: bool) -> str:
    text = "\n".join(_described(bound))
    whole = f"{ENGINE_VERSION}|{DIALECT}|{details}|{text}"
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def _described(bound: list[BoundClause]) -> Iterator[str]:
    for one in bound:
        for part in one.parts:
            yield f"{part!r}"


def _engine_version() -> str:
    """A hash of the engine's and the ledgers' code: other code, other text."""
    digest = hashlib.sha256()
    rooms = [Path(__file__).parent, Path(next(iter(_ledger_files())).parent)]
    for room in rooms:
        for file in sorted(room.rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _ledger_files() -> Iterator[Path]:
    for ledger in LEDGERS.values():
        yield Path(inspect.getfile(ledger))


# Taken as the code is loaded: sources that change while it runs must not name its text.
ENGINE_VERSION = _engine_version()
