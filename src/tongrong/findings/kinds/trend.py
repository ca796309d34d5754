"""趋势: a share at the end of the latest closed year against the year before."""

from collections.abc import Sequence

from tongrong.engine.kinds.trend import Trend
from tongrong.findings.kinds.ratio import amount_words
from tongrong.findings.telling import EVERY, Measure, Shortfall, Telling


class TellingTrend(Telling[Trend]):
    """A measure rises from one closed year to the next, or has reached its target."""

    def measured(self, measure: Measure) -> str | None:
        """The closed year's share."""
        return None if measure.num is None else f"{measure.num}/{measure.den}"

    def required(self, measure: Measure) -> str:
        """Higher than a year before."""
        return EVERY if measure.whole else "高于上年"

    def gap(self, measure: Measure) -> int | None:
        """A year's end that is over cannot move: no number."""
        return super().gap(measure) if measure.whole else None

    def counted(self) -> Sequence[str]:
        """Numerator and denominator at both year ends."""
        words = [
            f"分子：年末{amount_words(self.words, self.rule.numerator, None)}",
            f"分母：年末{amount_words(self.words, self.rule.denominator, None)}",
            "最近一个已结束年度的年末，比再上一年的年末",
        ]
        if self.rule.target:
            words.append("两年相等的，达到规定水平也算达标")
        return words

    @property
    def register(self) -> str:
        """The ledger of the denominator."""
        return self.rule.denominator.ledger

    @property
    def looks_back(self) -> bool:
        """The year before stands beside the closed one."""
        return True

    @property
    def mendable(self) -> bool:
        """Two year ends gone by stay as they were."""
        return False

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to record while figures are open."""
        del short
        return f"补登两个年末的{amount_words(self.words, self.rule.denominator, None)}"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        return "年末数已定；本年末前提高比例，由下一年度的判定体现"

    def unknown(self) -> str:
        """Which states to record."""
        return self.act(())
