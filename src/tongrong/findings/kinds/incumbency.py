"""任职: which posts one person should hold, or must not hold, at once."""

from collections.abc import Sequence

from tongrong.engine.kinds.incumbency import Incumbency
from tongrong.findings.telling import EVERY, Measure, Shortfall, Telling, listed


class TellingIncumbency(Telling[Incumbency]):
    """One person must, or must not, hold posts at once."""

    def required(self, measure: Measure) -> str:
        """`≥1` person who holds one post of each list; `全部` holders without the others."""
        return EVERY if measure.whole or self.rule.holders_of else "≥1"

    def gap(self, measure: Measure) -> int | None:
        """How many such persons, or holders, are lacking."""
        if measure.num is None or measure.whole or self.rule.holders_of:
            return super().gap(measure)
        return max(0, 1 - measure.num)

    def counted(self) -> Sequence[str]:
        """The posts compared."""
        if self.rule.one_person_holds:
            return (f"数同时担任{self._together()}的人",)
        spared = f"（兼任{'、'.join(self.rule.but_not)}的除外）" if self.rule.but_not else ""
        holders = "、".join(self.rule.holders_of or [])
        return (f"担任{holders}的每个人{spared}，都不兼任{self._never()}",)

    @property
    def register(self) -> str:
        """The ledger of posts."""
        return "posts"

    @property
    def member_ledger(self) -> str:
        """Members are persons."""
        return "persons"

    def act(self, short: Sequence[Shortfall]) -> str:
        """Which change of posts mends it."""
        if self.rule.one_person_holds:
            return f"由同一人担任{self._together()}，变动登记到“任职”"
        return f"{listed(short)}不再兼任{self._never()}，免职登记到“任职”"

    def _together(self) -> str:
        return "、".join("或".join(posts) for posts in self.rule.one_person_holds or [])

    def _never(self) -> str:
        return "、".join(self.rule.never_hold or [])
