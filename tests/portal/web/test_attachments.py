"""附件: attached by whoever may change the record, got by whoever sees it, kept once, proved."""

import io
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import a_database, django_at
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.actions.restore import restore
from tongrong.facts.attachments import MOST_BYTES, checked_name
from tongrong.queries.attachments import attached_to, kept_at
from tongrong.queries.backup import write_backup
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import Attachment, AuditEntry
from tongrong.vocabulary.errors import TongrongError

PDF = b"%PDF-1.7 minutes"


@pytest.fixture(autouse=True)
def _home(group: str, settings: Settings, tmp_path: Path) -> None:
    del group
    settings.TONGRONG_HOME = tmp_path / "home"


def at(meeting: str) -> str:
    return f"/ledgers/meetings/{a_group.number_of(meeting)}/attachments/"


def sent(client: Client, meeting: str, name: str = "纪要.pdf", data: bytes = PDF) -> int:
    return client.post(at(meeting), {"file": SimpleUploadedFile(name, data)}).status_code


def a_zip(inside: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(inside, "x")
    return file.getvalue()


def kept() -> list[Path]:
    return [one for one in kept_at("00").parents[1].rglob("*") if one.is_file()]


def test_a_file_is_kept_once_and_got_by_who_sees_the_record(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    for meeting in ("HY5", "HY5", "HY6"):
        assert sent(client, meeting) == 302
    assert Attachment.objects.count() == 2, "the second time it was attached already"
    assert len(kept()) == 1
    (one,) = attached_to("meetings/HY5")
    got = signed_in("superior").get(f"{at('HY5')}{one.number}/")
    assert b"".join(got.streaming_content) == PDF  # type: ignore[attr-defined]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert client.get(f"{at('HY6')}{one.number}/").status_code == 404, "of another record"
    assert client.get(f"{at('HY4')}{one.number}/").status_code == 404, "a record not seen"


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.docx", a_zip("word/document.xml"), 302),
        ("a.ofd", a_zip("OFD.xml"), 302),
        ("a.xlsx", a_zip("word/document.xml"), 422),
        ("a.zip", a_zip("a.exe"), 422),
        ("a.pdf", b"<script>", 422),
        ("a.html", PDF, 422),
        ("a.pdf", b"", 422),
        ("../../etc/a.pdf", PDF, 302),
    ],
)
def test_what_a_file_contains_decides_whether_it_is_taken(
    name: str, data: bytes, status: int, signed_in: SignedIn
) -> None:
    assert sent(signed_in("branch_secretary"), "HY5", name, data) == status
    assert [one.name for one in attached_to("meetings/HY5")] in ([], [name.rpartition("/")[2]])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("纪要.pdf", b"", "“纪要.pdf”是空文件，一个字也没有：应为有内容的文件。"),
        (
            "纪要.pdf",
            a_zip("word/document.xml"),
            "“纪要.pdf”的内容是 docx，不是 pdf：应为内容与后缀一致。把后缀改为 docx，",
        ),
        (
            "纪要.pdf",
            b"MZ not a document",
            "“纪要.pdf”的内容不是 pdf：应为内容与后缀一致。只改后缀改变不了内容：",
        ),
        ("工具.exe", b"MZ", "“工具.exe”的后缀是 exe：应为pdf、png、"),
        ("纪要", PDF, "“纪要”没有后缀：应为pdf、png、"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_how_to_mend_it(
    name: str, data: bytes, said: str, signed_in: SignedIn
) -> None:
    client = signed_in("branch_secretary")
    page = client.post(at("HY5"), {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 422
    assert said in unescape(page.content.decode())
    assert Attachment.objects.count() == 0


def test_a_file_that_is_too_large_is_told_how_much_it_may_be() -> None:
    with pytest.raises(TongrongError, match="超过 20 MB"):
        checked_name("纪要.pdf", PDF + b" " * MOST_BYTES)


def test_nobody_attaches_to_records_of_others(signed_in: SignedIn) -> None:
    assert sent(signed_in("branch_secretary"), "HY4") == 404
    assert sent(signed_in("superior"), "HY5") == 403
    assert Attachment.objects.count() == 0


def test_a_file_is_taken_away_with_a_reason_and_stays_provable(signed_in: SignedIn) -> None:
    client = signed_in("branch_secretary")
    sent(client, "HY5")
    (one,) = attached_to("meetings/HY5")
    away = f"{at('HY5')}{one.number}/withdraw/"
    assert client.post(away, {"reason": " "}).status_code == 422
    assert client.post(away, {"reason": "传错了"}).status_code == 302
    assert attached_to("meetings/HY5") == ()
    assert client.get(f"{at('HY5')}{one.number}/").status_code == 404
    entry = AuditEntry.objects.order_by("-number")[0]
    assert (entry.action, entry.detail["reason"]) == ("withdraw_attachment", "传错了")
    assert verify_store().problems == ()
    kept_at(one.sha256).write_bytes(b"%PDF-1.7 other")
    assert [one.code for one in verify_store().problems] == ["proof.attachment"]


def test_a_backup_holds_the_files_and_gives_them_back(
    signed_in: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    sent(signed_in("branch_secretary"), "HY5")
    path = tmp_path / "backup.zip"
    write_backup(path, a_group.NOON)
    settings.TONGRONG_HOME = tmp_path / "other"
    assert [one.code for one in verify_store().problems] == ["proof.attachment"]
    with a_database("sqlite", tmp_path / "other.sqlite3", "") as url, django_at(url):
        assert restore(path).verification.problems == ()
        (one,) = attached_to("meetings/HY5")
        assert kept_at(one.sha256).read_bytes() == PDF
