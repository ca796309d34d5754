"""Names: what people call the units, persons, meetings and matters behind codes."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from tongrong.facts.cells import show
from tongrong.facts.columns import Choice, Code, Day, Reference, Text
from tongrong.facts.ledger import EFFECTIVE, STATUS, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

UNITS = "units"
UNIT_LEDGERS = ("enterprises", "party_organizations")
NAMED = ("name", "title")


class Names:
    """The names of one snapshot, each ledger read when first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._of_ledger = cache(self._read)

    def of(self, ledger: str, code: str) -> str:
        """The name behind a code of a ledger (`units`: either kind); the code where none is."""
        ledgers = UNIT_LEDGERS if ledger == UNITS else (ledger,)
        for one in ledgers:
            name = self._of_ledger(one).get(code) if one in LEDGERS else None
            if name:
                return name
        return code

    def unit(self, code: str) -> str:
        """The name of an enterprise or Party organization."""
        return self.of(UNITS, code)

    def members(self, ledger: str, member: str) -> str:
        """The names of a member, or of both members of a pair `left/right`."""
        if not ledger:
            return member
        return "与".join(self.of(ledger, code) for code in member.split("/"))

    def _read(self, ledger: str) -> dict[str, str]:
        """Names by code; an effective row's name wins over a draft's or a withdrawn one's."""
        declared, table = LEDGERS[ledger], self._snapshot[ledger]
        code = next((n for n, c in declared.columns.items() if isinstance(c, Code)), None)
        wanted = _naming(declared)
        if code is None or not wanted:
            return {}
        rows = table.select([code, STATUS, *wanted]).to_pylist()
        rows.sort(key=lambda row: bool(row[STATUS] == EFFECTIVE))
        return {row[code]: " ".join(self._texts(declared, row, wanted)) for row in rows}

    def _texts(self, ledger: type[Ledger], row: dict[str, Any], wanted: list[str]) -> Iterator[str]:
        for name in wanted:
            column = ledger.columns[name]
            if row[name] is None:
                continue
            if isinstance(column, Reference):
                yield self.of(column.to, row[name])
            else:
                yield show(column, row[name])


def _naming(ledger: type[Ledger]) -> list[str]:
    """The columns that name a row: its name or title, its day and kind, or whom it ties."""
    columns = ledger.columns
    named = [name for name in NAMED if isinstance(columns.get(name), Text)]
    if named:
        return named
    if isinstance(columns.get("kind"), Choice):
        day = next(name for name, column in columns.items() if isinstance(column, Day))
        return [day, "kind"]
    return [name for name in ledger.references() if name != ledger.owner]
