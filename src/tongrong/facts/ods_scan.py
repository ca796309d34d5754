"""Looks over an .ods workbook before it is opened, as `workbook_scan` does .xlsx."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tongrong.facts.workbook_scan import BookScan, SheetScan, check_size

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def scan_ods(path: Path) -> BookScan:
    """What is seen in an .ods workbook before it is opened.

    Raises:
        zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError: it is no whole workbook.
    """
    with zipfile.ZipFile(path) as parts:
        check_size(parts)
        with parts.open("content.xml") as stream:
            if b"<!DOCTYPE" in stream.read(4096):
                raise KeyError("content.xml")
        with parts.open("content.xml") as stream:
            return BookScan(_sheets(stream))


def _sheets(stream: IO[bytes]) -> dict[str, SheetScan]:
    sheets: dict[str, SheetScan] = {}
    found, row, depth = SheetScan(), 0, 0
    for event, element in _events(stream):
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                found, row = SheetScan(), 0
                sheets[element.get(f"{_TABLE}name", "")] = found
            elif event == "end":
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row" and depth == 1:
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            _note_row(element, found, row, repeated)
            row += repeated
            element.clear()
    return sheets


def _events(stream: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    # expat bounds what entities may grow to, and the file has no DTD to declare any.
    yield from ElementTree.iterparse(stream, ("start", "end"))  # noqa: S314


def _note_row(element: ElementTree.Element, found: SheetScan, row: int, repeated: int) -> None:
    column = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        wide = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if cell.get(f"{_OFFICE}value-type") or len(cell):
            found.spans(row + repeated, column + wide - 1)
            tall = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            if tall > 1:
                found.merged.append((row + 1, row + tall, column))
            if cell.get(_ERROR) == "error":
                shown = "".join(cell.itertext()).strip()
                found.errors.update(
                    ((row + 1 + at, column + right), shown if shown.startswith("#") else "#N/A")
                    for at in range(min(repeated, 1000))
                    for right in range(min(wide, 1000))
                )
        column += wide
