"""A finding: a verdict with its numbers and reasons, as exact text ready to be shown."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tongrong.findings.points import Points
from tongrong.vocabulary.verdicts import Reason, Verdict


@dataclass(frozen=True)
class Finding:
    """What the system says of one unit and one clause, and why.

    `measured` and `required` are text (`11`, `2/7`, `10/12`; `≥1`, `≥30%`, `全部`).
    `gap` is the whole number still needed, negative where there are too many, 0 where it is
    met or justified, None where a number makes no sense. `part` is the label of the part
    that decided, empty for a clause of one part. `points` is None where the clause gives none.
    """

    unit: str
    clause: str
    verdict: Verdict
    measured: str | None
    required: str
    gap: int | None
    due: dt.date | None
    missing: tuple[str, ...]
    records: tuple[str, ...]
    reason: Reason
    part: str = ""
    points: Points | None = None

    def as_plain(self) -> dict[str, Any]:
        """The finding in JSON's own types, with exactly the documented keys."""
        return {
            "unit": self.unit,
            "clause": self.clause,
            "verdict": self.verdict.value,
            "measured": self.measured,
            "required": self.required,
            "gap": self.gap,
            "due": self.due.isoformat() if self.due else None,
            "missing": list(self.missing),
            "records": list(self.records),
            "reason": self.reason.value or None,
            "points": self.points.as_plain() if self.points else None,
        }
