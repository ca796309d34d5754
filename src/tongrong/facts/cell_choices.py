"""Cells that take one of a few words: yes or no, a choice, several choices."""

import re
from collections.abc import Sequence
from typing import Any

from tongrong.facts.cell_text import BLANK, Parser, Refused, closest, squeezed

YES, NO = "是", "否"
_FLAGS = {
    **dict.fromkeys([YES, "√", "✓", "✔", "☑", "y", "yes", "true", "有"], True),
    **dict.fromkeys([NO, "×", "✗", "✘", "☒", "n", "no", "false", "无"], False),
}
"""A letter x is in neither: on some forms it crosses out, on others it ticks."""
_SEPARATORS = re.compile("[、，,；;\n]")


def flag_parser(_: Any) -> Parser:
    """是 or 否, or one of the customary marks for them."""

    def parse(cell: Any) -> bool:
        if isinstance(cell, str) and (said := _FLAGS.get(squeezed(cell))) is not None:
            return said
        raise Refused("flag", "是 或 否", "填“是”或“否”；不清楚的，选填列可留空")

    return parse


def choice_parser(column: Any) -> Parser:
    """One of the column's choices, whatever its width and spaces."""
    known: dict[str, str] = {squeezed(choice): choice for choice in column.choices}

    def parse(cell: Any) -> str:
        text = str(cell)
        if squeezed(text) not in known:
            raise _not_among("choice", text, column.choices)
        return known[squeezed(text)]

    return parse


def choices_parser(column: Any) -> Parser:
    """Some of the column's choices, with a separator or a line break between them."""
    known: dict[str, str] = {squeezed(choice): choice for choice in column.choices}

    def parse(cell: Any) -> str | None:
        picked = set()
        for part in _SEPARATORS.split(cell) if isinstance(cell, str) else [str(cell)]:
            text = part.strip(BLANK)
            if text and squeezed(text) not in known:
                raise _not_among("choices", text, column.choices)
            picked.add(known.get(squeezed(text)))
        kept = [choice for choice in column.choices if choice in picked]
        return f"、{'、'.join(kept)}、" if kept else None

    return parse


def _not_among(code: str, found: str, choices: Sequence[str]) -> Refused:
    near = closest(found, choices)
    several = code == "choices"
    expected = ("下列各项，以“、”分隔：" if several else "下列之一：") + "、".join(choices)
    remedy = f"“{found}”是否应为“{near}”？" if near else f"“{found}”不在其中，请从中选择"
    return Refused(code, expected, remedy)
