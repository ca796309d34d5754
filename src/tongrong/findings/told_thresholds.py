"""The numbers a rule reads: value in force, source, and whose words they are."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tongrong.engine.part import Part
from tongrong.findings.explanation import ToldThreshold
from tongrong.norms.thresholds import Threshold, Thresholds


def told_thresholds(part: Part, thresholds: Thresholds, day: dt.date) -> tuple[ToldThreshold, ...]:
    """Every threshold that a part and its conditions name, as in force on a day."""
    raw = [part.rule.model_dump(), *(one.model_dump() for one in part.conditions)]
    names = dict.fromkeys(name for name in _texts(raw) if name in thresholds)
    return tuple(_told(thresholds[name], day) for name in names)


def _texts(raw: Any) -> Iterator[str]:
    """Every text in a rule, in the order written."""
    if isinstance(raw, dict):
        for value in raw.values():
            yield from _texts(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _texts(value)
    elif isinstance(raw, str):
        yield raw


def _told(threshold: Threshold, day: dt.date) -> ToldThreshold:
    value = threshold.on(day)
    shown = value.value
    if shown is None:
        shown = "；".join(map(_row_words, value.table or []))
    return ToldThreshold(
        label=threshold.label,
        value=shown,
        unit=threshold.unit,
        since=value.since,
        source=value.source,
        why=threshold.words or threshold.parameter or "",
        is_parameter=threshold.words is None,
    )


def _row_words(row: dict[str, str]) -> str:
    """One row of the table of rates: `在职 3000元以上至5000元 1%`."""
    amount = row.get("rate") or f"{row.get('fixed', '')}元"
    over, up_to = row.get("over"), row.get("up_to")
    span = f" {over}元以上" if over and over != "0" else ""
    span += f"{'' if span else ' '}至{up_to}元" if up_to else ""
    return f"{row['category']}{span} {amount}"
