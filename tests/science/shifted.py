"""Thresholds and verdicts moved by four years: what four years later must say the same."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tests.other_years import label_later, later
from tests.science.agreement import Key, Said

from tongrong.norms.checklist import Checklist
from tongrong.norms.thresholds import Thresholds

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def numbers_later(checklist: Checklist) -> Checklist:
    """The checklist, its dated values in force four years later, days among them moved."""
    moved = {}
    for name, threshold in checklist.thresholds.root.items():
        values = [
            one.model_copy(
                update={
                    "since": later(one.since),
                    "value": str(later(dt.date.fromisoformat(one.value)))
                    if one.value and _DAY.match(one.value)
                    else one.value,
                }
            )
            for one in threshold.values
        ]
        moved[name] = threshold.model_copy(update={"values": values})
    thresholds = Thresholds.model_construct(root=moved)
    return Checklist(checklist.folder, checklist.text, checklist._located, thresholds)


def said_later(said: Mapping[Key, Said]) -> dict[Key, Said]:
    """What was said, as it must be said of the facts four years later."""
    return {key: _one_later(one) for key, one in said.items()}


def _one_later(one: Said) -> Said:
    return Said(
        **{
            **vars(one),
            "due": one.due and later(one.due),
            "missing": frozenset(map(label_later, one.missing)),
            "cells": tuple(tuple(map(_cell_later, part)) for part in one.cells),
            "records": frozenset(map(_without_days, one.records)),
        }
    )


def without_days(said: Mapping[Key, Said]) -> dict[Key, Said]:
    """What was said, the days inside the ids of records left out: they are keys that move."""
    return {
        key: Said(**{**vars(one), "records": frozenset(map(_without_days, one.records))})
        for key, one in said.items()
    }


def _without_days(record: str) -> str:
    return re.sub(r"(?<=\|)\d{4}(-\d\d(-\d\d)?)?(?=\||$)|(?<=/)\d{4}-\d\d-\d\d", "", record)


def _cell_later(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **cell,
        "period": label_later(cell["period"]),
        "due": cell["due"] and later(cell["due"]),
    }
