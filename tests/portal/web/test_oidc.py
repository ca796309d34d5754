"""单点登录 against a provider that runs on this machine and signs real tokens."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import Settings
from tests.portal.web import a_group
from tests.portal.web.a_phone import code_shown
from tests.portal.web.conftest import SignedIn, later
from tests.portal.web.identity_provider import CLIENT, SECRET
from tests.portal.web.test_second_factor import enrolled

from tongrong.config.sign_in import oidc_provider, second_factor_roles
from tongrong.portal import clock
from tongrong.portal.oidc.provider import Provider
from tongrong.records.models import Account, SignIn
from tongrong.vocabulary.roles import Role

Configured = Callable[[str], Provider]
FAULTS = ("expired", "other-audience", "other-issuer", "other-nonce", "party", "forged", "unsigned")


@pytest.fixture(scope="module")
def port() -> Iterator[str]:
    """The port of a running provider."""
    script = Path(__file__).with_name("identity_provider.py")
    running = subprocess.Popen(
        [sys.executable, script],
        env={**os.environ, "PROVIDER_NOW": str(int(a_group.NOON.timestamp()))},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout
    yield running.stdout.readline().strip()
    running.terminate()
    running.communicate(timeout=10)


@pytest.fixture
def provided(port: str, settings: Settings, group: str) -> Configured:
    """Let the portal use the provider, as the issuer of a fault."""
    del group

    def use(fault: str) -> Provider:
        issuer = f"http://127.0.0.1:{port}/{fault}"
        settings.OIDC = Provider(
            issuer, CLIENT, SECRET, "preferred_username", "统一身份", creates=False
        )
        return settings.OIDC

    return use


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Go nowhere."""


def sent_back(client: Client, asked: str = "") -> str:
    """Where the provider sends the browser that the portal sent to it."""
    there = client.get("/sign-in/oidc/", {"next": asked}).headers["Location"]
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(_Stay).open(there)
    answer.value.close()
    return str(answer.value.headers["Location"]).removeprefix("http://testserver")


def test_who_the_provider_vouches_for_gets_to_the_page_asked_for(provided: Configured) -> None:
    provided("good")
    client = Client()
    assert 'href="/sign-in/oidc/' in client.get("/sign-in/").content.decode()
    answer = client.get(sent_back(client, "/checklist/QY2/"))
    assert answer.headers["Location"] == "/checklist/QY2/"
    assert client.get("/checklist/QY2/").status_code == 200
    assert SignIn.objects.get().login == "finance"


def test_a_token_that_is_not_the_providers_for_us_and_this_sign_in_opens_nothing(
    provided: Configured,
) -> None:
    client, let_in = Client(), []
    for fault in FAULTS:
        provided(fault)
        answer = client.get(sent_back(client))
        if answer.status_code != 422 or "凭证不可信" not in answer.content.decode():
            let_in.append(fault)
    assert let_in == []
    assert client.get("/account/").status_code == 302


def test_an_answer_to_another_browser_or_used_before_is_refused(provided: Configured) -> None:
    provided("good")
    client, other = Client(), Client()
    back = sent_back(client)
    sent_back(other)
    for stranger in (Client(), other):
        assert "不是从这里开始的" in stranger.get(back).content.decode()
    assert client.get(back).status_code == 302
    assert "不是从这里开始的" in client.get(back).content.decode()


def test_who_has_no_account_is_told_so_and_none_is_made(provided: Configured) -> None:
    provided("stranger")
    client, count = Client(), Account.objects.count()
    assert "没有账户" in client.get(sent_back(client)).content.decode()
    assert Account.objects.count() == count
    assert SignIn.objects.get().outcome == "refused"
    provided("nameless")
    assert "没有账户" in client.get(sent_back(client)).content.decode()


def test_a_closed_account_stays_closed(provided: Configured) -> None:
    provided("good")
    Account.objects.filter(login="finance").update(active=False)
    client = Client()
    assert client.get(sent_back(client)).status_code == 422


def test_an_account_is_made_where_that_is_configured_without_role_or_password(
    provided: Configured, settings: Settings
) -> None:
    settings.OIDC = replace(provided("stranger"), creates=True)
    client = Client()
    assert client.get(sent_back(client)).status_code == 302
    account = Account.objects.get(login="stranger")
    assert account.label == "新来的"
    assert not account.has_usable_password()
    page = client.get("/account/").content.decode()
    assert "您用统一身份登录，在本系统没有口令" in page
    assert 'type="password"' not in page
    assert client.post("/account/", {"now": "", "password": "x", "again": "x"}).status_code == 404
    assert client.get("/duties/").status_code == 403


def test_a_second_factor_is_asked_for_all_the_same(
    provided: Configured, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    provided("good")
    key, _ = enrolled(signed_in("finance"))
    client = Client()
    assert client.get(sent_back(client)).headers["Location"] == "/sign-in/code/"
    assert client.get("/duties/").status_code == 302
    monkeypatch.setattr(clock, "now", lambda: later(minutes=1))
    client.post("/sign-in/code/", {"code": code_shown(key, later(minutes=1))})
    assert client.get("/duties/").status_code == 200


def test_a_one_time_password_is_no_matter_for_who_signs_in_without_it(
    provided: Configured,
) -> None:
    provided("good")
    Account.objects.filter(login="finance").update(one_time=True)
    client = Client()
    client.get(sent_back(client))
    assert client.get("/duties/").status_code == 200


def test_a_provider_that_is_down_or_refuses_is_told_with_a_way_out(
    provided: Configured, settings: Settings
) -> None:
    good = provided("good")
    settings.OIDC = replace(good, issuer="http://127.0.0.1:9/none")
    page = Client().get("/sign-in/oidc/").content.decode()
    assert "没有答复" in page
    assert "用账户名和口令登录" in page
    settings.OIDC = replace(good, client_secret="not the secret")  # noqa: S106
    client = Client()
    assert "/token 答 400" in client.get(sent_back(client)).content.decode()
    settings.OIDC = good
    client.get("/sign-in/oidc/")
    assert client.get("/sign-in/oidc/back/", {"state": "别人的", "code": "1"}).status_code == 422
    client.get("/sign-in/oidc/")
    state = client.session["oidc_asked"]["state"]
    denied = client.get("/sign-in/oidc/back/", {"state": state, "error": "access_denied"})
    assert "身份系统没有让您登录" in denied.content.decode()


FULL = {
    "TONGRONG_OIDC_ISSUER": "https://id.example",
    "TONGRONG_OIDC_CLIENT_ID": "a",
    "TONGRONG_OIDC_CLIENT_SECRET": "b",
}


def test_the_environment_configures_it_or_says_what_is_wrong() -> None:
    assert oidc_provider({}) is None
    found = oidc_provider({**FULL, "TONGRONG_OIDC_CLAIM": "employee", "TONGRONG_OIDC_CREATE": "1"})
    assert found is not None
    assert (found.claim, found.creates) == ("employee", True)
    with pytest.raises(ImproperlyConfigured, match="缺环境变量 TONGRONG_OIDC_CLIENT_SECRET"):
        oidc_provider({**FULL, "TONGRONG_OIDC_CLIENT_SECRET": ""})
    with pytest.raises(ImproperlyConfigured, match="https://"):
        oidc_provider({**FULL, "TONGRONG_OIDC_ISSUER": "http://id.example"})
    assert second_factor_roles("superior, audit_admin") == (Role.SUPERIOR, Role.AUDIT_ADMIN)
    with pytest.raises(ImproperlyConfigured, match="auditor"):
        second_factor_roles("auditor")
