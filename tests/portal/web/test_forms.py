"""Every form is taken from exactly those whom the reviewed file names; else nothing is written."""

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.portal.stores import TABLES
from tests.portal.web.a_group import number_of
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import meetings
from tests.portal.web.test_routes import LOGINS, MEETINGS, SCOPES, expected

from tongrong.portal.pages.registry import PAGES
from tongrong.queries.viewers import account_of
from tongrong.records.models import Appointment

FILE = Path(__file__).with_name("forms.yaml")
FORMS: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["forms"]
NOBODY_HAS = 10**9
REFUSED = (403, 404, 422)


@pytest.fixture(autouse=True)
def _home(group: str, settings: Settings, tmp_path: Path) -> None:
    """A home folder of the test's own, for what is sent."""
    del group
    settings.TONGRONG_HOME = tmp_path / "home"
    settings.TONGRONG_HOME.mkdir()


def send(client: Client, form: Mapping[str, Any], unit: str) -> HttpResponse:
    """Send a form about a unit; about another's record or account where there is no such unit."""
    known = unit in MEETINGS
    account = account_of("finance")
    said = {
        "unit": unit,
        "record": number_of(MEETINGS[unit]) if known else NOBODY_HAS,
        "account": account if known else NOBODY_HAS,
        "appointment": Appointment.objects.get(account_id=account).pk,
    }
    sent: dict[str, Any] = {name: text.format(**said) for name, text in form["sent"].items()}
    if form.get("file"):
        lecture = meetings(("HY20", "ZB1", "党课", "2026-09-20"))
        sent["file"] = SimpleUploadedFile("九月会议.xlsx", lecture)
    return client.post(form["address"].format(**said), sent)


def empty(home: Path) -> None:
    """Leave nothing in the home folder."""
    shutil.rmtree(home)
    home.mkdir()


def of_a_unit(form: Mapping[str, Any]) -> bool:
    """Whether a form speaks of a unit, a record or an account, so that there is a beyond."""
    return "{" in form["address"] or "{unit}" in form["sent"].values()


def everything() -> dict[str, str]:
    """A hash of each table of the store."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 a name of ours
            rows = "\n".join(sorted(map(repr, cursor.fetchall())))
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def changed(before: Mapping[str, str]) -> list[str]:
    """The tables that are not as they were."""
    return [table for table, now in everything().items() if now != before[table]]


def test_no_form_is_missing_and_none_is_made_up(request: pytest.FixtureRequest) -> None:
    assert {page.name for page in PAGES if "POST" in page.methods} == {
        form["page"] for form in FORMS.values()
    }
    folder = request.config.rootpath / "src" / "tongrong" / "portal" / "templates"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
    buttons = {act for text in texts for act in re.findall(r'name="act" value="([\w-]+)"', text)}
    assert buttons == {form["sent"]["act"] for form in FORMS.values() if "act" in form["sent"]}
    for form in FORMS.values():
        for logins in form.get("may", {}).values():
            assert set(logins) <= set(LOGINS)


@pytest.mark.parametrize("login", LOGINS)
def test_a_form_is_taken_from_whom_the_file_says(
    login: str, signed_in: SignedIn, settings: Settings
) -> None:
    """What is taken is taken back again, so that each form meets the store as it was."""
    key, wrong, home = signed_in(login).cookies, list[str](), settings.TONGRONG_HOME
    before = everything()
    for name, form in FORMS.items():
        inside = expected(form, login)
        beyond = 403 if inside == 403 else form.get("beyond", 404)
        for where, status in (("in", inside), ("out", beyond))[: 1 + of_a_unit(form)]:
            client = Client()
            client.cookies = key.copy()
            with transaction.atomic():
                answer = send(client, form, SCOPES[login][where])
                refused = answer.status_code in REFUSED and "counted" not in form
                transaction.set_rollback(not refused)
            if answer.status_code != status:
                wrong.append(f"{name} {where} of scope: {answer.status_code}, not {status}")
            if refused and any(home.iterdir()):
                wrong.append(f"{name} {where} of scope: a file was kept")
            empty(home)
    assert wrong == []
    assert changed(before) == [], "a refused form wrote something"


def test_who_has_not_signed_in_sends_nothing(settings: Settings) -> None:
    before, wrong = everything(), list[str]()
    for name, form in FORMS.items():
        with transaction.atomic():
            answer = send(Client(), form, "QY2")
            transaction.set_rollback(name == "sign-in")
        if answer.status_code != form.get("signed_out", 403):
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    assert changed(before) == []
    assert not any(settings.TONGRONG_HOME.iterdir())
