"""五不公开: who is not cleared walks through all they may open and finds nothing of what is abroad.

Pages, the numbers of charts in them, what fields suggest, past days, workbooks, guessed addresses.
"""

import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve
from pytest_django.fixtures import Settings
from tests.builders import (
    a_document,
    a_meeting,
    a_member,
    a_person,
    a_post,
    a_row,
    an_agenda_item,
)
from tests.platform.store import MORNING, take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import do_jobs, meetings
from tests.portal.web.test_cockpit import JUNE, then

from tongrong.portal.jobs.folder import JobFolder
from tongrong.queries.findings import open_name
from tongrong.queries.ledger_scope import entered, listed
from tongrong.queries.viewers import account_of
from tongrong.records.models import LEDGER_MODELS, Account, Job
from tongrong.vocabulary.roles import Role
from tongrong.vocabulary.verdicts import Verdict

pytestmark = pytest.mark.parametrize("group", ["sqlite"], indirect=True)

ROWS = {
    "persons": [a_person("RY8", name="钱境外")],
    "memberships": [a_member("RY8", of="ZB3")],
    "posts": [a_post("RY8", "总经理", of="QY3")],
    "meetings": [a_meeting("HY33", of="ZB3", on="2026-05-06", kind="党课")],
    "agenda_items": [an_agenda_item(of="HY3", topic="党建工作", title="收购外方股权")],
    "documents": [a_document("WJ3", "公司章程", of="QY3", title="外派人员办法")],
    "contact_points": [
        a_row(
            "contact_points",
            number="LX3", unit="DW1", person="RY1", enterprise="QY3", from_on="2026-01-01",
        )
    ],
}  # fmt: skip
"""Of the unit abroad; and of the group's own committee, which has its contact point there."""
FILE = "外方台账.xlsx"
MARKS = (
    *("丙公司", "QY3", "ZB3", "钱境外", "RY8", "收购外方", "外派人员", "外方台账"),
    *("HY3", "HY33", "WJ3", "LX3"),
)
A_FEW = 3
"""So many addresses of each page are walked to."""


@pytest.fixture(autouse=True)
def _abroad(group: str, settings: Settings, tmp_path: Path) -> None:
    """Records abroad, a past day, somebody cleared who works there and has sent a file."""
    del group
    settings.TONGRONG_HOME = tmp_path
    hours = (a_group.NOON - MORNING).total_seconds() / 3600
    take_in(ROWS, hours=hours, file_name=FILE)
    for key in (a_group.FULL, open_name(a_group.FULL)):
        then(JUNE, (("QY1", "1.1.b", Verdict.MET), ("QY2", "1.1.b", Verdict.UNMET)), key)
    a_group.hold("member", Role.PARTY_OFFICER, "QY3")
    Account.objects.filter(login="member").update(cleared=True)


def of_abroad() -> Iterator[str]:
    """The addresses of the records abroad."""
    for code in ROWS:
        rows = LEDGER_MODELS[code].objects
        of_meetings = Q(number="HY3") if code == "meetings" else Q()
        for row in rows.filter(Q(source_file=FILE) | of_meetings):
            yield f"/ledgers/{code}/{row.version_id}/"


def first_addresses() -> Iterator[str]:
    """Where a walk begins: every page of the menu, every list, what its fields suggest."""
    yield from ("/", "/duties/?below=1", "/cockpit/", "/cockpit/ahead/", "/cockpit/year/")
    yield from ("/checklist/", "/unit-tree/", "/unit-tree/?unit=QY1", "/ledgers/", "/imports/")
    yield from ("/accounts/", "/appointments/", "/appointments/look-up/?unit=", "/audit/")
    yield from (f"/appointments/{account_of('member')}/", f"/accounts/{account_of('member')}/")
    yield from ("/audit/check/", "/sign-ins/", "/jobs/", "/account/")
    yield from (f"/cockpit/?day={JUNE}", f"/checklist/QY1/?day={JUNE}", f"/cockpit/QY1/?day={JUNE}")
    for ledgers in listed().values():
        for one in ledgers:
            yield f"/ledgers/{one.code}/"
            if entered(one):
                yield f"/ledgers/{one.code}/new/"
                yield from (
                    f"/ledgers/{one.code}/look-up/{name}/?{name}=" for name in one.references()
                )


def walked(client: Client) -> Iterator[tuple[str, str]]:
    """What is answered at the first addresses, and at a few of each page they lead to."""
    waiting, seen = deque(dict.fromkeys(first_addresses())), set[str]()
    fresh, met = len(waiting), Counter[str]()
    while waiting:
        address = waiting.popleft()
        name, fresh = resolve(address.partition("?")[0]).url_name or "", fresh - 1
        if address in seen or (fresh < 0 and met[name] >= A_FEW):
            continue
        seen.add(address)
        met[name] += fresh < 0
        answer = client.get(address)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        elif answer.status_code == 200:
            page = text_in(answer)
            yield address, page
            waiting.extend(links_in(page, address))


def links_in(page: str, address: str) -> Iterator[str]:
    """Where a page leads, whether by a link or as a part that comes later."""
    for found in re.findall(r'(?:href|hx-get)="([^"#]+)"', page):
        to = unescape(found)
        if to.startswith("?"):
            yield address.partition("?")[0] + to
        elif to.startswith("/") and not to.startswith("/static/"):
            yield to


def text_in(answer: HttpResponseBase) -> str:
    """All an answer says; of a workbook all its cells and comments."""
    content = answer.getvalue()
    if "spreadsheet" not in answer.headers["Content-Type"]:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", content.decode())
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return " ".join(f"{cell.value} {cell.comment.text if cell.comment else ''}" for cell in cells)


def found_in(text: str, marks: Iterable[str]) -> list[str]:
    """The marks that stand in a text, none as the beginning of a longer number."""
    return [one for one in marks if re.search(rf"{re.escape(one)}(?!\d)", text)]


@pytest.mark.parametrize("role", Role)
def test_nobody_who_is_not_cleared_finds_anything_of_it(role: Role, signed_in: SignedIn) -> None:
    a_group.hold("nobody", role, "" if role.administers else "QY1")
    client, marks = signed_in("nobody"), (*MARKS, *of_abroad())
    told = [
        f"{address}: {'、'.join(there)}"
        for address, text in walked(client)
        if (there := found_in(text, marks))
    ]
    assert told == []


def test_the_same_walk_finds_it_where_somebody_is_cleared(signed_in: SignedIn) -> None:
    """So that the walk is known to go where it would be."""
    a_group.hold("nobody", Role.PARTY_OFFICER, "QY1")
    Account.objects.filter(login="nobody").update(cleared=True)
    client = signed_in("nobody")
    there = {one for _, text in walked(client) for one in found_in(text, MARKS)}
    assert there == set(MARKS)


@pytest.mark.parametrize("role", [Role.SUPERIOR, Role.PARTY_OFFICER, Role.BRANCH_SECRETARY])
def test_nor_in_a_workbook_nor_at_a_guessed_address(role: Role, signed_in: SignedIn) -> None:
    a_group.hold("nobody", role, "QY1")
    client = signed_in("nobody")
    for code in ROWS.keys() - {"persons"} | {"enterprises", "party_organizations"}:
        page = client.post(f"/ledgers/{code}/export/").headers["Location"]
        do_jobs()
        assert found_in(text_in(client.get(page)), MARKS) == [], code
        assert found_in(text_in(client.get(f"{page}file/")), MARKS) == [], code
    for address in of_abroad():
        for more in ("", "correct/", "attendance/", "see/held_on/", "attachments/1/"):
            answer = client.get(address + more)
            assert answer.status_code in (403, 404), address + more
            assert found_in(text_in(answer), MARKS) == [], address + more


def told_of(client: Client, unit: str, number: str) -> str:
    """What a file with one meeting brings, without what was written in it."""
    content = meetings((number, unit, "党课", "2026-09-20"))
    sent = {"file": SimpleUploadedFile("九月.xlsx", content)}
    page = client.post("/imports/", sent).headers["Location"]
    do_jobs()
    text = text_in(client.get(page))
    copy = client.get(f"{page}copy/")
    text += text_in(copy) if copy.status_code == 200 else ""
    assert found_in(text, ("丙公司", "钱境外")) == []
    main = text[text.index("<main") :].replace(page, "")
    return main.replace(unit, "单位").replace(number, "会议")


def test_a_file_that_names_it_is_told_what_one_is_told_that_names_nothing(
    signed_in: SignedIn,
) -> None:
    """A unit abroad is as one that nobody has recorded, a number taken there as one taken above."""
    a_group.hold("nobody", Role.PARTY_OFFICER, "QY1")
    client = signed_in("nobody")
    assert told_of(client, "ZB3", "HY90") == told_of(client, "ZB9", "HY90")
    below = signed_in("party_officer")
    assert told_of(below, "ZB1", "HY33") == told_of(below, "ZB1", "HY1")


def test_nobody_else_gets_a_job_of_somebody_cleared(signed_in: SignedIn) -> None:
    cleared, other = signed_in("member"), signed_in("party_officer")
    sent = {"file": SimpleUploadedFile("外方台账.xlsx", meetings(("HY91", "ZB3", "党课", "x")))}
    page = cleared.post("/imports/", sent).headers["Location"]
    do_jobs()
    assert "外方台账" in text_in(cleared.get(page))
    assert JobFolder(Job.objects.get().key).made() is not None
    for address in (page, f"{page}copy/"):
        answer = other.get(address)
        assert answer.status_code == 404
        assert found_in(text_in(answer), MARKS) == []
    jobs = text_in(signed_in("system_admin").get("/jobs/"))
    assert found_in(jobs, MARKS) == []
