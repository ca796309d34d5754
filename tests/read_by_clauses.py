"""What clauses read: the tests their rules put to the rows of each ledger."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tongrong.engine.shelf import kinds
from tongrong.facts.registry import LEDGERS
from tongrong.norms.from_files import checklists, load_checklist

Row = dict[str, Any]
Rule = Mapping[str, Any]

UNIT_REGISTERS = ("enterprises", "party_organizations")
Fixed = tuple[int, str]
"""A day MM-DD of a year, or of any where the year is 0."""
FIGURES_DUE, DEADLINE = (0, "04-30"), (2020, "12-31")
DRAWN = {"current_year": "current_year", "closed_year": "last_year"}
"""The year drawn for documents of a year: but on its last day the closed one is the year before."""
Test = tuple[str, Row]
"""A ledger, and tests that one selection puts to the columns of a row of it."""


@dataclass
class Read:
    """The tests clauses put to each ledger, the ids and scopes of the clauses themselves.

    `since` names the columns from which a state is counted later than from its start, `fixed`
    the days (of a year, or of any) on which the clauses themselves turn, `listed` by ledger the
    columns that are tied to a fixed list, with its values.
    """

    clauses: tuple[str, ...]
    scopes: frozenset[str]
    tests: dict[str, list[Row]] = field(default_factory=dict)
    since: set[str] = field(default_factory=set)
    fixed: set[Fixed] = field(default_factory=set)
    listed: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)

    @classmethod
    def by(cls, rules: Iterable[Rule]) -> "Read":
        """Everything these clauses read, and the ledgers their records refer to."""
        rules = list(rules)
        found = cls(tuple(rule["id"] for rule in rules), frozenset(rule["scope"] for rule in rules))
        for rule in rules:
            found._note_all(rule)
        for code in list(found.tests):
            found._note_referred(code)
        return found

    def _note_all(self, rule: Any) -> None:
        inner = rule if isinstance(rule, list | tuple) else ()
        if isinstance(rule, Mapping):
            self.since |= {rule["since"]} if "since" in rule else set()
            for code, where in (*_of_selection(rule), *_of_kind(rule)):
                self._note(code, where)
            self.fixed |= set(_turning_on(rule))
            if "has" in rule and "values" in rule.get("each", {}):
                column = rule["has"]["on"][rule["each"]["as"]]
                tied = self.listed.setdefault(rule["has"]["ledger"], [])
                tied.append((column, list(rule["each"]["values"])))
            inner = tuple(rule.values())
        for one in inner:
            self._note_all(one)

    def _note(self, code: str, where: Rule) -> None:
        tests = self.tests.setdefault(code, [])
        own = {name: test for name, test in where.items() if name in LEDGERS[code].columns}
        if own and own not in tests:
            tests.append(own)

    def _note_referred(self, code: str) -> None:
        """What a record must refer to, or shows columns of, is built too."""
        for column in LEDGERS[code].references().values():
            needed = column.carry or (not column.optional and column.to in LEDGERS)
            if needed and column.to not in (*UNIT_REGISTERS, "persons", *self.tests):
                self.tests[column.to] = []
                self._note_referred(column.to)


def kinds_of(rule: Any) -> frozenset[str]:
    """The kinds a rule is made of: its own, those of its parts, and any it requires inside."""
    if isinstance(rule, list | tuple):
        return frozenset[str]().union(*map(kinds_of, rule))
    if not isinstance(rule, Mapping):
        return frozenset()
    own = {rule["kind"]} & kinds().keys() if isinstance(rule.get("kind"), str) else set()
    return kinds_of(tuple(rule.values())) | own


def _turning_on(rule: Rule) -> Iterator[Fixed]:
    """The days a rule names, and those on which figures or a deadline fall due."""
    if rule.get("kind") == "document" and "by" in rule:
        yield 0, month_day(rule["by"])
    if "window" in rule:
        yield 0, month_day(rule["window"]["to"])
    if "early_from" in rule:
        yield 0, month_day(rule["early_from"])
    if "figures" in rule or "meets" in rule or rule.get("kind") == "trend":
        yield FIGURES_DUE
    if rule.get("kind") == "deadline":
        yield DEADLINE


@cache
def month_day(text: str) -> str:
    """A day MM-DD as a rule names it: by a threshold of some checklist, or as it is."""
    for slug in checklists():
        numbers = load_checklist(slug).thresholds
        if text in numbers:
            return numbers[text].values[-1].value or ""
    return text


def _of_selection(rule: Rule) -> Iterator[Test]:
    """Tests of a selection; those on carried columns belong to the ledger carried from."""
    if "ledger" not in rule:
        return
    where = rule.get("where", {})
    yield rule["ledger"], where
    for name, reference in LEDGERS[rule["ledger"]].references().items():
        for carried in reference.carry:
            if f"{name}_{carried}" in where:
                yield reference.to, {carried: where[f"{name}_{carried}"]}


def _of_kind(rule: Rule) -> Iterator[Test]:
    """Tests that a kind puts to rows without a selection of its own, and conditions."""
    each = rule.get("each", {})
    if "complete" in rule:
        wanted = {rule["complete"]["column"]: {"contains_all": rule["complete"]["of"]}}
        yield each["ledger"], {**each.get("where", {}), **wanted}
    if "meets" in rule:
        yield each["ledger"], {**each.get("where", {}), **rule["meets"]}
    if rule.get("kind") == "document":
        elements = {"elements": {"contains_all": c}} if (c := rule.get("contains")) else {}
        of_year = {"year": DRAWN[rule["of_year"]]} if "of_year" in rule else {}
        yield "documents", {"type": rule["type"], **of_year, **elements}
    if rule.get("kind") == "assessment":
        yield "assessments", {"assessed_by": rule["assessed_by"]} if "assessed_by" in rule else {}
    apart = [rule[key] for key in ("holders_of", "but_not", "never_hold") if key in rule]
    for posts in (*rule.get("one_person_holds", ()), *apart):
        yield "posts", {"post": posts}
    if "feature" in rule and "is" in rule:
        yield "enterprise_features", {"feature": rule["feature"], "value": rule["is"]}


def depth(code: str) -> int:
    """How far a ledger's references reach: what is referred to is built first."""
    others = [c.to for c in LEDGERS[code].references().values() if c.to in LEDGERS and c.to != code]
    return 1 + max((depth(o) for o in others if o not in (*UNIT_REGISTERS, "persons")), default=0)
