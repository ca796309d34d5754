"""A test that needs a server gets an empty database, or says aloud that it did not run."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.databases import ANY_DATABASE, postgresql_database

NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:1/postgres"


@pytest.mark.needs_postgres
def test_a_test_gets_an_empty_database_that_speaks_chinese() -> None:
    with postgresql_database() as name, psycopg.connect(f"{ANY_DATABASE}/{name}") as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


@pytest.mark.parametrize(
    ("ci", "exit_code", "outcome"), [("", 0, "1 skipped"), ("true", 1, "1 failed")]
)
def test_without_a_server_it_is_skipped_here_and_fails_in_ci(
    ci: str, exit_code: int, outcome: str, root: Path
) -> None:
    name = test_a_test_gets_an_empty_database_that_speaks_chinese.__name__
    options = ("-p", "no:cacheprovider", "-m", "needs_postgres", "-k", name)
    found = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(Path(__file__))],
        cwd=root,
        env={**os.environ, "CI": ci, "TONGRONG_TEST_POSTGRES": NOBODY_LISTENS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == exit_code, found.stdout
    assert outcome in found.stdout
    assert "no PostgreSQL at 127.0.0.1:1" in found.stdout
