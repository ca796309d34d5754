"""The command line as a user meets it: in this process, and as a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests.compiled import with_programs
from tests.databases import ANY_DATABASE, DATABASES, postgresql_database
from tests.portal import small
from typer.testing import CliRunner, Result

from tongrong.config.databases import SQLITE_FILE
from tongrong.facts.demo import demo_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook
from tongrong.portal.cli.main import app

Run = Callable[..., Result]
SOURCE = str(Path(__file__).parents[2] / "src")
START = "from tongrong.portal.cli.main import main; main()"


@pytest.fixture(scope="session")
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder for tests that do not ask for one of their own."""
    return with_programs(tmp_path_factory.mktemp("home"))


@pytest.fixture
def tongrong(session_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `tongrong …` in this process, in an empty folder."""
    monkeypatch.setenv("TONGRONG_HOME", str(session_home))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture(scope="session")
def small_checklist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small checklist."""
    return small.write_checklist(tmp_path_factory.mktemp("norms"))


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small enterprise as a workbook."""
    path = tmp_path_factory.mktemp("facts") / "小企业.xlsx"
    write_workbook(small.facts(), path)
    return path


@pytest.fixture(scope="session")
def demo() -> Snapshot:
    """The demo group's facts."""
    return demo_snapshot()


def as_process(
    *words: object, env: Mapping[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Runs `tongrong …` as a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TONGRONG_HOME")}
    return subprocess.run(
        [sys.executable, "-c", START, *map(str, words)],
        env={
            **kept,
            "COLUMNS": "100",
            "PYTHONPATH": SOURCE,
            "DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev",
            **env,
        },
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(params=DATABASES)
def env(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation with a database of each kind, migrated and empty; SQLite's is its default."""
    home = with_programs(tmp_path / "家")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), home / SQLITE_FILE)
        yield {"TONGRONG_HOME": str(home)}
        return
    with postgresql_database(request.getfixturevalue("migrated_postgresql")) as name:
        yield {"TONGRONG_HOME": str(home), "DATABASE_URL": f"{ANY_DATABASE}/{name}"}


@pytest.fixture(params=DATABASES)
def new_env(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation with a database nobody has used, of each kind; SQLite's is its default."""
    found = {"TONGRONG_HOME": str(with_programs(tmp_path / "家"))}
    if request.param == "sqlite":
        yield found
        return
    with postgresql_database() as name:
        yield {**found, "DATABASE_URL": f"{ANY_DATABASE}/{name}"}
