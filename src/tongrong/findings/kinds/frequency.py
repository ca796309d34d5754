"""频次: how many more records, in which period."""

from collections.abc import Sequence

from tongrong.engine.kinds.frequency import Frequency
from tongrong.engine.selection import Selection
from tongrong.findings.telling import Shortfall, Telling, listed
from tongrong.findings.wording import column_label


class TellingFrequency(Telling[Frequency]):
    """In every period at least n records."""

    def counted(self) -> Sequence[str]:
        """What is counted, and what counts as one."""
        words = f"数{self.words.selection(self.rule.of)}的记录"
        if self.rule.distinct:
            words += f"，{column_label(self.rule.of.declared, self.rule.distinct)}相同的只算一次"
        more = [f"加上{self.words.selection(of)}的记录" for of in self.rule.also]
        return (words, *more)

    @property
    def mendable(self) -> bool:
        """States at D, and what belongs to a year whenever it is recorded."""
        return super().mendable or self.rule.of.by_year

    def act(self, short: Sequence[Shortfall]) -> str:
        """How many more, and where to record them."""
        lacking = {one.lacking for one in short}
        do, unit = ("办", "次") if self.rule.of.is_event else ("有", "个")
        number = f"{lacking.pop()}{unit}" if len(lacking) == 1 else f"所差{unit}数"
        each = "各" if len(short) > 1 else ""
        where = "，或".join(f"登记到{self.words.selection(of)}" for of in self._registers)
        return f"{listed(short)}{each}再{do}{number}，{where}"

    @property
    def _registers(self) -> Sequence[Selection]:
        return (self.rule.of, *self.rule.also)
