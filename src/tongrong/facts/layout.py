"""Where the table stands in a sheet: its headings, its rows, and what is around it.

Above the headings may stand titles, which may state the unit of all amounts; the headings may
be of several rows, group heads over sub-heads; between and below the rows may stand repeated
headings, sums and notes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tongrong.facts.cell_amounts import MONEY_UNITS
from tongrong.facts.cell_text import is_blank, squeezed
from tongrong.facts.headings import BESIDE, COUNTERS, Match, Meant, match, match_said
from tongrong.facts.ledger import Ledger

FIRST_ROWS, DEEPEST = 30, 3
_SUM = re.compile(r".{0,20}(合计|小计|总计|共计|累计)(\(.*\))?:?")
_NOTE = re.compile(
    r"(注|备注|说明|填[表报写]说明|填[表报]单位.*|填[表报]人|制[表单]人?|审[核批]人?|复核人?"
    r"|(单位|部门)?负责人|联系人|联系电话|(填[表报]|制表|报送)(日期|时间)|单位\(盖章\)|盖章)"
    r"([:(].*)?"
)
_UNIT = re.compile(rf"(.*[^a-z\d])?(金额)?单位:?\(?(人民币)?({'|'.join(MONEY_UNITS)})\)?")

_ASIDE = re.compile("[计注说填制审复负联位盖报]")
"""What some word of a sum or a note has in it: looked for first, as it is quick."""

Row = Sequence[Any]


@dataclass(frozen=True)
class Head:
    """The headings of a sheet: rows `first` to `last` (from 1), a word list per column."""

    first: int
    last: int
    words: tuple[tuple[str, ...], ...]
    matches: Mapping[int, Match]
    unread: frozenset[int]

    @property
    def known(self) -> int:
        """How many of the ledger's columns are named."""
        return len({one.column for one in self.matches.values()})

    @property
    def unknown(self) -> list[int]:
        """The columns whose heading is not known."""
        return [
            at
            for at, words in enumerate(self.words)
            if words and at not in self.matches and at not in self.unread
        ]


def find_head(ledger: type[Ledger], rows: Sequence[Row], said: Sequence[Meant] = ()) -> Head | None:
    """The headings that name most of the ledger's columns; None for a sheet without any cell."""
    best: Head | None = None
    for head in _heads(ledger, rows, said):
        if best is None or head.known > best.known:
            best = head
    return best


def _heads(ledger: type[Ledger], rows: Sequence[Row], said: Sequence[Meant]) -> Iterator[Head]:
    """Every set of rows that may be the headings: flat ones first, so that they win a tie."""
    shown = [n for n, row in enumerate(rows[:FIRST_ROWS]) if not all(map(is_blank, row))]
    for depth in range(1, DEEPEST + 1):
        for first in shown:
            if first + depth <= len(rows):
                words = _words(rows[first : first + depth])
                yield _head(ledger, first + 1, first + depth, words, said)


def _words(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """How each column's heading may be read: with its group heads before it, or alone.

    A group head stands over the columns to its right up to the next one, as merged cells do.
    """
    width = max(map(len, rows))
    texts = [[_text(row, at) for at in range(width)] for row in rows]
    groups = [_carried(row) for row in texts[:-1]]
    found: list[tuple[str, ...]] = []
    for at in range(width):
        own = next((n for n in reversed(range(len(texts))) if texts[n][at]), None)
        if own is None:
            found.append(())
            continue
        above = [group[at] for group in groups[:own] if group[at]]
        word = texts[own][at]
        several = (chosen for n in range(len(above), -1, -1) for chosen in combinations(above, n))
        found.append(tuple("".join([*chosen, word]) for chosen in several))
    return tuple(found)


def _text(row: Row, at: int) -> str:
    cell = row[at] if at < len(row) else None
    return "" if is_blank(cell) else "".join(str(cell).split())


def _carried(row: Sequence[str]) -> list[str]:
    found, last = [], ""
    for text in row:
        last = text or last
        found.append(last)
    return found


def _head(
    ledger: type[Ledger],
    first: int,
    last: int,
    words: tuple[tuple[str, ...], ...],
    said: Sequence[Meant],
) -> Head:
    matches: dict[int, Match] = {}
    unread: set[int] = set()
    for at, readings in enumerate(words):
        found = match_said(ledger, readings, said)
        if found == "" or (readings and squeezed(readings[-1]) in COUNTERS):
            unread.add(at)
        elif found := found or match(ledger, readings):
            matches[at] = found
    return Head(first, last, words, matches, frozenset(unread))


def placed_columns(head: Head) -> tuple[dict[str, int], dict[str, int], list[int]]:
    """Which sheet column holds which ledger column, and which only a name beside its code.

    Of several headings for one column the nearest counts; the third value are the columns
    whose heading is one too many.
    """
    placed: dict[str, int] = {}
    beside: dict[str, int] = {}
    doubled = []
    for at, one in sorted(head.matches.items(), key=lambda pair: (pair[1].nearness, pair[0])):
        if one.column not in placed:
            placed[one.column] = at
        elif one.nearness == BESIDE and one.column not in beside:
            beside[one.column] = at
        else:
            doubled.append(at)
    return placed, beside, sorted(doubled)


def unit_above(rows: Sequence[Row]) -> str | None:
    """The unit of money stated above the headings; None if none is, or more than one."""
    found = {
        unit[4]
        for row in rows
        for cell in row
        if isinstance(cell, str) and (unit := _UNIT.fullmatch(squeezed(cell)))
    }
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Body:
    """The rows of the table with their numbers, and the numbers of the rows left out."""

    rows: list[Row]
    numbers: list[int]
    sums: list[int]
    notes: list[int]


def body_of(rows: Sequence[Row], head: Head) -> Body:
    """The records below the headings; empty rows and repeated headings are no records."""
    body = Body([], [], [], [])
    heading = [squeezed(_text(rows[head.last - 1], at)) for at in range(len(head.words))]
    for number, row in enumerate(rows[head.last :], start=head.last + 1):
        at = next((n for n, cell in enumerate(row) if not is_blank(cell)), None)
        if at is None:
            continue
        kind = _kind(row, at, heading, noted=bool(body.notes))
        if kind is None:
            body.rows.append(row)
            body.numbers.append(number)
        elif kind == "sum":
            body.sums.append(number)
        elif kind == "note":
            body.notes.append(number)
    return body


def _kind(row: Row, at: int, heading: Sequence[str], *, noted: bool) -> str | None:
    """What a row is that is no record, by its first cell: sum, note or heading."""
    cell = row[at]
    if cell.__class__ is not str:
        return None
    if noted and all(map(is_blank, row[at + 1 :])):
        return "note"
    if _ASIDE.search(cell):
        text = squeezed(cell)
        if _SUM.fullmatch(text):
            return "sum"
        if _NOTE.fullmatch(text) and (":" in text or all(map(is_blank, row[at + 1 :]))):
            return "note"
    if at < len(heading) and heading[at] and squeezed(cell) == heading[at]:
        shown = [squeezed(_text(row, n)) for n in range(len(heading))]
        return "heading" if shown == list(heading) else None
    return None
