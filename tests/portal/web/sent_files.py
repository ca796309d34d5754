"""Workbooks as people send them to the portal, and the jobs these ask for done at once."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongrong.actions.jobs import begin_next
from tongrong.portal import clock
from tongrong.portal.jobs.kinds import TURNS
from tongrong.portal.jobs.perform import perform

Sheets = Mapping[str, Sequence[Sequence[str]]]
MEETINGS = ("会议编号", "召开单位编号", "会议类型", "召开日期")


def a_workbook(sheets: Sheets) -> bytes:
    """A workbook with these sheets, the first row of each its headings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    sheet.write_string(number, at, cell)
    return file.getvalue()


def meetings(*rows: Sequence[str]) -> bytes:
    """A workbook of meetings."""
    return a_workbook({"会议活动": [MEETINGS, *rows]})


def do_jobs() -> None:
    """Do what waits, as the process beside the server does."""
    while (job := begin_next(at=clock.now(), turns=TURNS)) is not None:
        perform(job.key)


def send(client: Client, content: bytes, name: str = "九月会议.xlsx", sender: str = "") -> str:
    """Send a file and have it looked through; the address of its page."""
    given = {"file": SimpleUploadedFile(name, content), "sender": sender}
    answer = client.post("/imports/", given)
    assert answer.status_code == 302, answer.content.decode()
    do_jobs()
    return str(answer.headers["Location"])


def go_on(client: Client, address: str, act: str, **said: str) -> None:
    """Press a button on the page of an import."""
    answer = client.post(address, {"act": act, **said})
    assert answer.status_code == 302
    do_jobs()
