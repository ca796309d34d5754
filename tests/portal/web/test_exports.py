"""导出: what the list shows, as a workbook that reads back."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from tests.builders import a_meeting
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import do_jobs

from tongrong.facts.cell_text import MASKED
from tongrong.facts.cells import parse_cells
from tongrong.facts.columns import Privacy, Reference
from tongrong.facts.from_files import read_facts
from tongrong.facts.headings import match
from tongrong.facts.registry import LEDGERS
from tongrong.queries.exporting import exported
from tongrong.queries.ledger_scope import ledger_seen
from tongrong.queries.listing import Asked
from tongrong.queries.viewers import account_of, viewer_on
from tongrong.records.models import Account
from tongrong.vocabulary.roles import Role


def fetched(client: Client, address: str) -> bytes:
    """The workbook that the button on a list brings."""
    answer = client.post(address)
    assert answer.status_code == 302, answer.content.decode()
    page = str(answer.headers["Location"])
    do_jobs()
    assert "已写好" in client.get(page).content.decode()
    return client.get(f"{page}file/").getvalue()


def rows_of(content: bytes, sheet: str) -> list[tuple[str, ...]]:
    """The rows of a sheet below its headings."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [tuple(map(str, row)) for row in book[sheet].iter_rows(min_row=2, values_only=True)]


def test_units_abroad_are_in_no_file_of_who_is_not_cleared(signed_in: SignedIn) -> None:
    def meetings(login: str) -> set[str]:
        rows = rows_of(fetched(signed_in(login), "/ledgers/meetings/export/"), "会议活动")
        return {row[0] for row in rows}

    assert meetings("superior") == {"HY1", "HY3", "HY4", "HY5", "HY6"}
    assert meetings("uncleared") == {"HY1", "HY4", "HY5", "HY6"}
    assert meetings("branch_secretary") == {"HY5", "HY6"}


def test_what_is_searched_for_is_what_is_written_in_its_order(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    address = "/ledgers/meetings/export/?kind=党课&since=2026-03-01&sort=held_on"
    assert [row[0] for row in rows_of(fetched(client, address), "会议活动")] == ["HY3", "HY6"]


def test_a_file_reads_back_as_it_was(signed_in: SignedIn, tmp_path: Path) -> None:
    take_in({"meetings": [a_meeting("HY7", of="DW2", on="2026-06-08", form="线上")]}, hours=5000)
    path = tmp_path / "会议活动.xlsx"
    path.write_bytes(fetched(signed_in("secretary"), "/ledgers/meetings/export/"))
    reading = read_facts(path)
    assert reading.notes == ()
    (told,) = (row for row in reading.snapshot["meetings"].to_pylist() if row["number"] == "HY7")
    assert (told["unit"], str(told["held_on"]), told["form"]) == ("DW2", "2026-06-08", "线上")


def test_a_file_with_units_abroad_is_not_got_after_clearance_is_taken_back(
    signed_in: SignedIn,
) -> None:
    """Nor after one's roles have come to reach other units than the list was of."""
    for login in ("superior", "secretary"):
        client = signed_in(login)
        page = str(client.post("/ledgers/meetings/export/").headers["Location"])
        do_jobs()
        assert client.get(f"{page}file/").getvalue().startswith(b"PK")
        if login == "superior":
            Account.objects.filter(login=login).update(cleared=False)
        else:
            a_group.hold(login, Role.SECRETARY, "DW1")
        assert client.get(f"{page}file/").status_code == 404
        assert "再点一次“导出”" in client.get(page).content.decode()


def test_a_file_is_who_asked_for_its_alone(signed_in: SignedIn) -> None:
    page = str(signed_in("secretary").post("/ledgers/meetings/export/").headers["Location"])
    do_jobs()
    other = signed_in("finance")
    assert other.get(page).status_code == 404
    assert other.get(f"{page}file/").status_code == 404


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize("code", [code for code in LEDGERS if ledger_seen(code)])
def test_every_heading_reads_back_and_no_sensitive_column_is_named(code: str) -> None:
    viewer = viewer_on(account_of("superior"), a_group.AS_OF)
    assert viewer is not None
    ledger, name = LEDGERS[code], ""
    for heading, column in exported(viewer, ledger, Asked()).headings:
        found = match(ledger, [heading])
        assert found is not None, heading
        assert found.column == (column or name), heading
        name = column or name
        if not column:
            reference = ledger.columns[name]
            assert isinstance(reference, Reference)
            assert reference.privacy is not Privacy.SENSITIVE


@pytest.mark.parametrize(("ledger", "column"), [("dues", "paid"), ("persons", "name")])
def test_what_is_not_shown_is_never_taken_for_a_value(ledger: str, column: str) -> None:
    values, refused = parse_cells(LEDGERS[ledger].columns[column], [MASKED])
    assert values == [None]
    assert [fault.code for _, fault in refused] == ["facts.cell.masked"]
