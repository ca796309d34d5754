"""Looks over an .xlsx workbook's parts before it is opened: too large a sheet, cells with errors.

The fast reader sets aside memory for the whole rectangle a sheet spans and dies if that is
too much; and it gives a cell whose formula failed, or was never worked out, as an empty one.
Both are seen here, and for the other formats in `records_scan.py` and `ods_scan.py`.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

UNCALCULATED = "#未计算"
"""What stands for a formula whose value the program that wrote the file never worked out."""
MOST_CELLS = 40_000_000
MOST_BYTES = 2_000_000_000
_CHUNK = 1 << 22
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)


_NO_VALUE = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>"
)


@dataclass
class SheetScan:
    """The span of a sheet and its cells that show a formula error (row from 1, column from 0).

    `merged` are the cells merged downwards: first row, last row, column.
    """

    width: int = 0
    height: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    def spans(self, row: int, column: int) -> None:
        """Note that there is a cell in this row and column."""
        self.height, self.width = max(self.height, row), max(self.width, column + 1)

    @property
    def too_large(self) -> bool:
        """Whether the rectangle it spans is beyond what is read."""
        return self.width * self.height > MOST_CELLS


@dataclass
class BookScan:
    """Every worksheet by name; whether days are counted from 1904; whether a password locks it."""

    sheets: Mapping[str, SheetScan]
    from_1904: bool = False
    locked: bool = False


def scan_workbook(path: Path) -> BookScan:
    """What is seen in an .xlsx workbook before it is opened.

    Raises:
        zipfile.BadZipFile, KeyError, ElementTree.ParseError: the file is not a workbook.
        ValueError: it unpacks to more than 2 GB.
    """
    with zipfile.ZipFile(path) as parts:
        check_size(parts)
        book = _tree(parts, "xl/workbook.xml")
        sheets = {name: _scan(parts, part) for name, part in _sheet_parts(parts, book)}
    marks = (e.get("date1904", "0") for e in book.iter() if _tag(e) == "workbookPr")
    return BookScan(sheets, from_1904=any(mark in ("1", "true") for mark in marks))


def check_size(parts: zipfile.ZipFile) -> None:
    """Raises ValueError if the parts unpack to more than is read."""
    if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
        raise ValueError("too large")


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet_parts(parts: zipfile.ZipFile, book: ElementTree.Element) -> Iterator[tuple[str, str]]:
    relations = _tree(parts, "xl/_rels/workbook.xml.rels")
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    for element in book.iter():
        if _tag(element) != "sheet":
            continue
        ids = [value for key, value in element.items() if key.rpartition("}")[2] == "id"]
        target = targets.get(ids[0], "") if ids else ""
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in parts.NameToInfo and "worksheets/" in part:
            yield element.get("name", ""), part


def _tree(parts: zipfile.ZipFile, part: str) -> ElementTree.Element:
    text = parts.read(part)
    if b"<!DOCTYPE" in text:
        raise KeyError(part)
    return ElementTree.fromstring(text)  # noqa: S314 without a DTD there are no entities


def _scan(parts: zipfile.ZipFile, part: str) -> SheetScan:
    found = SheetScan()
    columns: set[bytes] = set()
    with parts.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"</c>"), text.rfind(b"</row>"))
            cut = cut if cut > 0 else max(text.rfind(b"<"), 0)
            text, rest = text[:cut], text[cut:]
            _note(text, found, columns)
        _note(rest, found, columns)
    found.width = max((_column_number(letters) for letters in columns), default=0)
    return found


def _note(text: bytes, found: SheetScan, columns: set[bytes]) -> None:
    cells = _CELL.findall(text)
    if not cells:
        return
    columns.update({letters for letters, _ in cells})
    found.height = max(found.height, *map(int, {row for _, row in cells}))
    if b't="e"' in text:
        for letters, row, shown in _ERROR.findall(text):
            found.errors[int(row), _column_number(letters) - 1] = shown.decode(errors="replace")
    if b"<f" in text or b":f" in text:
        for letters, row in _NO_VALUE.findall(text):
            found.errors[int(row), _column_number(letters) - 1] = UNCALCULATED


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
