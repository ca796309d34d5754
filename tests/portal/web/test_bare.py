"""Before anything is recorded every page says so, and what to do next."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from tests.databases import django_at
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.actions.prepare_database import prepare_database
from tongrong.portal import clock

NOT_JUDGED = "还没有判定结果"
SAYS_SO = {
    ("superior", "/duties/"): NOT_JUDGED,
    ("superior", "/cockpit/"): NOT_JUDGED,
    ("superior", "/cockpit/ahead/"): NOT_JUDGED,
    ("superior", "/cockpit/year/"): NOT_JUDGED,
    ("party_officer", "/cockpit/QY2/"): NOT_JUDGED,
    ("party_officer", "/cockpit/QY2/reuse/"): NOT_JUDGED,
    ("branch_secretary", "/cockpit/ZB1/"): NOT_JUDGED,
    ("assessor", "/checklist/QY2/"): NOT_JUDGED,
    ("assessor", "/checklist/QY2/1.1.b/"): NOT_JUDGED,
    ("superior", "/ledgers/meetings/"): "还没有记录",
    ("party_officer", "/ledgers/meetings/"): "还没有记录",
    ("party_officer", "/ledgers/meetings/?text=四月"): "没有符合条件的记录",
    ("party_officer", "/ledgers/meetings/?withdrawn=1"): "没有撤回的记录",
    ("party_officer", "/ledgers/meetings/?returned=1"): "没有已退回的记录",
    ("party_officer", "/imports/"): "还没有导入过",
    ("nobody", "/account/"): "还没有给您分配角色",
    ("system_admin", "/accounts/?text=四月"): "没有符合条件的账户",
    ("system_admin", "/jobs/"): "还没有任务",
    ("security_admin", "/appointments/?text=四月"): "没有符合条件的账户",
    ("audit_admin", "/audit/?actor=四月"): "没有符合条件的操作",
    ("audit_admin", "/sign-ins/?login=四月"): "没有符合条件的登录",
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A SQLite file in which there are people and units and nothing else."""
    path = tmp_path_factory.mktemp("bare") / "bare.sqlite3"
    with django_db_blocker.unblock(), django_at(f"sqlite:///{path}"):
        prepare_database()
        a_group.build_bare()
    return path


@pytest.fixture
def group(
    bare: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The URL of a copy of it; the clock stands at the day of the group."""
    settings.TONGRONG_HOME = tmp_path
    monkeypatch.setattr(clock, "now", lambda: a_group.NOON)
    monkeypatch.setattr(clock, "today", lambda: a_group.AS_OF)
    url = f"sqlite:///{shutil.copy(bare, tmp_path)}"
    with django_db_blocker.unblock(), django_at(url):
        yield url


def asked(client: Client, address: str) -> str:
    """A page of the portal, whole."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_each_page_says_that_there_is_nothing_and_what_to_do(signed_in: SignedIn) -> None:
    clients = {login: signed_in(login) for login in {one for one, _ in SAYS_SO}}
    silent = []
    for (login, address), said in SAYS_SO.items():
        page = asked(clients[login], address)
        told = re.findall(r'empty-said">([^<]+)</p><p class="empty-act">([^<]+)<', page)
        if said not in {one for one, act in told if act.strip()}:
            silent.append(f"{login} {address}: {told}")
    assert silent == []
