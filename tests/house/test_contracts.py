"""Each import contract of .importlinter is reported as broken once something breaks it."""

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

Plant = tuple[str, Mapping[str, str]]

SCIENCE = ("vocabulary", "norms", "facts", "engine", "findings")
DRIVERS = (
    "duckdb",
    "adbc_driver_manager",
    "adbc_driver_postgresql",
    "adbc_driver_sqlite",
    "psycopg",
    "pyspark",
    "sqlite3",
)

PLANTS: list[Plant] = [
    ("rooms", {"vocabulary/planted.py": "from tongrong.facts import columns"}),
    ("rooms", {"facts/planted.py": "from tongrong.engine import plan"}),
    ("rooms", {"findings/planted.py": "from tongrong.queries import facts"}),
    ("rooms", {"queries/planted.py": "from tongrong import actions"}),
    ("rooms", {"actions/planted.py": "from tongrong import portal"}),
    ("rooms", {"portal/planted.py": "from tongrong.config.settings import base"}),
    ("rooms", {"annex/__init__.py": ""}),
    *[("science", {f"{room}/planted.py": "from django.db import models"}) for room in SCIENCE],
    (
        "kinds",
        {
            "engine/kinds/planted_one.py": "from tongrong.engine.kinds import planted_two",
            "engine/kinds/planted_two.py": "",
        },
    ),
    *[
        ("readings", {"engine/readings/planted.py": source})
        for source in (
            "import ibis",
            "import duckdb",
            "from tongrong.engine.kinds import frequency",
            "from tongrong.engine import plan",
            "from tongrong.engine import run",
        )
    ],
    *[("drivers", {"engine/planted.py": f"import {driver}"}) for driver in DRIVERS],
    ("drivers", {"actions/planted.py": "def later():\n    import duckdb"}),
    ("records", {"portal/planted.py": "from tongrong.records import models"}),
    ("records", {"config/planted.py": "from tongrong.records.models import log"}),
    (
        "cycles",
        {
            "facts/planted_one.py": "from tongrong.facts import planted_two",
            "facts/planted_two.py": "from tongrong.facts import planted_one",
        },
    ),
]


def contract_names(root: Path) -> Mapping[str, str]:
    """Contract names by id."""
    config = configparser.ConfigParser()
    config.read(root / ".importlinter", encoding="utf-8")
    contracts = [name for name in config.sections() if name.startswith("importlinter:contract:")]
    return {name.rsplit(":", 1)[1]: config[name]["name"] for name in contracts}


def lint(root: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The verdict of import-linter on a copy of the source with these files planted in it."""
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            *("--no-logo", "--no-cache", "--config", str(root / ".importlinter"), *options),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(package: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the package."""
    shutil.copytree(
        package, tmp_path / "tongrong", ignore=shutil.ignore_patterns("__pycache__", "*.yaml")
    )
    return tmp_path


def test_the_source_as_it_stands_keeps_every_contract(root: Path, copy: Path) -> None:
    found = lint(root, copy)
    assert found.returncode == 0, found.stdout + found.stderr
    for name in contract_names(root).values():
        assert f"{name} KEPT" in found.stdout


@pytest.mark.parametrize(
    ("contract", "files"), PLANTS, ids=[f"{name}-{next(iter(files))}" for name, files in PLANTS]
)
def test_a_contract_is_reported_when_broken(
    contract: str, files: Mapping[str, str], root: Path, copy: Path
) -> None:
    for name, source in files.items():
        path = copy / "tongrong" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source + "\n", encoding="utf-8")
    found = lint(root, copy, "--contract", contract)
    assert found.returncode == 1
    assert f"{contract_names(root)[contract]} BROKEN" in found.stdout, found.stdout


def test_every_contract_has_something_planted_against_it(root: Path) -> None:
    assert {contract for contract, _ in PLANTS} == set(contract_names(root))
