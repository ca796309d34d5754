"""比例: numerator and denominator as counted, money in 元."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tongrong.engine.amounts import Amount, FigureYear
from tongrong.engine.kinds.ratio import Ratio
from tongrong.facts.columns import Column, Money, Share, Whole
from tongrong.findings.telling import Measure, Shortfall, Telling, listed
from tongrong.findings.wording import Wording, column_label, doubted
from tongrong.vocabulary.quantities import fen_to_yuan, millionths_to_percent

YEARS = {"current": "当年", "last": "上一年度", "closed": "最近一个已结束年度",
         "before": "再上一年度"}  # fmt: skip


class Step(NamedTuple):
    """The least amount people speak of, in kept units, and its word."""

    kept: int
    word: str


STEPS: Mapping[type[Column], Step] = {Money: Step(100, "元"), Share: Step(10_000, "个百分点")}


class TellingRatio(Telling[Ratio]):
    """Numerator ÷ denominator compared with a threshold."""

    def measured(self, measure: Measure) -> str | None:
        """`2/7`; of money `650000.50/120000000.00` in 元, of shares `31%/100%`; None if missing."""
        if measure.whole:
            return super().measured(measure)
        return amounts(self.rule.numerator, measure.num, measure.den)

    def gap(self, measure: Measure) -> int | None:
        """The least further numerator; of money whole 元, of shares whole percent, rounded up."""
        gap, step = super().gap(measure), STEPS.get(summed_kind(self.rule.numerator))
        if gap is None or measure.whole or step is None:
            return gap
        return -(-gap // step.kept) if gap > 0 else gap // step.kept

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
        step = STEPS.get(summed_kind(self.rule.numerator))
        unit = step.word if step else self._unit
        if lacking < 0:
            return f"{where}分子须减少{-lacking}{unit}：{words}"
        if step and self.rule.more_than:
            above = self.words.number(self.rule.more_than)
            return f"{where}分母不变时，分子再增加，使两者之比高于{above}：{words}"
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
        return f"核对并补登：{upper}；{lower}"


def amount_words(words: Wording, amount: Amount, year: FigureYear | None) -> str:
    """What is counted or summed, of which year."""
    said = (YEARS[year] if year else "") + words.selection(amount)
    if amount.sum:
        columns = "、".join(column_label(amount.declared, name) for name in amount.sum)
        return f"{said}的{columns}合计"
    if amount.count == "person":
        return f"{said}的人数"
    return f"{said}的{'数量' if amount.count else '记录数'}"


def summed_kind(amount: Amount) -> type[Column]:
    """The kind of the column an amount sums; a plain column where it counts."""
    summed = amount.declared.columns.get(amount.sum[0]) if amount.sum else None
    return Column if summed is None else type(summed)


def amounts(of: Amount, num: int | None, den: int | None) -> str | None:
    """Numerator and denominator as people write them; None where one is missing."""
    if num is None or den is None:
        return None
    kind = summed_kind(of)
    if kind is Money:
        return f"{fen_to_yuan(num)}/{fen_to_yuan(den)}"
    if kind is Share:
        return f"{millionths_to_percent(num)}/{millionths_to_percent(den)}"
    return f"{num}/{den}"
