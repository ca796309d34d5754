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
            words.append("最迟在期限那天生效")
        elif self.rule.of_year:
            words.append("最迟在年底生效")
        return words

    def act(self, short: Sequence[Shortfall]) -> str:
        """What to draw up or complete."""
        words = self.words.selection(self.rule.selection())
        if not self.rule.contains:
            return f"制定（或恢复执行）{self.rule.type}，登记到{words}"
        lacking = "、".join(one.member for one in short)
        return f"修订{self.rule.type}，写明{lacking}，并登记到{words}的“写明的内容”"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        return "期限已过，之后生效的不算按时"
