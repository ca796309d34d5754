"""The two kinds of database, and throw-away ones of each: the one place tests take them from.

Whatever touches a store runs once a kind, by a fixture with `params=DATABASES`: `-m needs_postgres`
picks the runs on PostgreSQL (`make test-postgres`), `-m "not needs_postgres"` those on SQLite.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from tongrong.config.databases import database_settings

SERVER = os.environ.get("TONGRONG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
ANY_DATABASE = SERVER.rsplit("/", 1)[0]
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgres))


@contextmanager
def django_at(url: str) -> Iterator[None]:
    """Let Django's default connection be the database at `url`."""
    before = connections.settings["default"]
    connections["default"].close()
    given = {"default": database_settings(url, Path())}
    connections.settings["default"] = connections.configure_settings(given)["default"]
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = connections.create_connection("default")


def on_server(statement: str, **names: str) -> None:
    """Run one statement on the PostgreSQL server, outside any transaction."""
    quoted = {key: sql.Identifier(name) for key, name in names.items()}
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(**quoted))


@contextmanager
def postgresql_database(template: str = "template0") -> Iterator[str]:
    """A throw-away UTF-8 database, empty or a copy of another; its name."""
    name = f"tongrong_test_{uuid.uuid4().hex}"
    made = "CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LOCALE 'C'"
    on_server(made, name=name, template=template)
    try:
        yield name
    finally:
        on_server("DROP DATABASE {name} WITH (FORCE)", name=name)


@contextmanager
def a_database(kind: str, file: Path, template: str = "template0") -> Iterator[str]:
    """The URL of a database of a kind: the SQLite file as it is, or one on the server."""
    if kind == "sqlite":
        yield f"sqlite:///{file}".replace("%", "%25")
        return
    with postgresql_database(template) as name:
        yield f"{ANY_DATABASE}/{name}"
