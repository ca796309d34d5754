"""Where a command may write: never over somebody's work, never over the database or the ledgers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from urllib.parse import unquote

from tongrong.portal.cli import inputs
from tongrong.vocabulary.errors import refuse

_SQLITE_URL = "sqlite:///"
_BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")
_KINDS = (".json", ".xlsx", ".parquet")


def refuse_overwriting(file: Path, *, force: bool) -> None:
    """A file that is there may hold somebody's work; the database is never written over.

    Raises:
        TongrongError: the file is there and `force` is not given, or it is the database's.
    """
    if any(_same(file, own) for own in _database_files()):
        raise refuse(
            "cli.output",
            "文件",
            f"{file} 是业务数据库的文件",
            "数据库以外的文件",
            "换一个文件名，--force 也不能覆盖数据库",
        )
    taken = any(file.iterdir()) if file.is_dir() else file.is_file()
    if taken and not force:
        raise refuse(
            "cli.exists",
            "文件",
            f"{file} 已经存在",
            "还没有的文件",
            "换一个名称，或加 --force 覆盖",
        )


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A file beside it to write, put in its place once it is whole; gone where writing failed.

    Raises:
        OSError: of the file named, what the file system refused.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        with _told_of(file):
            yield part
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder beside it to write into; its files are put in their place once all are whole.

    Raises:
        OSError: of the folder named, what the file system refused.
    """
    part = folder.with_name(f".{folder.name}.part")
    try:
        with _told_of(folder):
            rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            yield part
            folder.mkdir(exist_ok=True)
            for file in sorted(part.iterdir()):
                file.replace(folder / file.name)
    finally:
        rmtree(part, ignore_errors=True)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """A full disk names no file, others name the part: let it be the one asked for."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def verdict_file(file: Path, form: str, facts: Path | None, *, force: bool) -> Path:
    """The file verdicts may be written to; `form` is json, xlsx, parquet or table.

    Raises:
        TongrongError: nothing may be written there, or its ending says another format.
    """
    if facts is not None and (_same(file, facts) or _within(file, facts)):
        raise _refused(file, "台账以外的文件", "换一个文件名，--force 也不能覆盖台账")
    if file.is_dir():
        raise _refused(file, "文件，不是文件夹", "在文件夹后写文件名")
    if not file.parent.is_dir():
        raise _refused(file, "已有的文件夹中的文件", "先建文件夹，或换一个位置")
    ending = file.suffix.lower()
    if form == "table" and ending in _KINDS:
        remedy = f"加 --format {ending[1:]}，或把扩展名写成 .txt"
        raise _refused(file, "表格是文本文件，如 判定.txt", remedy)
    if form != "table" and ending not in ("", f".{form}"):
        kind = f"，或改用 --format {ending[1:]}" if ending in _KINDS else ""
        raise _refused(file, f"与 --format {form} 相符的扩展名", f"把扩展名写成 .{form}{kind}")
    refuse_overwriting(file, force=force)
    return file


def copy_file(file: Path, source: Path, *, force: bool) -> Path:
    """The workbook the copy of a file or folder may be written to, never over the original.

    Raises:
        TongrongError: nothing may be written there.
    """
    if _same(file, source) or _within(file, source):
        raise refuse("cli.output", "--copy", str(file), "原文件以外的文件", "换一个文件名")
    if file.suffix.lower() != ".xlsx":
        raise refuse("cli.output", "--copy", str(file), ".xlsx 工作簿", "把扩展名写成 .xlsx")
    if not file.parent.is_dir():
        expected = "已有的文件夹中的文件"
        raise refuse("cli.output", "--copy", str(file), expected, "先建文件夹，或换一个位置")
    refuse_overwriting(file, force=force)
    return file


def _refused(file: Path, expected: str, remedy: str) -> Exception:
    return refuse("cli.output", "--output", str(file), expected, remedy)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, through links too."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _within(file: Path, folder: Path) -> bool:
    return folder.is_dir() and file.resolve().is_relative_to(folder.resolve())


def _database_files() -> list[Path]:
    """The files of the SQLite database of this installation; none for a server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        found = str(inputs.home() / "tongrong.sqlite3")
    elif url.startswith(_SQLITE_URL):
        found = unquote(url.removeprefix(_SQLITE_URL))
    else:
        return []
    return [Path(f"{found}{ending}") for ending in _BESIDE_SQLITE]
