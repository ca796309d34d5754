"""`tongrong serve` does the jobs too: the new day at its start, and what a kill cut off."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from tests.databases import django_at
from tests.portal.conftest import SOURCE, START, as_process
from tests.portal.test_cli_refresh import SCORED, a_book
from tests.portal.test_cli_serve import a_free_port

from tongrong.actions.jobs import ask_for, begin_next
from tongrong.portal import clock
from tongrong.portal.jobs.folder import JobFolder
from tongrong.queries.findings import stored_states
from tongrong.queries.jobs import CANCELLED, DONE, job_by_key
from tongrong.records.models import Evaluation, UnitTally

PATIENCE_SECONDS = 90
CUT_OFF, STOPPED = "cut-off", "stopped"


def served(env: Mapping[str, str], cwd: Path, *options: str) -> "subprocess.Popen[str]":
    """A server of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev", "PYTHONPATH": SOURCE}
    return subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--port", str(a_free_port()), *options],
        env={**kept, **settings, **env},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def comes_true(what: Callable[[], bool]) -> bool:
    """Whether it does while somebody is patient."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


def url_of(env: Mapping[str, str]) -> str:
    return env.get("DATABASE_URL") or f"sqlite:///{env['TONGRONG_HOME']}/tongrong.sqlite3"


def day_stored() -> dt.date:
    (state,) = stored_states()
    return state.as_of


def state_of(key: str) -> str:
    job = job_by_key(key)
    return "" if job is None else job.state


def test_a_server_brings_the_verdicts_to_its_day_and_takes_up_what_was_cut_off(
    env: dict[str, str], tmp_path: Path, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> None:
    """One job was begun by a server that was killed: the database says that it is running.

    Another is asked to stop while it is done.
    """
    settings.TONGRONG_HOME = Path(env["TONGRONG_HOME"])
    as_process("import", a_book(tmp_path / "一.xlsx"), env=env, cwd=tmp_path)
    as_process("refresh", *SCORED, "--as-of", "2026-03-01", env=env, cwd=tmp_path)
    with django_db_blocker.unblock(), django_at(url_of(env)):
        assert day_stored() == dt.date(2026, 3, 1)
        ask_for(key=CUT_OFF, kind="tidy", told={}, at=clock.now())
        assert begin_next(at=clock.now()) is not None
        ask_for(key=STOPPED, kind="refresh", told={}, at=clock.now())
        folder = JobFolder(STOPPED)
        folder.make()
        folder.ask_to_stop()
        first = served(env, tmp_path)
        try:
            assert comes_true(lambda: state_of(CUT_OFF) == DONE)
            assert comes_true(lambda: state_of(STOPPED) == CANCELLED)
            assert comes_true(lambda: day_stored() > dt.date(2026, 3, 1)), "it is later now"
        finally:
            first.send_signal(signal.SIGTERM)
            said, _ = first.communicate(timeout=60)
    assert (first.returncode, said.count("\n")) == (0, 1), said


def test_a_server_judges_anew_what_a_former_program_judged_and_keeps_the_day(
    env: dict[str, str], tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """As after an update: the verdicts are of another program, and are not counted yet."""
    as_process("import", a_book(tmp_path / "一.xlsx"), env=env, cwd=tmp_path)
    as_process("refresh", *SCORED, "--as-of", "2026-03-01", env=env, cwd=tmp_path)
    with django_db_blocker.unblock(), django_at(url_of(env)):
        (before,), tallies = stored_states(), UnitTally.objects.count()
        assert tallies > 0
        Evaluation.objects.update(fingerprint="")
        UnitTally.objects.all().delete()
        server = served(env, tmp_path, "--keep-day")
        try:
            assert comes_true(lambda: stored_states() == (before,)), "made by the program there is"
            assert UnitTally.objects.count() == tallies
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
