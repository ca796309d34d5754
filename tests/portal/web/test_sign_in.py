"""Signing in: who may, how often one may try, and how long it lasts."""

import datetime as dt
from functools import partial

import pytest
from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn, later

from tongrong.actions.accounts import appoint, make_account, set_password
from tongrong.actions.sign_in import MOST_SESSIONS, sign_in
from tongrong.config.settings import base
from tongrong.portal import clock
from tongrong.queries.audit import MAKE_ACCOUNT, SET_PASSWORD
from tongrong.queries.viewers import account_of
from tongrong.records.models import Account, AuditEntry, OpenSession, SignIn
from tongrong.vocabulary.errors import TongrongError
from tongrong.vocabulary.roles import Role

pytestmark = pytest.mark.usefixtures("group")
GOOD, WRONG, NEW = a_group.PASSWORD, "not-the-password", "battery-staple-42"
WEAK = "123"


def attempt(client: Client, login: str, password: str) -> int:
    return client.post("/sign-in/", {"login": login, "password": password}).status_code


def test_a_wrong_password_and_an_unknown_name_are_told_alike() -> None:
    answers = [
        Client().post("/sign-in/", {"login": login, "password": WRONG}).content.decode()
        for login in ("finance", "no-such-name")
    ]
    assert all("账户名或口令不对" in one for one in answers)


def test_after_five_wrong_ones_nobody_looks_for_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        assert attempt(Client(), "finance", WRONG) == 422
    answer = Client().post("/sign-in/", {"login": "finance", "password": GOOD})
    assert answer.status_code == 422
    assert "暂停登录 15 分钟" in answer.content.decode()
    assert attempt(Client(), "secretary", GOOD) == 302, "others are not locked"
    monkeypatch.setattr(clock, "now", lambda: later(minutes=16))
    assert attempt(Client(), "finance", GOOD) == 302


def test_a_right_password_forgives_what_was_wrong_before() -> None:
    for _ in range(2):
        for _ in range(4):
            assert attempt(Client(), "finance", WRONG) == 422
        assert attempt(Client(), "finance", GOOD) == 302


def test_capitals_and_spaces_around_a_name_make_no_difference() -> None:
    assert attempt(Client(), "  Finance ", GOOD) == 302


def test_every_attempt_is_in_the_log() -> None:
    sign_in(login="finance", password=WRONG, at=a_group.NOON)
    sign_in(login="finance", password=GOOD, at=a_group.NOON)
    told = SignIn.objects.order_by("sign_in_id").values_list("login", "outcome")
    assert list(told) == [("finance", "wrong"), ("finance", "signed_in")]


def test_of_four_sessions_the_oldest_ends(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = []
    for minute in range(MOST_SESSIONS + 1):
        monkeypatch.setattr(clock, "now", partial(later, minutes=minute))
        clients.append(signed_in("finance"))
    statuses = [client.get("/duties/").status_code for client in clients]
    assert statuses == [302, 200, 200, 200]


def test_a_session_ends_after_eight_hours_however_much_it_was_used(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("finance")
    monkeypatch.setattr(clock, "now", lambda: later(hours=7.9))
    assert client.get("/duties/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: later(hours=8.1))
    assert client.get("/duties/").status_code == 302


def test_who_signs_out_is_out_and_the_session_cannot_be_used_again(signed_in: SignedIn) -> None:
    client = signed_in("finance")
    kept = client.cookies["tongrong_session"].value
    client.post("/sign-out/")
    assert OpenSession.objects.count() == 0
    client.cookies["tongrong_session"] = kept
    assert client.get("/duties/").status_code == 302


def test_an_account_that_was_closed_is_out_at_once(signed_in: SignedIn) -> None:
    client = signed_in("finance")
    Account.objects.filter(login="finance").update(active=False)
    assert client.get("/duties/").status_code == 302
    assert attempt(Client(), "finance", GOOD) == 422


def test_a_role_ends_on_the_day_it_no_longer_holds(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = a_group.AS_OF + dt.timedelta(days=1)
    a_group.hold("nobody", Role.FINANCE, "QY2", until)
    client = signed_in("nobody")
    assert client.get("/checklist/QY2/").status_code == 200
    monkeypatch.setattr(clock, "today", lambda: until)
    assert client.get("/checklist/QY2/").status_code == 403


def test_signing_in_leads_back_to_the_page_asked_for_but_never_elsewhere() -> None:
    def goes_to(asked: str) -> str:
        said = {"login": "finance", "password": GOOD, "next": asked}
        return Client().post("/sign-in/", said).headers["Location"]

    assert goes_to("/checklist/QY2/") == "/checklist/QY2/"
    assert goes_to("https://elsewhere.example/") == "/"
    assert goes_to("//elsewhere.example/") == "/"


def test_a_new_password_ends_all_other_sessions_and_is_audited(signed_in: SignedIn) -> None:
    here, elsewhere = signed_in("finance"), signed_in("finance")
    said = {"now": GOOD, "password": NEW, "again": NEW}
    assert here.post("/account/", said).status_code == 302
    assert here.get("/duties/").status_code == 200
    assert elsewhere.get("/duties/").status_code == 302
    assert attempt(Client(), "finance", NEW) == 302
    assert AuditEntry.objects.filter(action=SET_PASSWORD, subject="accounts/finance").count() == 1


@pytest.mark.parametrize(
    ("now", "new", "again", "said"),
    [
        (WRONG, "battery-staple-42", "battery-staple-42", "现在的口令不对"),
        (GOOD, "battery-staple-42", "battery-staple-43", "两次输入的新口令不一样"),
        (GOOD, "short", "short", "12"),
        (GOOD, "123456789012", "123456789012", "数字"),
        (GOOD, "finance12345", "finance12345", "相似"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    now: str, new: str, again: str, said: str, signed_in: SignedIn
) -> None:
    answer = signed_in("finance").post("/account/", {"now": now, "password": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert attempt(Client(), "finance", GOOD) == 302


def test_a_password_costs_who_guesses_as_much_as_django_has_it_cost() -> None:
    """In every installation; tests alone sign in for less."""
    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_passwords_are_kept_by_argon2_and_no_entry_tells_them() -> None:
    account = Account.objects.get(login="finance")
    assert account.password.startswith("argon2$argon2id$")
    assert not any(
        GOOD in str(entry.detail) for entry in AuditEntry.objects.filter(action=MAKE_ACCOUNT)
    )


def test_an_account_made_twice_is_made_once() -> None:
    told = {"login": "Finance", "label": "别人", "password": NEW}
    entries = AuditEntry.objects.count()
    assert not make_account(**told, actor="试验", at=a_group.NOON)
    assert Account.objects.get(login="finance").label == "finance"
    assert not a_group.hold("finance", Role.FINANCE, "QY2")
    assert AuditEntry.objects.count() == entries


def test_a_weak_password_makes_no_account() -> None:
    with pytest.raises(TongrongError, match="口令"):
        make_account(login="new", label="新", password=WEAK, actor="试验", at=a_group.NOON)
    assert not Account.objects.filter(login="new").exists()


@pytest.mark.parametrize(
    ("login", "role", "unit", "code"),
    [
        ("finance", Role.AUDIT_ADMIN, "", "account.apart"),
        ("system_admin", Role.SECURITY_ADMIN, "", "account.apart"),
        ("audit_admin", Role.FINANCE, "QY2", "account.apart"),
        ("nobody", Role.SYSTEM_ADMIN, "QY2", "account.unit"),
        ("nobody", Role.FINANCE, "", "account.unit"),
        ("nobody", Role.FINANCE, "QY9", "account.place"),
        ("no-such-name", Role.FINANCE, "QY2", "account.unknown"),
    ],
)
def test_who_may_not_be_appointed_is_refused(login: str, role: Role, unit: str, code: str) -> None:
    with pytest.raises(TongrongError) as refused:
        a_group.hold(login, role, unit)
    assert [one.code for one in refused.value.problems] == [code]


def test_an_administrator_may_become_another_once_the_first_role_is_over() -> None:
    told = {"login": "nobody", "unit": "", "actor": "试验", "at": a_group.NOON}
    change = dt.date(2026, 6, 1)
    appoint(role=Role.SYSTEM_ADMIN, from_on=a_group.SINCE, until=change, **told)
    assert appoint(role=Role.AUDIT_ADMIN, from_on=change, until=None, **told)


def test_setting_a_password_again_is_one_entry_each() -> None:
    number = account_of("finance")
    for _ in range(2):
        set_password(account=number, password=NEW, actor="试验", at=a_group.NOON)
    assert AuditEntry.objects.filter(action=SET_PASSWORD).count() == 2
