"""Stored verdicts in words: from the few numbers kept, without judging again."""

import re
from dataclasses import dataclass

from tongrong.engine.again import Norms
from tongrong.engine.judged import Judged
from tongrong.engine.part import Part
from tongrong.findings.calendar_words import period_words
from tongrong.findings.from_engine import gap_of
from tongrong.findings.shelf import telling
from tongrong.findings.telling import Measure
from tongrong.findings.wording import Wording
from tongrong.vocabulary.verdicts import Verdict

_PERIOD = re.compile(r"\d{4}(-\d\d|Q\d|H\d|-\d{4})?")
MOST_NAMED = 4


@dataclass(frozen=True)
class Numbers:
    """What was measured, what is asked, and what is still needed; empty where there is none."""

    measured: str
    required: str
    gap: str
    decided_by: str


class KeptWords:
    """Tells the stored verdicts of one checklist.

    The numbers asked are the checklist's own; what a unit was set otherwise, and bounds that a
    register sets, the explanation tells.
    """

    def __init__(self, norms: Norms) -> None:
        self._words = {one.name: Wording(one.checklist, one.moment.today) for one in norms.editions}
        self._editions = {one.name: one for one in norms.editions}
        self._parts = {part.index: part for one in norms.bound.values() for part in one.parts}

    def numbers(self, kept: Judged) -> Numbers:
        """The numbers of a verdict."""
        verdict = kept.severity.verdict
        part = self._parts.get(kept.part)
        if part is None or verdict is Verdict.NOT_APPLICABLE:
            return Numbers("", "", "", "")
        told, measure = telling(part, self._words[part.version]), self._measure(part, kept)
        gap = gap_of(verdict, told, measure)
        said = "" if not gap else f"还差 {gap}" if gap > 0 else f"超出 {-gap}"
        return Numbers(told.measured(measure) or "", told.required(measure), said, part.label)

    def _measure(self, part: Part, kept: Judged) -> Measure:
        edition = self._editions[part.version]
        return Measure(
            num=kept.num,
            den=kept.den,
            whole=not kept.single and kept.num is not None,
            thresholds=edition.checklist.thresholds,
            day=edition.moment.today,
        )


def missing_words(missing: tuple[str, ...]) -> str:
    """What a verdict misses, in short: `2026年5月、2026年7月等4项`; members are counted only."""
    pieces = [one.split("/") for one in missing]
    periods = list(dict.fromkeys(p for one in pieces for p in one if _PERIOD.fullmatch(p)))
    others = len({tuple(p for p in one if not _PERIOD.fullmatch(p)) for one in pieces} - {()})
    named = "、".join(period_words(one) for one in periods[:MOST_NAMED])
    more = f"等{len(periods)}期" if len(periods) > MOST_NAMED else ""
    counted = f"{others}个对象" if others else ""
    return "，".join(filter(None, (f"{named}{more}", counted)))
