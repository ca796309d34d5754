"""What is missing, as people say it: names for codes, periods in words."""

from collections.abc import Iterable

from tongrong.engine.run import Evaluation
from tongrong.findings.calendar_words import period_words
from tongrong.findings.finding import Finding
from tongrong.findings.names import Names
from tongrong.findings.shelf import telling
from tongrong.findings.wording import Wording


class MissingWords:
    """Tells what findings of one evaluation miss."""

    def __init__(self, evaluation: Evaluation, names: Names) -> None:
        words = {one.name: Wording(one.checklist, one.moment.today) for one in evaluation.editions}
        self._names = names
        self._ledgers = {
            bound.clause.id: [
                telling(part, words[part.version]).member_ledger for part in bound.parts
            ]
            for bound in evaluation.clauses
        }

    def of(self, finding: Finding) -> list[str]:
        """Each thing missing: `2026年3月`, `张三`, `2026年第1季度 张三`."""
        ledgers = list(filter(None, self._ledgers[finding.clause]))
        return [self._told(label, ledgers) for label in finding.missing]

    def _told(self, label: str, ledgers: Iterable[str]) -> str:
        said = []
        for piece in label.split("/"):
            named = (self._names.of(ledger, piece) for ledger in ledgers)
            name = next((one for one in named if one != piece), None)
            said.append(name or period_words(piece))
        return " ".join(said)
