"""A ledger's declaration holds together: everything it names exists, and no name is a trap."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pytest

from tongrong.facts import ledger as ledger_module
from tongrong.facts.columns import Choice, Choices, Code, Column, Day, Reference, Text
from tongrong.facts.ledger import Happens, Holds, Ledger, Timeless, Yearly
from tongrong.facts.registry import LEDGERS

UNITS = ("enterprises", "party_organizations")
# Read as `rows.count`, a column called so would be Ibis's method, and every verdict wrong.
TRAPS = frozenset(name for name in dir(ir.Table) if not name.startswith("_"))
DELIMITERS = ("、", "|")


def targets(reference: Reference, ledgers: Mapping[str, type[Ledger]]) -> list[type[Ledger]]:
    """The ledgers a reference may point at; empty where there is none of that code."""
    codes = UNITS if reference.to == "units" else (reference.to,)
    return [ledgers[code] for code in codes if code in ledgers]


def carried(ledger: type[Ledger]) -> list[str]:
    """The names of the columns a ledger shows from the records it refers to."""
    return [f"{name}_{column}" for name, r in ledger.references().items() for column in r.carry]


def times(ledger: type[Ledger]) -> list[str]:
    """The columns the ledger's time names."""
    match ledger.time:
        case Happens(on):
            return [on]
        case Holds(start, end):
            return [start, *([end] if end else [])]
        case Yearly(year):
            return [year]
        case Timeless():
            return []


def breaches(ledger: type[Ledger], ledgers: Mapping[str, type[Ledger]]) -> list[str]:
    """What does not hold together in one declaration."""
    names = [ledger_module.RECORD, ledger_module.STATUS, *ledger.columns, *carried(ledger)]
    labels = [ledger_module.STATUS_LABEL, *(column.label for column in ledger.columns.values())]
    named = [*times(ledger), *([ledger.owner] if ledger.owner else [])]
    found = [f"{name} is an attribute of an Ibis table" for name in names if name in TRAPS]
    found += [f"{name} stands for two columns" for name in set(names) if names.count(name) > 1]
    found += [f"{label} heads two columns" for label in set(labels) if labels.count(label) > 1]
    found += [f"{name} is no column, own or carried" for name in named if name not in names]
    found += [f"alike names {one}, which is no column" for one in ledger.alike if one not in names]
    also = [word for column in ledger.columns.values() for word in column.also]
    found += [
        f"{word} stands for two columns" for word in set(also) if (also + labels).count(word) > 1
    ]
    refers = ledger.references().items()
    found += [
        f"{n} would make codes of codes"
        for n, r in refers
        if n in ledger.alike and r.to == ledger.code
    ]
    if not ledger.keys():
        found.append("no column is a key: no two rows could be versions of one record")
    if not (ledger.__doc__ or "").strip():
        found.append("no docstring says what a row is")
    for name, column in ledger.columns.items():
        found += [f"{name}: {breach}" for breach in column_breaches(column, ledgers)]
    return found


def column_breaches(column: Column, ledgers: Mapping[str, type[Ledger]]) -> list[str]:
    """What does not hold together in one column."""
    found = []
    if isinstance(column, Reference):
        there = targets(column, ledgers)
        if not there:
            found.append(f"refers to {column.to!r}, which is no ledger")
        found += [
            f"carries {name}, which {target.code} does not have"
            for target in there
            for name in column.carry
            if name not in target.columns
        ]
    if isinstance(column, Choice | Choices):
        if not column.choices or len(set(column.choices)) < len(column.choices):
            found.append("its choices are none, or one stands twice")
        found += [
            f"choice {c} holds a delimiter" for c in column.choices for d in DELIMITERS if d in c
        ]
    return found


@pytest.mark.parametrize("code", LEDGERS)
def test_a_ledger_holds_together(code: str) -> None:
    assert LEDGERS[code].code == code
    assert breaches(LEDGERS[code], LEDGERS) == []


def test_no_two_ledgers_share_a_name() -> None:
    """A nil declaration names its ledger by label, so labels are as unique as codes."""
    labels = [ledger.label for ledger in LEDGERS.values()]
    assert sorted(labels) == sorted(set(labels))
    assert len(LEDGERS) == len(set(LEDGERS.values())) > 30


class Sound(Ledger):
    """One sound row."""

    code, label, time = "sound", "完好", Happens("held_on")
    number = Code("编号")
    unit = Reference("单位", to="units")
    held_on = Day("日期")


class NoRow(Ledger):
    code, label, time, owner = "a", "甲", Timeless(), None
    number = Code("编号")


class Trap(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("单位", to="units")
    held_on = Day("日期")
    count = Text("数")


class Twice(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("编号", to="units")
    held_on = Day("日期")


class StatusTwice(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("记录状态", to="units")
    held_on = Day("日期")


class NoTime(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("单位", to="units")


class NoOwner(Sound):
    """One row."""

    number = Code("编号")
    held_on = Day("日期")


class NoKey(Sound):
    """One row."""

    unit = Reference("单位", to="units")
    held_on = Day("日期")


class Nowhere(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("单位", to="nowhere")
    held_on = Day("日期")


class CarriesNothing(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("单位", to="units", carry=("leads",))
    held_on = Day("日期")


class Delimiter(Sound):
    """One row."""

    number = Code("编号")
    unit = Reference("单位", to="units")
    held_on = Day("日期")
    kind = Choices("类", choices=("甲、乙",))


@pytest.mark.parametrize(
    ("ledger", "breach"),
    [
        (NoRow, "no docstring says what a row is"),
        (Trap, "count is an attribute of an Ibis table"),
        (Twice, "编号 heads two columns"),
        (StatusTwice, "记录状态 heads two columns"),
        (NoTime, "held_on is no column, own or carried"),
        (NoOwner, "unit is no column, own or carried"),
        (NoKey, "no column is a key: no two rows could be versions of one record"),
        (Nowhere, "unit: refers to 'nowhere', which is no ledger"),
        (CarriesNothing, "unit: carries leads, which enterprises does not have"),
        (Delimiter, "kind: choice 甲、乙 holds a delimiter"),
    ],
)
def test_a_breach_is_seen(ledger: type[Ledger], breach: str) -> None:
    assert breaches(ledger, LEDGERS) == [breach]


def test_a_sound_ledger_is_let_through() -> None:
    assert breaches(Sound, LEDGERS) == []
