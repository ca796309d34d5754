"""Periods and days as people say them."""

import datetime as dt
import re

_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})Q(\d)")
_HALF = re.compile(r"(\d{4})H(\d)")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def period_words(label: str) -> str:
    """`2026Q1` as 2026年第1季度; a label of another form as it is."""
    if found := _MONTH.fullmatch(label):
        return f"{found[1]}年{int(found[2])}月"
    if found := _QUARTER.fullmatch(label):
        return f"{found[1]}年第{found[2]}季度"
    if found := _HALF.fullmatch(label):
        return f"{found[1]}年{'上' if found[2] == '1' else '下'}半年"
    if found := _YEARS.fullmatch(label):
        return f"{found[1]}至{found[2]}年"
    return f"{label}年" if label.isdecimal() else label


def day_words(day: dt.date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
