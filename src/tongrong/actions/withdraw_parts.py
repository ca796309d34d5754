"""Withdraws the parts of a record with it: agenda and attendance are nothing without a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongrong.actions.marks import touched_by
from tongrong.actions.versions import LedgerOutcome, Stamp, write_versions
from tongrong.engine.concerned import Touched
from tongrong.facts.ledger import STATUS, WITHDRAWN, Ledger
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.parts import parts_of


@dataclass(frozen=True)
class Parts:
    """What became of the parts of a record: the versions written, by ledger, and the records."""

    outcomes: Sequence[LedgerOutcome] = ()
    touched: Sequence[Touched] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many were withdrawn, by the code of their ledger."""
        return {one.code: one.withdrawn for one in self.outcomes}


def withdraw_parts(ledger: type[Ledger], code: str, stamp: Stamp) -> Parts:
    """Withdraw all parts of a record of a code, under the stamp of the write that withdraws it.

    Call it inside the transaction of that write, by whoever may withdraw the record: its parts
    are of the same unit.
    """
    outcomes: list[LedgerOutcome] = []
    touched: list[Touched] = []
    for own, before in parts_of(ledger, code):
        names = own.arrow_schema().names
        rows = [{n: getattr(one, n) for n in names} | {STATUS: WITHDRAWN} for one in before]
        table = Snapshot.of_rows({own.code: rows})[own.code]
        outcomes.append(write_versions(own, table, None, stamp))
        touched += map(touched_by, [own] * len(rows), before, rows)
    return Parts(outcomes, touched)
