"""评定 (assessment): a rubric scored by a named assessor on evidence, until it expires.

Example:
    kind: assessment
    pass: assessment_pass
    assessed_by: 上级党组织
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import Field, field_validator

from tongrong.engine.cells import cells_of, reached, reason_if
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import Asked, Bundle, Kind, with_day
from tongrong.engine.selection import Selection
from tongrong.engine.standing import held_at_d, records_among
from tongrong.engine.tables import clock
from tongrong.facts.ledgers.documents import ASSESSED_BY
from tongrong.vocabulary.verdicts import Reason, Severity


class Assessment(Kind):
    """The newest valid score of the clause reaches the pass mark."""

    DATA: ClassVar[Mapping[str, Any]] = {"pass_": True, "assessed_by": True}

    kind: Literal["assessment"]
    pass_: str = Field(alias="pass")
    assessed_by: str | None = None

    @field_validator("assessed_by")
    @classmethod
    def _known(cls, by: str | None) -> str | None:
        if by is not None and by not in ASSESSED_BY:
            raise ValueError(f"没有评定主体“{by}”；可用：{'、'.join(ASSESSED_BY)}")
        return by

    def thresholds(self) -> Iterator[Asked]:
        """The pass mark."""
        yield Asked("low", self.pass_, "at_least", of_whole=False)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """`warn`: from the day after it, a missing score is at risk."""
        return {"warn": moment.year_last - moment.days("warning_year")}

    def _newest(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The newest valid score of each unit; of two of one day the one of the larger record."""
        return measures.keep(f"newest_{bundle.index}", lambda: self._new(bundle))

    @staticmethod
    def _new(bundle: Bundle) -> ir.Table:
        by = bundle.asks(lambda rule: {"assessed_by": rule.assessed_by} if rule.assessed_by else {})
        asks = {
            part.index: Selection(
                ledger="assessments", where={"clause": part.clause, **by[part.index]}
            )
            for part in bundle.parts
        }
        rows = held_at_d(asks, bundle.scope, "assessed_on", "score", "expires_on")
        newest = rows.group_by("part", "subject").agg(newest_on=rows["assessed_on"].max()).view()
        joined = rows.join(newest, ["part", "subject"])
        joined = joined.filter(joined["assessed_on"] == joined["newest_on"])
        last = joined.group_by("part", "subject").agg(last_record=joined["record"].max()).view()
        joined = joined.join(last, ["part", "subject"])
        joined = joined.filter(joined["record"] == joined["last_record"])
        return joined.select("part", "subject", "record", "score", "expires_on")

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit: `num` the score, `den` the pass mark."""
        newest, frame = self._newest(bundle, measures), bundle.units()
        newest = newest.select("score", "expires_on", n_part="part", n_unit="subject")
        rows = frame.left_join(
            newest, (frame["part"] == newest["n_part"]) & (frame["unit"] == newest["n_unit"])
        )
        rows = with_day(bundle.with_asked(rows), "warn")
        missing = rows["score"].isnull()
        severity = ibis.cases(
            (missing & (clock("year_last") <= clock("today")), int(Severity.NO_DATA)),
            (missing & (rows["warn"] < clock("today")), int(Severity.AT_RISK)),
            (missing, int(Severity.PENDING)),
            (reached(rows["score"], ibis.literal(0), rows), int(Severity.MET)),
            else_=int(Severity.UNMET),
        )
        due = ibis.cases(
            # A past year has nothing more to fall due but what is still open.
            (
                (severity == int(Severity.MET)) & (clock("year_last") >= clock("today")),
                rows["expires_on"],
            ),
            (
                severity.isin([int(Severity.PENDING), int(Severity.AT_RISK)]),
                clock("year_last"),
            ),
            else_=ibis.null("date"),
        )
        reason = reason_if(severity == int(Severity.NO_DATA), Reason.MEASURE_MISSING)
        return cells_of(
            rows, severity=severity, num=rows["score"], den=rows["q"], due=due, reason=reason
        )

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The score counted."""
        return records_among(bundle.units(), self._newest(bundle, measures))
