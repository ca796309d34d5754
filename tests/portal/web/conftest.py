"""The portal on a small group, asked as a browser asks: every test gets a copy of its own."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from tests.databases import ANY_DATABASE, DATABASES, a_database, django_at, postgresql_database
from tests.portal.web import a_group

from tongrong.actions.prepare_database import prepare_database
from tongrong.portal import clock
from tongrong.queries.nearby import forget_kinship

SignedIn = Callable[[str], Client]


@pytest.fixture(scope="session")
def group_sqlite(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A SQLite file with the group."""
    path = tmp_path_factory.mktemp("group") / "group.sqlite3"
    with django_db_blocker.unblock(), django_at(f"sqlite:///{path}"):
        prepare_database()
        a_group.build()
    return path


@pytest.fixture(scope="session")
def group_postgresql(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a PostgreSQL database with the group."""
    with postgresql_database() as name:
        with django_db_blocker.unblock(), django_at(f"{ANY_DATABASE}/{name}"):
            prepare_database()
            a_group.build()
        yield name


@pytest.fixture(params=DATABASES)
def group(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    session_home: Path,
) -> Iterator[str]:
    """The URL of a database with the group, of each kind; the clock stands at its day."""
    settings.TONGRONG_HOME = session_home
    monkeypatch.setattr(clock, "now", lambda: a_group.NOON)
    monkeypatch.setattr(clock, "today", lambda: a_group.AS_OF)
    path, template = tmp_path / "库.sqlite3", "template0"
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("group_sqlite"), path)
    else:
        template = request.getfixturevalue("group_postgresql")
    forget_kinship()
    with (
        a_database(request.param, path, template) as url,
        django_db_blocker.unblock(),
        django_at(url),
    ):
        yield url


@pytest.fixture
def signed_in(group: str) -> SignedIn:
    """A browser in which somebody of the group has signed in."""
    del group

    def ask(login: str) -> Client:
        client = Client()
        answer = client.post("/sign-in/", {"login": login, "password": a_group.PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return ask


def later(**how_much: float) -> dt.datetime:
    """A moment so much after noon of the day."""
    return a_group.NOON + dt.timedelta(**how_much)
