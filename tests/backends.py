"""The backends there are, found by scanning, and the scenario suite on each of them."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from tongrong.engine import backends as room
from tongrong.engine import compile as compiling
from tongrong.engine import programs, run

DEFAULT = "duckdb"
DECLARED = ("DIALECT", "GAPS", "connect")


@cache
def modules() -> dict[str, ModuleType]:
    """Every module of the room, by its file's name."""
    names = [found.name for found in pkgutil.iter_modules(room.__path__)]
    return {name: importlib.import_module(f"{room.__name__}.{name}") for name in names}


def is_backend(module: ModuleType) -> bool:
    """Whether clauses are run by it: it says so by declaring any part of what a backend is."""
    return any(hasattr(module, name) for name in DECLARED)


def backends() -> dict[str, ModuleType]:
    """The backends by name."""
    return {name: module for name, module in modules().items() if is_backend(module)}


def gaps(backend: ModuleType, kinds: Iterable[str]) -> list[pytest.MarkDecorator]:
    """What a case of these clause kinds is marked with: it must fail where there is a gap."""
    reasons = [f"{kind}: {backend.GAPS[kind]}" for kind in sorted(kinds) if kind in backend.GAPS]
    return [pytest.mark.xfail(strict=True, reason="；".join(reasons))] if reasons else []


def on_every_backend(cases: Iterable[tuple[tuple[Any, ...], Iterable[str]]]) -> list[Any]:
    """Each case (its arguments, the kinds it runs) once a backend, whose name comes first."""
    return [
        pytest.param(name, *arguments, marks=gaps(module, kinds))
        for arguments, kinds in cases
        for name, module in backends().items()
    ]


@contextmanager
def running_on(name: str, module: ModuleType | None = None) -> Iterator[None]:
    """Let the engine compile for a backend and run on it.

    The engine names its one backend itself; this is the only place that knows where.
    """
    if name == DEFAULT:
        yield
        return
    backend = module or modules()[name]
    compiling._loading.cache_clear()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(run, "Duck", backend.connect)
            patch.setattr(compiling, "DIALECT", backend.DIALECT)
            patch.setattr(programs, "DIALECT", backend.DIALECT)
            yield
    finally:
        compiling._loading.cache_clear()
