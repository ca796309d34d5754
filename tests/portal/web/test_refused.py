"""What is answered to what nobody can mean: nothing is written, nothing typed is lost."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.portal.web.conftest import SignedIn

MEETING = {"unit": "乙公司（QY2）", "kind": "党课", "held_on": "2026-09-20", "topic": "会前<学习>"}


@pytest.mark.parametrize(
    ("login", "address"),
    [
        ("party_officer", "/ledgers/meetings/?text=%00"),
        ("party_officer", "/ledgers/meetings/?kind=%00"),
        ("party_officer", "/ledgers/meetings/?under=%00"),
        ("party_officer", "/checklist/QY2%00/"),
        ("security_admin", "/appointments/?text=%00"),
        ("audit_admin", "/sign-ins/?login=%00"),
    ],
)
def test_a_character_no_database_keeps_is_refused_not_broken_upon(
    login: str, address: str, signed_in: SignedIn
) -> None:
    answer = signed_in(login).get(address)
    assert answer.status_code == 400
    assert "有不能用的字符" in answer.content.decode()


@pytest.mark.usefixtures("group")
def test_such_a_character_in_a_sign_in_is_refused_too() -> None:
    answer = Client().post("/sign-in/", {"login": "finance\0", "password": "x"})
    assert answer.status_code == 400


def test_a_form_sent_after_the_session_has_ended_is_kept_to_be_sent_again(
    signed_in: SignedIn,
) -> None:
    """The page shows nothing to whoever is not signed in but what came with the request."""
    address = "/ledgers/meetings/new/"
    late = Client().post(address, MEETING)
    page = late.content.decode()
    assert late.status_code == 403
    assert "接着提交" in page
    assert f'action="{address}"' in page
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    kept.pop("csrfmiddlewaretoken", None)
    assert {name: unescape(text) for name, text in kept.items()} == MEETING
    again = signed_in("party_officer").post(address, MEETING)
    assert again.status_code == 302, "what was kept is recorded once signed in"


@pytest.mark.usefixtures("group")
def test_no_password_is_given_back_to_a_page_that_came_too_late() -> None:
    late = Client().post("/account/", {"now": "old-secret-words", "password": "new-secret-words"})
    assert late.status_code == 302
    assert late.headers["Location"].startswith("/sign-in/")


def test_a_fragment_asked_for_too_late_leads_back_to_the_page_around_it(group: str) -> None:
    del group
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cockpit/?day=2026-06-30"}
    answer = Client().get("/cockpit/ahead/", headers=asked)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fcockpit%2F%3Fday%3D2026-06-30"


@pytest.mark.usefixtures("group")
def test_a_field_typed_in_too_late_does_not_lead_away_from_its_form() -> None:
    asked = {"HX-Request": "true", "HX-Trigger-Name": "unit"}
    answer = Client().get("/ledgers/meetings/look-up/unit/?unit=乙", headers=asked)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (200, None)
    assert "登录已到期" in answer.content.decode()
    assert "乙公司" not in answer.content.decode()


@pytest.mark.usefixtures("group")
def test_a_form_without_its_token_is_refused_in_the_words_of_the_portal() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "finance"})
    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()


def test_an_address_of_a_button_opened_by_hand_says_so(signed_in: SignedIn) -> None:
    answer = signed_in("party_officer").get("/ledgers/meetings/export/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "只接收页面上的按钮" in answer.content.decode()
