"""Days, months and times of day as people write them; where their order is unclear, refused."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tongrong.facts.cell_text import EXACT, Parser, Refused, plain

FIRST_DAY, LAST_DAY = dt.date(1840, 1, 1), dt.date(2100, 12, 31)
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_415
"""The numbers taken for a spreadsheet's count of days: 1927-05-18 to 2100-12-31.

Below stand years (2026) and months and days (305), which are no dates by themselves.
"""
_ORIGIN = dt.date(1899, 12, 30)
_AROUND = re.compile(r"\s*([-/.年月日号])\s*")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_MIDNIGHT = r"(T? ?0?0:00(:00(\.0+)?)?)?"
_DAYS = (
    re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_MIDNIGHT}", re.ASCII),
    re.compile(rf"(\d{{4}})/(\d{{1,2}})/(\d{{1,2}}){_MIDNIGHT}", re.ASCII),
    re.compile(rf"(\d{{4}})\.(\d{{1,2}})\.(\d{{1,2}}){_MIDNIGHT}", re.ASCII),
    re.compile(rf"(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})[日号]{_MIDNIGHT}", re.ASCII),
    re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII),
)
_MONTHS = (
    re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})\.(\d\d)", re.ASCII),
    re.compile(r"(\d{4})年(\d{1,2})月份?", re.ASCII),
    re.compile(r"(\d{4})(\d\d)", re.ASCII),
)
_UNORDERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})(\D.*)?", re.ASCII)
_WITH_TIME = re.compile(r"(.*[\d日号])[T ](\d{1,2}:\d\d(:\d\d(\.\d+)?)?)", re.ASCII)
_CLOCK = re.compile(r"(上午|早上|中午|下午|晚上)?(\d{1,2})[:时点](\d\d)分?(:00(\.0+)?)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_DAY_HINT = "日期，如 2026-03-05 或 2026年3月5日"


def _written(cell: Any) -> str | None:
    """Text with full-width forms made plain; whole numbers as their digits; else None."""
    if isinstance(cell, str):
        return _AROUND.sub(r"\1", _DASH.sub("-", plain(cell)))
    if isinstance(cell, int | float) and abs(cell) < EXACT and cell == int(cell):
        return str(int(cell))
    return None


def _date_of(cell: Any, patterns: Sequence[re.Pattern[str]]) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else None
    if isinstance(cell, dt.date):
        return cell
    text = _written(cell)
    for pattern in patterns if text else ():
        if found := pattern.fullmatch(text or ""):
            year, month, day = found[1], found[2], found[3] if patterns is _DAYS else "1"
            return _real(year, month, day)
    return None


def _real(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def serial_day(cell: Any) -> dt.date | None:
    """The day a bare number means as a spreadsheet's count of days, None if it means none."""
    if isinstance(cell, int | float) and FIRST_SERIAL <= cell < LAST_SERIAL and cell == int(cell):
        return _ORIGIN + dt.timedelta(days=int(cell))
    return None


def day_parser(_: Any) -> Parser:
    """A day with its year in four digits first, a date cell at midnight, or a count of days."""

    def parse(cell: Any) -> dt.date:
        day = _date_of(cell, _DAYS) or serial_day(cell)
        if day is None:
            raise _no_day(cell)
        return _within(day, _DAY_HINT)

    return parse


def _no_day(cell: Any) -> Refused:
    text = _written(cell) or ""
    if isinstance(cell, dt.datetime):
        return Refused("day", _DAY_HINT, f"只填日期，不带时刻：{cell.date()}")
    if isinstance(cell, int | float):
        return Refused("day", _DAY_HINT, "数字看不出是哪一天：写成 2026-03-05 这样的日期")
    if (timed := _WITH_TIME.fullmatch(text)) and (day := _date_of(timed[1].strip(), _DAYS)):
        return Refused("day", _DAY_HINT, f"只填日期，不带时刻：{day}")
    if unordered := _UNORDERED.fullmatch(text):
        readings = [f"若指 {day}，写成 {day}" for day in _readings(*unordered.groups()[:3])]
        why = "年、月、日的次序或年份不明：年份写四位，放在最前"
        return Refused("day_order", _DAY_HINT, "；".join([why, *readings]))
    if _SERIAL.fullmatch(text) and (day := serial_day(int(text))):
        return Refused("day", _DAY_HINT, f"这是日期变成的数字；若指 {day}，写成 {day}")
    return Refused("day", _DAY_HINT, "改为真实存在的日期，年、月、日都写明")


def _readings(first: str, second: str, third: str) -> Iterator[dt.date]:
    """The days that three numbers may mean, in every customary order."""
    orders = [(third, first, second), (third, second, first)]
    if len(third) < 4:
        orders.insert(0, (first, second, third))
    found = dict.fromkeys(
        _real(year if len(year) == 4 else f"20{int(year):02d}", month, day)
        for year, month, day in orders
    )
    yield from (day for day in found if day)


def _within(day: dt.date, expected: str) -> dt.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(
            "range", f"{expected}，在 {FIRST_DAY} 至 {LAST_DAY} 之间", "核对年份；未到期的留空"
        )
    return day


def month_parser(_: Any) -> Parser:
    """A month, or a date that is the first of one."""
    expected = "月份，如 2026-03 或 2026年3月"

    def parse(cell: Any) -> dt.date:
        day = _date_of(cell, _MONTHS) or _date_of(cell, _DAYS) or serial_day(cell)
        if day is None:
            raise Refused("month", expected, "写成 2026-03 这样的年月")
        if day.day != 1:
            raise Refused("month", expected, f"这是日期；若指当月，写 {day:%Y-%m}")
        return _within(day, expected)

    return parse


def clock_parser(_: Any) -> Parser:
    """A time of day in whole minutes."""

    def parse(cell: Any) -> int:
        minutes = _minutes(cell)
        if minutes is None or not 0 <= minutes < 24 * 60:
            raise Refused("clock", "时间，如 09:30，00:00 至 23:59，不带秒", "改为“时:分”")
        return minutes

    return parse


def _minutes(cell: Any) -> int | None:
    if isinstance(cell, dt.time):
        cell = dt.timedelta(
            hours=cell.hour,
            minutes=cell.minute,
            seconds=cell.second,
            microseconds=cell.microsecond,
        )
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return seconds // 60 if seconds % 60 == 0 else None
    found = _CLOCK.fullmatch(plain(cell).replace(" ", "")) if isinstance(cell, str) else None
    if found is None or int(found[3]) >= 60:
        return None
    half, hour = found[1], int(found[2])
    if half in ("下午", "晚上") and hour < 12:
        hour += 12
    elif half in ("上午", "早上") and hour > 12:
        return None
    return hour * 60 + int(found[3])
