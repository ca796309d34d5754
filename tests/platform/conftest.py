"""Real databases: each test gets a migrated SQLite file or PostgreSQL database of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker
from tests.databases import ANY_DATABASE, DATABASES, a_database, django_at, postgresql_database


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


@contextmanager
def a_migrated_database(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """The URL of a database of the kind a fixture is asked for, empty, Django connected to it."""
    template = "template0"
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
    else:
        template = request.getfixturevalue("migrated_postgresql")
    with a_database(request.param, file, template) as url, django_at(url):
        yield url


@pytest.fixture(params=DATABASES)
def database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The URL of an empty migrated database that Django is connected to, of each kind."""
    with (
        django_db_blocker.unblock(),
        a_migrated_database(request, tmp_path / "库 %.sqlite3") as url,
    ):
        yield url
