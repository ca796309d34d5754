"""Facts moved by whole years: each day to the same day of another year, labels of periods too."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tests.calendar_edges import Moment
from tests.drawn_values import Rows

from tongrong.facts.columns import Column, Year
from tongrong.facts.registry import LEDGERS

YEARS = 4
"""A leap year's length: every day of the year has its counterpart."""
_PERIOD = re.compile(r"\d{4}(-\d\d|[QH]\d|-\d{4})?")
_YEAR = re.compile(r"\d{4}")


def later(day: dt.date, years: int = YEARS) -> dt.date:
    """The same day so many years on; where that year has no 29 February, the day before."""
    leap = calendar.isleap(day.year + years)
    last = 28 if (day.month, day.day) == (2, 29) and not leap else day.day
    return dt.date(day.year + years, day.month, last)


def moment_later(moment: Moment) -> Moment:
    """The same day and year, four years on."""
    return Moment(later(moment.today), moment.year + YEARS)


def facts_later(group: Rows, years: int = YEARS) -> Rows:
    """Every day and year of the facts, periods that justifications name included."""
    return {code: [_row_later(code, row, years) for row in rows] for code, rows in group.items()}


def _row_later(code: str, row: Mapping[str, Any], years: int) -> dict[str, Any]:
    columns = LEDGERS[code].columns
    return {name: _value_later(name, columns.get(name), row[name], years) for name in row}


def _value_later(name: str, column: Column | None, value: Any, years: int) -> Any:
    if isinstance(value, dt.date):
        return later(value, years)
    if isinstance(column, Year) and value is not None:
        return value + years
    return label_later(value, years) if name == "period" and value is not None else value


def label_later(label: str, years: int = YEARS) -> str:
    """A period or `period/member` label, every year in the period so many more.

    What has no period, such as a code with a year in it, stays as it is.
    """
    period, slash, member = label.partition("/")
    if not _PERIOD.fullmatch(period):
        return label
    return _YEAR.sub(lambda found: str(int(found[0]) + years), period) + slash + member
