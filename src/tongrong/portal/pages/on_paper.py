"""What a list says of itself on paper, where there is no form: what it was asked, its rows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class OnPaper:
    """What was asked for, label and word; how many rows there are; of which day, if not said."""

    asked: tuple[tuple[str, str], ...]
    rows: str
    day: dt.date | None = None


def on_paper(asked: Iterable[tuple[str, str]], rows: str, day: dt.date | None = None) -> OnPaper:
    """The line above a printed list; what was not asked for is left out."""
    return OnPaper(tuple((label, word) for label, word in asked if word), rows, day)


def rows_told(here: int, count: int, *, many: bool = False, searched: int = 0) -> str:
    """How many rows there are, and how many of them are on this page."""
    if searched:
        found = f"在 {searched} 条里找到 {count} 条"
    else:
        found = f"共 {count} 条以上" if many else f"共 {count} 条"
    return found if here == count and not many else f"{found}，这里是其中 {here} 条"
