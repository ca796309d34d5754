"""Facts from whatever a user names: a workbook, a folder of CSV files or of Parquet files."""

from pathlib import Path

from tongrong.facts.from_parquet import parquet_files, read_parquet
from tongrong.facts.from_sheets import csv_files, read_folder, read_workbook
from tongrong.facts.reading import Reading
from tongrong.vocabulary.errors import TongrongError, refuse

_EXPECTED = ".xlsx 工作簿，或装有各台账 CSV 或 Parquet 文件的文件夹"


def read_facts(path: Path) -> Reading:
    """The facts at `path`, read by what it is.

    Raises:
        FilesRefused: with every problem in the files.
        TongrongError: there is nothing of the kind to read.
    """
    if not path.exists():
        raise _refuse("missing", path, "没有这个文件或文件夹", "核对路径")
    if path.is_file():
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            remedy = {
                ".xls": "在表格软件中另存为“Excel 工作簿（.xlsx）”",
                ".csv": "把各台账的 CSV 放进一个文件夹，再指定该文件夹",
                ".parquet": "把各台账的 Parquet 放进一个文件夹，再指定该文件夹",
            }.get(path.suffix.lower(), "改用模板填写")
            raise _refuse("kind", path, path.suffix or "没有扩展名", remedy)
        return read_workbook(path)
    sheets, tables = csv_files(path), parquet_files(path)
    if sheets and tables:
        found = f"{len(sheets)} 个 CSV 与 {len(tables)} 个 Parquet"
        raise _refuse("mixed", path, found, "一个文件夹只放一种，分开存放")
    if tables:
        return read_parquet(path)
    if sheets:
        return read_folder(path)
    books = sorted(file.name for file in path.glob("*.xlsx"))
    remedy = f"直接指定工作簿，如 {path / books[0]}" if books else "放入文件，或核对路径"
    raise _refuse("empty", path, "没有 CSV 或 Parquet 文件", remedy)


def _refuse(code: str, path: Path, found: str, remedy: str) -> TongrongError:
    return refuse(f"facts.file.{code}", str(path), found, _EXPECTED, remedy)
