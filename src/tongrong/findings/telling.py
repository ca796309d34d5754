"""How a clause kind tells what was measured, what is asked and what to do.

The base tells any kind from the thresholds it compares with, so that a new kind needs no
file here; `findings/kinds/<kind>.py` says it better where there is more to say.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Generic, TypeVar

import pyarrow as pa

from tongrong.engine.parameters import comparison
from tongrong.engine.part import Asked, Kind, Part
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.wording import Wording
from tongrong.norms.thresholds import Thresholds

EVERY = "全部"
Rule = TypeVar("Rule", bound=Kind)


@dataclass(frozen=True)
class Measure:
    """What one part measured of a unit, and the day whose thresholds judge it.

    `whole` says that the numbers count cells (periods, members, elements) met of all.
    `bound` is an upper bound that a register sets.
    """

    num: int | None
    den: int | None
    whole: bool
    thresholds: Thresholds
    day: dt.date
    bound: int | None = None

    def value(self, asked: Asked) -> str:
        """The text of a threshold in force on the day."""
        return self.thresholds.value(asked.threshold, self.day)


@dataclass(frozen=True)
class Shortfall:
    """A period and member that falls short: as people say them, and how many are lacking."""

    period: str
    member: str
    lacking: int | None

    @property
    def words(self) -> str:
        """Period, member, or `member（period）`; empty where it has neither."""
        if self.period and self.member:
            return f"{self.member}（{self.period}）"
        return self.period or self.member


class Telling(Generic[Rule]):
    """Tells a part of any kind, from the thresholds it compares with."""

    graded: ClassVar[bool] = False
    """Whether what is measured is a score, which says itself how much of the points there is."""

    def __init__(self, part: Part, rule: Rule, words: Wording) -> None:
        self.part, self.rule, self.words = part, rule, words

    # --- numbers ---------------------------------------------------------------------------

    def measured(self, measure: Measure) -> str | None:
        """The number measured, or numerator/denominator; None where there is none."""
        if measure.num is None:
            return None
        if measure.whole or self.is_share:
            return f"{measure.num}/{measure.den}"
        return str(measure.num)

    def required(self, measure: Measure) -> str:
        """What is asked: `≥1`, `>50%`, `=5`; `全部` where all cells must be met."""
        if measure.whole:
            return EVERY
        asked = {one.side: one for one in self.rule.thresholds()}
        if "low" in asked and "high" in asked:
            low, high = measure.value(asked["low"]), measure.value(asked["high"])
            return f"={low}" if low == high else f"{low}\u2013{high}"
        for one in asked.values():
            return sign(one) + measure.value(one)
        return EVERY

    def gap(self, measure: Measure) -> int | None:
        """How many are still needed; negative: how many are too many. The denominator stays."""
        if measure.num is None:
            return None
        if measure.whole:
            return (measure.den or 0) - measure.num
        for asked in self.rule.thresholds():
            if asked.of_whole and not measure.den:
                return None
            gap = distance(measure.num, measure.den or 0, asked, measure)
            if gap:
                return gap
        return 0

    def got(self, num: int | None) -> Decimal | None:
        """The part of the full score that was given; None where nothing is scored."""
        del num
        return None

    @property
    def is_share(self) -> bool:
        """Whether what is measured is a share of a denominator."""
        return any(asked.of_whole for asked in self.rule.thresholds())

    def bounds(self, evidence: pa.Table, snapshot: Snapshot) -> Mapping[str, int]:
        """Upper bounds that a register sets, by unit; `evidence` has `unit`, `record`."""
        del evidence, snapshot
        return {}

    # --- words -----------------------------------------------------------------------------

    def counted(self) -> Sequence[str]:
        """What is counted, in plain words, a line each."""
        return ()

    @property
    def register(self) -> str:
        """The code of the ledger without whose rows nothing can be judged; may be empty."""
        return ""

    @property
    def member_ledger(self) -> str:
        """The ledger whose codes the members are; empty where members are plain words."""
        return ""

    @property
    def looks_back(self) -> str:
        """What it says after the year before, if it compares with that."""
        return ""

    @property
    def mendable(self) -> bool:
        """Whether what is unmet can still turn met for the same period, member or day."""
        return not self.rule.per

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to do about what falls short, without the day by which."""
        return f"{listed(short)}按上面的要求补齐，并登记到台账"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        return "所属期间已经结束，过后办理的不算在那一期"

    def unknown(self) -> str:
        """What to record where a measure is missing."""
        return "补登计算所需的数据"

    def unordered(self) -> str:
        """What to record where nothing says which of two came first."""
        return "补登当天各次会议的“实际开始时间”，先后才能判断"


def sign(asked: Asked) -> str:
    """How a measure compares with a threshold."""
    return {"at_least": "≥", "more_than": ">", "at_most": "≤"}[asked.how]


def distance(num: int, den: int, asked: Asked, measure: Measure) -> int:
    """The least change of the numerator that reaches what is asked; 0 where it is reached."""
    k, p, q = comparison(asked, measure.thresholds, measure.day)
    bound = den * p + q
    if num * k >= bound:
        return 0
    return -(-bound // k) - num if k > 0 else -bound // -k - num


def listed(short: Sequence[Shortfall], most: int = 6) -> str:
    """Periods and members one after another, and how many more; ends with a colon.

    Members of one period share it: `2026年3月，张三、李四：`; else each names its own.
    """
    periods = {one.period for one in short}
    members = all(one.member for one in short)
    shared = periods.pop() if len(periods) == 1 and members else ""
    said = (one.member if shared else one.words for one in short)
    words = list(dict.fromkeys(filter(None, said)))
    if not words:
        return ""
    more = f"等{len(words)}项" if len(words) > most else ""
    return f"{shared}{shared and '，'}{'、'.join(words[:most])}{more}："
