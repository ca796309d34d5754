"""期限 (deadline): reached by a date, and kept afterwards.

Before the date what is not reached yet is open; from the date on the requirement judges.

Example:
    kind: deadline
    due_on: rd_share_due_on
    requires:
      kind: ratio
      figures: {numerator: closed, denominator: closed}
      numerator: {ledger: economic_figures, where: {metric: 研发经费支出}, sum: amount}
      denominator: {ledger: economic_figures, where: {metric: 销售收入}, sum: amount}
      at_least: rd_share
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import SerializeAsAny, field_validator

from tongrong.engine.cells import cells_of
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import Asked, Bundle, Kind, with_day
from tongrong.engine.selection import Selection
from tongrong.engine.shelf import kinds
from tongrong.engine.tables import clock
from tongrong.vocabulary.verdicts import Severity

DONE = [int(Severity.MET), int(Severity.NOT_APPLICABLE)]


class Deadline(Kind):
    """Another requirement, not counted against before its date."""

    DATA: ClassVar[Mapping[str, Any]] = {"requires": True, "due_on": True}

    kind: Literal["deadline"]
    requires: SerializeAsAny[Kind]
    due_on: str

    @field_validator("requires", mode="before")
    @classmethod
    def _bind(cls, value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("kind") not in kinds():
                raise ValueError(f"kind 是下列之一：{'、'.join(kinds())}")
            return kinds()[value["kind"]].model_validate(value)
        return value

    @property
    def per(self) -> str:
        """The periods of what it requires."""
        return self.requires.per

    def thresholds(self) -> Iterator[Asked]:
        """Those of what it requires."""
        yield from self.requires.thresholds()

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """`due_on` and `warn_on`, and the days of what it requires."""
        due = dt.date.fromisoformat(moment.thresholds.value(self.due_on, moment.today))
        own = {"due_on": due, "warn_on": due - moment.days("warning_year")}
        return {**self.requires.days(moment), **own}

    def also_reads(self) -> Iterator[Selection]:
        """That of what it requires."""
        yield from self.requires.also_reads()

    @property
    def shape(self) -> str:
        """That of what it requires."""
        return f"{super().shape}|{self.requires.shape}"

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The cells of what it requires, still open before the date."""
        rows = self.requires.cells(_required(bundle), measures)
        rows = with_day(rows.rename(own_due="due"), "due_on")
        rows = with_day(rows, "warn_on")
        still_open = (clock("today") < rows["due_on"]) & ~rows["severity"].isin(DONE)
        severity = ibis.cases(
            (still_open & (clock("today") > rows["warn_on"]), int(Severity.AT_RISK)),
            (still_open, int(Severity.PENDING)),
            else_=rows["severity"],
        )
        return cells_of(
            rows,
            severity=severity,
            due=ibis.ifelse(still_open, rows["due_on"], rows["own_due"]),
            reason=ibis.ifelse(still_open, 0, rows["reason"]),
        )

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The records of what it requires."""
        return self.requires.evidence(_required(bundle), measures)


def _required(bundle: Bundle) -> Bundle:
    return bundle.inner(lambda rule: rule.requires)
