"""Restores a backup into an empty database of either kind: whole, or not at all."""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from tongrong.actions.attach import keep
from tongrong.actions.place_units import place_units
from tongrong.actions.prepare_database import prepare_database
from tongrong.actions.turns import one_write
from tongrong.queries.audit import head
from tongrong.queries.backup import APP, ROWS, last_migration
from tongrong.queries.backup_file import (
    Manifest,
    TableFile,
    arrow_schema,
    batches,
    check_files,
    damaged,
    fields_of,
    newer,
    opened,
)
from tongrong.queries.verify_store import Verification, verify_store
from tongrong.records.models import AuditHead
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.progress import Progress, untold


@dataclass(frozen=True)
class Restored:
    """What a backup said of itself, and what the check of the restored store found."""

    manifest: Manifest
    verification: Verification


def restore(path: Path, progress: Progress | None = None, *, cleared: bool = False) -> Restored:
    """Put everything a backup holds into the database, which is made where there is none.

    The file is checked first; then what was attached is kept, and all rows go in by one
    transaction; then the tables are brought up to date where the backup is of an earlier version,
    and the store is verified; what is wrong is named in full to who is `cleared` only.
    Erasures made after the backup was are not in it: they have to be made again.

    Raises:
        TongrongError: the file is damaged, no backup or of a later version, or the database
            holds something. Nothing is written then.
    """
    tell = progress or untold
    with opened(path) as (archive, manifest):
        if (APP, manifest.migration) not in MigrationLoader(None).graph.nodes:
            raise newer(path, f"表结构 {manifest.migration}")
        check_files(path, archive, manifest, tell)
        prepare_database()
        _refuse_unless_empty()
        for one in manifest.attachments:
            keep(one.sha256, archive.read(one.path))
        if manifest.migration != last_migration():
            prepare_database(manifest.migration)
        with one_write(str(path)):
            _refuse_unless_empty()
            _fill(path, archive, manifest, tell)
    prepare_database()
    with one_write(str(path)):
        place_units()
    return Restored(manifest, verify_store(progress=tell, cleared=cleared))


def _refuse_unless_empty() -> None:
    """A backup is put into a database that holds nothing, or it would mix two histories."""
    tables = (model for model in apps.get_app_config(APP).get_models() if model is not AuditHead)
    present = set(connection.introspection.table_names())
    full = (m for m in tables if m._meta.db_table in present and models.QuerySet(m).exists())
    chained = AuditHead._meta.db_table in present  # tables of before there was a chain have none
    if (chained and head().number) or any(full):
        raise refuse(
            "restore.not_empty",
            "业务数据库",
            "已有记录",
            "空的数据库",
            "把 DATABASE_URL 或 TONGRONG_HOME 指到新的库；原库不会被覆盖",
        )


def _fill(path: Path, archive: zipfile.ZipFile, manifest: Manifest, tell: Progress) -> None:
    """Insert all rows by the tables as they were when the backup was made."""
    state = MigrationLoader(None).project_state((APP, manifest.migration))
    found = {model._meta.db_table: model for model in state.apps.get_models()}
    tables = {table.name: table for table in manifest.tables}
    if found.keys() != tables.keys():
        raise damaged(path, "表的数目不对")
    if (begun := AuditHead._meta.db_table) in found:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{begun}"')  # noqa: S608 our own name
    done = 0
    for name, model in found.items():
        step = partial(_told, tell, done, manifest.rows)
        rows = _insert(path, archive, tables[name], model, step)
        if rows != tables[name].rows:
            raise damaged(path, f"{name} 有 {rows} 行，目录说 {tables[name].rows} 行")
        done += rows
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found.values())):
            cursor.execute(statement)


def _told(tell: Progress, before: int, total: int, rows: int) -> None:
    tell("恢复", before + rows, total)


def _insert(
    path: Path,
    archive: zipfile.ZipFile,
    table: TableFile,
    model: type[models.Model],
    step: Callable[[int], None],
) -> int:
    """Insert the rows of one table; how many there were."""
    fields, rows = fields_of(model), 0
    for batch in batches(path, archive, table, arrow_schema(model), ROWS):
        _write(model, fields, _prepared(fields, batch.to_pydict()))
        rows += batch.num_rows
        step(rows)
    return rows


def _prepared(fields: Sequence[Any], columns: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows as the database takes them."""
    values = []
    for field in fields:
        column = columns[field.column]
        if isinstance(field, models.JSONField):
            column = [json.loads(text) for text in column]
        values.append([field.get_db_prep_save(value, connection) for value in column])
    return zip(*values, strict=True)


def _write(
    model: type[models.Model], fields: Sequence[Any], rows: Iterator[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}" ({names})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(rows))  # noqa: S608 our own names
