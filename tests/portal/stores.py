"""Stores to be harmed: of each kind of database, put back to how they were, and looked into."""

import json
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, models
from django.db.models import QuerySet
from psycopg import sql
from tests.builders import Row, a_branch, a_meeting, a_member, a_person, a_post
from tests.databases import ANY_DATABASE, SERVER, django_at, on_server

from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook
from tongrong.records.models import LEDGER_MODELS
from tongrong.records.models.derived import Derived

TABLES = tuple(apps.get_app_config("records").get_models())
HEAD = "audit_head"
DERIVED = frozenset(model._meta.db_table for model in TABLES if issubclass(model, Derived))
LEDGER_TABLES = frozenset(model._meta.db_table for model in LEDGER_MODELS.values())
MADE_ANEW = frozenset({"salt", "sealed", "content_hash", "entry_hash", "previous_hash", "entry"})
"""Columns that differ from run to run: of chance, of the clock or of both."""

Rows = dict[str, list[str]]
"""By table, its rows as texts, sorted."""


def first_rows() -> dict[str, list[Row]]:
    """A branch with its secretary, twenty members and a meeting a week."""
    people = [f"RY{n:02d}" for n in range(1, 21)]
    days = [f"2026-{month:02d}-{day:02d}" for month in range(1, 6) for day in (3, 10, 17, 24)]
    return {
        "party_organizations": [a_branch("DZ1", of=None)],
        "persons": [a_person(one, name=f"某{one}") for one in people],
        "posts": [a_post("RY01", "党支部书记", of="DZ1")],
        "memberships": [a_member(one, of="DZ1", full_on="2010-07-01") for one in people],
        "meetings": [
            a_meeting(f"HY{n:02d}", of="DZ1", on=day, kind="支部党员大会")
            for n, day in enumerate(days, start=1)
        ],
    }


def later_rows() -> dict[str, list[Row]]:
    """Meetings that were moved, withdrawn or forgotten, and persons who came."""
    meetings = first_rows()["meetings"]
    moved = [{**one, "form": "线上"} for one in meetings[:6]]
    gone = [{**one, "status": "撤回"} for one in meetings[6:14]]
    new = [
        a_meeting(f"HY9{n}", of="DZ1", on=f"2026-06-1{n}", kind="支部党员大会") for n in range(5)
    ]
    return {
        "meetings": [*moved, *gone, *new],
        "persons": [a_person(f"RY9{n}", name=f"来{n}") for n in range(8)],
    }


def write_book(rows: Mapping[str, list[Row]], path: Path) -> Path:
    """The rows as a workbook."""
    write_workbook(Snapshot.of_rows(rows), path)
    return path


class Store:
    """One database of a kind that is put back to a kept state again and again."""

    def __init__(self, kind: str, folder: Path, tablespace: str = "pg_default") -> None:
        self.kind, self._folder, self._tablespace = kind, folder, tablespace
        self.name = f"tongrong_test_{uuid.uuid4().hex}"
        self._kept: set[str] = set()

    @property
    def url(self) -> str:
        """Where it is."""
        if self.kind == "sqlite":
            return f"sqlite:///{self.file}"
        return f"{ANY_DATABASE}/{self.name}"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return self._folder / "库.sqlite3"

    def files(self) -> list[Path]:
        """The SQLite file and what belongs to it."""
        return [Path(f"{self.file}{end}") for end in ("", "-wal", "-shm", "-journal")]

    def keep(self, state: str) -> None:
        """Keep how it is now; nobody is connected."""
        self._kept.add(state)
        if self.kind == "sqlite":
            assert not self.files()[1].exists(), "its log is part of it"
            shutil.copy(self.file, self._folder / f"{state}.kept")
        else:
            create = "CREATE DATABASE {kept} TEMPLATE {name}"
            on_server(create, kept=f"{self.name}_{state}", name=self.name)

    def put_back(self, state: str) -> None:
        """Be as it was kept; `empty` is a database nobody has used."""
        if self.kind == "sqlite":
            for file in self.files():
                file.unlink(missing_ok=True)
            if state != "empty":
                shutil.copy(self._folder / f"{state}.kept", self.file)
            return
        template = "template0" if state == "empty" else f"{self.name}_{state}"
        on_server("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=self.name)
        on_server(
            "CREATE DATABASE {name} TEMPLATE {kept} TABLESPACE {place}",
            name=self.name,
            kept=template,
            place=self._tablespace,
        )

    def settle(self) -> None:
        """Wait until the server has noticed that its clients are gone."""
        while self.kind == "postgresql" and self.sessions():
            time.sleep(0.002)

    def sessions(self, *, which: str = "true") -> int:
        """How many sessions of clients there are in it, of those the condition is true of."""
        select = sql.SQL(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = %s AND backend_type = 'client backend' AND {which}"
        ).format(which=sql.SQL(which))
        with psycopg.connect(SERVER, autocommit=True) as server:
            found = server.execute(select, [self.name]).fetchone()
        return int(found[0]) if found else 0

    def drop(self) -> None:
        """Leave nothing on the server."""
        if self.kind == "postgresql":
            for name in (self.name, *(f"{self.name}_{state}" for state in self._kept)):
                on_server("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


@contextmanager
def a_store_of(kind: str, folder: Path, tablespace: str = "pg_default") -> Iterator[Store]:
    """An empty database of a kind, gone afterwards."""
    store = Store(kind, folder, tablespace)
    store.put_back("empty")
    try:
        yield store
    finally:
        store.drop()


def exactly(store: Store) -> Rows:
    """Every row of every table there is, all columns; nothing where nothing was made yet."""
    return _rows(store, lambda model: [field.attname for field in _fields(model)], _as_text)


def in_substance(store: Store) -> Rows:
    """The same without what differs from run to run: running numbers, moments, salts, hashes."""

    def told(names: list[str], row: tuple[Any, ...]) -> str:
        said = dict(zip(names, row, strict=True))
        for name in ("recorded_at", "at", "judged_at"):
            said.pop(name, None)
        if "superseded_at" in said:
            said["superseded_at"] = said["superseded_at"] is not None
        if "detail" in said:
            anew = ("run_id", "versions")
            said["detail"] = {k: v for k, v in said["detail"].items() if k not in anew}
        return _as_text([*said], tuple(said.values()))

    return _rows(store, _columns_of_substance, told)


def _columns_of_substance(model: type[models.Model]) -> list[str]:
    return [
        field.attname
        for field in _fields(model)
        if field.attname not in MADE_ANEW and not isinstance(field, models.BigAutoField)
    ]


def _fields(model: type[models.Model]) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def _as_text(names: list[str], row: tuple[Any, ...]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), default=str, ensure_ascii=False)


def _rows(store: Store, columns: Any, told: Any) -> Rows:
    """The rows of every table, sorted; empty tables, and the end of the chain, left out."""
    found: Rows = {}
    with _untouched(store) as url, django_at(url):
        present = set(connection.introspection.table_names())
        for model in TABLES:
            if model._meta.db_table in present:
                names = columns(model)
                rows = QuerySet(model).values_list(*names)
                found[model._meta.db_table] = sorted(told(names, row) for row in rows)
    return {name: rows for name, rows in found.items() if rows and name != HEAD}


@contextmanager
def _untouched(store: Store) -> Iterator[str]:
    """Where to look without mending: whoever opens a SQLite file mends it from its log."""
    if store.kind == "postgresql":
        yield store.url
        return
    with TemporaryDirectory() as folder:
        for file in store.files():
            if file.exists() and not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        yield f"sqlite:///{folder}/{store.file.name}"
