"""Versions of records: one of them as digests take it."""

from collections.abc import Mapping
from typing import Any

from tongrong.vocabulary.digests import moment_text

LINE = (
    "version",
    "content_hash",
    "recorded_at",
    "recorded_by",
    "recorded_because",
    "source_file",
    "source_row",
)


def line_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the digest of a write's versions says of one of them, given its columns by name."""
    told = {**row, "recorded_at": moment_text(row["recorded_at"])}
    return tuple(told[name] for name in LINE)
