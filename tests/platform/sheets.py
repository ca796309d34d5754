"""Builders for the tests of sheets: workbooks typed cell by cell, snapshots of any content."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
import yaml
from hypothesis import strategies as st
from tests.platform.rows import CREDIT_CODES, IDENTITY_NUMBERS, INDUSTRIES

from tongrong.facts import columns as kinds
from tongrong.facts.cell_text import NIL, NONE
from tongrong.facts.cells import FORMULA_ERRORS
from tongrong.facts.ledger import STATUS, STATUSES, Ledger
from tongrong.facts.reading import FilesRefused, Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.samples import FOLDER
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Broken:
    """A cell whose formula failed, as a spreadsheet saves it."""

    shows: str


def wide(text: str) -> str:
    """The text in full-width letters, digits and punctuation."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def a_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook with exactly these cells, each of the type given."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        forms = {dt.date: "yyyy-mm-dd", dt.datetime: "yyyy-mm-dd hh:mm", dt.time: "hh:mm"}
        styles = {kind: book.add_format({"num_format": form}) for kind, form in forms.items()}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Broken):
                        sheet.write_formula(at, column, "=1/0", None, cell.shows)
                    elif type(cell) in styles:
                        sheet.write_datetime(at, column, cell, styles[type(cell)])
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif cell is not None:
                        sheet.write(at, column, cell)
    return path


def a_folder(path: Path, files: Mapping[str, str], encoding: str = "utf-8") -> Path:
    """A folder with these text files."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name).write_bytes(text.encode(encoding))
    return path


def sample_cells(code: str, **changed: Any) -> list[list[Any]]:
    """The headings and first sample row of a ledger, some cells changed (None: left empty)."""
    text = (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    row: dict[str, Any] = yaml.load(text, yaml.BaseLoader)[0]  # noqa: S506 makes only text
    unknown = set(changed) - {column.label for column in LEDGERS[code].columns.values()}
    assert not unknown, unknown
    row |= changed
    return [list(row), list(row.values())]


def refused(read: Any, path: Path) -> list[Problem]:
    """The problems for which a reading is refused."""
    with pytest.raises(FilesRefused) as caught:
        read(path)
    return list(caught.value.problems)


def unequal(reading: Reading, snapshot: Snapshot) -> list[str]:
    """The ledgers in which a reading differs from the snapshot."""
    return [code for code in LEDGERS if not reading.snapshot[code].equals(snapshot[code])]


_WIDTHLESS = "".join(map(chr, [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]))
_WIDTHLESS += "".join(map(chr, [*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]))
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u3000\u200b\ufeff"


def _text(longest: int, *, one_line: bool, key: bool) -> st.SearchStrategy[str]:
    characters = st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp"),
        exclude_characters=_WIDTHLESS + ("|" if key else "") + (_WIDE if one_line else ""),
        include_characters=" " if one_line else " \n",
    )
    typical = st.sampled_from(["=1+1", "0012", "_x0041_", "a,b;“c”", "'x", "是", "2026-03", "+86"])
    return (st.text(characters, min_size=1, max_size=min(longest, 30)) | typical).map(
        lambda text: _allowed(text.strip(_BLANK)[:longest].strip(_BLANK), one_line=one_line)
    )


def _allowed(text: str, *, one_line: bool) -> str:
    """Not empty, no formula error, no code in scientific notation, no stroke for a code."""
    if one_line and (text in NIL or text == NONE):
        return "甲"
    return "甲" if not text or text in FORMULA_ERRORS or "E+" in text.upper() else text


_DAYS = st.dates(dt.date(1840, 1, 1), dt.date(2100, 12, 31))
_VALUES: Mapping[type[kinds.Column], Callable[[Any], st.SearchStrategy[Any]]] = {
    kinds.Text: lambda column: _text(column.longest, one_line=False, key=column.key),
    kinds.Code: lambda column: _text(column.longest, one_line=True, key=True),
    kinds.Reference: lambda column: _text(64, one_line=True, key=column.key),
    kinds.Choice: lambda column: st.sampled_from(column.choices),
    kinds.Choices: lambda column: st.sets(st.sampled_from(column.choices), min_size=1).map(
        lambda picked: f"、{'、'.join(c for c in column.choices if c in picked)}、"
    ),
    kinds.Day: lambda _: _DAYS,
    kinds.Month: lambda _: _DAYS.map(lambda day: day.replace(day=1)),
    kinds.Clock: lambda _: st.integers(0, 24 * 60 - 1),
    kinds.Flag: lambda _: st.booleans(),
    kinds.Whole: lambda _: st.integers(0, 10**18 - 1),
    kinds.Share: lambda _: st.integers(0, 1_000_000),
    kinds.CreditCode: lambda _: st.sampled_from(CREDIT_CODES),
    kinds.IdentityNumber: lambda _: st.sampled_from(IDENTITY_NUMBERS),
    kinds.Industry: lambda _: st.sampled_from(INDUSTRIES),
    kinds.Year: lambda _: st.integers(1949, 2100),
    kinds.Money: lambda _: st.integers(1 - 10**18, 10**18 - 1) | st.integers(0, 10**9),
}


def _rows(ledger: type[Ledger]) -> st.SearchStrategy[list[dict[str, Any]]]:
    cells = {name: _VALUES[type(column)](column) for name, column in ledger.columns.items()}
    for name, column in ledger.columns.items():
        if column.optional:
            cells[name] |= st.none()
    keys = ledger.keys()
    row = st.fixed_dictionaries({**cells, STATUS: st.sampled_from(STATUSES)})
    return st.lists(row, max_size=3, unique_by=lambda row: tuple(row[key] or "" for key in keys))


def snapshots() -> st.SearchStrategy[Snapshot]:
    """Any snapshot a sheet could hold: every ledger, every column, keys that differ.

    References need not resolve: that is checked apart from reading.
    """
    return st.fixed_dictionaries({code: _rows(ledger) for code, ledger in LEDGERS.items()}).map(
        Snapshot.of_rows
    )
