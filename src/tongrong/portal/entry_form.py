"""The form of a ledger, derived from its declaration: what is asked, how, and what was typed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from tongrong.facts.cell_choices import NO, YES
from tongrong.facts.cell_text import Refused
from tongrong.facts.cells import parser_of
from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    Reference,
    Share,
    Whole,
    Year,
)
from tongrong.facts.ledger import Happens, Ledger, Yearly
from tongrong.queries.lookups import Named, one_meant
from tongrong.queries.policy import Viewer
from tongrong.queries.shown_values import ShownValue, hidden
from tongrong.vocabulary.errors import Problem

_KINDS: Mapping[type[Column], str] = {
    Choice: "choice",
    Flag: "choice",
    Choices: "choices",
    Day: "date",
    Month: "month",
    Clock: "time",
    Reference: "reference",
}
_MODES: Mapping[type[Column], str] = {
    Whole: "numeric",
    Year: "numeric",
    Money: "decimal",
    Share: "decimal",
}


@dataclass(frozen=True)
class Field:
    """One column in a form: `said` is what was typed; `fixed`: only shown.

    `empties`: what is kept and not shown may be taken out; `emptied`: it is to be.
    """

    name: str
    label: str
    kind: str
    required: bool
    help: str
    said: str
    fault: str = ""
    mode: str = "text"
    choices: tuple[tuple[str, bool], ...] = ()
    fixed: bool = False
    empties: bool = False
    emptied: bool = False

    @property
    def described_by(self) -> str:
        """The elements that describe the input."""
        told = (("fault", self.fault), ("help", self.help))
        return " ".join(f"{one}-{self.name}" for one, text in told if text)


@dataclass(frozen=True)
class Read:
    """What a form says: values by column, and what could not be read."""

    values: dict[str, Any]
    faults: dict[str, str]


def asked(ledger: type[Ledger]) -> dict[str, Column]:
    """The columns a form asks for: all but a code of its own, where the system can make one."""
    made = ledger.codeless()
    return {n: one for n, one in ledger.columns.items() if not (made and isinstance(one, Code))}


def form(
    ledger: type[Ledger], said: Mapping[str, str], faults: Mapping[str, str]
) -> tuple[Field, ...]:
    """The fields of a form with what was typed so far."""
    return tuple(
        _field(name, column, said.get(name, ""), faults.get(name, ""))
        for name, column in asked(ledger).items()
    )


def correction_form(
    ledger: type[Ledger],
    said: Mapping[str, str],
    faults: Mapping[str, str],
    empties: Collection[str] = (),
    emptied: Collection[str] = (),
) -> tuple[Field, ...]:
    """The same to correct a record: its keys stand fast, what is masked may stay unsaid."""
    return tuple(
        replace(one, fixed=True)
        if ledger.columns[one.name].key
        else replace(
            one,
            required=False,
            help=f"{one.help}（不显示；不改就空着）",
            empties=one.name in empties,
            emptied=one.name in emptied,
        )
        if hidden(ledger.columns[one.name])
        else one
        for one in form(ledger, said, faults)
    )


def form_again(
    ledger: type[Ledger], said: Mapping[str, str], faults: Mapping[str, str]
) -> tuple[Field, ...]:
    """The same to record again what was withdrawn: what was masked is not taken over."""
    return tuple(
        replace(one, help=f"{one.help}（原来填的不显示；要保留的再填一次）")
        if hidden(ledger.columns[one.name])
        else one
        for one in form(ledger, said, faults)
    )


def emptied_by(ledger: type[Ledger], values: Iterable[ShownValue]) -> frozenset[str]:
    """The columns of a record that say something masked, and need not say anything."""
    masked = {one.column for one in values if one.masked}
    return frozenset(
        name for name in masked if ledger.columns[name].optional and not ledger.columns[name].key
    )


def said_by(values: Iterable[ShownValue]) -> dict[str, str]:
    """What a record says as it is typed; nothing of what is masked."""
    values = tuple(values)
    masked = {one.column for one in values if one.masked}
    return {
        one.column: ""
        if one.column in masked
        else Named(one.code, one.text).told
        if one.code
        else one.text
        for one in values
    }


def usual(ledger: type[Ledger], unit: Named | None, whose: str, today: dt.date) -> dict[str, str]:
    """What a new form says already: the unit, and today or this year where records have a day."""
    found = {whose: unit.told} if unit is not None else {}
    match ledger.time:
        case Happens(on=name) if name in ledger.columns:
            found[name] = today.isoformat()
        case Yearly(year=name):
            found[name] = str(today.year)
    return found


def filled_in(ledger: type[Ledger], sent: QueryDict) -> dict[str, str]:
    """What an address brings along, as a duty's does: 会议类型 党课, or the month that is missing.

    A day is only left out: of a period that is over nobody did something today.
    """
    return {
        name: str(sent[name])
        for name, one in asked(ledger).items()
        if name in sent and _brought(one, str(sent[name]))
    }


def _brought(column: Column, text: str) -> bool:
    if isinstance(column, Choice):
        return text in column.choices
    if isinstance(column, Day):
        return not text
    return isinstance(column, Year | Month) and len(text) <= len("2026-08")


def typed(ledger: type[Ledger], sent: QueryDict) -> dict[str, str]:
    """What was typed, by column; several choices with a stop between them."""
    return {
        name: "、".join(sent.getlist(name)) if isinstance(one, Choices) else sent.get(name, "")
        for name, one in asked(ledger).items()
    }


def read(viewer: Viewer, ledger: type[Ledger], said: Mapping[str, str]) -> Read:
    """What was typed as the values kept, of the columns said: read as the cells of a sheet are."""
    found = Read({}, {})
    for name, typed_in in said.items():
        column, text = ledger.columns[name], typed_in
        try:
            if isinstance(column, Reference) and text.strip():
                text = one_meant(viewer, column.to, text)
            found.values[name] = parser_of(column)(text)
        except Refused as fault:
            missing = not text.strip()
            told = (
                f"请填写{plain_label(column)}"
                if missing
                else f"应为{fault.expected}。{fault.remedy}"
            )
            found.faults[name] = told
    return found


def told(problem: Problem) -> str:
    """What is wrong, as it stands at a field."""
    return f"应为{problem.expected}。{problem.remedy}"


def _field(name: str, column: Column, said: str, fault: str) -> Field:
    kind = _KINDS.get(type(column), "text")
    words = getattr(column, "choices", (YES, NO) if isinstance(column, Flag) else ())
    chosen = said.split("、")
    return Field(
        name=name,
        label=plain_label(column),
        kind=kind,
        required=not column.optional,
        help=_help(column),
        said=said,
        fault=fault,
        mode=_MODES.get(type(column), "text"),
        choices=tuple((word, word in chosen) for word in words),
    )


def plain_label(column: Column) -> str:
    """The label without the word for its code: people choose a unit, not its number."""
    if isinstance(column, Reference):
        return column.label.removesuffix("编号")
    return column.label


def _help(column: Column) -> str:
    unit = {Money: "单位：元，可有两位小数", Share: "按百分数填，如 51%"}.get(type(column), "")
    if isinstance(column, Whole) and column.unit:
        unit = f"单位：{column.unit}"
    return "；".join(one for one in (column.help, unit) if one)
