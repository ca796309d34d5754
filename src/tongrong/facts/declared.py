"""Values a column's declaration rules out: numbers out of bounds, words of no known form."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.cell_text import closest
from tongrong.facts.cells import show
from tongrong.facts.columns import Column, Form, Money, Privacy, Text, Whole
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.reading import Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.periods import is_period_label

Row = Mapping[str, Any]
Fault = tuple[str, str, str]
"""Stable code, what was expected, how to mend it."""
Rule = Callable[[Any, Row], Fault | None]


def check_declared(snapshot: Snapshot, sources: Mapping[str, Source]) -> list[Problem]:
    """A problem for every value of an effective record that its column rules out."""
    broken = [
        problem
        for code, ledger in LEDGERS.items()
        for name, column in ledger.columns.items()
        if (rule := _rule(ledger, column)) is not None and snapshot[code].num_rows
        for problem in _broken(snapshot, ledger, name, rule, sources.get(code))
    ]
    amounts = [
        problem
        for code, ledger in LEDGERS.items()
        for name, column in ledger.columns.items()
        if isinstance(column, Money) and not column.signed and snapshot[code].num_rows
        for problem in _below_zero(snapshot[code], ledger, name, sources.get(code))
    ]
    return broken + amounts


def _below_zero(
    table: pa.Table, ledger: type[Ledger], name: str, source: Source | None
) -> Iterator[Problem]:
    """Amounts below zero where there are none; of how much nothing is said that is not open."""
    column = ledger.columns[name]
    negative: Any = pc.less(table[name], pa.scalar(0))
    for index in effective_where(table, negative):
        yield Problem(
            "facts.range.least",
            place_of(ledger, table, index, name, source),
            show(column, table[name][index].as_py()) if column.privacy is Privacy.OPEN else "",
            f"“{column.label}”不小于 0",
            "核对正负号；退回、冲减的，更正原来那一条的金额",
        )


def effective_where(table: pa.Table, condition: Any) -> list[int]:
    """The places of effective rows of which a condition holds."""
    effective: Any = pc.equal(table[STATUS], pa.scalar(EFFECTIVE))
    both: Any = pc.and_(pc.fill_null(condition, pa.scalar(False)), effective)
    found: list[int] = pc.indices_nonzero(both).to_pylist()
    return found


def place_of(
    ledger: type[Ledger], table: pa.Table, index: int, name: str, source: Source | None
) -> str:
    """Where a row says something: its cell, or without a file the record and the column."""
    if source is not None:
        return source.at(index, name)
    return f"{table[RECORD][index].as_py()}!{ledger.columns[name].label}"


def _broken(
    snapshot: Snapshot, ledger: type[Ledger], name: str, rule: Rule, source: Source | None
) -> Iterator[Problem]:
    for index, row in enumerate(snapshot[ledger.code].to_pylist()):
        if row[STATUS] == EFFECTIVE and row[name] is not None and (fault := rule(row[name], row)):
            code, expected, remedy = fault
            where = (
                source.at(index, name) if source else f"{row[RECORD]}!{ledger.columns[name].label}"
            )
            yield Problem(code, where, str(row[name]), expected, remedy)


def _rule(ledger: type[Ledger], column: Column) -> Rule | None:
    """What the column's declaration asks of a value beside its type; None for nothing."""
    if isinstance(column, Whole) and column.most is not None:
        return _at_most(column.label, column.most)
    if isinstance(column, Whole) and column.part_of:
        return _part_of(column.label, column.part_of, ledger.columns[column.part_of].label)
    if isinstance(column, Text) and column.form is Form.PERIOD:
        return _period
    if isinstance(column, Text) and column.form is Form.LEDGER:
        return _ledger
    return None


def _at_most(label: str, most: int) -> Rule:
    def rule(value: Any, row: Row) -> Fault | None:
        del row
        fault = "facts.range.most", f"“{label}”在 0 至 {most} 之间", "核对并改正"
        return fault if value > most else None

    return rule


def _part_of(label: str, whole: str, whole_label: str) -> Rule:
    def rule(value: Any, row: Row) -> Fault | None:
        if row[whole] is None or value <= row[whole]:
            return None
        expected = f"“{label}”不多于“{whole_label}”（{row[whole]}）"
        return "facts.range.part", expected, "核对这两个数，改正写反或写错的一个"

    return rule


def _period(value: Any, row: Row) -> Fault | None:
    del row
    if is_period_label(value):
        return None
    expected = "期间：月 2026-03、季 2026Q1、半年 2026H1、年 2026、几年 2024-2026 之一"
    return "facts.form.period", expected, "照判定中“缺什么”所列的期间写；不分期间的留空"


def _ledger(value: Any, row: Row) -> Fault | None:
    del row
    labels = [ledger.label for ledger in LEDGERS.values()]
    if value in labels:
        return None
    near = closest(value, labels)
    hint = f"是否应为“{near}”？" if near else "全部台账见模板的填写说明"
    return "facts.form.ledger", "一张台账的名称", f"改写台账名称；{hint}"
