"""Whether what a rule asks of a ledger can be asked: of columns it has, of choices there are."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tongrong.engine.tables import OWNERS, fact_columns, number_of, numbered
from tongrong.facts.columns import Choice, Choices, Column, Day
from tongrong.facts.ledger import Ledger

TESTS = (
    "or_missing", "not", "recorded", "contains", "contains_any", "contains_all", "between",
    "at_least", "at_most", "more_than",
)  # fmt: skip
BOUNDS = frozenset(("at_least", "at_most", "more_than"))


def check_columns(ledger: str, names: Mapping[str, Any] | list[str], extra: set[str]) -> None:
    """Raise ValueError for a name that is no column of the ledger, no owner and not in `extra`."""
    columns = fact_columns(ledger).keys() - set(map(number_of, numbered(ledger)))
    known = columns | set(OWNERS) | {"owner"} | extra
    for name in names:
        if name not in known:
            raise ValueError(f"台账 {ledger} 没有列 {name}；可用：{'、'.join(sorted(known))}")


def check_test(ledger: type[Ledger], name: str, test: Any) -> None:
    """Raise ValueError where a column cannot be tested so, or against such a value."""
    if not isinstance(test, dict):
        _check_choices(ledger.columns.get(name), name, test)
        return
    if len(test) != 1 or next(iter(test)) not in TESTS:
        raise ValueError(f"{name} 的条件应为 {'、'.join(TESTS)} 之一")
    kind, value = next(iter(test.items()))
    if kind in ("or_missing", "not"):
        check_test(ledger, name, value)
    elif kind == "between":
        _check_days(name, ledger.columns.get(name), value)
    elif kind in BOUNDS and not isinstance(value, int):
        raise ValueError(f"{name} 的 {kind} 写阈值的名称")
    elif kind.startswith("contains"):
        _check_choices(ledger.columns.get(name), name, value)


def _check_choices(column: Column | None, name: str, value: Any) -> None:
    if isinstance(column, Choice | Choices):
        for choice in value if isinstance(value, list) else [value]:
            if choice not in column.choices:
                raise ValueError(f"{name} 没有选项“{choice}”；可用：{'、'.join(column.choices)}")


def _check_days(name: str, column: object, days: Any) -> None:
    try:
        first, last = (dt.date.fromisoformat(str(day)) for day in days)
    except (TypeError, ValueError):
        raise ValueError(f"{name} 的 between 写首尾两天，或两个日期阈值的名称") from None
    if not isinstance(column, Day | None) or first > last:
        raise ValueError(f"{name} 的 between 用于日期列，首日不晚于末日")
