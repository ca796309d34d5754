"""动态口令: enrolled by oneself, asked for after the password, no code good twice."""

import base64
import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.portal.web import a_group
from tests.portal.web.a_phone import code_shown
from tests.portal.web.conftest import SignedIn, later

from tongrong.actions.sealing import sealed, unsealed
from tongrong.actions.second_factor import sign_in_code
from tongrong.portal import clock
from tongrong.queries.audit import DROP_SECOND_FACTOR, RESET_SECOND_FACTOR, SET_SECOND_FACTOR
from tongrong.queries.viewers import account_of
from tongrong.records.models import AuditEntry, RecoveryCode, SecondFactor, SignIn
from tongrong.vocabulary.roles import Role

OWN = "/account/second-factor/"
NEXT = {"minutes": 1}
"""So much later the phone shows a code that was not used yet."""


def enrolled(client: Client, at: dt.datetime = a_group.NOON) -> tuple[str, list[str]]:
    """Enrol; the key in the phone, and the recovery codes told."""
    page = client.post(OWN, {"act": "begin"}).content.decode()
    found = re.search(r'密钥：<code class="secret">([A-Z2-7 ]+)<', page)
    assert found
    said = {"act": "confirm", "code": code_shown(found[1], at)}
    told = client.post(OWN, said).content.decode()
    return found[1], re.findall(r'class="secret">([A-Z2-7-]+)<', told)


def half_way(login: str, asked: str = "") -> Client:
    """A browser in which the password was right."""
    client = Client()
    said = {"login": login, "password": a_group.PASSWORD, "next": asked}
    assert client.post("/sign-in/", said).headers["Location"] == "/sign-in/code/"
    return client


def sends(client: Client, code: str) -> int:
    return client.post("/sign-in/code/", {"code": code}).status_code


STANDARD = ((1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037"))
"""RFC 6238, appendix B: the last six of its eight digits."""


def test_codes_are_those_of_the_standard(group: str) -> None:
    del group
    secret, number = b"12345678901234567890", account_of("finance")
    SecondFactor.objects.create(
        account_id=number,
        sealed=sealed(secret),
        begun_at=a_group.NOON,
        confirmed_at=a_group.NOON,
    )
    for seconds, code in STANDARD:
        at = dt.datetime.fromtimestamp(seconds, dt.UTC)
        assert code_shown(base64.b32encode(secret).decode(), at) == code
        assert sign_in_code(account=number, code=code, at=at).account == number


def test_who_enrolled_is_asked_for_a_code_after_the_password(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = enrolled(signed_in("finance"))
    monkeypatch.setattr(clock, "now", lambda: later(**NEXT))
    client = half_way("finance", "/checklist/QY2/")
    assert client.get("/duties/").status_code == 302, "the password alone opens nothing"
    assert sends(client, "000000") == 422
    answer = client.post("/sign-in/code/", {"code": code_shown(key, later(**NEXT))})
    assert answer.headers["Location"] == "/checklist/QY2/"
    assert client.get("/checklist/QY2/").status_code == 200
    outcomes = SignIn.objects.filter(login="finance").order_by("sign_in_id")
    assert list(outcomes.values_list("outcome", flat=True)) == [
        "signed_in", "half_way", "wrong_code", "signed_in",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action=SET_SECOND_FACTOR).count() == 1


def test_no_code_is_good_a_second_time(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = enrolled(signed_in("finance"))
    assert sends(half_way("finance"), code_shown(key, a_group.NOON)) == 422, "used to enrol"
    monkeypatch.setattr(clock, "now", lambda: later(**NEXT))
    code = code_shown(key, later(**NEXT))
    assert sends(half_way("finance"), code) == 302
    assert sends(half_way("finance"), code) == 422, "read over somebody's shoulder"
    earlier = code_shown(key, later(seconds=30))
    assert sends(half_way("finance"), earlier) == 422, "nor an earlier one after it"


def test_wrong_codes_lock_the_account_whatever_the_password(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = enrolled(signed_in("finance"))
    client = half_way("finance")
    assert [sends(client, "000000") for _ in range(4)] == [422] * 4
    assert sends(half_way("finance"), "000000") == 422, "the right password forgave nothing"
    right = {"login": "finance", "password": a_group.PASSWORD}
    assert Client().post("/sign-in/", right).status_code == 422
    monkeypatch.setattr(clock, "now", lambda: later(minutes=16))
    assert sends(half_way("finance"), code_shown(key, later(minutes=16))) == 302


def test_a_right_password_is_good_for_five_minutes_only(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = enrolled(signed_in("finance"))
    client = half_way("finance")
    monkeypatch.setattr(clock, "now", lambda: later(minutes=6))
    answer = client.post("/sign-in/code/", {"code": code_shown(key, later(minutes=6))})
    assert answer.headers["Location"] == "/sign-in/"


def test_a_recovery_code_stands_in_once_and_is_kept_as_a_digest(signed_in: SignedIn) -> None:
    _, codes = enrolled(signed_in("finance"))
    assert len(set(codes)) == 10
    assert sends(half_way("finance"), codes[0].lower()) == 302
    assert sends(half_way("finance"), codes[0]) == 422
    kept = str(list(RecoveryCode.objects.values()))
    assert not any(one.replace("-", "") in kept or one in kept for one in codes)
    again = half_way("finance")
    assert sends(again, codes[1]) == 302
    assert "还有 8 个恢复码" in again.get(OWN).content.decode()


def test_the_key_cannot_be_read_from_the_database(signed_in: SignedIn, settings: Settings) -> None:
    key, _ = enrolled(signed_in("finance"))
    kept = SecondFactor.objects.get().sealed
    assert key.replace(" ", "") not in kept
    secret = base64.b32decode(key.replace(" ", ""))
    assert unsealed(kept) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert unsealed(kept) == secret, "the former key still opens it"
    settings.SECRET_KEY_FALLBACKS = []
    assert unsealed(kept) is None
    assert sends(half_way("finance"), code_shown(key, later(**NEXT))) == 422


def test_an_enrolment_that_is_not_confirmed_asks_for_nothing(signed_in: SignedIn) -> None:
    client = signed_in("finance")
    first = client.post(OWN, {"act": "begin"}).content.decode()
    again = client.post(OWN, {"act": "confirm", "code": "000000"})
    assert again.status_code == 422
    key = re.search(r'密钥：<code class="secret">([A-Z2-7 ]+)<', first)
    assert key
    assert key[1] in again.content.decode(), "the key already in the phone stays"
    signed_in("finance")  # with the password alone


def test_it_is_dropped_and_codes_renewed_with_a_code_only(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("finance")
    key, codes = enrolled(client)
    assert client.post(OWN, {"act": "drop", "code": "000000"}).status_code == 422
    renewed = client.post(OWN, {"act": "renew", "code": codes[0]}).content.decode()
    assert codes[1] not in renewed
    assert client.post(OWN, {"act": "renew", "code": codes[1]}).status_code == 422, "void"
    monkeypatch.setattr(clock, "now", lambda: later(**NEXT))
    said = {"act": "drop", "code": code_shown(key, later(**NEXT))}
    assert client.post(OWN, said).status_code == 302
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert AuditEntry.objects.filter(action=DROP_SECOND_FACTOR).count() == 1
    signed_in("finance")


def test_the_security_administrator_resets_anothers_but_not_the_own(signed_in: SignedIn) -> None:
    admin = signed_in("security_admin")
    enrolled(signed_in("finance"))
    enrolled(admin)
    for login, status in (("finance", 302), ("security_admin", 422)):
        answer = admin.post(f"/appointments/{account_of(login)}/", {"act": "reset"})
        assert answer.status_code == status
    signed_in("finance")
    assert AuditEntry.objects.get(action=RESET_SECOND_FACTOR).subject == "accounts/finance"


def test_a_role_may_require_it_before_anything_else(
    signed_in: SignedIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_FACTOR_ROLES = (Role.SECURITY_ADMIN,)
    client = signed_in("security_admin")
    assert client.get("/appointments/").headers["Location"] == OWN
    assert client.get("/account/").status_code == 200
    assert "必须启用动态口令" in client.get(OWN).content.decode()
    key, _ = enrolled(client)
    assert client.get("/appointments/").status_code == 200
    assert signed_in("finance").get("/duties/").status_code == 200, "others need none"
    monkeypatch.setattr(clock, "now", lambda: later(**NEXT))
    client.post(OWN, {"act": "drop", "code": code_shown(key, later(**NEXT))})
    assert client.get("/appointments/").headers["Location"] == OWN
