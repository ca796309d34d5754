"""Workbooks of every format, cell by cell, and files that only look like one."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter  # type: ignore[import-untyped]
import xlwt  # type: ignore[import-untyped]

Cells = Sequence[Sequence[Any]]
ERRORS = {0x07: "#DIV/0!", 0x17: "#REF!", 0x2A: "#N/A"}
_ORIGIN = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Failed:
    """A cell whose formula failed; without `code` one whose value was never worked out."""

    code: int | None = 0x2A


@dataclass(frozen=True)
class Page:
    """A sheet: its cells, the blocks merged (first row, column, last row, column; from 0)."""

    name: str
    rows: Cells
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook of some pages."""

    pages: Sequence[Page]
    from_1904: bool = False
    extra: Mapping[str, bytes] = field(default_factory=dict)


def placed(book: Book) -> Iterable[tuple[Page, Iterable[tuple[int, int, Any]]]]:
    """Every page with its cells that are not empty."""
    for page in book.pages:
        yield (
            page,
            [
                (row, column, cell)
                for row, cells in enumerate(page.rows)
                for column, cell in enumerate(cells)
                if cell is not None
            ],
        )


def xlsx(book: Book) -> bytes:
    """The book as .xlsx."""
    file = io.BytesIO()
    options = {"in_memory": True, "date_1904": book.from_1904, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for page, cells in placed(book):
            sheet = out.add_worksheet(page.name)
            if page.hidden:
                sheet.hide()
            for block in page.merged:
                sheet.merge_range(block[0], block[1], block[2], block[3], "")
            for row, column, cell in cells:
                _xlsx_cell(sheet, row, column, cell, day)
    return _without_values(file.getvalue(), book)


def _xlsx_cell(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    match cell:
        case Failed(code):
            sheet.write_formula(row, column, "=1/0", None, ERRORS.get(code or 0, "~"))
        case dt.date():
            sheet.write_datetime(row, column, cell, day)
        case str():
            sheet.write_string(row, column, cell)
        case _:
            sheet.write(row, column, cell)


def _without_values(data: bytes, book: Book) -> bytes:
    """Formulas with the value `~` lose it, as in files of programs that do not calculate."""
    cells = (cell for page in book.pages for row in page.rows for cell in row)
    if Failed(None) not in [cell for cell in cells if isinstance(cell, Failed)]:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part).replace(b' t="str"><f>1/0</f><v>~</v>', b"><f>1/0</f><v/>")
            new.writestr(part.filename, text)
    return out.getvalue()


def xls(book: Book) -> bytes:
    """The book as .xls."""
    out = xlwt.Workbook(encoding="utf-8")
    out.dates_1904 = book.from_1904
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page, cells in placed(book):
        sheet = out.add_sheet(page.name)
        sheet.visibility = int(page.hidden)
        for top, left, bottom, right in page.merged:
            sheet.merge(top, bottom, left, right)
        for row, column, cell in cells:
            if isinstance(cell, Failed):
                sheet.row(row).set_cell_error(column, cell.code)
            elif isinstance(cell, dt.date):
                sheet.write(row, column, cell, day)
            else:
                sheet.write(row, column, cell)
    file = io.BytesIO()
    out.save(file)
    return file.getvalue()


def ods(book: Book) -> bytes:
    """The book as .ods."""
    tables = []
    for page in book.pages:
        tall = {(top, left): bottom - top + 1 for top, left, bottom, _ in page.merged}
        rows = [
            "".join(
                _ods_cell(cell, tall.get((row, column), 1)) for column, cell in enumerate(cells)
            )
            for row, cells in enumerate(page.rows)
        ]
        text = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        style = ' table:style-name="hid"' if page.hidden else ""
        tables.append(f"<table:table table:name={quoteattr(page.name)}{style}>{text}</table:table>")
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    styles = (
        '<office:automatic-styles><style:style style:name="hid" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'office:version="1.2">{styles}<office:body><office:spreadsheet>{"".join(tables)}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(cell: Any, tall: int) -> str:
    span = f' table:number-rows-spanned="{tall}"' if tall > 1 else ""
    match cell:
        case None:
            return "<table:table-cell/>"
        case Failed():
            kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
            text = ERRORS[cell.code or 0x2A]
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
            text = str(cell)
        case int() | float():
            kind, text = f'office:value-type="float" office:value="{cell!r}"', str(cell)
        case dt.date():
            kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
            text = str(cell)
        case _:
            kind, text = 'office:value-type="string"', str(cell)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {kind}{span}>{lines}</table:table-cell>"


def xlsb(book: Book) -> bytes:
    """The book as .xlsb, in the fewest records [MS-XLSB] allows; days are bare numbers."""
    sheets = b"".join(
        _record(156, struct.pack("<II", int(page.hidden), n) + _wide(f"rId{n}") + _wide(page.name))
        for n, page in enumerate(book.pages, start=1)
    )
    properties = struct.pack("<II", int(book.from_1904), 0) + _wide("")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"/>',
        "xl/workbook.bin": _record(131)
        + _record(153, properties)
        + _record(143)
        + sheets
        + _record(144)
        + _record(132),
        "xl/_rels/workbook.bin.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="rId{n}" Type="worksheet" Target="worksheets/sheet{n}.bin"/>'
            for n, _ in enumerate(book.pages, start=1)
        )
        + "</Relationships>",
    }
    for n, (page, cells) in enumerate(placed(book), start=1):
        parts[f"xl/worksheets/sheet{n}.bin"] = _xlsb_sheet(page, cells)
    return zipped(parts)


def _xlsb_sheet(page: Page, cells: Iterable[tuple[int, int, Any]]) -> bytes:
    body, current = b"", -1
    wide = max(1, *map(len, page.rows), 1)
    for row, column, cell in cells:
        if row != current:
            body, current = body + _record(0, struct.pack("<I", row) + bytes(21)), row
        at = struct.pack("<II", column, 0)
        match cell:
            case Failed():
                body += _record(3, at + bytes([cell.code or 0x2A]))
            case bool():
                body += _record(4, at + bytes([cell]))
            case int() | float():
                body += _record(5, at + struct.pack("<d", cell))
            case dt.date():
                body += _record(5, at + struct.pack("<d", (cell - _ORIGIN).days))
            case _:
                body += _record(6, at + _wide(str(cell)))
    span = struct.pack("<IIII", 0, max(len(page.rows) - 1, 0), 0, wide - 1)
    merged = b"".join(
        _record(176, struct.pack("<IIII", top, bottom, left, right))
        for top, left, bottom, right in page.merged
    )
    data = _record(129) + _record(148, span) + _record(145) + body + _record(146)
    return (
        data
        + _record(177, struct.pack("<I", len(page.merged)))
        + merged
        + _record(178)
        + _record(130)
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, sizes = len(body), b""
    while length > 127:
        sizes, length = sizes + bytes([length & 0x7F | 0x80]), length >> 7
    return head + sizes + bytes([length]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return file.getvalue()


def compound(stream: str) -> bytes:
    """An OLE file whose one stream has this name, as Office and WPS write their own formats."""
    data = xls(Book([Page("甲", [["x"]])]))
    at = data.index("Workbook".encode("utf-16-le"))
    name = stream.encode("utf-16-le") + b"\0\0"
    return data[:at] + name.ljust(64, b"\0") + struct.pack("<H", len(name)) + data[at + 66 :]


def locked_xls() -> bytes:
    """An .xls workbook with the record that says it is encrypted behind its first."""
    data = xls(Book([Page("甲", [["x"]])]))
    begins = data.index(b"\x09\x08\x10\x00")
    at = begins + 20
    return data[:at] + struct.pack("<HHH", 0x2F, 2, 0) + data[at + 6 :]


WRITERS: Mapping[str, Callable[[Book], bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
}
