"""比例: numerator and denominator as counted, money in 元."""

from collections.abc import Sequence

from tongrong.engine.amounts import Amount, FigureYear
from tongrong.engine.kinds.ratio import Ratio
from tongrong.facts.columns import Money, Whole
from tongrong.findings.telling import Measure, Shortfall, Telling, listed
from tongrong.findings.wording import Wording, column_label, doubted
from tongrong.vocabulary.quantities import fen_to_yuan

YEARS = {"current": "当年", "last": "上一年度", "closed": "最近一个已结束年度",
         "before": "再上一年度"}  # fmt: skip


class TellingRatio(Telling[Ratio]):
    """Numerator ÷ denominator compared with a threshold."""

    def measured(self, measure: Measure) -> str | None:
        """`2/7`; of money `650000.50/120000000.00` in 元; None where a figure is missing."""
        if measure.whole or not self.is_money:
            return super().measured(measure)
        if measure.num is None or measure.den is None:
            return None
        return f"{fen_to_yuan(measure.num)}/{fen_to_yuan(measure.den)}"

    def gap(self, measure: Measure) -> int | None:
        """The least further numerator; of money whole 元, rounded away from zero."""
        gap = super().gap(measure)
        if gap is None or measure.whole or not self.is_money:
            return gap
        return -(-gap // 100) if gap > 0 else gap // 100

    @property
    def is_money(self) -> bool:
        """Whether both sides are sums of money."""
        amount = self.rule.numerator
        return bool(amount.sum) and isinstance(
            amount.declared.columns.get((amount.sum or [""])[0]), Money
        )

    def counted(self) -> Sequence[str]:
        """Numerator and denominator in words."""
        upper, lower = self._sides()
        return f"分子：{upper}", f"分母：{lower}"

    def _sides(self) -> tuple[str, str]:
        years = self.rule.figures
        upper = amount_words(self.words, self.rule.numerator, years.numerator if years else None)
        lower = amount_words(
            self.words, self.rule.denominator, years.denominator if years else None
        )
        return upper, lower

    @property
    def register(self) -> str:
        """The ledger of the denominator."""
        return self.rule.denominator.ledger

    @property
    def mendable(self) -> bool:
        """States at D, and a numerator of the running year; not a year or period gone by."""
        if self.rule.figures:
            return self.rule.figures.numerator == "current"
        return not self.rule.per or self.rule.numerator.by_year

    def act(self, short: Sequence[Shortfall]) -> str:
        """How far the numerator has to move."""
        where, lacking = listed(short), next((one.lacking for one in short), None)
        words = self.words.selection(self.rule.numerator)
        if lacking is None:
            return f"{where}登记{self.words.selection(self.rule.denominator)}等计算所需的数据"
        unit = "元" if self.is_money else self._unit
        if lacking < 0:
            return f"{where}分子须减少{-lacking}{unit}：{words}"
        return f"{where}分母不变时，分子至少再增加{lacking}{unit}：{words}"

    @property
    def _unit(self) -> str:
        """What the numerator counts: persons, the unit of the column summed, or records."""
        amount = self.rule.numerator
        summed = amount.declared.columns.get((amount.sum or [""])[0])
        if isinstance(summed, Whole):
            return summed.unit or "项"
        return "人" if amount.count == "person" else "项"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        if self.rule.figures:
            return "该年度的数已定，从下一年度改进"
        return super().lost()

    def unknown(self) -> str:
        """Which figures to record."""
        blank = doubted(self.rule.numerator, self.rule.denominator.where)
        if blank and not self.rule.figures:
            return f"补登还空着的{blank}，才能判断"
        upper, lower = self._sides()
        return f"核对并补登：{upper}；{lower}。其中一项没有登记，或分母为零"


def amount_words(words: Wording, amount: Amount, year: FigureYear | None) -> str:
    """What is counted or summed, of which year."""
    said = (YEARS[year] if year else "") + words.selection(amount)
    if amount.sum:
        columns = "、".join(column_label(amount.declared, name) for name in amount.sum)
        return f"{said}的{columns}合计"
    if amount.count == "person":
        return f"{said}的人数"
    return f"{said}的{'数量' if amount.count else '记录数'}"
