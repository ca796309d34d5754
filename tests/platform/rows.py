"""Rows for every declared ledger, made from the declarations: a new ledger is covered at once."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    CreditCode,
    Day,
    Flag,
    IdentityNumber,
    Industry,
    Money,
    Month,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import STATUS, STATUSES, Ledger
from tongrong.facts.ledgers.organization import CLASS, FEATURE_VALUES, SIZE
from tongrong.facts.reading import Reading, Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

LEAP_DAY = dt.date(2024, 2, 29)
BEYOND_DOUBLE = 2**53 + 1
"""分 that a double cannot hold: about 90 万亿元."""

CREDIT_CODES = ("91350100M000100Y43", "91110000600037341L")
IDENTITY_NUMBERS = ("11010519491231002X", "440524188001010014")
INDUSTRIES = ("35", "01", "591", "7010")

Row = dict[str, Any]


def rows_of_all(count: int) -> dict[str, list[Row]]:
    """`count` rows for each ledger, with references that hold and keys that differ.

    Optional columns are empty in the first half of the rows, but for the reason of a size: the
    enterprises have figures.
    """
    return {
        code: [_row(ledger, i, count) for i in range(count)] for code, ledger in LEDGERS.items()
    }


def reading_of(rows: dict[str, list[Row]]) -> Reading:
    """What a file with these rows would read as; the first row stands in row 2."""
    snapshot = Snapshot.of_rows(rows)
    sources = {
        code: Source("台账.xlsx", LEDGERS[code].label, range(2, len(given) + 2), {})
        for code, given in rows.items()
    }
    return Reading(snapshot, sources)


def sorted_rows(snapshot: Snapshot, code: str) -> Any:
    """A ledger's table in order of record, as one chunk, for comparison."""
    return snapshot[code].sort_by("record").combine_chunks()


def _row(ledger: type[Ledger], i: int, count: int) -> Row:
    row = {
        name: None if column.optional and i < count / 2 else _value(ledger, column, i)
        for name, column in ledger.columns.items()
    }
    if ledger.code == "enterprise_features":  # a feature is written in words of its own
        row["value"] = FEATURE_VALUES[row["feature"]][0]
        row["reason"] = "核定" if row["feature"] == SIZE else row["reason"]
    if ledger.code == "metric_sets":
        row["enterprise_class"] = row["enterprise_class"] and FEATURE_VALUES[CLASS][0]
    if ledger.code == "justifications":
        row["period"] = row["period"] and f"{2020 + i // 12 % 80}-{i % 12 + 1:02d}"
    if ledger.code == "nil_declarations":
        row["ledger"] = list(LEDGERS.values())[i % len(LEDGERS)].label
    return row


def _value(ledger: type[Ledger], column: Column, i: int) -> Any:
    if isinstance(column, Code):
        return f"{ledger.code}-{i}"
    if isinstance(column, Reference) and column.to == ledger.code:
        return f"{column.to}-{i - 1}" if i else None  # nobody is above itself
    return _TYPICAL[type(column)](column, i)


_TYPICAL: dict[type[Column], Callable[[Any, int], Any]] = {
    Text: lambda column, i: f"{i}、{column.label}"[: column.longest],
    Reference: lambda column, i: f"{'enterprises' if column.to == 'units' else column.to}-{i}",
    Choice: lambda column, i: column.choices[i % len(column.choices)],
    Choices: lambda column, i: kept(column.choices[: i % len(column.choices) + 1]),
    Day: lambda _, i: LEAP_DAY + dt.timedelta(days=i),
    Month: lambda _, i: dt.date(2020 + i // 12 % 80, i % 12 + 1, 1),
    Clock: lambda _, i: i % 1440,
    Flag: lambda _, i: i % 2 == 0,
    Year: lambda _, i: 1949 + i % 150,
    Money: lambda _, i: BEYOND_DOUBLE + 2 * i,
    Whole: lambda _, i: i,
    Share: lambda _, i: i % 1_000_001,
    CreditCode: lambda _, i: CREDIT_CODES[i % 2],
    IdentityNumber: lambda _, i: IDENTITY_NUMBERS[i % 2],
    Industry: lambda _, i: INDUSTRIES[i % 4],
}


def kept(chosen: Sequence[str]) -> str:
    """Choices in their kept form."""
    return f"、{'、'.join(chosen)}、"


def any_rows(ledger: type[Ledger], most: int = 6) -> st.SearchStrategy[list[Row]]:
    """Rows of any values the ledger's columns admit, each record once; references may not hold."""
    columns = {name: _any_value(column) for name, column in ledger.columns.items()}
    status = {STATUS: st.sampled_from(STATUSES)}
    return st.lists(
        st.fixed_dictionaries(columns | status),
        max_size=most,
        unique_by=lambda row: "|".join(_as_key(ledger, row)),
    )


def _as_key(ledger: type[Ledger], row: Row) -> list[str]:
    keys = ledger.keys()
    return [str(row[name] or "") for name in keys]


def _any_value(column: Column) -> st.SearchStrategy[Any]:
    values = _ANY[type(column)](column)
    return st.none() | values if column.optional else values


def _text(longest: int) -> st.SearchStrategy[str]:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=1, max_size=longest)


def _some_of(choices: Sequence[str]) -> st.SearchStrategy[str]:
    chosen = st.sets(st.sampled_from(choices), min_size=1)
    return chosen.map(lambda some: kept([choice for choice in choices if choice in some]))


_YEARS = st.integers(1949, 2100)
_ANY: dict[type[Column], Callable[[Any], st.SearchStrategy[Any]]] = {
    Text: lambda column: _text(column.longest),
    Code: lambda column: _text(column.longest),
    Reference: lambda _: _text(64),
    Choice: lambda column: st.sampled_from(column.choices),
    Choices: lambda column: _some_of(column.choices),
    Day: lambda _: st.dates(dt.date(1840, 1, 1), dt.date(2100, 12, 31)) | st.just(LEAP_DAY),
    Month: lambda _: st.builds(dt.date, _YEARS, st.integers(1, 12), st.just(1)),
    Clock: lambda _: st.integers(0, 1439),
    Flag: lambda _: st.booleans(),
    Year: lambda _: _YEARS,
    Whole: lambda _: st.integers(0, 2**63 - 1),
    Money: lambda _: st.integers(-(2**63), 2**63 - 1),
    Share: lambda _: st.integers(0, 1_000_000),
    CreditCode: lambda _: st.sampled_from(CREDIT_CODES),
    IdentityNumber: lambda _: st.sampled_from(IDENTITY_NUMBERS),
    Industry: lambda _: st.sampled_from(INDUSTRIES),
}
