"""文件: which document is not in force, or which elements it lacks."""

from collections.abc import Sequence

from tongrong.engine.kinds.document import Document
from tongrong.findings.telling import Shortfall, Telling


class TellingDocument(Telling[Document]):
    """A document of a type is in force and contains every listed element."""

    def counted(self) -> Sequence[str]:
        """Which document, with what in it, by when."""
        words = [f"现行有效的{self.words.selection(self.rule.selection())}"]
        if self.rule.contains:
            words.append(f"须写明：{'、'.join(self.rule.contains)}；看写得最全的那一份")
        if self.rule.by:
            words.append(f"最迟当年{self.rule.by}生效")
        return words

    @property
    def mendable(self) -> bool:
        """At any time, unless it had to be in force by a day of the year."""
        return not self.rule.by

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to draw up or complete."""
        words = self.words.selection(self.rule.selection())
        if not self.rule.contains:
            return f"制定（或恢复执行）{self.rule.type}，登记到{words}"
        lacking = "、".join(one.member for one in short)
        return f"修订{self.rule.type}，写明{lacking}，并登记到{words}的“写明的内容”"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        return f"须在{self.rule.by}前生效，之后生效的不算当年按时"
