"""An explanation: one finding told in full, as plain frozen values any interface can show."""

import datetime as dt
from dataclasses import dataclass

from tongrong.findings.finding import Finding
from tongrong.norms.checklist import Clause
from tongrong.vocabulary.verdicts import Reason, Verdict


@dataclass(frozen=True)
class ToldCondition:
    """A condition of applicability, what was found of it, and whether it holds at D.

    `mend` says what to record where it cannot be decided, `assumed` what is taken to be so
    because nothing says otherwise, and where to record it if it is not.
    """

    words: str
    found: str
    holds: bool | None
    mend: str
    assumed: str = ""


@dataclass(frozen=True)
class ToldAdjustment:
    """A number that holds for the unit instead of the checklist's own, and who set it why.

    `until` is the first day it no longer holds, None where none is set.
    """

    value: str
    own: bool
    set_by: str
    since: dt.date
    until: dt.date | None
    reason: str
    approved_by: str


@dataclass(frozen=True)
class ToldThreshold:
    """A number the rule reads, in force on the day, and where it comes from.

    `why` is the words of the source, or the reason of a parameter that it leaves open (⚙).
    `adjustable` says who may set it otherwise, and how far; empty for nobody. `adjusted` is what
    holds for the unit instead; `not_applied` what was set and is not admitted, a line each.
    """

    label: str
    value: str
    unit: str
    since: dt.date
    source: str
    why: str
    is_parameter: bool
    adjustable: str = ""
    adjusted: ToldAdjustment | None = None
    not_applied: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldCell:
    """One period and member judged: as kept, and as people say them.

    `found` says what is recorded of it and why that does not count, where the kind can tell.
    """

    period: str
    member: str
    period_words: str
    member_name: str
    verdict: Verdict
    measured: str | None
    lacking: int | None
    due: dt.date | None
    reason: Reason
    found: str = ""


@dataclass(frozen=True)
class ToldPart:
    """One part of the rule: what it counts, the numbers it compares with, what it found.

    `verdict` is None where the part does not apply. A part that is only shown is computed
    and never judged. `decides` marks the part that gave the verdict.
    """

    label: str
    kind: str
    judged: bool
    decides: bool
    counted: tuple[str, ...]
    thresholds: tuple[ToldThreshold, ...]
    conditions: tuple[ToldCondition, ...]
    verdict: Verdict | None
    measured: str | None
    required: str
    cells: tuple[ToldCell, ...]


@dataclass(frozen=True)
class ToldRecord:
    """A record counted: its id, and its open columns as heading and text."""

    record: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldLedger:
    """The records counted of one ledger."""

    label: str
    records: tuple[ToldRecord, ...]


@dataclass(frozen=True)
class Explanation:
    """Everything behind one finding."""

    clause: Clause
    indicator: str
    item: str
    unit: str
    unit_name: str
    as_of: dt.date
    year: int
    finding: Finding
    parts: tuple[ToldPart, ...]
    ledgers: tuple[ToldLedger, ...]
    steps: tuple[str, ...]
