"""In a real browser: a workbook with errors is sent, the server is killed, and all goes on."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytest_django.fixtures import Settings
from tests.portal.conftest import SOURCE, START
from tests.portal.test_cli_serve import a_free_port
from tests.portal.web.sent_files import meetings
from tests.portal.web.test_browser import DESK, PHONE, browser, chromium, signed_in, wait_for

from tongrong.portal.jobs.lock import take_lock

__all__ = ["browser", "chromium"]  # the fixture


class Served:
    """`tongrong serve` on a home folder; killed with all its processes but the one of the jobs."""

    def __init__(self, home: Path) -> None:
        port = a_free_port()
        self.address = f"http://127.0.0.1:{port}"
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        settings = "tongrong.config.settings.dev"
        given = {
            "TONGRONG_HOME": str(home),
            "PYTHONPATH": SOURCE,
            "DJANGO_SETTINGS_MODULE": settings,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, "serve", "--keep-day", "--port", str(port)],
            env={**kept, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        wait_for(self.address, self._process)

    def kill(self) -> None:
        """As a machine does that loses its power."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def stop(self) -> None:
        """As its administrator does."""
        self._process.terminate()
        self._process.communicate(timeout=30)


@pytest.fixture
def home(group_sqlite: Path, tmp_path: Path, settings: Settings) -> Path:
    """A home folder with the group in it."""
    shutil.copy(group_sqlite, tmp_path / "tongrong.sqlite3")
    settings.TONGRONG_HOME = tmp_path
    return tmp_path


def test_a_workbook_with_errors_is_mended_and_goes_in_though_the_server_is_killed(
    browser: Any,
    home: Path,
) -> None:
    lock = take_lock()  # somebody else does the jobs, who never gets to them
    assert lock is not None
    first = Served(home)
    try:
        page, complaints = signed_in(browser, first.address, "branch_secretary", DESK)
        page.get_by_role("link", name="台账").click()
        page.get_by_role("link", name="导入").click()
        book = home / "九月.xlsx"
        lecture, wrong = ("HY20", "ZB1", "党课", "2026-09-20"), ("HY21", "ZB1", "党课", "9月31日")
        book.write_bytes(meetings(lecture, wrong))
        page.get_by_label("文件").set_input_files(book)
        page.get_by_role("button", name="上传并检查").click()
        page.get_by_text("排队", exact=True).wait_for()
        followed = page.url.removeprefix(first.address)
    finally:
        first.kill()
    os.close(lock)
    second = Served(home)
    try:
        page.goto(second.address + followed)
        complaints.clear()  # of a server that did not answer
        page.get_by_role("heading", name="有 1 处要改").wait_for()  # comes by itself
        assert page.get_by_text("会议活动!D3").count() == 1
        page.get_by_role("button", name="先导入没有错的 1 行").click()
        page.get_by_role("heading", name="已导入").wait_for()
        assert page.locator(".done li", has_text="11.1.e").count() == 1
        with page.expect_download() as fetched:
            page.get_by_role("link", name="下载待改副本").click()
        copy = home / fetched.value.suggested_filename
        fetched.value.save_as(copy)
        _mend(copy)
        page.get_by_role("link", name="再导入一个文件").click()
        page.set_viewport_size(PHONE)
        page.get_by_label("文件").set_input_files(copy)
        page.get_by_role("button", name="上传并检查").click()
        page.get_by_role("button", name="导入全部 2 行").click()
        page.get_by_role("heading", name="已导入").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert complaints == []
    finally:
        second.stop()


def _mend(copy: Path) -> None:
    """Put right what is marked red."""
    assert copy.name == "九月-待改.xlsx"
    book = openpyxl.load_workbook(copy)
    assert book["会议活动"]["D3"].comment is not None
    book["会议活动"]["D3"] = "2026-09-30"
    book.save(copy)
