"""What a file is, told by its content: its name may say anything.

What cannot be read is named, with the way to mend it.
"""

import lzma
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from tongrong.vocabulary.errors import TongrongError, refuse

BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a damaged zip archive ends in."""


class FileKind(StrEnum):
    """The kinds of file facts are read from."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    PARQUET = "parquet"


WORKBOOKS = (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS)
EXPECTED = "工作簿（.xlsx、.xls、.xlsb、.ods）、CSV 或 Parquet 文件，或装有它们的文件夹"
SAVE_AS = "用表格软件打开，另存为“Excel 工作簿（.xlsx）”，再导入"
UNLOCK = "用密码打开，取消密码后另存为“Excel 工作簿（.xlsx）”，再导入"
_COPY = "把其中的表格复制到工作簿，保存为 .xlsx，再导入"
_PICTURE = "照表格重新录入工作簿；有原来的表格文件的，改用原文件"
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_BEGINS = (
    (b"%PDF", "PDF 文件", _COPY),
    (b"{\\rtf", "RTF 文档", _COPY),
    (b"\xff\xd8\xff", "图片", _PICTURE),
    (b"\x89PNG", "图片", _PICTURE),
    (b"GIF8", "图片", _PICTURE),
    (b"BM", "图片", _PICTURE),
    (b"Rar!", "压缩包", "先解压，再导入其中的表格"),
    (b"7z\xbc\xaf", "压缩包", "先解压，再导入其中的表格"),
    (b"\x1f\x8b", "压缩包", "先解压，再导入其中的表格"),
    (b"SQLite format 3", "数据库文件", "用 tongrong export 导出台账，再导入"),
)
_MARKED_UP = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "XML 表格（Excel 2003）", SAVE_AS),
    (b"<html", "网页（HTML），不是工作簿", SAVE_AS),
    (b"<table", "网页（HTML），不是工作簿", SAVE_AS),
    (b"<!doctype html", "网页（HTML），不是工作簿", SAVE_AS),
    (b"mime-version:", "网页（MHTML），不是工作簿", SAVE_AS),
    (b"<?xml", "XML 文件", SAVE_AS),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIRST = 4096
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_DELIMITED = re.compile(r"[,;\t]")


def kind_of(path: Path) -> FileKind:
    """The kind of the file at `path`.

    Raises:
        TongrongError: it is of no kind that is read; the error says what it is.
    """
    try:
        with path.open("rb") as stream:
            begins = stream.read(_FIRST)
    except OSError:
        raise unreadable(
            path, "文件打不开：没有权限，或正被其他程序占用", "关闭占用它的程序，或核对权限后重试"
        ) from None
    if not begins:
        raise unreadable(path, "空文件", "重新导出或重新保存该文件")
    if begins.startswith(b"PAR1"):
        return FileKind.PARQUET
    if begins.startswith(_ZIP):
        return _zip_kind(path)
    if begins.startswith(_OLE):
        return _ole_kind(path)
    for start, found, remedy in _BEGINS:
        if begins.startswith(start):
            raise unreadable(path, found, remedy)
    return _text_kind(path, begins)


def unreadable(path: Path, found: str, remedy: str) -> TongrongError:
    """The refusal of a file by what it is."""
    return refuse("facts.file.unreadable", path.name, found, EXPECTED, remedy)


def damaged(path: Path) -> TongrongError:
    """The refusal of a workbook that does not hold together."""
    return unreadable(path, "工作簿的内容残缺或已损坏", f"{SAVE_AS}；打不开的，向提供者重新要一份")


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
            locked = any(part.flag_bits & 1 for part in parts.infolist())
            mimetype = parts.read("mimetype")[:200] if "mimetype" in names and not locked else b""
            sealed = b"encryption-data" in _part(parts, "META-INF/manifest.xml")
    except (*BROKEN_ARCHIVE, ValueError):
        raise damaged(path) from None
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if b"opendocument.spreadsheet" in mimetype or (not mimetype and "content.xml" in names):
        if sealed:
            raise unreadable(path, "有密码的工作簿", UNLOCK)
        return FileKind.ODS
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise unreadable(path, "Word 文档", _COPY)
    if any(name.startswith("ppt/") for name in names) or b"opendocument" in mimetype:
        raise unreadable(path, "演示文稿或其他 Office 文档", _COPY)
    if "OFD.xml" in names:
        raise unreadable(path, "OFD 版式文件", _COPY)
    if "[Content_Types].xml" in names:
        raise damaged(path)
    raise unreadable(path, "有密码的压缩包" if locked else "压缩包", "先解压，再导入其中的表格")


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    try:
        return parts.read(name)
    except (*BROKEN_ARCHIVE, KeyError):
        return b""


def _ole_kind(path: Path) -> FileKind:
    try:
        with olefile.OleFileIO(path) as parts:
            names = {name[0] for name in parts.listdir(streams=True, storages=True)}
    except Exception:  # noqa: BLE001 whatever goes wrong inside, the file is damaged
        raise damaged(path) from None
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return FileKind.XLS
    if "EncryptedPackage" in names:
        raise unreadable(path, "有密码的工作簿", UNLOCK)
    if "WordDocument" in names:
        raise unreadable(path, "Word 文档", _COPY)
    if "PowerPoint Document" in names:
        raise unreadable(path, "演示文稿", _COPY)
    raise unreadable(path, "WPS 专有格式或其他 Office 文档", SAVE_AS)


def _text_kind(path: Path, begins: bytes) -> FileKind:
    start = begins.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, found, remedy in _MARKED_UP:
        if start.startswith(mark) or (start.startswith(b"<?xml") and mark in start):
            raise unreadable(path, found, remedy)
    if begins.startswith(_UTF16):
        return FileKind.TEXT
    if b"\0" in begins:
        if path.suffix.lower() in (".et", ".wps", ".ett"):
            raise unreadable(path, "WPS 专有格式", SAVE_AS)
        raise unreadable(path, "不认识的二进制文件", SAVE_AS)
    if path.suffix.lower() not in _TEXT_NAMES and not _DELIMITED.search(begins.decode("latin-1")):
        raise unreadable(path, "内容不是工作簿，只是扩展名如此", SAVE_AS)
    return FileKind.TEXT
