"""评定: a score by a named assessor, until it expires."""

from collections.abc import Sequence

from tongrong.engine.kinds.assessment import Assessment
from tongrong.findings.telling import Shortfall, Telling


class TellingAssessment(Telling[Assessment]):
    """The newest valid score of the clause reaches the pass mark."""

    def counted(self) -> Sequence[str]:
        """Which score counts."""
        return (f"“评定”台账中判据编号为{self.part.clause}、在有效期内的最近一次得分",)

    def act(self, short: Sequence[Shortfall]) -> str:
        """Ask for a score, or for another one after mending."""
        if any(one.lacking for one in short):
            return "整改后请评定人重新评定，达到合格分，登记到“评定”"
        return self.unknown()

    def unknown(self) -> str:
        """The score to record."""
        return f"请评定人评定打分，登记到“评定”（判据编号{self.part.clause}）"
