"""From DATABASE_URL to settings; and what an installation must say before it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tongrong.config.databases import database_settings


def test_without_a_url_it_is_a_file_in_the_home_folder(tmp_path: Path) -> None:
    settings = database_settings("", tmp_path)
    assert settings["NAME"] == str(tmp_path / "tongrong.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_sqlite_by_url_has_the_same_options(tmp_path: Path) -> None:
    assert database_settings("sqlite:////data/a.db", tmp_path) == {
        **database_settings("", tmp_path),
        "NAME": "/data/a.db",
    }


def test_postgresql_by_url(tmp_path: Path) -> None:
    settings = database_settings("postgresql://u:p%40@db:5433/facts?sslmode=require", tmp_path)
    said = [settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")]
    options = {"sslmode": "require", "options": "-c jit=off"}
    assert said == ["facts", "u", "p@", "db", 5433, options]
    own = database_settings("postgresql://db/facts?options=-c%20work_mem=8MB", tmp_path)
    assert own["OPTIONS"] == {"options": "-c work_mem=8MB -c jit=off"}


@pytest.mark.parametrize("url", ["mysql://u:secret@h/n", "nonsense", "oracle://h/secret"])
def test_another_kind_of_url_is_refused_without_showing_it(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        database_settings(url, tmp_path)
    assert url not in str(refused.value)


@pytest.mark.parametrize(("key", "code"), [("", 1), ("short", 1), ("k" * 50, 0)])
def test_prod_needs_a_secret_key_of_its_own(key: str, code: int) -> None:
    environment = {**os.environ, "TONGRONG_SECRET_KEY": key}
    command = [sys.executable, "-c", "import tongrong.config.settings.prod"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert ("TONGRONG_SECRET_KEY" in done.stderr) is bool(code)
