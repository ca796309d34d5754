"""Words for what a rule reads: a selection of ledger rows as a person would say it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tongrong.engine.askable import BOUNDS
from tongrong.engine.population import Population
from tongrong.engine.selection import Holding, Rows, Selection
from tongrong.engine.tables import CIRCULAR, REPLACED
from tongrong.facts.cell_choices import NO, YES
from tongrong.facts.cells import show
from tongrong.facts.columns import Column
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.norms.checklist import Checklist, expand_terms

OWNERS = {
    "enterprise": "所属企业",
    "organization": "党组织",
    "host": "所在企业",
    "superior": "上级党组织",
    "owner": "所属单位",
    "subject": "本单位",
}
DERIVED = {CIRCULAR: "逐级向上又回到自己", REPLACED: "下一次的日期"}
WHOSE = {
    "own": "",
    "attached": "本企业及所属各党组织的",
    "subordinates": "下属各企业的",
    "below": "本单位及以下各级的",
    "anyone": "",
}
BOUND_WORDS = {"at_least": "不低于", "at_most": "不高于", "more_than": "高于"}
YEARS = {"current_year": "考核年度", "last_year": "上一年度", "closed_year": "最近一个已结束的年度"}
SPELT_OUT = 4  # a choice of more values than this is told by the checklist's own term for it


@dataclass(frozen=True)
class Term:
    """A word of the checklist that stands for one test of one column."""

    name: str
    ledger: str
    column: str
    values: tuple[str, ...]


class Wording:
    """Tells selections in the words of one checklist, its terms included, as of a day."""

    def __init__(self, checklist: Checklist, day: dt.date) -> None:
        self._thresholds, self._day = checklist.thresholds, day
        self._terms = {(t.ledger, t.column, t.values): t.name for t in _terms(checklist)}

    def number(self, name: str) -> str:
        """A number of the checklist: its value, or its label where units may set it otherwise."""
        threshold = self._thresholds[name]
        return (
            f"“{threshold.label}”" if threshold.adjustable else threshold.on(self._day).value or ""
        )

    def rows(self, rows: Rows) -> str:
        """The rows of a ledger that pass the tests: `“议题”（会议类型为党委会或党组会）`."""
        tests = "；".join(self._tests(rows))
        return ledger_label(rows.ledger) + (f"（{tests}）" if tests else "")

    def selection(self, selection: Selection, *ties: str) -> str:
        """A selection in words: whose rows, which of them, and what else must hold that day."""
        tests = "；".join([*self._tests(selection), *ties])
        named = column_label(selection.declared, selection.by) if selection.by else ""
        whose = f"{spoken(named)}为本单位的" if named else WHOSE[selection.whose]
        words = whose + ledger_label(selection.ledger)
        words += f"（{tests}）" if tests else ""
        ledger = selection.declared
        if selection.dated:
            words += f"，按{column_label(ledger, selection.dated)}计"
        if selection.since:
            words += f"，自{column_label(ledger, selection.since)}起"
        for held in selection.holding:
            words += f"，{self._held(selection, held)}"
        for held in selection.not_holding:
            words += f"，不含{self._held(selection, held)}的"
        return words

    def _held(self, selection: Selection, held: Holding) -> str:
        """The other state that must hold: of whom, and as what where it says so itself."""
        who, rows = _who(selection, held), self.rows(held)
        if _as_feature(held):
            return f"{who}当日{_as_feature(held)}"
        if held.where and held.ledger == selection.ledger:
            return f"{who}与{rows}的相同"
        persons = {n: c for n, c in held.declared.references().items() if c.to == "persons"}
        named = [persons[name] for name in held.on.values() if name in persons]
        roles = [spoken(one.label) for one in named if not one.key]
        if roles:
            return f"{who}当日是{rows}的{'、'.join(roles)}"
        return f"{who}当日属于{rows}" if held.where else f"{who}当日仍在{rows}中，没有终止"

    def population(self, each: Population) -> str:
        """Who or what must be covered."""
        words = self.selection(each)
        if each.counting:
            least = self.number(each.counting.at_least)
            unit = self._thresholds[each.counting.at_least].unit
            words += f"，对应的{self.selection(each.counting)}不少于{least}{unit}"
        if each.paired:
            words += f"，与对应的{self.rows(each.paired)}逐一配对"
        return words

    def _tests(self, rows: Rows) -> Iterator[str]:
        if _as_feature(rows):
            yield _as_feature(rows)
            return
        for name, test in rows.where.items():
            term = None
            if isinstance(test, list) and len(test) > SPELT_OUT:
                term = self._terms.get((rows.ledger, name, tuple(test)))
            yield term or test_words(rows.declared, name, test)


def _as_feature(rows: Rows) -> str:
    """What an enterprise is, as people say it: 上市后备为是; empty for other rows."""
    where = rows.where
    if rows.ledger != "enterprise_features" or set(where) != {"feature", "value"}:
        return ""
    return f"{where['feature']}为{_either(where['value'])}"


def _terms(checklist: Checklist) -> Iterator[Term]:
    """Terms that are one test of one column and nothing else."""
    for name in checklist.text.terms:
        raw = expand_terms({"term": name}, checklist.text.terms)
        where = raw.get("where", {})
        if set(raw) == {"ledger", "where"} and len(where) == 1:
            column, values = next(iter(where.items()))
            if isinstance(values, list):
                yield Term(name, raw["ledger"], column, tuple(values))


def ledger_label(code: str) -> str:
    """A ledger's name in quotation marks."""
    return f"“{LEDGERS[code].label}”"


def doubted(selection: Selection, known: Collection[str] = ()) -> str:
    """The headings a count may wait for: tested, and left blank in some row; may be empty."""
    best = selection.supposing(known)
    where = {} if best is None else best.where
    found = [name for name, test in where.items() if test != selection.where[name]]
    return "、".join(f"“{spoken(column_label(selection.declared, name))}”" for name in found)


def column_of(ledger: type[Ledger], name: str) -> Column | None:
    """The column a rule names: the ledger's own, or one its rows carry (`meeting_kind`)."""
    if name in ledger.columns:
        return ledger.columns[name]
    for own, reference in ledger.references().items():
        carried = name.removeprefix(f"{own}_")
        if carried != name and carried in reference.carry:
            return LEDGERS[reference.to].columns[carried]
    return None


def column_label(ledger: type[Ledger], name: str) -> str:
    """The heading of a column a rule names, owners included."""
    column = column_of(ledger, name)
    return column.label if column else {**OWNERS, **DERIVED}.get(name, name)


def spoken(label: str) -> str:
    """A heading as people say it: 谈话人 of 谈话人编号."""
    return label.removesuffix("编号")


def _who(selection: Selection, held: Holding) -> str:
    """Whose other state it is: the columns that tie it, owners left unsaid."""
    names = [name for name in held.on if column_of(selection.declared, name)]
    return "、".join(spoken(column_label(selection.declared, name)) for name in names)


def test_words(ledger: type[Ledger], name: str, test: Any) -> str:
    """One test of a column in words."""
    label = column_label(ledger, name)
    if not isinstance(test, Mapping):
        return f"{label}为{_either(test)}"
    kind, value = next(iter(test.items()))
    if kind == "recorded":
        return f"已填{spoken(label)}" if value else f"未填{spoken(label)}"
    if kind in BOUNDS:
        column = column_of(ledger, name)
        return f"{label}{BOUND_WORDS[kind]}{show(column, value) if column else value}"
    if kind == "or_missing":
        return f"{test_words(ledger, name, value)}或未填"
    if kind == "between":
        return f"{label}在{value[0]}至{value[1]}之间"
    words = {"not": f"{label}不是", "contains": f"{label}含", "contains_any": f"{label}含"}
    if kind in words:
        return words[kind] + _either(value)
    return f"{label}含{'、'.join(_texts(value))}"


def _either(value: Any) -> str:
    *first, last = _texts(value)
    return f"{'、'.join(first)}或{last}" if first else last


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, bool):
            yield YES if one else NO
        else:
            yield YEARS.get(str(one), str(one))
