"""评定: a score by a named assessor, until it expires."""

from collections.abc import Sequence
from decimal import Decimal

from tongrong.engine.kinds.assessment import Assessment
from tongrong.facts.ledgers.documents import FULL_SCORE
from tongrong.findings.telling import Shortfall, Telling


class TellingAssessment(Telling[Assessment]):
    """The newest valid score of the clause reaches the pass mark."""

    graded = True

    def got(self, num: int | None) -> Decimal | None:
        """The score, of the most that can be given."""
        return None if num is None else Decimal(num) / FULL_SCORE

    def counted(self) -> Sequence[str]:
        """Which score counts."""
        by = f"由{self.rule.assessed_by}作出、" if self.rule.assessed_by else ""
        return (f"“评定”台账中判据编号为{self.part.clause}、{by}在有效期内的最近一次得分",)

    def act(self, short: Sequence[Shortfall]) -> str:
        """Ask for a score, or for another one after mending."""
        if any(one.lacking for one in short):
            return f"整改后请{self.rule.assessed_by or '评定人'}重新评定，达到合格分，登记到“评定”"
        return self.unknown()

    def unknown(self) -> str:
        """The score to record."""
        who = self.rule.assessed_by or "评定人"
        return f"请{who}评定打分，登记到“评定”（判据编号{self.part.clause}）"
