"""全覆盖 (coverage): every member of a population is covered.

`each` is the population (with the column that names the `member`) or a fixed list. A member
is covered by a record (`has`), by its own row (`complete`, `meets`), by dues paid in full
(`enough`), by what adds up (`adds_up`) or compares (`compare`); an obligation also by a day of
its own row (`done`), in time unless `late_counts`, or late or not by what its row contains.
What `also` names, of other registers, covers a member as well.
Timing: `per` or `window`, `at: today`, or a due day of each member's own (`due`).

Example:
    kind: coverage
    each: {ledger: posts, where: {post: [党委委员]}, member: person}
    per: year
    has: {ledger: reports, where: {kind: 一岗双责报告}, on: {person: person}}
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Literal

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.cells import (
    REASONS,
    cells_of,
    open_due,
    severity_in_time,
)
from tongrong.engine.comparisons import Compare
from tongrong.engine.dues import (
    Enough,
    dues_cells,
    months_paid,
    paid_in_full,
    paid_up,
    paid_up_cells,
)
from tongrong.engine.matches import AddsUp, Dated, Has, covered, covered_at_d, in_assessment_year
from tongrong.engine.measures import Measures
from tongrong.engine.moment import Moment
from tongrong.engine.obligations import Due, obligation_cells, obligations, settled
from tongrong.engine.part import Asked, Bundle, OwnRow, Periodic, with_day
from tongrong.engine.population import (
    AGAIN,
    KEYS,
    Listed,
    Population,
    at_d,
    each_once,
    in_periods,
    listed,
    throughout,
)
from tongrong.engine.selection import Strict, column, contains, fulfils
from tongrong.engine.since import Since
from tongrong.engine.tables import clock
from tongrong.engine.without_members import without_members
from tongrong.facts.columns import SCALES
from tongrong.facts.ledger import Holds
from tongrong.vocabulary.periods import Per
from tongrong.vocabulary.verdicts import Reason, Severity


class Complete(Strict):
    """The member's own row contains all these elements."""

    column: str
    of: list[str]


class Coverage(Periodic):
    """Every member of a population is covered."""

    DATA: ClassVar[Mapping[str, Any]] = {
        "each": {"where", "values"}, "has": {"where"}, "per_": True, "window": True, "years": True
    }  # fmt: skip

    kind: Literal["coverage"]
    each: Population | Listed
    at: Literal["today"] | None = None
    due: Due | None = None
    has: Has | None = None
    also: tuple[Has, ...] = ()
    complete: Complete | None = None
    meets: dict[str, Any] | None = None
    enough: Enough | None = None
    adds_up: AddsUp | None = None
    compare: Compare | None = None
    done: str | None = None
    late_counts: bool = False

    @model_validator(mode="after")
    def _one_of_each(self) -> "Coverage":
        ways = (self.has, self.complete, self.meets, self.enough, self.adds_up, self.compare,
                self.done)  # fmt: skip
        if sum(map(bool, ways)) != 1:
            raise ValueError("写 has、complete、meets、enough、adds_up、compare、done 之一")
        if self.adds_up and not self.at:
            raise ValueError("adds_up 与 at: today 一起用")
        if sum(map(bool, (self.per, self.at, self.due))) != 1:
            raise ValueError("写 per、window、at: today、due 之一")
        settles = self.has or self.done or (self.complete and self.late_counts)
        if self.due and (not settles or isinstance(self.each, Listed)):
            raise ValueError("due 与 has、done 或 complete（late_counts: true）一起用，each 为台账")
        if (self.done and not self.due) or (
            self.late_counts and not (self.due and (self.done or self.complete))
        ):
            raise ValueError("done 与 due 一起用，late_counts 与 done 或 complete 一起用")
        if self.per and (self.adds_up or self.done):
            raise ValueError("按期间的全覆盖写 has、complete、meets、enough 或 compare")
        ledgers = [one.ledger for one in (self.has, *self.also) if one]
        if self.also and (not self.has or not self.per or len(set(ledgers)) < len(ledgers)):
            raise ValueError("also 与 per 和 has 一起用，各写一个台账")
        if self.has and self.has.early_from and self.per_ is not Per.YEAR:
            raise ValueError("early_from 与 per: year 一起用")
        if self.has and not self.at and not all(one.is_event for one in (self.has, *self.also)):
            raise ValueError("按期间或按期限的 has 应为有日期的记录；状态与 at: today 一起用")
        return self

    def thresholds(self) -> Iterator[Asked]:
        """The whole that sums add up to, how far amounts compare, who is counted as a member."""
        if self.adds_up:
            yield Asked("whole", self.adds_up.to, "at_least", of_whole=False)
        if self.compare:
            yield from self.compare.asked()
        if isinstance(self.each, Population) and self.each.counting:
            yield Asked("counting", self.each.counting.at_least, "at_least", of_whole=False)

    def own_rows(self) -> tuple[OwnRow, ...]:
        """The rows of its members, where no other record covers them."""
        each, meets = self.each, self.meets or {}
        if not isinstance(each, Population):
            return ()
        said = {one: meets[one] == {"recorded": True} for one in meets}
        said |= {self.done: True} if self.done else {}
        said |= {self.complete.column: False} if self.complete else {}
        due = (self.due and self.due.on) or ""
        return tuple(OwnRow(each.ledger, each.member, one, said[one], due) for one in said)

    def days(self, moment: Moment) -> dict[str, dt.date]:
        """When yearly figures are due, and from when on records of the year before count."""
        days = {"figures_due": moment.figures_due(moment.year)}
        if self.has and self.has.early_from:
            days["early"] = moment.named_day(self.has.early_from, moment.year - 1)
        return days

    def named_days(self) -> list[str]:
        """Those of its window, and from when on records count early."""
        early = [self.has.early_from] if self.has and self.has.early_from else []
        return [*super().named_days(), *early]

    def listed_values(self) -> list[str]:
        """The members of a fixed list."""
        return self.each.values if isinstance(self.each, Listed) else []

    def rate_table(self) -> str | None:
        """The table of dues rates."""
        return self.enough.rates if self.enough else None

    @property
    def shape(self) -> str:
        """Whether it recurs is part of it, in which periods is not."""
        return f"{super().shape}|{bool(self.per)}"

    def _rows(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The population, made once: its keys and times, and the columns the rule reads."""
        return measures.keep(f"members_{bundle.index}", lambda: self._members(bundle, measures))

    def _months_paid(self, enough: Enough, bundle: Bundle, measures: Measures) -> ir.Table:
        """The months each payer paid, made once."""
        return measures.keep(f"paid_{bundle.index}", lambda: months_paid(enough, bundle))

    def _paid_up(self, bundle: Bundle, measures: Measures) -> ir.Table | None:
        """The members who paid all they were asked; none where every cell is to be shown."""
        enough, each = self.enough, self.each
        if enough is None or measures.details or not isinstance(each, Population):
            return None

        def found() -> ir.Table:
            rows = throughout(each, bundle, enough.on)
            return paid_up(rows, self._months_paid(enough, bundle, measures), enough)

        return measures.keep(f"paid_up_{bundle.index}", found)

    def _members(self, bundle: Bundle, measures: Measures) -> ir.Table:
        ties = self.has.on if self.has else self.enough.on if self.enough else {}
        read = {name for one in self.also for name in one.on}
        read |= {*(self.meets or {}), *ties, *([self.complete.column] if self.complete else [])}
        read |= {self.done} if self.done else set()
        read |= set(self.adds_up.on) if self.adds_up else set()
        if self.compare:
            read |= {*self.compare.left.on, *self.compare.right.on}
        if isinstance(self.each, Listed):
            rows = listed(self.each, bundle)
        elif self.due:
            owed = (lambda rows: self._still_owed(rows, bundle)) if self.late_counts else None
            rows = obligations(self.each, self.due, bundle, read, owed)
        elif self.per:
            # Dues have the longest of all populations: no column that they do not need.
            only = (*KEYS, "first", "last", *self.enough.on) if self.enough else ()
            rows = in_periods(self.each, bundle, read, only, self._paid_up(bundle, measures))
        else:
            rows = at_d(self.each, bundle, read)
        named = {
            name: column(rows, name, bundle.scope) for name in sorted(read - {"record", "member"})
        }
        if self.enough:
            return rows
        times = [
            c for c in ("start", "stop", "day", "due_on", "settled_by", AGAIN) if c in rows.columns
        ]
        return rows.select(
            *KEYS,
            "record",
            *("first", "last", "due_by", "elapsed", "warned"),
            *times,
            **named,
        )

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """One cell a unit, period and member: `num` 1 where covered."""
        rows = self._rows(bundle, measures)
        if self.due:
            done = self._settled(rows, bundle, measures)
            found = obligation_cells(rows, done, bundle)
        elif self.enough:
            months = self._months_paid(self.enough, bundle, measures)
            found = dues_cells(rows, months, self.enough, bundle)
        else:
            found = self._in_time(rows, bundle, measures)
        if isinstance(self.each, Listed):
            return found
        somebody = rows.select("part", "unit_judged", "period").view()
        same = ["part", ("unit", "unit_judged")]
        nobody = bundle.units().anti_join(somebody, [*same, "period"])
        paid = self._paid_up(bundle, measures)
        if paid is not None:
            found = found.union(paid_up_cells(paid))
            nobody = nobody.anti_join(paid.view(), same)
        return found.union(without_members(nobody, self.each, bundle, measures))

    def _still_owed(self, rows: ir.Table, bundle: Bundle) -> ir.BooleanValue:
        """Whether an obligation was not settled before the year; what a row contains has no day."""
        if self.done is None:
            return ~self._own_row(rows, bundle)
        return rows[self.done].isnull() | (rows[self.done] >= clock("year_first"))

    def _settled(self, rows: ir.Table, bundle: Bundle, measures: Measures) -> ir.Table:
        """The obligations settled: by a record, or by a day or the content of their own row."""
        if self.has:
            return settled(rows, self.has, bundle, measures)
        if self.complete:
            found = rows.filter(self._own_row(rows, bundle))
            return found.select(*KEYS, "record", "due_on", member_record="record")
        day = rows[self.done or ""]
        in_time = day <= (clock("today") if self.late_counts else rows["settled_by"])
        found = rows.filter((day <= clock("today")) & in_time)
        return found.select(*KEYS, "record", "due_on", member_record="record")

    def _in_time(self, rows: ir.Table, bundle: Bundle, measures: Measures) -> ir.Table:
        keys = (*KEYS, "due_by", "elapsed", "warned")
        if self.compare:
            return self._compared(rows, self.compare, bundle)
        if self.has:
            matched = self._matched(rows, self.has, bundle, measures)
            hit = matched.select(**{f"h_{key}": key for key in KEYS}).distinct().view()
            people = each_once(rows, *keys)
            judged = people.left_join(hit, [people[key] == hit[f"h_{key}"] for key in KEYS])
            judged = judged.mutate(ok=judged["h_part"].notnull())
        elif self.adds_up:
            judged = self._added_up(rows, self.adds_up, bundle)
            judged = judged.group_by(*keys).agg(ok=judged["row_ok"].all())
        else:
            judged = rows.mutate(row_ok=self._own_row(rows, bundle))
            judged = judged.group_by(*keys).agg(ok=judged["row_ok"].all())
        severity = severity_in_time(judged["ok"], judged)
        return cells_of(
            judged,
            unit=judged["unit_judged"],
            severity=severity,
            num=judged["ok"].cast("int64"),
            den=ibis.literal(1),
            due=open_due(severity, judged["due_by"]),
        )

    @staticmethod
    def _compared(rows: ir.Table, compare: Compare, bundle: Bundle) -> ir.Table:
        rows = compare.compared(rows, bundle)
        spoken_of, ok = rows["comparable"], rows["row_ok"]
        judged = rows.group_by(*KEYS, "due_by", "elapsed", "warned").agg(
            comparable=spoken_of.any(),
            bad=(spoken_of & ~ok).any().fill_null(False),
            unsure=(spoken_of & ok.isnull()).any(),
        )
        severity = ibis.cases(
            (~judged["comparable"], int(Severity.NOT_APPLICABLE)),
            (judged["bad"], severity_in_time(ibis.literal(False), judged)),
            (judged["unsure"], int(Severity.NO_DATA)),
            else_=int(Severity.MET),
        )
        return cells_of(
            judged,
            unit=judged["unit_judged"],
            severity=severity,
            num=(severity == int(Severity.MET)).cast("int64"),
            den=ibis.literal(1),
            due=open_due(severity, judged["due_by"]),
            reason=ibis.cases(
                (~judged["comparable"], REASONS.index(Reason.EMPTY_POPULATION)),
                (~judged["bad"] & judged["unsure"], REASONS.index(Reason.MEASURE_MISSING)),
                else_=REASONS.index(Reason.NONE),
            ),
        )

    @staticmethod
    def _added_up(rows: ir.Table, adds_up: AddsUp, bundle: Bundle) -> ir.Table:
        """The population's rows with `ok`: what is tied to them sums to exactly the whole."""
        tied = adds_up.tied(rows, bundle)
        summed = tied.group_by(*KEYS, "member_record").agg(total=tied["amount"].sum()).view()
        joined = rows.left_join(
            summed,
            [
                *[rows[key] == summed[key] for key in KEYS],
                rows["record"] == summed["member_record"],
            ],
        )
        joined = joined.select(
            *[rows[name] for name in rows.columns], total=summed["total"].fill_null(0)
        )
        asked = bundle.with_asked(joined, "whole", unit="unit_judged")
        scale = SCALES.get(type(adds_up.declared.columns[adds_up.sum]), 1)
        total = asked["total"].cast("int64") * asked["k"]
        return asked.mutate(row_ok=total == asked["q"] * scale)

    def _matched(self, rows: ir.Table, has: Has, bundle: Bundle, measures: Measures) -> ir.Table:
        """Rows with the records that cover them, made once: KEYS and `record`."""

        def matched() -> ir.Table:
            return self._match(rows, has, bundle, measures).select(*KEYS, "record")

        return measures.keep(f"matched_{bundle.index}", matched)

    def _match(self, rows: ir.Table, has: Has, bundle: Bundle, measures: Measures) -> ir.Table:
        if self.per:
            return self._in_periods(rows, has, bundle, measures)
        if isinstance(has.declared.time, Holds) and not has.dated:
            return covered_at_d(rows, has, bundle)
        return covered(rows, has, bundle, measures, in_assessment_year())

    def _in_periods(self, rows: ir.Table, has: Has, bundle: Bundle, measures: Measures) -> ir.Table:
        """Rows with the records of their periods, of `has` and of what `also` names."""
        rows = with_day(rows, "early") if has.early_from else rows
        dated = Dated(rows["first"], rows["last"], bundle.since)
        within = "stop" in rows.columns and not has.by_year  # a year's record: of whoever it names
        early = dated
        if has.early_from:
            early = Dated(rows["early"], rows["last"], min(bundle.since, Since.YEAR_BEFORE))
        found = [covered(rows, has, bundle, measures, early, within=within)]
        for place, one in enumerate(self.also):
            of = _also(place)
            found.append(covered(rows, one, bundle, measures, dated, of, within=within))
        return ibis.union(*found) if self.also else found[0]

    def _own_row(self, rows: ir.Table, bundle: Bundle) -> ir.BooleanValue:
        if self.complete:
            result: ir.BooleanValue = ibis.literal(True)
            for element in self.complete.of:
                result = result & contains(rows[self.complete.column], element)
            return result
        return fulfils(rows, self.meets or {}, bundle.scope)

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        """The records that cover members; of `complete` and `meets` the members' own rows."""
        rows = self._rows(bundle, measures)
        if self.enough:
            rows = paid_in_full(rows, self.enough, bundle)
        elif self.due:
            rows = self._settled(rows, bundle, measures)
        elif self.has:
            rows = self._matched(rows, self.has, bundle, measures)
        elif self.adds_up:
            rows = self.adds_up.tied(rows, bundle)
        elif self.compare:
            both = (self.compare.left, self.compare.right)
            tied = [side.tied(rows, bundle) for side in both]
            rows = ibis.union(
                *[one.select("part", "unit_judged", record="x_record") for one in tied]
            )
        return rows.select("part", "record", unit="unit_judged")


def _also(place: int) -> Callable[[Any], Has]:
    """Which of the further records a rule's `also` names."""
    return lambda rule: rule.also[place]
