"""`tongrong serve --workers 2` for real: several people save at once, served by two processes."""

import datetime as dt
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoDbBlocker
from tests.compiled import PROGRAMS, with_programs
from tests.databases import ANY_DATABASE, django_at, postgresql_database
from tests.platform.tallied import assert_tallied
from tests.portal.conftest import as_process
from tests.portal.test_cli_jobs import comes_true, served
from tests.portal.test_cli_refresh import SCORED, a_book

from tongrong.actions.accounts import appoint, make_account
from tongrong.engine.again import norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.run import evaluate
from tongrong.portal import clock
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import Kept, kept_findings, waiting
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS
from tongrong.vocabulary.roles import Role

pytestmark = pytest.mark.needs_postgres

LOGINS, PASSWORD, CHECKLIST = ("甲", "乙", "丙", "丁"), "battery-staple-42", "branch-scored"
DAY = dt.date(2026, 3, 31)
SAVES = 5


class Browser:
    """Somebody signed in, with cookies of their own."""

    def __init__(self, address: str, login: str) -> None:
        self._address, self._jar = address, CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._jar), urllib.request.ProxyHandler({})
        )
        self.get("/sign-in/")
        self.post("/sign-in/", {"login": login, "password": PASSWORD})

    def get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, said: Mapping[str, str]) -> str:
        """The page that a form leads to."""
        (token,) = (one.value for one in self._jar if "csrf" in one.name)
        sent = urlencode({**said, "csrfmiddlewaretoken": token or ""}).encode()
        with self._opener.open(self._address + path, sent, timeout=60) as answer:
            return str(answer.read().decode())


@pytest.fixture
def url(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database with a branch, its verdicts, and four who record for it."""
    with postgresql_database() as name:
        env = {"TONGRONG_HOME": str(with_programs(tmp_path / "家"))}
        env["DATABASE_URL"] = found = f"{ANY_DATABASE}/{name}"
        as_process("import", a_book(tmp_path / "一.xlsx"), env=env, cwd=tmp_path)
        as_process("refresh", *SCORED, "--as-of", f"{DAY}", env=env, cwd=tmp_path)
        with django_db_blocker.unblock(), django_at(found):
            told = {"actor": "试验", "at": clock.now()}
            for login in LOGINS:
                make_account(login=login, label=login, password=PASSWORD, **told)
                since = dt.date(2026, 1, 1)
                appoint(login=login, role=Role.BRANCH_SECRETARY, unit="DZ1", from_on=since,
                        until=None, **told)  # fmt: skip
            yield found


def test_saves_of_several_at_once_are_all_kept_and_judged(url: str, tmp_path: Path) -> None:
    env = {"TONGRONG_HOME": str(tmp_path / "家"), "DATABASE_URL": url}
    server = served(env, tmp_path, "--keep-day", "--workers", "2")
    try:
        assert server.stdout is not None
        address = re.findall(r"http://[\d.:]+", server.stdout.readline())[0]
        assert comes_true(lambda: processes(server) == 3), "two for pages, one for jobs"
        with ThreadPoolExecutor(len(LOGINS)) as pool:
            said = list(pool.map(lambda at: saved(address, *at), enumerate(LOGINS)))
    finally:
        server.send_signal(signal.SIGTERM)
        rest, _ = server.communicate(timeout=60)
    assert [one for some in said for one in some if "已登记" not in one] == []
    assert rest.strip() == ""
    written = LEDGER_MODELS["meetings"].objects.filter(kind="党课")
    assert written.count() == len(LOGINS) * SAVES
    assert waiting(CHECKLIST).last == 0, "all of it was judged while they waited"
    assert set(kept_findings(CHECKLIST)) == by_the_engine()
    assert_tallied(CHECKLIST, CHECKLIST, DAY)
    assert verify_store().problems == ()


def processes(server: "subprocess.Popen[str]") -> int:
    """How many processes a server has begun."""
    return len(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())


def saved(address: str, number: int, login: str) -> list[str]:
    """The pages that somebody's saves led to, each of another day."""
    browser = Browser(address, login)
    days = (dt.date(2026, 1, 5) + dt.timedelta(days=number + 4 * at) for at in range(SAVES))
    return [
        browser.post("/ledgers/meetings/new/", {"unit": "DZ1", "kind": "党课", "held_on": f"{day}"})
        for day in days
    ]


def by_the_engine() -> set[Kept]:
    """What the engine says of all the facts there are."""
    family = norms_of(CHECKLIST, DAY).family
    run = evaluate(family, current_snapshot(), DAY, details=True, programs=PROGRAMS)
    return {Kept.of(one) for some in from_run(run) for one in some}
