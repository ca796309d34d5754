"""Ten thousand characters in any field: said at the field, nothing lost, nothing written."""

import re
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import meetings, send
from tests.portal.web.test_attachments import sent
from tests.portal.web.test_attendance import address

from tongrong.facts.columns import Choice, Choices, Flag
from tongrong.facts.registry import LEDGERS
from tongrong.portal.entry_form import asked
from tongrong.queries.attachments import attached_to
from tongrong.queries.ledger_scope import entered
from tongrong.records.models import AuditEntry

WORDS, DIGITS = "长" * 10_000, "9" * 10_000
MEETING = {"unit": "第一支部（ZB1）", "kind": "党课", "held_on": "2026-05-11"}


def at(meeting: str) -> str:
    return f"/ledgers/meetings/{a_group.number_of(meeting)}/"


def refused(client: Client, where: str, said: Mapping[str, str]) -> str:
    """The page that refuses a form; nothing was written."""
    before = AuditEntry.objects.count()
    answer: HttpResponse = client.post(where, said)
    assert answer.status_code == 422, where
    assert AuditEntry.objects.count() == before
    return answer.content.decode()


@pytest.mark.parametrize("typed", [WORDS, DIGITS, f"{DIGITS}.5", f"2026-{DIGITS}", f"（{DIGITS}）"])
def test_each_field_of_each_form_says_what_is_wrong_and_keeps_it(
    typed: str, signed_in: SignedIn
) -> None:
    client = signed_in("party_officer")
    kinds: set[str] = set()
    for code, ledger in LEDGERS.items():
        if not entered(ledger) or {type(one).__name__ for one in ledger.columns.values()} <= kinds:
            continue
        columns = asked(ledger)
        kinds |= {type(one).__name__ for one in columns.values()}
        page = refused(client, f"/ledgers/{code}/new/", dict.fromkeys(columns, typed))
        assert set(re.findall(r'id="fault-(\w+)"', page)) == set(columns), code
        chosen = sum(isinstance(one, Choice | Choices | Flag) for one in columns.values())
        assert page.count(f'value="{typed}"') == len(columns) - chosen, code
    assert len(kinds) >= 10, "a form of every kind of field was sent"


def test_a_reason_or_comment_that_is_too_long_stays_where_it_was_typed(
    signed_in: SignedIn,
) -> None:
    officer, number = signed_in("party_officer"), a_group.number_of("HY6")
    seen = {"seen": str(number)}
    corrected = {**MEETING, "held_on": "2026-05-12", "reason": WORDS}
    page = refused(officer, f"{at('HY6')}correct/", corrected)
    assert 'id="fault-reason"' in page
    assert WORDS in page
    assert WORDS in refused(officer, f"{at('HY6')}correct/", {"withdraw": "1", "reason": WORDS})
    page = refused(officer, f"{at('HY6')}return/", {"words": WORDS, **seen})
    assert re.search(r'id="fault-return">[^<]*1 至 500 个字符', page)
    assert WORDS in page
    assert sent(officer, "HY6") == 302
    (file,) = attached_to("meetings/HY6")
    away = f"{at('HY6')}attachments/{file.number}/withdraw/"
    assert WORDS in refused(officer, away, {"reason": WORDS})


def test_a_reason_of_an_import_that_is_too_long_stays(signed_in: SignedIn) -> None:
    officer = signed_in("party_officer")
    address = send(officer, meetings(("HY20", "ZB1", "党课", "2026-09-20")))
    page = refused(officer, address, {"act": "whole", "reason": WORDS})
    assert 'id="fault-reason"' in page
    assert WORDS in page
    file = SimpleUploadedFile("九月会议.xlsx", meetings())
    answer = officer.post("/imports/", {"file": file, "sender": WORDS})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


@pytest.mark.parametrize("name", ["why-RY1", "reason", "person"])
def test_what_is_too_long_on_a_list_of_who_came_stays_there(name: str, signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    there = {"way-RY1": "出席", "way-RY2": "出席"}
    assert client.post(address("HY6"), there).status_code == 302
    said = {**there, "way-RY1": "缺席", "reason": "更正", "person-way": "列席", name: WORDS}
    page = refused(client, address("HY6"), said)
    assert WORDS in page
    assert ('id="fault-RY1"' in page) == (name == "why-RY1")


@pytest.mark.parametrize("typed", [WORDS, DIGITS])
@pytest.mark.parametrize(
    "where",
    [
        "/ledgers/meetings/?{}={}",
        "/ledgers/meetings/look-up/unit/?{}={}",
        "/ledgers/attendance/look-up/person/?{}={}",
        "/duties/?{}={}",
        "/checklist/QY2/?{}={}",
        "/cockpit/?{}={}",
    ],
)
def test_a_search_for_too_much_finds_nothing(where: str, typed: str, signed_in: SignedIn) -> None:
    client = signed_in("party_officer")
    for name in ("unit", "text", "since", "until", "words", "person", "page", "day", "sort", "kind",
                 "under", "after", "before", "first", "lamp", "section", "show"):  # fmt: skip
        answer = client.get(where.format(name, typed), follow=True)
        assert answer.status_code in (200, 404), (where, name)
