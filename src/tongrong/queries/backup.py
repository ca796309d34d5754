"""Writes everything the database holds into one file, as it is at one moment."""

import datetime as dt
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from tongrong.queries.attachments import contents, kept_at, sha256_of
from tongrong.queries.audit import erased_persons, head
from tongrong.queries.backup_file import (
    MANIFEST,
    AttachedFile,
    HashedStream,
    Manifest,
    TableFile,
    arrow_schema,
    fields_of,
)
from tongrong.queries.one_moment import one_moment
from tongrong.vocabulary.progress import Progress, untold

APP = "records"
ROWS = 20_000


def write_backup(path: Path, made_at: dt.datetime, progress: Progress | None = None) -> Manifest:
    """Write a backup to a file that is not there yet, while others may go on writing.

    All tables are of one moment. The file holds persons' data in the open and is readable by
    its owner only.
    """
    tell = progress or untold
    path.touch(mode=0o600)
    with one_moment(), zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        found = list(apps.get_app_config(APP).get_models())
        total = sum(models.QuerySet(model).count() for model in found)
        tables: list[TableFile] = []
        for model in found:
            done = sum(table.rows for table in tables)
            tables.append(_write(archive, model, partial(_told, tell, done, total)))
        manifest = Manifest(
            made_at=made_at.isoformat(),
            migration=last_migration(),
            head=str(head()),
            erasures=len(erased_persons()),
            tables=tuple(tables),
            attachments=tuple(_attachments(archive)),
        )
        archive.writestr(MANIFEST, manifest.as_json())
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return manifest


def _attachments(archive: zipfile.ZipFile) -> Iterator[AttachedFile]:
    """Write what is attached to records; a content that is gone is left out, `verify` tells."""
    for sha256, size in contents().items():
        path, file = kept_at(sha256), AttachedFile(size, sha256)
        if sha256_of(path) == sha256:
            archive.write(path, file.path)
            yield file


def _told(tell: Progress, before: int, total: int, rows: int) -> None:
    tell("备份", before + rows, total)


def last_migration() -> str:
    """The name of the last migration the tables have been through."""
    applied = MigrationLoader(connection).applied_migrations
    return max(name for app, name in applied if app == APP)


def _write(
    archive: zipfile.ZipFile, model: type[models.Model], step: Callable[[int], None]
) -> TableFile:
    name, schema = model._meta.db_table, arrow_schema(model)
    rows = 0
    with archive.open(f"tables/{name}.parquet", "w", force_zip64=True) as member:
        stream = HashedStream(member)
        with pq.ParquetWriter(
            pa.PythonFile(stream, mode="w"), schema, compression="zstd"
        ) as writer:
            for batch in _batches(model, schema):
                writer.write_batch(batch)
                rows += batch.num_rows
                step(rows)
    return TableFile(name, rows, stream.size, stream.hexdigest())


def _batches(model: type[models.Model], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of a table in order of its primary key."""
    fields = fields_of(model)
    texts = [i for i, field in enumerate(fields) if isinstance(field, models.JSONField)]
    ordered: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")
    rows = ordered.values_list(*(field.attname for field in fields)).iterator(chunk_size=ROWS)
    while chunk := list(islice(rows, ROWS)):
        columns: list[Any] = [list(column) for column in zip(*chunk, strict=True)]
        for i in texts:
            columns[i] = [
                json.dumps(value, ensure_ascii=False, sort_keys=True) for value in columns[i]
            ]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
