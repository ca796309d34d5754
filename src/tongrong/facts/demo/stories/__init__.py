"""What was planted in the demo and must come out: unit, clause, verdict and why, by hand.

One module an item of the checklist, each with its `STORIES`; a new file is enough. Worked out
from the clauses as of each story's day (AS_OF is 2026-09-25, a Friday, five days before the
quarter ends), not copied from a run: a difference is an error in the demo or in the engine.
"""

import importlib
import pkgutil

from tongrong.facts.demo.story import Story


def _scan() -> tuple[Story, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(story for module in modules for story in module.STORIES)


STORIES: tuple[Story, ...] = _scan()
