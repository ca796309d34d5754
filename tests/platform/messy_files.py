"""Files as people really send them, each with what must come of it.

A case is a file and either the rows that arrive in the store, or the problems (place and code)
for which the whole file is refused. `python -m tests.platform.messy_files FOLDER` writes them.
"""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.platform.book_bytes import WRITERS, Book, Cells, Page

Row = Mapping[str, Any]
D = dt.date

SEED: Mapping[str, list[dict[str, Any]]] = {
    "enterprises": [
        {"number": "QY01", "name": "样例集团有限公司", "short_name": "样例集团"}
        | {"is_group": True, "founded_on": D(2001, 5, 18)},
        {"number": "QY02", "name": "样例制造有限公司", "short_name": "样例制造"}
        | {"is_group": False, "parent": "QY01", "founded_on": D(2008, 3, 1)},
    ],
    "party_organizations": [
        {"number": "DZ01", "name": "样例集团党委", "kind": "党委", "enterprise": "QY01"}
        | {"leads": True, "founded_on": D(2001, 7, 1)},
        {"number": "ZB01", "name": "样例制造第一党支部", "short_name": "一支部", "kind": "党支部"}
        | {"enterprise": "QY02", "leads": False, "founded_on": D(2009, 7, 1)},
        {"number": "ZB02", "name": "样例集团第一党支部", "short_name": "一支部", "kind": "党支部"}
        | {"enterprise": "QY01", "leads": False, "founded_on": D(2009, 7, 1)},
    ],
    "persons": [
        {"number": "RY01", "name": "样例甲"},
        {"number": "RY02", "name": "样例乙"},
        {"number": "RY03", "name": "样例丙"},
        {"number": "RY04", "name": "样例丙"},
    ],
    "meetings": [
        {"number": "HY01", "unit": "ZB01", "kind": "党课", "held_on": D(2026, 1, 15)},
    ],
}
"""What the store holds before each file: two units of one short name, two persons of one name."""

MEETING = ("number", "unit", "kind", "held_on")
HEAD = ["会议编号", "召开单位编号", "会议类型", "召开日期"]
ONE = ["HY02", "ZB01", "党课", D(2026, 3, 5)]


@dataclass(frozen=True)
class Case:
    """One file: its name, its bytes, and what comes of it.

    `arrives` are the rows added, by ledger, as far as the case says; `refused` the problems as
    (place without the file's name, code). `told` are words of the notes, `hints` words of the
    remedies, `columns` what is said with `--column`.
    """

    name: str
    data: bytes
    arrives: Mapping[str, Sequence[Row]] | None = None
    refused: Sequence[tuple[str, str]] = ()
    told: Sequence[str] = ()
    hints: Sequence[str] = ()
    columns: Sequence[str] = ()


def meetings(*rows: Sequence[Any]) -> dict[str, list[Row]]:
    """Rows of meetings as they arrive: number, unit, kind, day."""
    return {"meetings": [dict(zip(MEETING, row, strict=True)) for row in rows]}


def book(rows: Cells, sheet: str = "会议活动", form: str = "xlsx", **more: Any) -> bytes:
    """A workbook of one sheet."""
    return WRITERS[form](Book([Page(sheet, rows, **more)]))


def pages(*given: Page, form: str = "xlsx") -> bytes:
    """A workbook of several sheets."""
    return WRITERS[form](Book(list(given)))


def cases() -> dict[str, Case]:
    """Every case by its title."""
    from tests.platform import messy_cells, messy_kinds, messy_sheets, messy_words

    found: dict[str, Case] = {}
    for module in (messy_kinds, messy_cells, messy_sheets, messy_words):
        for title, case in module.cases().items():
            assert title not in found, title
            found[title] = case
    return found


def write(folder: Path) -> None:
    """Writes the file of every case into a folder of its own."""
    for title, case in cases().items():
        place = folder / title
        place.mkdir(parents=True, exist_ok=True)
        (place / case.name).write_bytes(case.data)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
