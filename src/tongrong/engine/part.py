"""A part: one atomic requirement of a clause, bound to its scope and conditions."""

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
from pydantic import Field, model_validator

from tongrong.engine.conditions import Condition, counts_in, with_applies
from tongrong.engine.moment import Moment
from tongrong.engine.selection import Strict
from tongrong.engine.tables import PERIODS, REQUIREMENTS, SUBJECTS, as_column, clock
from tongrong.vocabulary.periods import Per
from tongrong.vocabulary.verdicts import Reason, Scope, Severity, Strength

if TYPE_CHECKING:
    from tongrong.engine.measures import Measures

CELL = ("unit", "period", "member", "severity", "num", "den", "due", "reason")
FRAME = ("unit", "period", "first", "last", "days", "elapsed", "warned", "reference")
REASONS = tuple(Reason)


class Window(Strict):
    """Fixed days of every year, MM-DD to MM-DD."""

    since: str
    to: str

    @model_validator(mode="before")
    @classmethod
    def _from(cls, value: Any) -> Any:
        return {"since": value["from"], "to": value["to"]} if "from" in value else value


class Kind(Strict, ABC):
    """Base of the clause kinds: the keys in YAML, and the meaning as expressions."""

    kind: str

    @property
    def per(self) -> str:
        """The key of its periods in the calendar; empty for a state judged at D."""
        return ""

    @abstractmethod
    def cells(self, part: "Part", measures: "Measures") -> ir.Table:
        """One row for each unit, period and member judged, in the columns of CELL."""

    @abstractmethod
    def evidence(self, part: "Part", measures: "Measures") -> ir.Table:
        """The records counted, as `unit`, `record`."""

    def thresholds(self) -> Iterator["Asked"]:
        """The thresholds it compares with."""
        yield from ()

    def days(self, moment: Moment) -> dict[str, dt.date]:  # noqa: ARG002 kinds override it
        """Days of the year its expressions read, by label."""
        return {}

    def listed_values(self) -> list[str]:
        """The fixed list its expressions read."""
        return []

    def rate_table(self) -> str | None:
        """The name of the dated table of rates its expressions read."""
        return None

    def taken_up(self, part: "Part", measures: "Measures") -> ir.Table:
        """The units that took up an encouraged matter, as `unit`."""
        return self.evidence(part, measures).select("unit").distinct()


class Periodic(Kind):
    """A kind that may recur: `per` a calendar period, or a `window` of each year."""

    per_: Per | None = Field(default=None, alias="per")
    window: Window | None = None

    @property
    def per(self) -> str:
        """The key of its periods in the calendar; empty for a state judged at D."""
        if self.window:
            return f"window:{self.window.since}:{self.window.to}"
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
    """One atomic requirement. `index` is its number within the run."""

    index: int
    clause: str
    scope: Scope
    strength: Strength
    rule: Kind
    conditions: tuple[Condition, ...] = ()
    label: str = ""
    shown_only: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)

    def frame(self, measures: "Measures") -> ir.Table:
        """Units × periods that count, with `applies` (null: cannot be decided).

        Columns unit, period, first, last, days, elapsed, warned, reference, applies.
        A period counts if it has begun and the unit existed on every day of it.
        """
        counted = f"|{self.index}" if counts_in(self.conditions) else ""
        text = f"{self.scope}|{self.rule.per}|{self.conditions!r}{counted}"
        name = "frame_" + hashlib.sha256(text.encode()).hexdigest()[:12]
        return measures.keep(name, lambda: self._frame(measures))

    def _frame(self, measures: "Measures") -> ir.Table:
        units = SUBJECTS.filter(SUBJECTS["scope"] == self.scope.value)
        if self.rule.per:
            periods = PERIODS.filter(PERIODS["per"] == self.rule.per).drop("per")
            frame = units.join(
                periods,
                (units["start"] <= periods["first"]) & (units["stop"] > periods["last"]),
            ).drop("scope", "start", "stop")
            frame = frame.mutate(reference=ibis.least(frame["last"], clock("today")))
        else:
            today = as_column(clock("today"))
            frame = units.select(
                "unit",
                period=ibis.literal(""),
                first=today,
                last=today,
                days=ibis.literal(1, "int64"),
                elapsed=ibis.literal(True),
                warned=ibis.literal(False),
                reference=today,
            )
        frame = with_applies(frame, self.conditions, self.scope, self.index, measures)
        return frame.select(*FRAME, "applies")

    def judged(self, measures: "Measures") -> ir.Table:
        """The rows of the frame to which the part applies."""
        frame = self.frame(measures)
        return frame.filter(frame["applies"]).select(*FRAME)

    def asked(self, side: str = "low") -> ir.Table:
        """The comparison of each period: `r_period`, k, p, q."""
        mine = (REQUIREMENTS["part"] == self.index) & (REQUIREMENTS["side"] == side)
        return REQUIREMENTS.filter(mine).select("k", "p", "q", r_period="period")


def reached(num: ir.Value, den: ir.Value, k: ir.Value, p: ir.Value, q: ir.Value) -> ir.BooleanValue:
    """Whether a measure reaches what is asked, in whole numbers: num × k ≥ den × p + q."""
    return num * k >= den * p + q


def severity_in_time(ok: ir.BooleanValue, frame: ir.Table) -> ir.IntegerValue:
    """Met; or unmet once the period is over, at risk inside its warning days, else pending."""
    return ibis.cases(
        (ok, int(Severity.MET)),
        (frame["elapsed"], int(Severity.UNMET)),
        (frame["warned"], int(Severity.AT_RISK)),
        else_=int(Severity.PENDING),
    ).cast("int64")


def cells_of(rows: ir.Table, **columns: Any) -> ir.Table:
    """Rows in the columns of CELL; what is not given is empty."""
    empty = {
        "period": ibis.literal(""),
        "member": ibis.literal(""),
        "num": ibis.null("int64"),
        "den": ibis.null("int64"),
        "due": ibis.null("date"),
        "reason": REASONS.index(Reason.NONE),
    }
    values = {}
    for name in CELL:
        if name in columns:
            values[name] = columns[name]
        elif name in rows.columns:
            values[name] = rows[name]
        else:
            values[name] = empty[name]
    types = dict(zip(CELL, ("string",) * 3 + ("int64",) * 3 + ("date", "int64"), strict=True))
    return rows.select(**{name: ibis.literal(v) if isinstance(v, str | int) else v
                          for name, v in values.items()}).cast(types)  # fmt: skip


def open_due(severity: ir.Value, day: ir.Value) -> ir.Value:
    """The day, where something is still open until then."""
    still_open = severity.isin([int(Severity.PENDING), int(Severity.AT_RISK)])
    return ibis.ifelse(still_open, day, ibis.null("date"))


def empties(frame: ir.Table, kept: ir.Table) -> ir.Table:
    """Cells of an empty population: not applicable where its register is kept, else no data."""
    joined = frame.left_join(kept, frame["unit"] == kept["kept_unit"])
    is_kept = joined["kept_unit"].notnull()
    return cells_of(
        joined,
        severity=ibis.ifelse(is_kept, int(Severity.NOT_APPLICABLE), int(Severity.NO_DATA)),
        reason=ibis.ifelse(
            is_kept,
            REASONS.index(Reason.EMPTY_POPULATION),
            REASONS.index(Reason.REGISTER_NOT_KEPT),
        ),
    )
