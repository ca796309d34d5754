"""Facts, thresholds and verdicts moved by whole years: what four years later must say the same."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tests.calendar_edges import Moment
from tests.science.agreement import Key, Said
from tests.strategies import Rows

from tongrong.facts.columns import Column, Year
from tongrong.facts.registry import LEDGERS
from tongrong.norms.checklist import Checklist
from tongrong.norms.thresholds import Thresholds

YEARS = 4
"""A leap year's length: every day of the year has its counterpart."""
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=\D|$)|^(?:19|20)\d\d(?=Q|H)")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def later(day: dt.date) -> dt.date:
    """The same day four years on."""
    return day.replace(year=day.year + YEARS)


def moment_later(moment: Moment) -> Moment:
    """The same day and year, four years on."""
    return Moment(later(moment.today), moment.year + YEARS)


def facts_later(group: Rows) -> Rows:
    """Every day and year of the facts, periods that justifications name included."""
    return {code: [_row_later(code, row) for row in rows] for code, rows in group.items()}


def _row_later(code: str, row: Mapping[str, Any]) -> dict[str, Any]:
    columns = LEDGERS[code].columns
    return {name: _value_later(name, columns.get(name), value) for name, value in row.items()}


def _value_later(name: str, column: Column | None, value: Any) -> Any:
    if isinstance(value, dt.date):
        return later(value)
    if isinstance(column, Year) and value is not None:
        return value + YEARS
    return label_later(value) if name == "period" and value is not None else value


def label_later(label: str) -> str:
    """A period or `period/member` label, every year in the period four more."""
    period, slash, member = label.partition("/")
    return _YEAR.sub(lambda found: str(int(found[0]) + YEARS), period) + slash + member


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
