"""Facts from whatever a user names: a workbook, a CSV or Parquet file, or a folder of them."""

from collections.abc import Sequence
from pathlib import Path

from tongrong.facts.file_kinds import EXPECTED, FileKind, kind_of
from tongrong.facts.from_parquet import parquet_files, read_parquet
from tongrong.facts.from_sheets import csv_files, read_texts, read_workbook
from tongrong.facts.headings import Meant
from tongrong.facts.ledger import Ledger
from tongrong.facts.reading import Reading
from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.progress import Progress, untold


def read_facts(
    path: Path,
    said: Sequence[Meant] = (),
    *,
    ledger: type[Ledger] | None = None,
    in_part: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """The facts at `path`, read by what it is; `said` tells headings that are not known.

    `ledger` says which one a CSV file is, where its name and columns do not or say otherwise.

    With `in_part` the reading says what is wrong with rows and tables, for `sift` to hold back;
    otherwise it is refused for that.

    Raises:
        FilesRefused: with every problem in the files.
        TongrongError: there is nothing of the kind to read.
    """
    reading = _read(path, said, progress or untold, ledger)
    return reading.in_part() if in_part else reading.whole()


def read_filled(
    path: Path,
    said: Sequence[Meant] = (),
    *,
    ledger: type[Ledger] | None = None,
    in_part: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """The same of files to take in: those without a single record are refused."""
    reading = read_facts(path, said, ledger=ledger, in_part=in_part, progress=progress)
    if not reading.snapshot.row_count and not reading.problems:
        raise refuse(
            "facts.empty",
            path.name,
            "没有可导入的记录：各张表都没有记录",
            "填好的台账，至少一张表有记录",
            "从标题行的下一行起填写后重试；空白模板不用导入",
        )
    return reading


def _read(
    path: Path, said: Sequence[Meant], tell: Progress, ledger: type[Ledger] | None
) -> Reading:
    if not path.exists():
        raise _refuse("missing", path, "没有这个文件或文件夹", "核对路径")
    if path.is_file():
        match kind := kind_of(path):
            case FileKind.PARQUET:
                return read_parquet([path])
            case FileKind.TEXT:
                return read_texts([path], said, tell, ledger)
            case _:
                return read_workbook(path, kind, said, tell)
    sheets, tables = csv_files(path), parquet_files(path)
    if sheets and tables:
        found = f"{len(sheets)} 个 CSV 与 {len(tables)} 个 Parquet"
        raise _refuse("mixed", path, found, "一个文件夹只放一种，分开存放")
    if tables:
        return read_parquet(tables)
    if sheets:
        return read_texts(sheets, said, tell)
    books = sorted(file.name for ending in _BOOKS for file in path.glob(f"*{ending}"))
    remedy = f"直接指定工作簿，如 {path / books[0]}" if books else "放入文件，或核对路径"
    raise _refuse("empty", path, "没有 CSV 或 Parquet 文件", remedy)


_BOOKS = (".xlsx", ".xls", ".xlsb", ".ods", ".et")


def _refuse(code: str, path: Path, found: str, remedy: str) -> TongrongError:
    return refuse(f"facts.file.{code}", str(path), found, EXPECTED, remedy)
