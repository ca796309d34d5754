"""What the page of an import says of its report, with the verdicts as lamps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.portal.jobs.import_report import CHECKED, REFUSED, TAKEN_IN, stage_of
from tongrong.portal.pages.record import Turned
from tongrong.queries.jobs import JobView
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
    def clean(self) -> bool:
        """Whether the file can be taken in whole."""
        return self.checked and not self.report["count"]


def told_import(job: JobView, report: Mapping[str, Any]) -> ToldImport | None:
    """What is told; None where nothing came of it yet."""
    if not report or not job.over:
        return None
    stage = stage_of(job, report)
    return ToldImport(
        report=report,
        checked=stage == CHECKED,
        refused=stage == REFUSED,
        taken_in=stage == TAKEN_IN,
        good=sum(sum(counts) for _, *counts in report.get("ledgers", ())),
        turned=_turned(report.get("turned")),
    )


def _turned(told: Sequence[Sequence[str]] | None) -> tuple[Turned, ...] | None:
    if told is None:
        return None
    return tuple(
        Turned(unit, name, clause, words, _verdict(before), _verdict(after))
        for unit, name, clause, words, before, after in told
    )


def _verdict(said: str) -> Verdict | None:
    return Verdict(said) if said else None
