"""What every test may ask for: databases of each kind, and repeatable Hypothesis runs.

What needs the PostgreSQL server is marked `needs_postgres`, as the runs on it are by DATABASES.
Where no server answers it is skipped with the reason, on a developer's machine; with CI set it
fails, since there a skip would hide what was never run.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.core.management import call_command
from psycopg.conninfo import conninfo_to_dict
from pytest_django import DjangoDbBlocker
from tests.compiled import PROGRAMS
from tests.databases import (
    ANY_DATABASE,
    DATABASES,
    SERVER,
    a_database,
    django_at,
    postgresql_database,
)

from tongrong.engine import run

MARK = "needs_postgres"

# A slow machine is no failure; in CI the examples are the same each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# What is judged without being told where programs are kept: compiled once for all test processes.
run.PROGRAMS = PROGRAMS


@cache
def why_no_postgres() -> str:
    """Empty where the test server answers, else what it said."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        where = conninfo_to_dict(SERVER)
        return f"no PostgreSQL at {where.get('host')}:{where.get('port')}: {error}".strip()
    return ""


class ToldAtOnce:
    """Says which test failed and why when it does: a run ended from outside has no summary."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A line with its name, and the end of what it said."""
        if report.failed:
            self._reporter.ensure_newline()
            self._reporter.write_line(f"FAILED at {report.when}: {report.nodeid}")
            self._reporter.write_line("\n".join(report.longreprtext.splitlines()[-20:]))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """In CI, in the process that prints; the workers of it print nothing."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and not hasattr(config, "workerinput"):
        config.pluginmanager.register(ToldAtOnce(reporter))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or in CI fails, a test whose server is not there."""
    if item.get_closest_marker(MARK) and (reason := why_no_postgres()):
        if os.environ.get("CI"):
            pytest.fail(f"{reason}\n.ci/run starts one", pytrace=False)
        pytest.skip(reason)


@pytest.fixture(params=DATABASES)
def unused_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database nobody has used, of each kind; the SQLite file is not there yet."""
    with a_database(request.param, tmp_path / "新" / "库.sqlite3") as url:
        yield url


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
