"""Finds how a clause kind tells its findings: `findings/kinds/<kind>.py`, else the plain way."""

import importlib
import inspect
from functools import cache
from importlib.util import find_spec
from typing import Any

from tongrong.engine.part import Part
from tongrong.findings.telling import Telling
from tongrong.findings.wording import Wording

KINDS = "tongrong.findings.kinds"


def telling(part: Part, words: Wording) -> Telling[Any]:
    """How findings on this part are told, in the words of its checklist."""
    return _class(part.rule.kind)(part, part.rule, words)


@cache
def _class(kind: str) -> type[Telling[Any]]:
    name = f"{KINDS}.{kind}"
    if find_spec(name) is None:
        return Telling
    for value in vars(importlib.import_module(name)).values():
        if inspect.isclass(value) and value.__module__ == name and issubclass(value, Telling):
            return value
    raise TypeError(f"{name} has no Telling")
