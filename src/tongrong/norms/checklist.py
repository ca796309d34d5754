"""What a checklist is: sections, items, indicators and clauses, in the words of its source."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tongrong.norms.located import Located, Route
from tongrong.norms.points import Add, Deduct, Mark
from tongrong.norms.thresholds import Thresholds
from tongrong.vocabulary.verdicts import Scope, Strength


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_as_list)]


class Strict(BaseModel):
    """A piece of a checklist; a key nobody knows is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Clause(BaseModel):
    """One requirement with a verdict of its own. Keys of its kind are kept as written.

    `about` tells it from other clauses of the same words: 支部党员大会, of the four of “三会一课”.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str = Field(pattern=r"^\d+\.\d+\.[a-z]$")
    words: Words = Field(min_length=1)
    about: str = Field(default="", max_length=20)
    reading: str = Field(min_length=4)
    scope: Scope
    strength: Strength
    kind: str
    points: Mark | None = None
    deduct: Deduct | None = None
    add: Add | None = None

    @model_validator(mode="after")
    def _points_and_their_standard(self) -> "Clause":
        if (self.points is None) != (self.deduct is None):
            raise ValueError("points（分值）和 deduct（扣分标准）一起写")
        each = self.deduct.points if self.deduct else None
        if self.points and each and each > self.points:
            raise ValueError("deduct 每次扣的分不超过 points（分值）")
        if self.points and self.deduct and (self.deduct.at_most or 0) > self.points:
            raise ValueError("deduct 的 at_most（最多扣）不超过 points（分值）")
        if self.deduct and self.strength is Strength.MAY:
            raise ValueError("鼓励事项（may）不扣分，写 add（加分）")
        if self.add and self.strength is not Strength.MAY:
            raise ValueError("add（加分）只用于鼓励事项（strength: may）")
        return self

    @property
    def title(self) -> str:
        """What it is called in lists: its words, and what of them it is about."""
        return "：".join(filter(None, ("，".join(self.words), self.about)))

    @property
    def standard(self) -> str:
        """How it is scored, in words; empty where it has no points."""
        way = self.deduct or self.add
        if way is None:
            return ""
        graded = self.kind == "assessment" and way.by_score
        return f"{way.words}（按评定得分折算）" if graded else way.words

    @property
    def item(self) -> str:
        """The id of its item, `6` of `6.2.b`."""
        return self.id.split(".")[0]

    @property
    def indicator(self) -> str:
        """The id of its indicator, `6.2` of `6.2.b`."""
        return self.id.rsplit(".", 1)[0]


class Indicator(Strict):
    """One 具体指标 in the exact words of the source."""

    id: str = Field(pattern=r"^\d+\.\d+$")
    text: str
    clauses: list[Clause] = []


class Item(Strict):
    """One 项目 with its indicators."""

    id: str = Field(pattern=r"^\d+$")
    title: str
    indicators: list[Indicator]


class Section(Strict):
    """One part of the checklist."""

    id: str
    title: str
    subtitle: str = ""
    items: list[Item]


class InForce(Strict):
    """The days a checklist applies, first and last included."""

    since: dt.date = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "InForce":
        if self.to is not None and self.to < self.since:
            raise ValueError("to（最后一天）不早于 from（第一天）")
        return self


class ChecklistText(Strict):
    """The content of checklist.yaml."""

    checklist: str
    version_of: str | None = None
    title: str
    in_force: InForce
    adopted_on: dt.date
    general: str = ""
    points: Mark | None = None
    applies: list[dict[str, Any]] = []
    terms: dict[str, dict[str, Any]] = {}
    sections: list[Section]


class Checklist:
    """One checklist, loaded and checked: its text, its thresholds, its clauses."""

    def __init__(
        self, folder: Path, text: ChecklistText, at: Located, thresholds: Thresholds
    ) -> None:
        self.folder = folder
        self.text = text
        self.thresholds = thresholds
        self._located = at
        self._routes = dict(_clause_routes(text))
        self._expanded: dict[str, dict[str, Any]] = {}

    @property
    def slug(self) -> str:
        """Its name on disk and on the command line."""
        return self.text.checklist

    @property
    def names(self) -> frozenset[str]:
        """What it may be called: by its own name, and by that of its family."""
        return frozenset({self.slug, self.text.version_of or self.slug})

    @property
    def title(self) -> str:
        """Its published title."""
        return self.text.title

    def sections(self) -> Iterator[Section]:
        """All sections in the order of the source."""
        yield from self.text.sections

    def items(self) -> Iterator[Item]:
        """All items in the order of the source."""
        for section in self.text.sections:
            yield from section.items

    def indicators(self) -> Iterator[Indicator]:
        """All indicators in the order of the source."""
        for item in self.items():
            yield from item.indicators

    def clauses(self) -> Iterator[Clause]:
        """All clauses in the order of the source."""
        for indicator in self.indicators():
            yield from indicator.clauses

    @property
    def points(self) -> Decimal:
        """The points of all clauses together, encouraged ones left out; 0 where none has any."""
        return sum((clause.points or Decimal(0) for clause in self.clauses()), Decimal(0))

    def rule(self, clause: Clause, day: dt.date | None = None) -> Mapping[str, Any]:
        """The clause as judged: no points, no name, terms and tables replaced by what they name.

        The conditions of the whole checklist come first, unless the clause is `exempt`. Tables
        are those in force on the day, the newest by default.
        """
        found: dict[str, Any] = with_tables(
            self._with_terms(clause), self.thresholds, day or dt.date.max
        )
        return found

    def tables(self, clause: Clause) -> tuple[str, ...]:
        """The names of the tables that the clause takes lists from."""
        return tuple(dict.fromkeys(_tables_in(self._with_terms(clause))))

    def _with_terms(self, clause: Clause) -> dict[str, Any]:
        """The clause with its terms, made once: who asks gets it by way of a copy."""
        if clause.id not in self._expanded:
            self._expanded[clause.id] = self._expand(clause)
        return self._expanded[clause.id]

    def _expand(self, clause: Clause) -> dict[str, Any]:
        raw = self._located.data
        for step in self._routes[clause.id]:
            raw = raw[step]
        judged = {key: value for key, value in raw.items() if key not in UNJUDGED}
        expanded: dict[str, Any] = expand_terms(judged, self.text.terms)
        if not expanded.pop("exempt", False) and self.text.applies:
            own = expanded.get("applies", [])
            expanded["applies"] = [*self.text.applies, *_listed(own)]
        return expanded

    def with_clause(self, clause: Clause, origin: "Checklist") -> "Checklist":
        """To be shown: this checklist with a clause of another version in its place there.

        An indicator or item that only the other version has is added to the section of its id,
        or else to the last.
        """
        section = next(one for one in origin.text.sections if clause.item in _ids(one.items))
        item = next(one for one in section.items if one.id == clause.item)
        indicator = next(one for one in item.indicators if one.id == clause.indicator)
        at = next((n for n, s in enumerate(self.text.sections) if item.id in _ids(s.items)), None)
        if at is None:
            ids = [one.id for one in self.text.sections]
            at = ids.index(section.id) if section.id in ids else -1
        sections = list(self.text.sections)
        items = {one.id: one for one in sections[at].items}
        item = items.get(item.id, item.model_copy(update={"indicators": []}))
        indicators = {one.id: one for one in item.indicators}
        known = indicators.get(indicator.id, indicator.model_copy(update={"clauses": []}))
        indicators[known.id] = known.model_copy(update={"clauses": [*known.clauses, clause]})
        items[item.id] = item.model_copy(update={"indicators": list(indicators.values())})
        sections[at] = sections[at].model_copy(update={"items": list(items.values())})
        text = self.text.model_copy(update={"sections": sections})
        return Checklist(self.folder, text, self._located, self.thresholds)

    def at(self, *route: str | int) -> str:
        """`file:line:column` of a key of the checklist itself."""
        return self._located.where(route)

    def where(self, clause: Clause, *inside: str | int) -> str:
        """`file:line:column` of a clause or of a key inside it."""
        return self._located.where((*self._routes[clause.id], *inside))


def _ids(items: list[Item]) -> set[str]:
    return {item.id for item in items}


def _clause_routes(text: ChecklistText) -> Iterator[tuple[str, Route]]:
    for s, section in enumerate(text.sections):
        for i, item in enumerate(section.items):
            for n, indicator in enumerate(item.indicators):
                for c, clause in enumerate(indicator.clauses):
                    yield (
                        clause.id,
                        ("sections", s, "items", i, "indicators", n, "clauses", c),
                    )


SCORING = frozenset({"points", "deduct", "add"})
UNJUDGED = SCORING | {"about"}
SELECTION_KEYS = frozenset({"of", "each", "numerator", "denominator", "earlier", "later", "has"})


class UnknownTerm(Exception):
    """A selection names a term the checklist does not define, or tests a column twice."""


class UnknownTable(Exception):
    """A rule takes a list from a table there is none of, or one of several columns."""


def expand_terms(raw: Any, terms: Mapping[str, Mapping[str, Any]]) -> Any:
    """Replace `term:` (and a bare name where a selection stands) by the selection it names."""
    if isinstance(raw, list):
        return [expand_terms(child, terms) for child in raw]
    if not isinstance(raw, dict):
        return raw
    expanded = {
        key: value
        if key == "figures"
        else expand_terms({"term": value}, terms)
        if key in SELECTION_KEYS and isinstance(value, str)
        else expand_terms(value, terms)
        for key, value in raw.items()
    }
    if "term" not in expanded:
        return expanded
    name = expanded.pop("term")
    if name not in terms:
        raise UnknownTerm(f"terms 中没有“{name}”")
    base = dict(expand_terms(dict(terms[name]), terms))
    twice = set(base.get("where", {})) & set(expanded.get("where", {}))
    if twice:
        raise UnknownTerm(f"“{name}”已对 {'、'.join(sorted(twice))} 有条件，不能再写一次")
    for key, value in expanded.items():
        if key == "where":
            base["where"] = {**base.get("where", {}), **value}
        elif key in ("holding", "not_holding"):
            base[key] = _listed(base.get(key)) + _listed(value)
        else:
            base[key] = value
    return base


def with_tables(raw: Any, thresholds: Thresholds, day: dt.date) -> Any:
    """Replace every `{table: name}` by the values of that table of one column on a day."""
    if isinstance(raw, list):
        return [with_tables(child, thresholds, day) for child in raw]
    if not isinstance(raw, dict):
        return raw
    if set(raw) != {"table"}:
        return {key: with_tables(value, thresholds, day) for key, value in raw.items()}
    name = raw["table"]
    dated = thresholds[name].values if name in thresholds else []
    if not dated or any(value.table is None for value in dated):
        raise UnknownTable(f"thresholds.yaml 中没有表“{name}”")
    if any(len(row) != 1 for value in dated for row in value.table or ()):
        raise UnknownTable(f"表“{name}”不止一列，不能当作一列取值")
    return [value for row in thresholds.table(name, day) for value in row.values()]


def _tables_in(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict) and set(raw) == {"table"}:
        yield raw["table"]
    elif isinstance(raw, dict | list):
        for child in raw.values() if isinstance(raw, dict) else raw:
            yield from _tables_in(child)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
