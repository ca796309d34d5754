"""`tongrong serve` and the sample accounts: refused where they do not belong."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.portal.conftest import as_process

from tongrong.portal import apps


def test_sqlite_is_served_by_one_process(tmp_path: Path) -> None:
    env = {"TONGRONG_HOME": str(tmp_path / "家")}
    result = as_process("serve", "--workers", "2", env=env, cwd=tmp_path)
    assert result.returncode == 2
    assert "SQLite 时为 1" in result.stderr


def test_sample_accounts_are_made_in_the_demo_only(
    env: Mapping[str, str], small_book: Path, tmp_path: Path
) -> None:
    """Neither in an empty database nor in one with somebody's own records."""
    assert as_process("demo-accounts", env=env, cwd=tmp_path).returncode == 4
    as_process("import", small_book, env=env, cwd=tmp_path)
    result = as_process("demo-accounts", env=env, cwd=tmp_path)
    assert result.returncode == 4
    assert "演示" in result.stderr


def test_missing_styles_are_told_with_the_way_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apps, "VENDOR", tmp_path)
    (problem,) = apps.assets_are_there(None)
    assert problem.id == "portal.E001"
    assert "bootstrap.min.css" in problem.msg
    assert "make assets" in str(problem.hint)
