"""Real databases: each test gets a migrated SQLite file or PostgreSQL database of its own."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

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
    """A throw-away database; its name."""
    name = f"tongrong_test_{uuid.uuid4().hex}"
    on_server("CREATE DATABASE {name} TEMPLATE {template}", name=name, template=template)
    try:
        yield name
    finally:
        on_server("DROP DATABASE {name} WITH (FORCE)", name=name)


@pytest.fixture(scope="session")
def migrated_sqlite(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("records") / "migrated.sqlite3"
    with django_db_blocker.unblock(), django_at(f"sqlite:///{path}"):
        call_command("migrate", verbosity=0)
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a migrated PostgreSQL database to copy from."""
    with postgresql_database() as name:
        with django_db_blocker.unblock(), django_at(f"{ANY_DATABASE}/{name}"):
            call_command("migrate", verbosity=0)
        yield name


@pytest.fixture(params=DATABASES)
def database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The URL of an empty migrated database that Django is connected to, of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "库 %.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        url = f"sqlite:///{path}".replace("%", "%25")
        with django_db_blocker.unblock(), django_at(url):
            yield url
        return
    template = request.getfixturevalue("migrated_postgresql")
    with postgresql_database(template) as name:
        url = f"{ANY_DATABASE}/{name}"
        with django_db_blocker.unblock(), django_at(url):
            yield url
