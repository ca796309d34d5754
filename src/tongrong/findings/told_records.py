"""The records counted, readable: headings in Chinese, names for codes, personal data left out."""

from collections.abc import Iterable, Iterator
from typing import Any

from tongrong.facts.cells import show
from tongrong.facts.columns import Column, Privacy, Reference
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explanation import ToldLedger, ToldRecord
from tongrong.findings.names import Names
from tongrong.findings.rows import among


def told_records(
    records: Iterable[str], snapshot: Snapshot, names: Names
) -> tuple[ToldLedger, ...]:
    """The records by ledger, in the order of their ids.

    Only open columns are told; of a person the name behind the code, and nothing else.
    """
    by_ledger: dict[str, list[str]] = {}
    for record in records:
        by_ledger.setdefault(record.partition("/")[0], []).append(record)
    return tuple(
        ToldLedger(LEDGERS[code].label, tuple(_told(code, ids, snapshot, names)))
        for code, ids in by_ledger.items()
    )


def _told(code: str, ids: list[str], snapshot: Snapshot, names: Names) -> Iterator[ToldRecord]:
    ledger = LEDGERS[code]
    columns = {name: c for name, c in ledger.columns.items() if c.privacy is Privacy.OPEN}
    rows = among(snapshot[code], "record", ids).to_pylist()
    by_id: dict[str, dict[str, Any]] = {row["record"]: row for row in rows}
    for record in ids:
        row = by_id.get(record, {})
        values = (
            (column.label, _text(column, row[name], names))
            for name, column in columns.items()
            if row.get(name) is not None
        )
        yield ToldRecord(record, tuple((_heading(ledger, label), text) for label, text in values))


def _text(column: Column, value: Any, names: Names) -> str:
    return names.of(column.to, value) if isinstance(column, Reference) else show(column, value)


def _heading(ledger: type[Ledger], label: str) -> str:
    """The heading without “编号” where a name stands in place of the code."""
    shown = {c.label: c.label.removesuffix("编号") for c in ledger.references().values()}
    return shown.get(label) or label
