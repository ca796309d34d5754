"""The fingerprint of what a row says, by which a repeated row is told from a corrected one."""

import hashlib
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.ledger import STATUS, Ledger


def content_hashes(ledger: type[Ledger], table: pa.Table) -> list[str]:
    """The SHA-256 of each row's canonical content: its state and every value it has.

    Canonical is `name:length:text` for each value present, names in alphabetical order,
    lengths in bytes, days as 2026-03-01, months as their first day, flags as true or false.
    An empty column adds nothing, so declaring a further optional column leaves the
    fingerprints of existing rows as they are.
    """
    parts: list[Any] = [_canonical(name, table[name]) for name in sorted([STATUS, *ledger.columns])]
    joined: Any = pc.binary_join_element_wise(*parts, "")
    return [hashlib.sha256(text.encode()).hexdigest() for text in joined.to_pylist()]


def _canonical(name: str, column: Any) -> Any:
    text = column.cast(pa.string())
    length = pc.binary_length(text).cast(pa.string())
    said: Any = pc.binary_join_element_wise(pa.scalar(name), length, text, pa.scalar(":"))
    return said.fill_null("")
