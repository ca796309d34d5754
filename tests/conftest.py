"""What every test may ask for: a throw-away PostgreSQL database, and repeatable Hypothesis runs.

Most tests need no server. One that does asks for `postgres_url`, which marks it
`needs_postgres`. Where no server answers it is skipped with the reason, on a developer's
machine; with CI set it fails, since there a skip would hide what was never run.
"""

import os
import uuid
from collections.abc import Iterator
from functools import cache

import hypothesis
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

SERVER = os.environ.get("TONGRONG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
MARK = "needs_postgres"

# A slow machine is no failure; in CI the examples are the same each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@cache
def why_no_postgres() -> str:
    """Empty where the test server answers, else what it said."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        where = conninfo_to_dict(SERVER)
        return f"no PostgreSQL at {where.get('host')}:{where.get('port')}: {error}".strip()
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that asks for `postgres_url`, so that `-m` can select them."""
    for item in items:
        if "postgres_url" in getattr(item, "fixturenames", ()):
            item.add_marker(MARK)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or in CI fails, a test whose server is not there."""
    if item.get_closest_marker(MARK) and (reason := why_no_postgres()):
        if os.environ.get("CI"):
            pytest.fail(f"{reason}\n.ci/run starts one", pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of an empty UTF-8 database of this run's own, dropped at its end."""
    name = f"tongrong_test_{uuid.uuid4().hex[:12]}"
    identifier = sql.Identifier(name)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                identifier
            )
        )
    try:
        yield SERVER.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))
