"""Looks over the record streams of .xls and .xlsb workbooks, as `workbook_scan` does .xlsx."""

import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import olefile  # type: ignore[import-untyped]

from tongrong.facts.workbook_scan import BookScan, SheetScan, check_size

_ERRORS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_UNKNOWN = "#N/A"

# ---- .xls: [MS-XLS] records of a 16-bit kind and a 16-bit length

_BOF, _EOF, _SHEET, _LOCK, _EPOCH, _SPAN = 0x809, 0x0A, 0x85, 0x2F, 0x22, 0x200
_FORMULA, _TRUTH, _SEVERAL = 0x06, 0x205, (0xBD, 0xBE)
_SINGLE = (_FORMULA, _TRUTH, 0x201, 0x203, 0x204, 0x27E, 0xFD, 0xD6)


def scan_xls(path: Path) -> BookScan:
    """What is seen in an .xls workbook before it is opened.

    Raises:
        ValueError, OSError, struct.error: the file is not a whole workbook.
    """
    with olefile.OleFileIO(path) as parts:
        name = next(n for n in ("Workbook", "Book", "WORKBOOK", "BOOK") if parts.exists(n))
        data = parts.openstream(name).read()
    book = BookScan({})
    starts: list[tuple[str, int]] = []
    for kind, body in _xls_records(data, 0):
        if kind == _LOCK:
            return BookScan({}, locked=True)
        if kind == _EPOCH and body[:2] == b"\1\0":
            book.from_1904 = True
        if kind == _SHEET and len(body) > 7:
            starts.append((_xls_name(body), struct.unpack_from("<I", body)[0]))
    book.sheets = {name: _xls_sheet(data, start) for name, start in starts}
    return book


def _xls_records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    depth = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return


def _xls_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * (2 if wide else 1)].decode(
        "utf-16-le" if wide else "latin-1", errors="replace"
    )


def _xls_sheet(data: bytes, start: int) -> SheetScan:
    found = SheetScan()
    for kind, body in _xls_records(data, start):
        if kind in _SINGLE and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            found.spans(row + 1, column)
            if kind == _TRUTH and len(body) > 7 and body[7]:
                found.errors[row + 1, column] = _ERRORS.get(body[6], _UNKNOWN)
            if kind == _FORMULA and len(body) > 13 and body[12:14] == b"\xff\xff" and body[6] == 2:
                found.errors[row + 1, column] = _ERRORS.get(body[8], _UNKNOWN)
        elif kind in _SEVERAL and len(body) >= 6:
            found.spans(struct.unpack_from("<H", body)[0] + 1, struct.unpack("<H", body[-2:])[0])
        elif kind == _SPAN and len(body) >= 12:
            # The fast reader sets aside what is claimed here, whether there are cells or not.
            first, last, left, right = struct.unpack_from("<IIHH", body)
            if last > first and right > left:
                found.spans(last - first, right - left - 1)
    return found


# ---- .xlsb: [MS-XLSB] records of a kind and a length of 7 bits a byte

_ROW, _CELLS, _WRONG, _MERGED, _SHEET_PART, _BOOK_PART = 0, range(1, 12), (3, 11), 176, 156, 153


def scan_xlsb(path: Path) -> BookScan:
    """What is seen in an .xlsb workbook before it is opened.

    Raises:
        zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, struct.error,
        IndexError: the file is not a whole workbook.
    """
    with zipfile.ZipFile(path) as parts:
        check_size(parts)
        targets = {
            element.get("Id", ""): element.get("Target", "")
            for element in ElementTree.fromstring(  # noqa: S314 expat bounds its entities
                parts.read("xl/_rels/workbook.bin.rels")
            )
        }
        book, sheets = BookScan({}), dict[str, SheetScan]()
        for kind, body in _xlsb_records(parts.read("xl/workbook.bin")):
            if kind == _BOOK_PART and body[:1] and body[0] & 1:
                book.from_1904 = True
            if kind == _SHEET_PART:
                relation, rest = _xlsb_text(body, 8)
                name, _ = _xlsb_text(body, rest)
                target = targets.get(relation, "").lstrip("/").removeprefix("xl/")
                if "worksheets/" in target:
                    sheets[name] = _xlsb_sheet(parts.read(f"xl/{target}"))
    book.sheets = sheets
    return book


def _xlsb_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | ((data[at] & 0x7F) << 7)
            at += 1
        length = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _xlsb_text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _xlsb_sheet(data: bytes) -> SheetScan:
    found, row = SheetScan(), 0
    for kind, body in _xlsb_records(data):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", body)
            found.spans(row + 1, column)
            if kind in _WRONG:
                found.errors[row + 1, column] = _ERRORS.get(body[8], _UNKNOWN)
        elif kind == _MERGED:
            first, last, left, _ = struct.unpack_from("<IIII", body)
            if last > first:
                found.merged.append((first + 1, last + 1, left))
    return found
