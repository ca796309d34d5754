"""用户: what the system administrator may do to accounts, and what none of the three may."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.actions.accounts import make_account
from tongrong.queries.audit import CLOSE_ACCOUNT, RESET_PASSWORD
from tongrong.queries.viewers import account_of
from tongrong.records.models import Account, AuditEntry
from tongrong.vocabulary.roles import Role

NEW = "battery-staple-42"


def secret_on(page: str) -> str:
    """The one-time password that a page tells."""
    found = re.search(r'class="secret">([^<]+)<', page)
    assert found
    return found[1]


def act(client: Client, login: str, **said: str) -> tuple[int, str]:
    """Press a button of an account's page; the status, and the page that follows."""
    answer = client.post(f"/accounts/{account_of(login)}/", said, follow=True)
    return answer.status_code, answer.content.decode()


def enters(login: str, password: str) -> str:
    """Where somebody gets who signs in and asks for the first page; empty: not in."""
    client = Client()
    if client.post("/sign-in/", {"login": login, "password": password}).status_code != 302:
        return ""
    return str(client.get("/", follow=True).request["PATH_INFO"])


def test_a_new_account_gets_in_by_a_one_time_password_that_must_be_changed_first(
    signed_in: SignedIn,
) -> None:
    said = {"login": " LiuYi ", "label": "乙公司党务"}
    page = signed_in("system_admin").post("/accounts/new/", said).content.decode()
    given = secret_on(page)
    client = Client()
    client.post("/sign-in/", {"login": "liuyi", "password": given})
    for address in ("/", "/components/", "/account/second-factor/"):
        assert client.get(address).headers["Location"] == "/account/", address
    fragment = client.get("/components/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/account/"
    assert "一次性口令" in client.get("/account/").content.decode()
    same = client.post("/account/", {"now": given, "password": given, "again": given})
    assert "和现在的一样" in same.content.decode()
    client.post("/account/", {"now": given, "password": NEW, "again": NEW})
    assert client.get("/components/").status_code == 200
    assert enters("liuyi", given) == "", "the one-time password is over"
    assert enters("liuyi", NEW) == "/account/", "nobody has appointed them yet"
    assert not AuditEntry.objects.filter(detail__icontains=given).exists()


def test_an_account_without_a_name_or_with_anothers_is_refused(signed_in: SignedIn) -> None:
    count, admin = Account.objects.count(), signed_in("system_admin")
    for login, label, told in (
        ("Finance", "财务二", "没有人用的账户名"),
        ("", "无名", "账户名和称呼"),
        ("new", " ", "账户名和称呼"),
    ):
        answer = admin.post("/accounts/new/", {"login": login, "label": label})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert Account.objects.count() == count


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("张三😀", "里的 😀"),
        ("liu yi", "不用表情、空格"),
        ("liu\u200byi", "文字、数字和 . _ - @"),
        ("爱❤\ufe0f", "里的 ❤"),
        ("a\ufe0f", "文字、数字和 . _ - @"),
        ("a/b", "里的 /"),
        ("._-@", "不只是符号"),
        ("长" * 61, "至多 60 个"),
    ],
)
def test_a_name_nobody_can_type_is_refused_and_kept_in_the_form(
    login: str, told: str, signed_in: SignedIn
) -> None:
    admin = signed_in("system_admin")
    answer = admin.post("/accounts/new/", {"login": login, "label": "试用"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'value="{login}"' in page
    assert not Account.objects.filter(label="试用").exists()


@pytest.mark.parametrize("login", ["张三", "li.si-2_b@example.com", "müller", "สมชาย", "मोहन"])
def test_names_in_any_script_are_taken(login: str, signed_in: SignedIn) -> None:
    answer = signed_in("system_admin").post("/accounts/new/", {"login": login, "label": "试用"})
    assert answer.status_code in (200, 302)
    assert Account.objects.filter(label="试用", login=login).exists()


def test_an_account_of_before_with_another_name_still_signs_in(group: str) -> None:
    del group
    told = {"label": "旧账户", "password": a_group.PASSWORD, "actor": "试验"}
    make_account(login="旧😀 1", at=a_group.NOON, **told)
    assert enters("旧😀 1", a_group.PASSWORD) != ""


def test_a_reset_password_ends_what_is_open_and_is_audited(signed_in: SignedIn) -> None:
    admin, finance = signed_in("system_admin"), signed_in("finance")
    status, page = act(admin, "finance", act="reset")
    assert status == 200
    assert finance.get("/duties/").status_code == 302, "signed out"
    assert enters("finance", a_group.PASSWORD) == ""
    assert enters("finance", secret_on(page)) == "/account/"
    entry = AuditEntry.objects.get(action=RESET_PASSWORD)
    assert (entry.actor, entry.subject, entry.detail) == ("system_admin", "accounts/finance", {})


def test_no_administrator_can_become_another_by_setting_their_password(
    signed_in: SignedIn,
) -> None:
    status, page = act(signed_in("system_admin"), "security_admin", act="reset")
    assert status == 422
    assert "tongrong administrators --reset security_admin" in page
    assert enters("security_admin", a_group.PASSWORD) == "/appointments/"


def test_a_closed_account_is_out_and_can_be_opened_again(signed_in: SignedIn) -> None:
    admin, finance = signed_in("system_admin"), signed_in("finance")
    for _ in range(2):  # pressed twice, done once
        assert act(admin, "finance", act="close")[0] == 200
    assert AuditEntry.objects.filter(action=CLOSE_ACCOUNT).count() == 1
    assert finance.get("/duties/").status_code == 302
    assert enters("finance", a_group.PASSWORD) == ""
    assert "停用" in admin.get("/accounts/?state=closed").content.decode()
    act(admin, "finance", act="reopen")
    assert enters("finance", a_group.PASSWORD) == "/duties/"


def test_the_last_of_an_administrator_cannot_be_closed_but_one_of_two_can(
    signed_in: SignedIn,
) -> None:
    admin = signed_in("system_admin")
    status, page = act(admin, "audit_admin", act="close")
    assert status == 422
    assert "最后一位审计管理员" in page
    a_group.hold("nobody", Role.AUDIT_ADMIN, "")
    assert act(admin, "audit_admin", act="close")[0] == 200
    assert act(admin, "nobody", act="close")[0] == 422, "now this one is the last"


def test_nobody_does_anything_to_their_own_account(signed_in: SignedIn) -> None:
    admin = signed_in("system_admin")
    page = admin.get(f"/accounts/{account_of('system_admin')}/").content.decode()
    assert "这是您自己的账户" in page
    assert 'name="act"' not in page[page.index("<main") :]
    for button in ("close", "reset"):
        status, told = act(admin, "system_admin", act=button)
        assert status == 422
        assert "另一位同类管理员" in told


def test_a_label_can_be_changed_and_a_search_finds_it(signed_in: SignedIn) -> None:
    admin = signed_in("system_admin")
    act(admin, "finance", act="rename", label="乙公司财务")
    assert "finance" in admin.get("/accounts/?text=乙公司").content.decode()
    assert "没有符合条件的账户" in admin.get("/accounts/?text=没有这个").content.decode()
    assert act(admin, "finance", act="rename", label=" ")[0] == 422
    assert act(admin, "finance", act="appoint")[0] == 404, "no act of this administrator"


def test_a_long_list_turns_forward_and_back(signed_in: SignedIn) -> None:
    Account.objects.bulk_create(
        Account(login=f"n{n:03}", label="多", made_at=a_group.NOON) for n in range(120)
    )
    admin, address, seen = signed_in("system_admin"), "/accounts/?text=n0", []
    for _ in range(2):
        page = admin.get(address).content.decode()
        seen += re.findall(r">(n\d{3})</a>", page)
        later = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        address = f"/accounts/{unescape(later[1])}" if later else ""
    assert seen == [f"n{n:03}" for n in range(100)]
    assert address == ""
    earlier = re.search(r'href="(\?[^"]*before=[^"]*)"', page)
    assert earlier
    back = admin.get(f"/accounts/{unescape(earlier[1])}").content.decode()
    assert re.findall(r">(n\d{3})</a>", back) == seen[:50]
    assert "before=" not in back
