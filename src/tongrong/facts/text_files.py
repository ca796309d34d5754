"""CSV files as grids: their encoding and delimiter are found out, never asked."""

import csv
import io
from pathlib import Path

from tongrong.facts.grid import Grid
from tongrong.facts.reading import FilesRefused, placed
from tongrong.vocabulary.errors import Problem

DELIMITERS = ",;\t"
_LOOKED_AT = 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> Grid:
    """The cells of a CSV file in UTF-8 (with a BOM or not), GB18030, or UTF-16 with a BOM.

    Text that is UTF-8 is read as such; no other Chinese text is by chance.

    Raises:
        FilesRefused: its encoding is another, or its quotes do not pair.
    """
    text = _decoded(path)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return Grid(path.name, "", list(reader))
    except csv.Error:
        raise _refuse(
            "csv",
            path,
            "引号不成对，或一格内容过长",
            "分隔一致、引号成对的 CSV 文件",
            "核对引号是否成对，或改用工作簿",
        ) from None


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        found, remedy = "文件打不开：没有权限，或正被其他程序占用", "核对权限后重试"
        raise _refuse("unreadable", path, found, "可以打开的文件", remedy) from None
    if data.startswith(_UTF16):
        return _as_utf16(path, data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            found = f"第 {utf8.start + 1} 字节起不是 UTF-8，也不是 GB18030"
            raise _encoding(path, found) from None


def _as_utf16(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _encoding(path, f"第 {error.start + 1} 字节起不是 UTF-16") from None


def _encoding(path: Path, found: str) -> FilesRefused:
    remedy = "在表格软件中另存为“CSV UTF-8（逗号分隔）”"
    return _refuse("encoding", path, found, "UTF-8 或 GB18030 编码的 CSV 文件", remedy)


def _refuse(code: str, path: Path, found: str, expected: str, remedy: str) -> FilesRefused:
    where = placed(path.name, "")
    return FilesRefused([Problem(f"facts.file.{code}", where, found, expected, remedy)])


def _delimiter(text: str) -> str:
    """The delimiter that stands in most of the first lines, outside quotes."""
    lines = text[:20_000].splitlines()[:_LOOKED_AT]
    bare = ["".join(line.split('"')[::2]) for line in lines]
    return max(
        DELIMITERS,
        key=lambda one: (sum(one in line for line in bare), sum(line.count(one) for line in bare)),
    )
