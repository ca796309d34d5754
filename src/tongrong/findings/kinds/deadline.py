"""期限: told as what it requires, open until its day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from tongrong.engine.kinds.deadline import Deadline
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.shelf import telling
from tongrong.findings.telling import Measure, Shortfall, Telling


class TellingDeadline(Telling[Deadline]):
    """Another requirement, not counted against before its date."""

    @property
    def _required(self) -> Telling[Any]:
        return telling(replace(self.part, rule=self.rule.requires), self.words)

    def measured(self, measure: Measure) -> str | None:
        """What the requirement measures."""
        return self._required.measured(measure)

    def required(self, measure: Measure) -> str:
        """What the requirement asks."""
        return self._required.required(measure)

    def gap(self, measure: Measure) -> int | None:
        """What the requirement lacks."""
        return self._required.gap(measure)

    def bounds(self, evidence: pa.Table, snapshot: Snapshot) -> Mapping[str, int]:
        """Those of the requirement."""
        return self._required.bounds(evidence, snapshot)

    def counted(self) -> Sequence[str]:
        """What the requirement counts."""
        return (*self._required.counted(), "期限之前没有达到的为推进中，期限起照实判定")

    @property
    def register(self) -> str:
        """That of the requirement."""
        return self._required.register

    @property
    def member_ledger(self) -> str:
        """That of the requirement."""
        return self._required.member_ledger

    @property
    def mendable(self) -> bool:
        """As the requirement."""
        return self._required.mendable

    def act(self, short: Sequence[Shortfall]) -> str:
        """What the requirement asks to do."""
        return self._required.act(short)

    def lost(self) -> str:
        """As the requirement."""
        return self._required.lost()

    def unknown(self) -> str:
        """As the requirement."""
        return self._required.unknown()
