"""The numbers a rule reads: value in force, source, and whose words they are."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tongrong.engine.adjustments import ROLES, AdjustedValue, Adjustments
from tongrong.engine.part import Part
from tongrong.findings.explanation import ToldAdjustment, ToldThreshold
from tongrong.norms.thresholds import Threshold, Thresholds


def told_thresholds(part: Part, thresholds: Thresholds, day: dt.date) -> tuple[ToldThreshold, ...]:
    """Every threshold and list that a part and its conditions name, as in force on a day."""
    return tuple(_told(thresholds[name], day) for name in _named(part, thresholds))


def told_for_unit(
    part: Part, adjustments: Adjustments, unit: str, day: dt.date
) -> tuple[ToldThreshold, ...]:
    """The same, with what a unit or its superiors set otherwise, applied or not."""
    numbers = adjustments.thresholds(unit)
    refused = adjustments.not_applied(unit)
    told = []
    for name in _named(part, numbers):
        value = numbers[name].on(day)
        told.append(
            replace(
                _told(adjustments.own[name], day),
                adjusted=_adjusted(value) if isinstance(value, AdjustedValue) else None,
                not_applied=tuple(
                    f"{one.problem.where}：{one.problem.found}，应为{one.problem.expected}"
                    for one in refused
                    if one.name == name
                ),
            )
        )
    return tuple(told)


def _adjusted(value: AdjustedValue) -> ToldAdjustment:
    return ToldAdjustment(
        value=value.value or "",
        own=value.role == "enterprise",
        set_by=value.unit,
        since=value.set_on,
        until=value.until,
        reason=value.source,
        approved_by=value.approved_by,
    )


def _named(part: Part, thresholds: Thresholds) -> list[str]:
    raw = [part.rule.model_dump(), *(one.model_dump() for one in part.conditions)]
    named = [name for name in _texts(raw) if name in thresholds]
    return list(dict.fromkeys([*named, *part.tables]))


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
        adjustable=_adjustable(threshold),
    )


def _adjustable(threshold: Threshold) -> str:
    allowed = threshold.adjustable
    if allowed is None:
        return ""
    return f"可由{'或'.join(ROLES[role] for role in allowed.by)}另定{allowed.bounds}"


def _row_words(row: dict[str, str]) -> str:
    """One row of a list, or of the table of rates: `在职 3000元以上至5000元 1%`."""
    if len(row) == 1:
        return next(iter(row.values()))
    amount = row.get("rate") or f"{row.get('fixed', '')}元"
    over, up_to = row.get("over"), row.get("up_to")
    span = f" {over}元以上" if over and over != "0" else ""
    span += f"{'' if span else ' '}至{up_to}元" if up_to else ""
    return f"{row['category']}{span} {amount}"
