"""A snapshot as Parquet: one `<ledger code>.parquet` per ledger, in its own schema."""

from pathlib import Path

import pyarrow.parquet as pq

from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot


def write_parquet(snapshot: Snapshot, folder: Path) -> None:
    """Writes every ledger, empty ones too, so that no older file is left standing."""
    folder.mkdir(parents=True, exist_ok=True)
    for code in LEDGERS:
        pq.write_table(snapshot[code], folder / f"{code}.parquet", compression="zstd")
