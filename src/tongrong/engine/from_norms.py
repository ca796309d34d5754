"""The door of the engine: binds the clauses of a checklist to ledgers, kinds and thresholds."""

import datetime as dt
import difflib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tongrong.engine.askable import BOUNDS
from tongrong.engine.conditions import Condition, Conditions, counts_in
from tongrong.engine.part import Asked, Part
from tongrong.engine.shelf import kinds
from tongrong.facts.columns import SCALES
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.norms.checklist import Checklist, Clause
from tongrong.norms.pydantic_words import explain_pydantic
from tongrong.norms.thresholds import WARNINGS
from tongrong.vocabulary.errors import Problem, TongrongError
from tongrong.vocabulary.periods import is_day, is_month_day
from tongrong.vocabulary.quantities import is_quantity, parse_quantity
from tongrong.vocabulary.verdicts import Scope, Strength

CLAUSE_KEYS = frozenset({"id", "words", "reading", "scope", "strength", "applies"})
PART_KEYS = frozenset({"label", "applies", "shown_only", "scope"})
LONGEST = {"days": 36_500, "months": 1200, "years": 100}
TIED = frozenset({"has", "paired", "counting", "left", "right", "adds_up"})
Route = tuple[str | int, ...]
CONDITIONS: TypeAdapter[list[Condition]] = TypeAdapter(Conditions)


@dataclass(frozen=True)
class BoundClause:
    """One clause with its parts, ready to be evaluated."""

    clause: Clause
    parts: tuple[Part, ...]


def bind(checklist: Checklist, day: dt.date, only: set[str] | None = None) -> list[BoundClause]:
    """Every clause of a checklist (or only these ids) as parts, numbers as of a day.

    Raises TongrongError with every problem found, each at file:line:column.
    """
    problems: list[Problem] = []
    bound: list[BoundClause] = []
    index = 0
    for clause in checklist.clauses():
        raw_parts = list(_raw_parts(checklist.rule(clause, day)))
        if only is not None and clause.id not in only:
            index += len(raw_parts)
            continue
        parts = []
        for route, raw in raw_parts:
            binder = _Binder(checklist, clause, route, day)
            part = binder.part(index, raw)
            problems += binder.problems
            if part is not None:
                parts.append(part)
            index += 1
        bound.append(BoundClause(clause, tuple(parts)))
    if problems:
        raise TongrongError(problems)
    return bound


def _raw_parts(rule: Mapping[str, Any]) -> Iterator[tuple[Route, dict[str, Any]]]:
    shared = rule.get("applies")
    shared_list = [] if shared is None else shared if isinstance(shared, list) else [shared]
    if rule["kind"] != "all":
        raw = {key: value for key, value in rule.items() if key not in CLAUSE_KEYS}
        yield (), {**raw, "applies": shared_list}
        return
    for number, part in enumerate(rule.get("parts", [])):
        own = part.get("applies")
        own_list = [] if own is None else own if isinstance(own, list) else [own]
        yield ("parts", number), {**part, "applies": [*shared_list, *own_list]}


class _Binder:
    """Binds one part, collecting what is wrong with it."""

    def __init__(self, checklist: Checklist, clause: Clause, route: Route, day: dt.date) -> None:
        self.checklist, self.clause, self.route, self.day = checklist, clause, route, day
        self.problems: list[Problem] = []

    def _problem(self, code: str, inside: Route, *text: str) -> None:
        where = self.checklist.where(self.clause, *self.route, *inside)
        self.problems.append(Problem(code, where, *text))

    def part(self, index: int, raw: Mapping[str, Any]) -> Part | None:
        """The part, or None where its rule does not read."""
        name = str(raw.get("kind"))
        if name not in kinds():
            self._problem("E001", ("kind",), name, "、".join(kinds()), "改用其中一种判据类型")
            return None
        raw = self._dated(raw)
        keys = {key: value for key, value in raw.items() if key not in PART_KEYS}
        try:
            rule = kinds()[name].model_validate(keys)
            conditions = CONDITIONS.validate_python(raw["applies"])
        except ValidationError as error:
            for detail in error.errors():
                loc = tuple(step for step in detail["loc"] if step in _steps(keys, detail["loc"]))
                self._problem("E002", loc, *explain_pydantic(dict(detail)))
            return None
        part = Part(
            index=index,
            clause=self.clause.id,
            scope=Scope(raw.get("scope", self.clause.scope)),
            strength=Strength(self.clause.strength),
            rule=rule,
            conditions=tuple(conditions),
            label=str(raw.get("label", "")),
            shown_only=bool(raw.get("shown_only", False)),
            numbers=self._numbers(raw),
            tables=self.checklist.tables(self.clause),
        )
        self._check_thresholds(part, raw)
        for route in _untied(keys):
            expected = "own、attached、subordinates 或 below：没有 on 相连，谁的记录都会算"
            self._problem("E004", route, "whose: anyone", expected, "改写 whose，或写进 has")
        return part

    def _dated(self, raw: Any) -> Any:
        """The rule with the days that `between` names by threshold, in force on the day."""
        if isinstance(raw, list):
            return [self._dated(one) for one in raw]
        if not isinstance(raw, Mapping):
            return raw
        found: dict[str, Any] = {
            key: [self._named_day(day) for day in value] if key == "between" else self._dated(value)
            for key, value in raw.items()
        }
        for key, ledger in (("where", found), ("meets", found.get("each"))):
            if key in found and isinstance(ledger, Mapping):
                declared = LEDGERS.get(str(ledger.get("ledger")))
                found[key] = {
                    name: self._bounded(declared, name, test) for name, test in found[key].items()
                }
        return found

    def _bounded(self, ledger: type[Ledger] | None, name: str, test: Any) -> Any:
        """A test against a threshold with its number in force, in the column's kept unit."""
        bound = next(iter(test), "") if isinstance(test, Mapping) else ""
        if bound not in BOUNDS or ledger is None or name not in ledger.columns:
            return test
        threshold = str(test[bound])
        route = _route_to(self.checklist.rule(self.clause, self.day), threshold) or ()
        if not (self._known(threshold, route) and self._readable(threshold, route)):
            return test
        number = parse_quantity(self.checklist.thresholds.value(threshold, self.day))
        kept = number * SCALES.get(type(ledger.columns[name]), 1)
        return {bound: math.ceil(kept) if bound == "at_least" else math.floor(kept)}

    def _named_day(self, day: str) -> str:
        known = day in self.checklist.thresholds
        return self.checklist.thresholds.value(day, self.day) if known else day

    def _check_thresholds(self, part: Part, raw: Mapping[str, Any]) -> None:
        """Every threshold the part compares with exists and reads as a number on every date."""
        compared = {asked.threshold for asked in asked_by(part)}
        for name in compared:
            route = _route_to(raw, name) or ()
            if self._known(name, route):
                self._readable(name, route)
        lengths = {*WARNINGS, *_texts(raw)} & {*self.checklist.thresholds} - compared
        for name in sorted(lengths):
            if self.checklist.thresholds[name].adjustable is not None:
                expected = "不带 adjustable：期限、天数、年数和预警对各单位一样"
                self._problem("E005", _route_to(raw, name) or (), name, expected, "删去 adjustable")
        years = getattr(part.rule, "years", None)
        if years is not None and self._known(years, ("years",)):
            self._whole(years, ("years",), LONGEST["years"], least=1)
        self._check_days(part, raw)
        table = part.rule.rate_table()
        if table is not None:
            self._known(table, _route_to(raw, table) or ())

    def _check_days(self, part: Part, raw: Mapping[str, Any]) -> None:
        """Every day the part names is one, or a threshold that is one on every date."""
        due_on = getattr(part.rule, "due_on", None)
        if due_on is not None and self._known(due_on, ("due_on",)):
            self._all(due_on, ("due_on",), is_day, "日期，如 2020-12-31")
        for name in part.rule.named_days():
            route = _route_to(raw, name) or ()
            if not is_month_day(name) and self._known(name, route):
                self._all(name, route, is_month_day, "某月某日，写作 MM-DD，如 03-31")

    def _all(self, name: str, route: Route, holds: Callable[[str], bool], expected: str) -> bool:
        """Whether every value of a threshold is as expected; the first that is not is told."""
        for dated in self.checklist.thresholds[name].values:
            if not holds(dated.value or ""):
                self._problem("E003", route, f"{name}: {dated.value}", expected, "改正该阈值")
                return False
        return True

    def _numbers(self, raw: Any) -> dict[str, int]:
        """Whole numbers the expressions use as they are: lengths and warning days."""
        numbers = {}
        for unit, name in [*(("days", name) for name in WARNINGS), *_lengths(raw)]:
            route = _route_to(raw, name) or ()
            if self._known(name, route) and self._whole(name, route, LONGEST[unit]):
                value = self.checklist.thresholds.value(name, self.day)
                numbers[name] = int(parse_quantity(value))
        return numbers

    def _known(self, name: str, route: Route) -> bool:
        if name in self.checklist.thresholds:
            return True
        near = difflib.get_close_matches(name, self.checklist.thresholds, n=1)
        hint = f"是否指 {near[0]}？" if near else "在 thresholds.yaml 中补上这个阈值"
        self._problem("E003", route, name, "thresholds.yaml 中的名称", hint)
        return False

    def _whole(self, name: str, route: Route, most: int, least: int = 0) -> bool:
        def holds(text: str) -> bool:
            number = parse_quantity(text)
            return number.denominator == 1 and least <= number <= most

        return self._readable(name, route) and self._all(
            name, route, holds, f"{least} 至 {most} 的整数"
        )

    def _readable(self, name: str, route: Route) -> bool:
        expected = "不小于0的整数、小数、百分数（30%）或分数（1/3），不超过9位整数"
        return self._all(name, route, is_quantity, expected)


def _untied(raw: Any, route: Route = ()) -> Iterator[Route]:
    """Where `whose: anyone` stands with nothing to tie the rows to the unit judged."""
    pairs = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for step, value in pairs:
        if isinstance(value, dict | list):
            anyones = isinstance(value, dict) and value.get("whose") == "anyone"
            if anyones and not (step in TIED or "on" in value):
                yield (*route, step, "whose")
            yield from _untied(value, (*route, step))


def _texts(raw: Any) -> Iterator[str]:
    """Every text in a rule."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict | list):
        for one in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts(one)


def _route_to(raw: Any, name: str) -> Route | None:
    """Where in a rule a name stands."""
    pairs = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for step, value in pairs:
        if value == name:
            return (step,)
        if isinstance(value, dict | list):
            inside = _route_to(value, name)
            if inside is not None:
                return (step, *inside)
    return None


def _steps(raw: Any, loc: Route) -> set[str | int]:
    """The steps of a pydantic location that are keys of what was written."""
    found: set[str | int] = set()
    for step in loc:
        match raw:
            case dict() if step in raw:
                raw = raw[step]
            case list() if isinstance(step, int):
                raw = raw[step]
            case _:
                continue
        found.add(step)
    return found


def _lengths(raw: Any) -> Iterator[tuple[str, str]]:
    """The unit and the threshold of a length that a rule names."""
    due = raw.get("due") if isinstance(raw, dict) else None
    if isinstance(due, dict):
        for unit in LONGEST:
            if unit in due:
                yield unit, due[unit]


def asked_by(part: Part) -> Iterator[Asked]:
    """Every comparison of a part, those of its applicability included."""
    yield from part.rule.thresholds()
    for count in counts_in(part.conditions):
        yield Asked(count.name, count.at_least, "at_least", of_whole=False)
