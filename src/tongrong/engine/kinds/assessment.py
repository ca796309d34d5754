"""评定 (assessment): a rubric scored by a named assessor on evidence, until it expires.

Example:
    kind: assessment
    pass: assessment_pass
"""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import ibis
import ibis.expr.types as ir
from pydantic import Field

from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.part import REASONS, Asked, Kind, Part, cells_of, reached
from tongrong.engine.selection import Selection
from tongrong.engine.standing import held_at_d
from tongrong.engine.tables import DAYS, clock
from tongrong.vocabulary.verdicts import Reason, Severity


class Assessment(Kind):
    """The newest valid score of the clause reaches the pass mark."""

    kind: Literal["assessment"]
    pass_: str = Field(alias="pass")

    def thresholds(self) -> Iterator[Asked]:
        """The pass mark."""
        yield Asked("low", self.pass_, "at_least", of_whole=False)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """`warn`: from the day after it, a missing score is at risk."""
        return {"warn": moment.year_last - moment.days("warning_year")}

    def _newest(self, part: Part, measures: Measures) -> ir.Table:
        """The newest valid score of each unit; of two of one day the one of the larger record."""
        return measures.keep(f"newest_{part.index}", lambda: self._new(part))

    def _new(self, part: Part) -> ir.Table:
        rows = held_at_d(Selection(ledger="assessments", where={"clause": part.clause}), part.scope)
        newest = rows.group_by("subject").agg(newest_on=rows["assessed_on"].max()).view()
        joined = rows.join(newest, "subject")
        joined = joined.filter(joined["assessed_on"] == joined["newest_on"])
        last = joined.group_by("subject").agg(last_record=joined["record"].max()).view()
        return joined.semi_join(
            last, [joined["subject"] == last["subject"], joined["record"] == last["last_record"]]
        ).select("subject", "record", "score", "expires_on")

    def cells(self, part: Part, measures: Measures) -> ir.Table:
        """One cell a unit: `num` the score, `den` the pass mark."""
        newest, frame, asked = self._newest(part, measures), part.judged(measures), part.asked()
        newest = newest.select("subject", "score", "expires_on")
        rows = frame.join(asked, frame["period"] == asked["r_period"])
        rows = rows.left_join(newest, rows["unit"] == newest["subject"])
        ok = reached(rows["score"], ibis.literal(0), rows["k"], rows["p"], rows["q"])
        warn = DAYS.filter((DAYS["part"] == part.index) & (DAYS["label"] == "warn"))
        missing = rows["score"].isnull()
        severity = ibis.cases(
            (missing & (clock("year_last") <= clock("today")), int(Severity.NO_DATA)),
            (missing & (warn["on"].as_scalar() < clock("today")), int(Severity.AT_RISK)),
            (missing, int(Severity.PENDING)),
            (ok, int(Severity.MET)),
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
        reason = ibis.ifelse(
            severity == int(Severity.NO_DATA), REASONS.index(Reason.MEASURE_MISSING), 0
        )
        return cells_of(
            rows, severity=severity, num=rows["score"], den=rows["q"], due=due, reason=reason
        )

    def evidence(self, part: Part, measures: Measures) -> ir.Table:
        """The score counted."""
        frame, newest = part.judged(measures), self._newest(part, measures)
        return frame.join(newest, frame["unit"] == newest["subject"]).select("unit", "record")
