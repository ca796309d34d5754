"""人数: how many more or fewer, against a threshold or a number that a register sets."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from tongrong.engine.kinds.headcount import Headcount, Quota
from tongrong.facts.columns import Choice
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.rows import tuples
from tongrong.findings.telling import Measure, Shortfall, Telling
from tongrong.findings.wording import column_label, column_of, doubted, ledger_label


class TellingHeadcount(Telling[Headcount]):
    """The number in a register at D lies in a range."""

    def required(self, measure: Measure) -> str:
        """`≥1`, `=5`; `≤12` where a register sets the number, `≤核定职数` unknown."""
        quota = self._quota
        if measure.whole or quota is None:
            return super().required(measure)
        if measure.bound is None:
            return f"≤{column_label(quota.declared, quota.sum)}"
        return f"≤{measure.bound}"

    def gap(self, measure: Measure) -> int | None:
        """Too few: how many more; too many: how many fewer, negative."""
        gap = super().gap(measure)
        if gap or measure.num is None or measure.bound is None:
            return gap
        return min(0, measure.bound - measure.num)

    def bounds(self, evidence: pa.Table, snapshot: Snapshot) -> Mapping[str, int]:
        """The numbers set in the register, by unit, from the records counted."""
        quota = self._quota
        if quota is None:
            return {}
        rows = snapshot[quota.ledger].select(["record", quota.sum])
        found = evidence.select(["unit", "record"]).join(rows, "record", join_type="inner")
        summed = found.group_by("unit").aggregate([(quota.sum, "sum")])
        return dict(tuples(summed, "unit", f"{quota.sum}_sum"))

    @property
    def _quota(self) -> Quota | None:
        return self.rule.at_most if isinstance(self.rule.at_most, Quota) else None

    @property
    def _unit(self) -> str:
        kinds = isinstance(column_of(self.rule.of.declared, self.rule.count), Choice)
        return "人" if self.rule.count == "person" else "种" if kinds else "个"

    @property
    def _counted_words(self) -> str:
        """What is counted, with its heading where the kinds of it are."""
        words = self.words.selection(self.rule.of)
        label = column_label(self.rule.of.declared, self.rule.count)
        return f"{words}的{label}" if self._unit == "种" else words

    def counted(self) -> Sequence[str]:
        """What is counted, and what sets the upper bound."""
        words = [f"数{self._counted_words}，现有几{self._unit}"]
        if self._quota:
            label = column_label(self._quota.declared, self._quota.sum)
            words.append(f"上限：{self.words.rows(self._quota)}的{label}")
        return words

    @property
    def register(self) -> str:
        """The ledger counted."""
        return self.rule.of.ledger

    def act(self, short: Sequence[Shortfall]) -> str:
        """How many more or fewer."""
        lacking = next((one.lacking for one in short if one.lacking), None)
        words = self._counted_words
        if lacking is None:
            return f"登记{words}"
        if lacking > 0:
            return f"再增加{lacking}{self._unit}，登记到{words}"
        return f"减少{-lacking}{self._unit}：{words}，变动登记到该台账"

    def unknown(self) -> str:
        """The number to be set, or the columns left blank."""
        if self._quota is None:
            return f"补登还空着的{doubted(self.rule.of)}，才能判断"
        wanted = self.words.rows(self._quota).removeprefix(ledger_label(self._quota.ledger))
        return f"在{ledger_label(self._quota.ledger)}登记一条{wanted}"
