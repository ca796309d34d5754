"""What was withdrawn with a record, in words."""

from collections.abc import Mapping

from tongrong.facts.registry import LEDGERS


def parts_told(parts: Mapping[str, int]) -> str:
    """`，连同议题 1 条、出席情况 2 条`; empty where nothing was."""
    said = "、".join(f"{LEDGERS[code].label} {count} 条" for code, count in parts.items())
    return f"，连同{said}" if said else ""
