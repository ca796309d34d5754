"""What the page of an import says of its report, with the verdicts as lamps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.portal.jobs.import_report import CHECKED, REFUSED, TAKEN_IN, stage_of
from tongrong.portal.pages.record import Turned
from tongrong.queries.jobs import JobView
from tongrong.queries.places import names_of_units
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.verdicts import Verdict


@dataclass(frozen=True)
class ToldImport:
    """What came of a file so far; which of the stages it is at, of which one is true.

    `turned` None: nobody has judged it. `good` are the rows that can be taken in.
    """

    report: Mapping[str, Any]
    checked: bool
    refused: bool
    taken_in: bool
    good: int
    turned: tuple[Turned, ...] | None

    @property
    def copy(self) -> bool:
        """Whether there is a copy of the file to mend."""
        return bool(self.report.get("copy"))

    @property
    def clean(self) -> bool:
        """Whether the file can be taken in whole."""
        return self.checked and not self.report["count"]


def told_import(viewer: Viewer, job: JobView, report: Mapping[str, Any]) -> ToldImport | None:
    """What is told; None where nothing came of it yet.

    Verdicts are those of units the viewer may see now: roles end, clearance is taken back.
    """
    if not report or not job.over:
        return None
    stage = stage_of(job, report)
    return ToldImport(
        report=report,
        checked=stage == CHECKED,
        refused=stage == REFUSED,
        taken_in=stage == TAKEN_IN,
        good=sum(sum(counts) for _, *counts in report.get("ledgers", ())),
        turned=_turned(viewer, report.get("turned")),
    )


def _turned(viewer: Viewer, told: Sequence[Sequence[str]] | None) -> tuple[Turned, ...] | None:
    if told is None:
        return None
    names = names_of_units(viewer, Permission.SEE_CHECKLIST, {unit for unit, *_ in told})
    return tuple(
        Turned(unit, names[unit], clause, words, _verdict(before), _verdict(after))
        for unit, _, clause, words, before, after in told
        if unit in names
    )


def _verdict(said: str) -> Verdict | None:
    return Verdict(said) if said else None
