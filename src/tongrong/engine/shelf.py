"""The shelf of clause kinds: found by scanning `kinds/`, so a new file is enough."""

import importlib
import inspect
import pkgutil
from functools import cache

from tongrong.engine.part import Kind


@cache
def kinds() -> dict[str, type[Kind]]:
    """Every clause kind by its name in YAML, which is also its file's name."""
    package = importlib.import_module("tongrong.engine.kinds")
    found: dict[str, type[Kind]] = {}
    for module_info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        for value in vars(module).values():
            if (
                inspect.isclass(value)
                and issubclass(value, Kind)
                and value.__module__ == module.__name__
                and not inspect.isabstract(value)
            ):
                found[module_info.name] = value
    return found
