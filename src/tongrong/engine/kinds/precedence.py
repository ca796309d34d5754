"""先后 (precedence): for the same matter, one body studied and agreed before another decided.

The time of a row is an interval of minutes: a point where the start is known, else the whole
day. What the intervals cannot order is no data, never guessed.

Example:
    kind: precedence
    earlier: {ledger: agenda_items, where: {meeting_kind: 党委会, matter: {recorded: true}}}
    later: {ledger: agenda_items, where: {meeting_kind: 董事会, matter: {recorded: true}}}
    same: [matter, proposal_version]  # or {column of the later: column of the earlier}
    agree: {outcome: 建议同意}
    member: matter
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import field_validator, model_validator

from tongrong.engine.cells import cells_of, empties, reason_if
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, Kind
from tongrong.engine.selection import Asks, Selection, fulfils, hold, one_of, select
from tongrong.engine.tables import clock, fact_columns
from tongrong.vocabulary.verdicts import Reason, Severity

MINUTES = 1440


class Precedence(Kind):
    """Every later event has an earlier one on the same matter that agreed last."""

    DATA: ClassVar[Mapping[str, Any]] = {"earlier": {"where"}, "later": {"where"}}

    kind: Literal["precedence"]
    earlier: Selection
    later: Selection
    same: dict[str, str]
    agree: dict[str, str | list[str]]
    member: str

    @field_validator("same", mode="before")
    @classmethod
    def _both_sides(cls, value: Any) -> Any:
        return {name: name for name in value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _events_with_minutes(self) -> "Precedence":
        if not (self.earlier.is_event and self.later.is_event):
            raise ValueError("earlier 与 later 都应是有日期的事项")
        return self

    def _timed(self, asks: Asks, bundle: Bundle, prefix: str, same: Collection[str]) -> ir.Table:
        like, own = one_of(asks), {self.member, *self.agree}
        columns = fact_columns(like.ledger)
        started = [c for c in columns if c.endswith("started_at")]
        read = {*(own & set(columns)), *same, *started}
        rows = hold(select(asks, bundle.scope, read), like, bundle.scope, "day")
        day = rows["day"].delta(ibis.date(1970, 1, 1), unit="day").cast("int64") * MINUTES
        minute = rows[started[0]] if started else ibis.null("int64")
        return rows.select(
            **{
                f"{prefix}_part": rows["part"],
                f"{prefix}_subject": rows["subject"],
                f"{prefix}_record": rows["record"],
                f"{prefix}_day": rows["day"],
                f"{prefix}_low": day + minute.fill_null(0),
                f"{prefix}_high": day + minute.fill_null(MINUTES - 1),
                **(
                    {"l_member": rows[self.member]}
                    if prefix == "l"
                    else {"e_agrees": fulfils(rows, dict(self.agree), bundle.scope)}
                ),
                **{
                    f"{prefix}_same{i}": rows[name].cast("string").fill_null("")
                    for i, name in enumerate(same)
                },
            }
        )

    def _pairs(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """Every later row of the year with each of its studies (or none), made once."""
        return measures.keep(f"pairs_{bundle.index}", lambda: self._pair(bundle))

    def _pair(self, bundle: Bundle) -> ir.Table:
        frame = bundle.units().select("part", "unit")
        later = self._timed(bundle.asks(lambda rule: rule.later), bundle, "l", self.same)
        earlier = self._timed(
            bundle.asks(lambda rule: rule.earlier), bundle, "e", self.same.values()
        )
        later = later.filter(
            (later["l_day"] >= clock("year_first")) & (later["l_day"] <= clock("year_last"))
        )
        rows = frame.join(
            later, (frame["part"] == later["l_part"]) & (frame["unit"] == later["l_subject"])
        )
        equal = [rows["part"] == earlier["e_part"], rows["unit"] == earlier["e_subject"]]
        equal += [rows[f"l_same{i}"] == earlier[f"e_same{i}"] for i in range(len(self.same))]
        return rows.left_join(earlier, equal)

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit and member; the worst of its later rows."""
        pairs = self._pairs(bundle, measures)
        before = pairs["e_high"] < pairs["l_low"]
        maybe = ~before & (pairs["e_low"] < pairs["l_high"])
        agrees = pairs["e_agrees"]
        judged = pairs.group_by("part", "unit", "l_record", "l_member").agg(
            agree_low=pairs["e_low"].max(where=before & agrees),
            agree_high=pairs["e_high"].max(where=before & agrees),
            against_low=pairs["e_low"].max(where=before & ~agrees),
            against_high=pairs["e_high"].max(where=before & ~agrees),
            maybe_agree=(maybe & agrees).any().fill_null(False),
            maybe_against=(maybe & ~agrees).any().fill_null(False),
        )
        none_against = judged["against_low"].isnull()
        surely = judged["agree_low"].notnull() & (
            none_against | (judged["agree_low"] > judged["against_high"])
        )
        surely_not = judged["agree_low"].isnull() | (
            ~none_against & (judged["agree_high"] < judged["against_low"])
        )
        severity = ibis.cases(
            (surely.fill_null(False) & ~judged["maybe_against"], int(Severity.MET)),
            (surely_not.fill_null(False) & ~judged["maybe_agree"], int(Severity.UNMET)),
            else_=int(Severity.NO_DATA),
        )
        worst = judged.mutate(severity=severity).group_by("part", "unit", member="l_member")
        rows = worst.agg(severity=ibis._["severity"].max())
        found = cells_of(
            rows,
            num=(rows["severity"] == int(Severity.MET)).cast("int64"),
            den=ibis.literal(1),
            reason=reason_if(rows["severity"] == int(Severity.NO_DATA), Reason.ORDER_UNKNOWN),
        )
        nothing = bundle.units().anti_join(rows.select("part", "unit").view(), ["part", "unit"])
        return found.union(empties(nothing, measures.kept(self.later, bundle.scope)))

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The later rows and every study of theirs."""
        pairs = self._pairs(bundle, measures)
        studies = pairs.filter(pairs["e_record"].notnull())
        return pairs.select("part", "unit", record="l_record").union(
            studies.select("part", "unit", record="e_record")
        )
