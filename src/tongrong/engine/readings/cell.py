"""One judgement: of a unit, for a period or a member or neither."""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from tongrong.engine.readings.periods import Period
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity

Amount = int | Fraction | None


@dataclass(frozen=True)
class Cell:
    """How one part of a clause stands for one unit, in one period, for one member.

    `period` and `member` are "" where the cell has none. `num` and `den` are what was
    measured and against what; `due` the day a requirement not yet satisfied falls due;
    `records` the ids of the records counted.
    """

    severity: Severity
    period: str = ""
    member: str = ""
    num: Amount = None
    den: Amount = None
    due: dt.date | None = None
    reason: Reason = Reason.NONE
    records: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether it can still be satisfied in time."""
        return self.severity in (Severity.PENDING, Severity.AT_RISK)

    @property
    def is_missing(self) -> bool:
        """Whether something is wanting: unmet, undecided or not done yet."""
        return self.is_open or self.severity in (Severity.NO_DATA, Severity.UNMET)


def shortfall(due: dt.date, warning_days: int, today: dt.date) -> Severity:
    """The severity, at the end of `today`, of what is not satisfied and is due on `due`."""
    if due <= today:
        return Severity.UNMET
    if today > due - dt.timedelta(days=warning_days):
        return Severity.AT_RISK
    return Severity.PENDING


def period_severity(world: World, period: Period, *, satisfied: bool) -> Severity:
    """The severity of a period, satisfied or not, at D."""
    if satisfied:
        return Severity.MET
    judged_on = period.last if period.until is None else world.as_of
    warning_days = world.whole(period.warning, judged_on)
    return shortfall(period.due, warning_days, world.as_of)


def due_if_open(severity: Severity, due: dt.date) -> dt.date | None:
    """The due day of a cell of this severity: only what is open falls due."""
    return due if severity in (Severity.PENDING, Severity.AT_RISK) else None


def no_data(reason: Reason) -> Cell:
    """A cell that cannot be decided."""
    return Cell(Severity.NO_DATA, reason=reason)


def empty_population(*, kept: bool, period: str = "") -> Cell:
    """The one cell of a population without members: not applicable if its register is kept."""
    if kept:
        return Cell(Severity.NOT_APPLICABLE, period, reason=Reason.EMPTY_POPULATION)
    return Cell(Severity.NO_DATA, period, reason=Reason.REGISTER_NOT_KEPT)


def figure_missing(world: World, due: dt.date) -> Cell:
    """The cell of a yearly figure nobody has recorded: pending until it is due."""
    if world.as_of <= due:
        return Cell(Severity.PENDING, due=due)
    return no_data(Reason.MEASURE_MISSING)


def if_lived(cell: Cell, world: World, subject: str, since: dt.date) -> Cell:
    """The cell; of a unit that was not there from a day on, not applicable."""
    if world.unit_row(subject)["founded_on"] <= since:
        return cell
    young = Reason.NO_FULL_PERIOD
    return replace(cell, severity=Severity.NOT_APPLICABLE, due=None, reason=young)


def ids(rows: list[dict[str, object]]) -> frozenset[str]:
    """The record ids of rows."""
    return frozenset(str(row["record"]) for row in rows)
