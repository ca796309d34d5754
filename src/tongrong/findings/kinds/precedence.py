"""先后: which matters were decided without an earlier study that agreed."""

from collections.abc import Sequence

from tongrong.engine.kinds.precedence import Precedence
from tongrong.facts.columns import Reference
from tongrong.findings.telling import Shortfall, Telling, listed
from tongrong.findings.wording import column_label, test_words


class TellingPrecedence(Telling[Precedence]):
    """Every later event has an earlier one on the same matter that agreed last."""

    def counted(self) -> Sequence[str]:
        """What must come first, what comes after, and what makes them belong together."""
        declared = self.rule.earlier.declared
        same = "、".join(column_label(declared, name) for name in self.rule.same.values())
        return (
            f"先：{self.words.selection(self.rule.earlier)}",
            f"后：{self.words.selection(self.rule.later)}",
            f"{same}相同的才是一回事；在后者之前的最后一次须{self._agreed()}",
        )

    @property
    def register(self) -> str:
        """The ledger of what comes after."""
        return self.rule.later.ledger

    @property
    def member_ledger(self) -> str:
        """The ledger the member column refers to."""
        column = self.rule.later.declared.columns.get(self.rule.member)
        return column.to if isinstance(column, Reference) else self.rule.later.ledger

    @property
    def mendable(self) -> bool:
        """A decision made cannot be studied beforehand any more."""
        return False

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to check in the records."""
        return f"{listed(short)}核对研究与决定的记录"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        if self._day:
            return f"已过{self._day}，过后补的不算在前；今后先办到“{self._agreed()}”，再到这一天"
        return "决定已经作出，事后研究不算在前；今后同类事项先研究、后决定"

    def unordered(self) -> str:
        """What to record where nothing says which came first."""
        if self._day:
            return f"{self._day}与会议在同一天，分不出先后：核对两个日期，登错的改正"
        return super().unordered()

    @property
    def _day(self) -> str:
        """The day that is no event of its own but a column of what comes after."""
        later = self.rule.later
        return f"“{column_label(later.declared, later.dated)}”" if later.dated else ""

    def _agreed(self) -> str:
        declared = self.rule.earlier.declared
        return "；".join(test_words(declared, n, test) for n, test in self.rule.agree.items())
