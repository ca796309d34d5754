"""A backup as a file: a zip with one Parquet file a table and a manifest of their hashes.

It depends on no kind of database. `tables/<table>.parquet` has the table's columns, moments in
UTC and JSON as text; `manifest.json` says what made it, which migration the tables are of, the
end of the audit chain, and of every table its rows and the SHA-256 of its file. What is attached to
records stands in `attachments/`, each content under its SHA-256.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import models

from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.progress import Progress

FORMAT, VERSION = "tongrong-backup", 1
MANIFEST = "manifest.json"
_PIECE = 1 << 20
_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(
        (
            "AutoField",
            "BigAutoField",
            "BigIntegerField",
            "IntegerField",
            "PositiveBigIntegerField",
            "PositiveIntegerField",
            "PositiveSmallIntegerField",
            "SmallIntegerField",
        ),
        pa.int64(),
    ),
    **dict.fromkeys(("CharField", "TextField", "JSONField"), pa.string()),
    "BooleanField": pa.bool_(),
    "DateField": pa.date32(),
    "DateTimeField": pa.timestamp("us", "UTC"),
}


@dataclass(frozen=True)
class TableFile:
    """One table in a backup: its rows, and the size and SHA-256 of its file."""

    name: str
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Where in the zip it stands."""
        return f"tables/{self.name}.parquet"


@dataclass(frozen=True)
class AttachedFile:
    """The content of an attachment in a backup: its size and SHA-256."""

    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Where in the zip it stands."""
        return f"attachments/{self.sha256}"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `head` is the end of the audit chain, `number:hash`."""

    made_at: str
    migration: str
    head: str
    erasures: int
    tables: tuple[TableFile, ...]
    attachments: tuple[AttachedFile, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables)

    def as_json(self) -> str:
        """The manifest as it stands in the zip."""
        plain = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(plain, ensure_ascii=False, indent=1)


def arrow_schema(model: type[models.Model]) -> pa.Schema:
    """The columns of a table as a backup keeps them.

    Raises:
        KeyError: the table has a kind of column that backups do not know yet.
    """
    return pa.schema([pa.field(field.column, _type(field)) for field in fields_of(model)])


def fields_of(model: type[models.Model]) -> list[Any]:
    """The fields that are columns of a model's table."""
    return list(model._meta.local_concrete_fields)


def _type(field: Any) -> pa.DataType:
    return _TYPES[getattr(field, "target_field", field).get_internal_type()]


class HashedStream(io.RawIOBase):
    """Hands on what is written to it, and knows how much it was and its SHA-256."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """It can be written to, and nothing else."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self.size

    def write(self, data: Any, /) -> int:
        """Hand on and count."""
        self._target.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def hexdigest(self) -> str:
        """The SHA-256 of all that was written."""
        return self._digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The zip and its manifest.

    Raises:
        TongrongError: it is no backup, is damaged, or a later version of the product made it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(path, archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, pa.ArrowInvalid) as error:
        raise damaged(path, "不是完整的备份文件：没有写完、没有传完，或已损坏") from error


def check_files(path: Path, archive: zipfile.ZipFile, manifest: Manifest, tell: Progress) -> None:
    """Compute the hash of every file: of the tables, and what was attached.

    Raises:
        TongrongError: a file is missing, cut short or changed.
    """
    files: list[TableFile | AttachedFile] = [*manifest.tables, *manifest.attachments]
    total = sum(table.size for table in files)
    done = 0
    for table in files:
        digest, size = hashlib.sha256(), 0
        try:
            with archive.open(table.path) as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    tell("核对备份文件", done + size, total)
        except KeyError:
            raise damaged(path, f"缺少 {table.path}") from None
        if (size, digest.hexdigest()) != (table.size, table.sha256):
            raise damaged(path, f"{table.path} 被改过或已损坏")
        done += size


def batches(
    path: Path, archive: zipfile.ZipFile, table: TableFile, schema: pa.Schema, rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows of a table, so many at a time, with the columns of the schema in any order.

    Raises:
        TongrongError: its columns are others.
    """
    with archive.open(table.path) as stream:
        file = pq.ParquetFile(stream)
        if {*file.schema_arrow.names} != {*schema.names}:
            raise damaged(path, f"{table.name} 的列不对")
        yield from file.iter_batches(rows)


def damaged(path: Path, found: str) -> TongrongError:
    """The refusal of a file that is no whole backup."""
    return refuse(
        "backup.damaged",
        str(path),
        found,
        "tongrong backup 写出的完整文件",
        "换另一份备份，或重新传输这一份",
    )


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
        if said.pop("format") != FORMAT:
            raise damaged(path, "是别的 zip 文件，不是本系统的备份")
        version = said.pop("version")
        if version > VERSION:
            raise newer(path, f"备份格式第 {version} 版")
        tables = tuple(TableFile(**table) for table in said.pop("tables"))
        attached = tuple(AttachedFile(**one) for one in said.pop("attachments", ()))
        return Manifest(**said, tables=tables, attachments=attached)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise damaged(path, "是别的 zip 文件，或备份的目录已损坏") from None


def newer(path: Path, found: str) -> TongrongError:
    """The refusal of a backup that a later version of the product made."""
    return refuse(
        "backup.newer",
        str(path),
        found,
        f"不高于备份格式第 {VERSION} 版、表结构为本系统所知的备份",
        "它由更新的版本做出：先升级本系统，再恢复",
    )
