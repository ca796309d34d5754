"""`tongrong serve` and the sample accounts: refused where they do not belong."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.portal.conftest import SOURCE, as_process

from tongrong.portal import apps
from tongrong.portal.cli import demo

MAIN = "from tongrong.portal.cli.main import main; main()"


def a_free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_sqlite_is_served_by_one_process(tmp_path: Path) -> None:
    env = {"TONGRONG_HOME": str(tmp_path / "家")}
    result = as_process("serve", "--workers", "2", env=env, cwd=tmp_path)
    assert result.returncode == 2
    assert "SQLite 时为 1" in result.stderr


def test_the_portal_answers_and_ends_without_a_word(tmp_path: Path) -> None:
    """Also with an empty database, and at the first signal."""
    port = a_free_port()
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", "--port", str(port)],
        env={**kept, "TONGRONG_HOME": str(tmp_path), "PYTHONPATH": SOURCE},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    try:
        said = server.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in said
        assert _answer(f"http://127.0.0.1:{port}/sign-in/") == 200
    finally:
        server.send_signal(signal.SIGTERM)
        rest = server.stdout.read()
        server.stdout.close()
    assert (server.wait(), rest.strip()) == (0, "")


@pytest.mark.parametrize(("unattended", "then"), [("", ["opened"]), ("true", [])])
def test_the_demo_ends_by_opening_the_portal_with_or_without_a_terminal(
    unattended: str,
    then: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """`make run | tee log` and `nohup make run` serve too; a build machine would wait for ever."""
    done: list[str] = []
    monkeypatch.setenv("CI", unattended)
    monkeypatch.setattr("tongrong.portal.cli.refresh.refresh", lambda **_: done.append("judged"))
    monkeypatch.setattr(
        "tongrong.portal.cli.sample_accounts.print_accounts", lambda: done.append("accounts")
    )
    monkeypatch.setattr("tongrong.portal.cli.serve.serve", lambda **_: done.append("opened"))
    demo.ready_portal(serve=True)
    assert done == ["judged", "accounts", *then]
    assert ("tongrong serve --keep-day" in capfd.readouterr().out) is not bool(then)


def _answer(address: str) -> int:
    """The status of the answer, from a server that is just about to listen."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 our own server
                return int(answer.status)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return 0


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = {"TONGRONG_HOME": str(tmp_path / "家")}
        result = as_process("serve", "--port", str(port), env=env, cwd=tmp_path)
    assert result.returncode == 2
    assert f"127.0.0.1:{port}" in result.stderr
    assert "--port" in result.stderr


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
