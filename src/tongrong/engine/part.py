"""A part: one atomic requirement of a clause, bound to its scope and conditions.

Parts of one shape make a bundle, judged together by expressions with `part` as a column:
however many clauses ask for a document or a meeting a month, one statement judges them all.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import ibis
import ibis.expr.types as ir
from pydantic import Field, model_validator

from tongrong.engine.conditions import Condition
from tongrong.engine.moment import Moment
from tongrong.engine.selection import OWN, Selection, Strict
from tongrong.engine.since import Since, since_of
from tongrong.engine.tables import DAYS, FRAMES, LISTS, PARTS, REQUIREMENTS
from tongrong.vocabulary.periods import Per
from tongrong.vocabulary.verdicts import Scope, Strength

if TYPE_CHECKING:
    from tongrong.engine.measures import Measures

T = TypeVar("T")


class Window(Strict):
    """Fixed days of every year, from one to another; each MM-DD or a threshold that is."""

    since: str
    to: str

    @model_validator(mode="before")
    @classmethod
    def _from(cls, value: Any) -> Any:
        return {"since": value["from"], "to": value["to"]} if "from" in value else value


@dataclass(frozen=True)
class OwnRow:
    """A row of a register that must say something itself, in a column, of the member it names.

    What falls short is settled by correcting it; no further record helps. `empty`: it falls short
    by saying nothing there. `due` is the column with the day by which it must, if there is one.
    """

    ledger: str
    member: str
    column: str
    empty: bool
    due: str


class Kind(Strict, ABC):
    """Base of the clause kinds: the keys in YAML, and the meaning as expressions.

    A kind judges a bundle: parts alike in shape, told apart by the column `part`. `DATA`
    names what may differ within a bundle, because its expressions read it as data.
    """

    DATA: ClassVar[Mapping[str, Any]] = {}

    kind: str

    @property
    def per(self) -> str:
        """The key of its periods in the calendar; empty for a state judged at D."""
        return ""

    @property
    def shape(self) -> str:
        """What its expressions depend on: every key but those of DATA."""
        return repr(self.model_dump(exclude=dict(self.DATA) or None))

    @abstractmethod
    def cells(self, bundle: "Bundle", measures: "Measures") -> ir.Table:
        """One row for each part, unit, period and member judged, in the columns of CELL."""

    @abstractmethod
    def evidence(self, bundle: "Bundle", measures: "Measures") -> ir.Table:
        """The records counted, as `part`, `unit`, `record`."""

    def thresholds(self) -> Iterator["Asked"]:
        """The thresholds it compares with."""
        yield from ()

    def days(self, moment: Moment) -> dict[str, dt.date]:  # noqa: ARG002 kinds override it
        """Days of the year its expressions read, by label."""
        return {}

    def named_days(self) -> list[str]:
        """The days its calendar reads, as MM-DD or by the threshold that is one."""
        return []

    def listed_values(self) -> list[str]:
        """The fixed list its expressions read."""
        return []

    def also_reads(self) -> Iterator[Selection]:
        """What it reads of ledgers that its keys do not say by a selection."""
        yield from ()

    def own_rows(self) -> tuple[OwnRow, ...]:
        """What rows of a register must say themselves; of most kinds other records count."""
        return ()

    def rate_table(self) -> str | None:
        """The name of the dated table of rates its expressions read."""
        return None

    def taken_up(self, bundle: "Bundle", measures: "Measures") -> ir.Table:
        """The units that took up an encouraged matter, as `part`, `unit`."""
        return self.evidence(bundle, measures).select("part", "unit").distinct()


class Periodic(Kind):
    """A kind that may recur: `per` a calendar period, a `window` of each year, or so many `years`.

    `years` names a threshold: that many calendar years are one period, ending with the year.
    """

    per_: Per | None = Field(default=None, alias="per")
    window: Window | None = None
    years: str | None = None

    def named_days(self) -> list[str]:
        """The first and the last day of its window."""
        return [self.window.since, self.window.to] if self.window else []

    @property
    def per(self) -> str:
        """The key of its periods in the calendar; empty for a state judged at D."""
        if self.window:
            return f"window:{self.window.since}:{self.window.to}"
        if self.years:
            return f"years:{self.years}"
        return self.per_.value if self.per_ else ""


@dataclass(frozen=True)
class Asked:
    """A threshold compared with: reached iff num × k ≥ den × p + q.

    `how` is at_least, more_than or at_most; `of_whole` says whether the value is a share of
    a denominator or a number by itself.
    """

    side: str
    threshold: str
    how: str
    of_whole: bool


@dataclass(frozen=True)
class Part:
    """One atomic requirement. `index` is its number within the run.

    `version` names the version of the checklist it is of; empty: the one in force at D. `tables`
    are the names of the dated lists its rule was written with.
    """

    index: int
    clause: str
    scope: Scope
    strength: Strength
    rule: Kind
    conditions: tuple[Condition, ...] = ()
    label: str = ""
    shown_only: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    version: str = ""
    tables: tuple[str, ...] = ()

    @property
    def per(self) -> str:
        """The key of its periods in PERIODS; another version of the checklist has its own."""
        per = self.rule.per
        return f"{per}@{self.version}" if per and self.version else per

    @property
    def shape(self) -> str:
        """Parts of one shape are judged together."""
        encouraged = self.strength is Strength.MAY
        numbers = sorted(self.numbers.items())
        return f"{OWN[self.scope]}|{encouraged}|{numbers}|{self.rule.shape}"

    @property
    def audience(self) -> str:
        """Whom it speaks to: parts of one audience and period apply alike."""
        return f"{self.scope}|{self.conditions!r}"


@dataclass(frozen=True)
class Bundle:
    """Parts of one shape. `index` is the number of the first, and names what it keeps."""

    parts: tuple[Part, ...]

    @property
    def index(self) -> int:
        """The number of its first part."""
        return self.parts[0].index

    @property
    def rule(self) -> Kind:
        """The rule of the first part: in all but its DATA, the rule of every part."""
        return self.parts[0].rule

    @property
    def scope(self) -> Scope:
        """A scope whose units own rows as those of every part do."""
        return self.parts[0].scope

    @property
    def numbers(self) -> dict[str, int]:
        """The whole numbers its expressions use: lengths and warning days."""
        return dict(self.parts[0].numbers)

    @property
    def since(self) -> Since:
        """How far back its periods reach."""
        return since_of(part.rule.per for part in self.parts)

    def asks(self, of: Callable[[Any], T]) -> dict[int, T]:
        """What the rule of each part says, by the part's number."""
        return {part.index: of(part.rule) for part in self.parts}

    def inner(self, of: Callable[[Any], Kind]) -> "Bundle":
        """The same parts judged by a rule inside their own."""
        return Bundle(tuple(replace(part, rule=of(part.rule)) for part in self.parts))

    def units(self) -> ir.Table:
        """Units × periods each part speaks to: `part`, the columns of FRAMES but the last."""
        mine = PARTS.filter(PARTS["bundle"] == self.index).select("part", "frame")
        rows = mine.join(FRAMES.filter(FRAMES["applies"]), "frame")
        return rows.drop("frame", "applies")

    def with_asked(self, rows: ir.Table, side: str = "low", unit: str = "unit") -> ir.Table:
        """The rows with the comparison of their part, unit and period: k, p, q; empty for none."""
        return with_comparison(rows, side, part="part", unit=unit)

    def with_listed(self, rows: ir.Table) -> ir.Table:
        """The rows times the fixed list of their part, as `listed`."""
        wanted = LISTS.select("listed", l_part="part")
        return rows.join(wanted, rows["part"] == wanted["l_part"]).drop("l_part")


def with_comparison(rows: ir.Table, side: str, *, part: str, unit: str) -> ir.Table:
    """The rows with k, p, q: those set for their unit, else those of all; empty for none."""
    asked = REQUIREMENTS.filter(REQUIREMENTS["side"] == side).drop("side")
    every = asked.filter(asked["unit"] == "").drop("unit")
    every = every.rename(a_part="part", a_period="period").view()
    own = asked.filter(asked["unit"] != "")
    own = own.rename({f"o_{name}": name for name in own.columns}).view()
    joined = rows.left_join(
        every, (rows[part] == every["a_part"]) & (rows["period"] == every["a_period"])
    )
    joined = joined.left_join(
        own,
        (joined[part] == own["o_part"])
        & (joined[unit] == own["o_unit"])
        & (joined["period"] == own["o_period"]),
    )
    values = {name: ibis.coalesce(joined[f"o_{name}"], joined[name]) for name in ("k", "p", "q")}
    return joined.mutate(**values).select(*rows.columns, *values)


def with_day(rows: ir.Table, label: str) -> ir.Table:
    """The rows with a column of that label: the day their part names, empty for none."""
    named = DAYS.filter(DAYS["label"] == label).select(d_part="part", **{label: DAYS["on"]})
    named = named.view()
    return rows.left_join(named, rows["part"] == named["d_part"]).drop("d_part")


def bundles_of(parts: Iterable[Part]) -> list[Bundle]:
    """The parts by shape, in the order of the first of each."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.shape, []).append(part)
    return [Bundle(tuple(alike)) for alike in found.values()]
