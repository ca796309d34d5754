"""Real databases: each test gets a migrated SQLite file or PostgreSQL database of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.databases import DATABASES, a_database, django_at


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
