"""趋势: a share at the end of the latest closed year against the year before."""

from collections.abc import Sequence

from tongrong.engine.kinds.trend import Trend
from tongrong.findings.kinds.ratio import amount_words, amounts
from tongrong.findings.telling import EVERY, Measure, Shortfall, Telling
from tongrong.findings.wording import column_label

REQUIRED = {"up": "高于上年", "not_down": "不低于上年", "not_up": "不高于上年"}


class TellingTrend(Telling[Trend]):
    """A measure rises from one closed year to the next, or has reached its target."""

    def measured(self, measure: Measure) -> str | None:
        """The closed year's share."""
        if self.rule.denominator is None:
            return None if measure.num is None else str(measure.num)
        return amounts(self.rule.numerator, measure.num, measure.den)

    def required(self, measure: Measure) -> str:
        """Higher than a year before, or no lower, or no higher."""
        return EVERY if measure.whole else REQUIRED[self.rule.goes]

    def gap(self, measure: Measure) -> int | None:
        """A year's end that is over cannot move: no number."""
        return super().gap(measure) if measure.whole else None

    def counted(self) -> Sequence[str]:
        """Numerator and denominator of both years."""
        when = "" if self.rule.figures else "年末"
        words = [f"{when}{amount_words(self.words, self.rule.numerator, None)}"]
        if self.rule.denominator is not None:
            lower = f"分母：{when}{amount_words(self.words, self.rule.denominator, None)}"
            words = [f"分子：{words[0]}", lower]
        words.append(f"最近一个已结束年度{when}，同再上一年{when}比较")
        if self.rule.target:
            words.append("两年相等的，达到规定水平也算达标")
        if self.rule.same:
            label = column_label(self.rule.numerator.declared, self.rule.same)
            words.append(f"两年的{label}相同才能比较")
        return words

    @property
    def register(self) -> str:
        """The ledger of the denominator."""
        return (self.rule.denominator or self.rule.numerator).ledger

    @property
    def looks_back(self) -> str:
        """The year before stands beside the closed one: figures of all of it, states at its end."""
        return "年" if self.rule.figures else "年末"

    @property
    def mendable(self) -> bool:
        """Two year ends gone by stay as they were."""
        return False

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to record while figures are open."""
        del short
        amount = self.rule.denominator or self.rule.numerator
        when = "两年的" if self.rule.figures else "两个年末的"
        return f"补登{when}{amount_words(self.words, amount, None)}"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        if self.rule.figures:
            return "已结束年度的数已定；本年度的结果由下一年度的判定体现"
        return "年末数已定；本年末前提高比例，由下一年度的判定体现"

    def unknown(self) -> str:
        """Which states to record."""
        said = f"核对并{self.act(())}"
        if self.rule.denominator is not None and self.rule.figures:
            said += "，分子也要有；分母为零或负数（如资不抵债）的，不能比较"
        if self.rule.same:
            label = column_label(self.rule.numerator.declared, self.rule.same)
            said += f"，两年用同一{label}"
        return said
