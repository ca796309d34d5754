"""The records counted, readable: headings in Chinese, names for codes, personal data left out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tongrong.facts.cells import show
from tongrong.facts.columns import Column, Privacy, Reference
from tongrong.facts.ledger import Happens, Holds, Ledger, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explanation import ToldLedger, ToldRecord
from tongrong.findings.names import Names
from tongrong.findings.rows import among


def told_records(
    records: Iterable[str], snapshot: Snapshot, names: Names
) -> tuple[ToldLedger, ...]:
    """The records by ledger, the oldest first, those without a day by their ids.

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
    days = _days(ledger, snapshot)
    for record in sorted(ids, key=lambda one: (days(by_id.get(one, {})), _natural(one))):
        row = by_id.get(record, {})
        values = (
            (column.label, _text(column, row[name], names))
            for name, column in columns.items()
            if row.get(name) is not None
        )
        yield ToldRecord(record, tuple((_heading(ledger, label), text) for label, text in values))


def _days(ledger: type[Ledger], snapshot: Snapshot) -> Callable[[Mapping[str, Any]], str]:
    """When a row happened or began, as text that sorts: its own day, or one it is shown with."""
    time = ledger.time
    name = {Happens: "on", Holds: "start", Yearly: "year"}.get(type(time), "")
    on = getattr(time, name) if name else ""
    for column, reference in ledger.references().items():
        carried = on.removeprefix(f"{column}_")
        if carried in reference.carry:
            (key,) = LEDGERS[reference.to].keys()
            codes = snapshot[reference.to].select([key, carried]).to_pylist()
            found = {row[key]: str(row[carried] or "") for row in codes}
            return lambda row: found.get(row.get(column), "")
    return lambda row: str(row.get(on) or "")


def _natural(record: str) -> list[tuple[bool, int, str]]:
    """An id so that M2 stands before M10."""
    parts = re.split(r"(\d+)", record)
    return [(one.isdigit(), int(one) if one.isdigit() else 0, one) for one in parts]


def _text(column: Column, value: Any, names: Names) -> str:
    return names.of(column.to, value) if isinstance(column, Reference) else show(column, value)


def _heading(ledger: type[Ledger], label: str) -> str:
    """The heading without “编号” where a name stands in place of the code."""
    shown = {c.label: c.label.removesuffix("编号") for c in ledger.references().values()}
    return shown.get(label) or label
