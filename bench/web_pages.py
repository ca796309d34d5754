"""How long the portal's pages take in a store of so many units, asked of a real server.

    DATABASE_URL=postgresql://… python -m bench.web_pages --units 10000 --meetings 18

Fills an empty database, stores all verdicts as of today, starts `tongrong serve` with one worker
process and asks it for pages over HTTP, each of another unit than the one before; then counts the
queries of the page in this process. Prints one line of JSON a page. Styles and files of the server
are kept in TONGRONG_HOME.
"""

import argparse
import json
import os
import random
import re
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongrong.config.settings.dev")
django.setup()

from django.conf import settings  # noqa: E402 Django must be ready first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.filling import Filler  # noqa: E402
from tongrong.actions.accounts import appoint, make_account  # noqa: E402
from tongrong.actions.place_units import place_units  # noqa: E402
from tongrong.actions.prepare_database import prepare_database  # noqa: E402
from tongrong.actions.refresh import Engine, refresh  # noqa: E402
from tongrong.actions.turns import one_write  # noqa: E402
from tongrong.engine.programs import Programs  # noqa: E402
from tongrong.portal import clock  # noqa: E402
from tongrong.records.models import LEDGER_MODELS  # noqa: E402
from tongrong.vocabulary.roles import Role  # noqa: E402

CHECKLIST = "442-2018"
ABOVE = "SJ"
PASSWORD = secrets.token_urlsafe(18)
ROLES = (("superior", Role.SUPERIOR), ("officer", Role.PARTY_OFFICER))
HOST, CSRF = "127.0.0.1", settings.CSRF_COOKIE_NAME
WARM = 3


def store(filler: Filler) -> None:
    """Fill the database, store verdicts, and let somebody sign in in each role above all units."""
    prepare_database()
    filler.fill()
    with one_write("bench"):
        place_units()
    refresh(checklist=CHECKLIST, as_of=clock.today(), at=clock.now(), engine=Engine(Programs()))
    told: dict[str, Any] = {"actor": "bench", "at": clock.now()}
    for login, role in ROLES:
        make_account(login=login, label=login, password=PASSWORD, **told)
        since = clock.today().replace(month=1, day=1)
        appoint(login=login, role=role, unit=ABOVE, from_on=since, until=None, **told)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def served() -> Iterator[int]:
    """A server with one worker process; gives its port."""
    with socket.create_server((HOST, 0)) as listening:
        port = int(listening.getsockname()[1])
    server = subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-c", "from tongrong.portal.cli.main import main; main()",
         "serve", "--keep-day", "--port", str(port), "--workers", "1"],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answers(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> None:
    for _ in range(240):
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"no answer on port {port}")


class Browser:
    """Somebody signed in, asking a server for pages."""

    def __init__(self, port: int, login: str) -> None:
        self.at = f"http://{HOST}:{port}"
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.get("/sign-in/")
        self.post("/sign-in/", {"login": login, "password": PASSWORD})

    def get(self, address: str) -> str:
        """The text of a page."""
        return self._asked(Request(self.at + address))  # noqa: S310 our own server

    def post(self, address: str, said: Mapping[str, str]) -> str:
        """The text of the page that a form leads to."""
        token = next(one.value for one in self.jar if one.name == CSRF)
        sent = urlencode({**said, "csrfmiddlewaretoken": token or ""}).encode()
        return self._asked(Request(self.at + address, sent))  # noqa: S310 our own server

    def _asked(self, request: Request) -> str:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return str(answer.read().decode())
        except URLError as error:
            raise ValueError(f"{request.full_url}: {error}") from error


@dataclass(frozen=True)
class Asked:
    """A page, who asks for it, and the addresses asked for; `form` makes what is sent."""

    name: str
    login: str
    address: Callable[[], str]
    form: Callable[[], dict[str, str]] | None = None


class Pages:
    """The pages that are timed, each time of a unit by chance."""

    def __init__(self, filler: Filler) -> None:
        self.units, self.roll = filler.units, random.Random(11)  # noqa: S311 no secret
        self.said = 0

    def one(self, kind: str) -> str:
        """A unit of a kind."""
        return self.roll.choice(self.units[kind])

    def all(self) -> Iterator[Asked]:
        """Every page, the one that writes last."""
        yield Asked("待办（含下级）", "superior", lambda: "/duties/")
        yield Asked("待办（本级）", "officer", lambda: "/duties/?below=0")
        firms = max(1, len(self.units["firm"]) // 40)
        yield Asked("驾驶舱（矩阵）", "superior",
                    lambda: f"/cockpit/?page={self.roll.randint(1, firms)}")  # fmt: skip
        yield Asked("驾驶舱（四同步和到期）", "superior", lambda: "/cockpit/ahead/")
        yield Asked("驾驶舱（全年和变差）", "superior", lambda: "/cockpit/year/")
        yield Asked("驾驶舱（一个企业）", "superior", lambda: f"/cockpit/{self.one('firm')}/")
        yield Asked("对标清单", "superior", lambda: f"/checklist/{self.one('firm')}/")
        yield Asked("单位树", "superior",
                    lambda: f"/unit-tree/?here={self.one('branch')}")  # fmt: skip
        yield Asked("说明", "superior",
                    lambda: f"/checklist/{self.one('branch')}/11.1.f/explanation/")  # fmt: skip
        yield Asked("判据", "superior", lambda: f"/checklist/{self.one('branch')}/11.1.f/")
        yield Asked("台账（会议活动）", "superior", lambda: "/ledgers/meetings/")
        yield Asked("台账（出席，最长）", "superior", lambda: "/ledgers/attendance/")
        yield Asked("台账（中间一页）", "superior", self._in_the_middle)
        yield Asked("台账（一个单位）", "superior",
                    lambda: f"/ledgers/meetings/?unit={self.one('branch')}")  # fmt: skip
        yield Asked(
            "台账（查文字）", "superior", lambda: "/ledgers/meetings/?text=%E5%85%9A%E5%BB%BA"
        )
        yield Asked("记录", "superior", self._record)
        yield Asked("出席名单", "officer", lambda: f"{self._record()}attendance/")
        yield Asked("登记表单", "officer",
                    lambda: f"/ledgers/meetings/new/?unit={self.one('branch')}")  # fmt: skip
        yield Asked("登记并重新判定", "officer", lambda: "/ledgers/meetings/new/", self._meeting)

    def _some_meeting(self) -> Any:
        """A meeting of a branch by chance."""
        of_branch = {"unit": self.one("branch"), "status": "有效"}
        rows = LEDGER_MODELS["meetings"].objects.filter(**of_branch)
        return self.roll.choice(list(rows.order_by("version_id")[:10]))

    def _in_the_middle(self) -> str:
        return f"/ledgers/meetings/?after={self._some_meeting().version_id}&first=50001"

    def _record(self) -> str:
        return f"/ledgers/meetings/{self._some_meeting().version_id}/"

    def _meeting(self) -> dict[str, str]:
        self.said += 1
        return {
            "unit": self.one("branch"),
            "kind": self.roll.choice(("支部党员大会", "支部委员会", "党小组会", "党课")),
            "held_on": f"2026-0{self.roll.randint(1, 9)}-{self.roll.randint(10, 28)}",
            "title": f"第{self.said}次",
        }


def timed(browser: Browser, asked: Asked, times: int) -> dict[str, Any]:
    """The median and the 95th percentile of a page, milliseconds."""
    spent = []
    for number in range(WARM + times):
        address, form = asked.address(), asked.form and asked.form()
        began = time.perf_counter()
        page = browser.get(address) if form is None else browser.post(address, form)
        if number >= WARM:
            spent.append(1000 * (time.perf_counter() - began))
        if form is not None and "已登记" not in page:
            faults = re.findall(r'id="fault-\w+">([^<]+)<', page)
            raise ValueError(f"{address}: {'; '.join(map(unescape, faults)) or page[:300]}")
    spent.sort()
    return {
        "page": asked.name,
        "p50_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(0.95 * len(spent))], 1),
    }


def counted(client: Client, asked: Asked) -> int:
    """How many queries a page asks of the database; what writes, until it leads on."""
    address, form = asked.address(), asked.form() if asked.form else None
    with CaptureQueriesContext(connection) as queries:
        if form is None:
            client.get(address, HTTP_HOST=HOST)
        else:
            client.post(address, form, HTTP_HOST=HOST)
    return len(queries)


def main() -> None:
    """Fill, serve, time, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--meetings", type=int, default=18, help="a unit, each with ten persons")
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for")
    given = parser.parse_args()
    filler = Filler(given.units, given.meetings, ABOVE)
    began = time.perf_counter()
    store(filler)
    rows = sum(model.objects.count() for model in LEDGER_MODELS.values())
    units = sum(map(len, filler.units.values())) + 1
    print(json.dumps({"units": units, "rows": rows, "database": connection.vendor,
                      "store_s": round(time.perf_counter() - began, 1)}), flush=True)  # fmt: skip
    pages = Pages(filler)
    with served() as port:
        browsers = {login: Browser(port, login) for login, _ in ROLES}
        clients = {login: Client() for login, _ in ROLES}
        for login, client in clients.items():
            client.post("/sign-in/", {"login": login, "password": PASSWORD}, HTTP_HOST=HOST)
        for asked in pages.all():
            found = timed(browsers[asked.login], asked, given.times)
            found["queries"] = counted(clients[asked.login], asked)
            print(json.dumps(found, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
