"""Days as people name them to find something: a year, a month, a day, a day of any year."""

import re
from dataclasses import dataclass

from tongrong.facts.cell_text import plain
from tongrong.vocabulary.periods import FIRST_YEAR, LAST_YEAR

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_BETWEEN = r"[-/.]"
_FORMS = tuple(
    re.compile(one, re.ASCII)
    for one in (
        rf"{_YEAR}年?",
        rf"{_YEAR}{_BETWEEN}{_MONTH}",
        rf"{_YEAR}年{_MONTH}月?份?",
        rf"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
        rf"{_YEAR}年{_MONTH}月{_DAY}[日号]?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})(?P<month>\d\d)",
        rf"{_MONTH}月份?",
        rf"{_MONTH}月{_DAY}[日号]?",
        rf"{_MONTH}{_BETWEEN}{_DAY}",
    )
)


@dataclass(frozen=True)
class DaysNamed:
    """Some days; of the parts not said any."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


def days_named(text: str) -> DaysNamed | None:
    """The days that a text without blanks names: `2026-05`, `5月12日`; None where it names none."""
    said = plain(text)
    for form in _FORMS:
        if found := form.fullmatch(said):
            named = DaysNamed(**{part: int(number) for part, number in found.groupdict().items()})
            return named if _may_be(named) else None
    return None


def _may_be(named: DaysNamed) -> bool:
    """Whether there can be such days; a 31st of a month that has none is merely not found."""
    within = (
        (named.year, FIRST_YEAR, LAST_YEAR),
        (named.month, 1, 12),
        (named.day, 1, 31),
    )
    return all(part is None or least <= part <= most for part, least, most in within)
