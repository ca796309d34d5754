"""An import killed while a job does it: the old store or the new one, and the page says which."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from tests.portal.conftest import SOURCE
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import do_jobs, meetings, send
from tests.portal.web.test_pages import text_of

from tongrong.actions.jobs import begin_next
from tongrong.portal import clock
from tongrong.portal.jobs.runner import settle
from tongrong.queries.jobs import JobView
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry

LECTURE = ("HY20", "ZB1", "党课", "2026-09-20")
WRONG_DAY = ("HY21", "ZB1", "党课", "2026-13-40")
CHILD = """
import datetime as dt, os, sys
import django; django.setup()
from tongrong.portal import clock
from tongrong.portal.jobs import folder, import_file, perform

key, moment, point = sys.argv[1:]
clock.now = lambda: dt.datetime.fromisoformat(moment)

def deadly(kept, *, last):
    def call(*given, **more):
        said = kept(*given, **more) if last else None
        os.kill(os.getpid(), 9)
        return said
    return call

if point == "writing":
    plain = folder.JobFolder.tell
    def tell(self, what, done, total):
        plain(self, what, done, total)
        if what.startswith("写入"):
            os.kill(os.getpid(), 9)
    folder.JobFolder.tell = tell
elif point == "told":
    folder.JobFolder.write_report = deadly(folder.JobFolder.write_report, last=True)
elif point == "copying":
    import_file.write_copy = deadly(import_file.write_copy, last=False)
elif point == "judging":
    import_file.refresh_all = deadly(import_file.refresh_all, last=False)
perform.perform(key)
"""
"""Does a job and kills itself: at the first row written, when all is told but nothing counts yet,
and, the write done, before the copy and before the verdicts."""
BEFORE_IT_COUNTS, AFTERWARDS = ("writing", "told"), ("copying", "judging")


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    """Somebody who records for QY2 and below."""
    return signed_in("party_officer")


def killed(group: str, point: str) -> JobView:
    """Begin the import that waits, in a process of its own that is killed there."""
    job = begin_next(at=clock.now())
    assert job is not None
    env = {"DATABASE_URL": group, "TONGRONG_HOME": str(settings.TONGRONG_HOME)}
    env |= {"DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev", "PYTHONPATH": SOURCE}
    connections.close_all()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, job.key, a_group.NOON.isoformat(), point],
        env={**os.environ, **env},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return job


def store() -> tuple[list[str], int]:
    """The meetings of the file that are recorded, and how many audit entries there are."""
    rows = LEDGER_MODELS["meetings"].objects.filter(source_file="九月会议.xlsx")
    return list(rows.values_list("number", flat=True)), AuditEntry.objects.count()


@pytest.mark.parametrize("point", [*BEFORE_IT_COUNTS, *AFTERWARDS])
def test_taken_up_again_it_ends_as_if_nothing_had_happened(
    point: str, group: str, officer: Client
) -> None:
    """The good row is recorded once, the copy is there, the verdict has turned."""
    address = send(officer, meetings(LECTURE, WRONG_DAY))
    officer.post(address, {"act": "part"})
    before = store()
    job = killed(group, point)
    known, entries = store()
    assert (known, entries - before[1]) == ((["HY20"], 1) if point in AFTERWARDS else ([], 0))
    assert verify_store().problems == ()
    settle(job.key, stopped=False)
    do_jobs()
    assert store() == (["HY20"], before[1] + 1)
    text = text_of(officer, address)
    assert re.search(r"已导入 新增 1 更正 0 撤回 0 未变 0", text)
    assert re.search(r"变化的结果 .*▲ 预警 → ● 达标 11.1.e .* 第一支部", text)
    assert officer.get(f"{address}copy/").getvalue()
    assert "下载待改副本" in text
    assert not [*Path(settings.TONGRONG_HOME).rglob(f"{job.key}/made/.*")]


@pytest.mark.parametrize("point", BEFORE_IT_COUNTS)
def test_cancelled_before_it_counts_nothing_is_taken_in_and_it_can_be_again(
    point: str, group: str, officer: Client
) -> None:
    """Also where the report of it lay there already."""
    address = send(officer, meetings(LECTURE))
    officer.post(address, {"act": "whole"})
    job, before = killed(group, point), store()
    settle(job.key, stopped=True)
    text = text_of(officer, address)
    assert ("已导入" in text, "导入全部 1 行" in text) == (False, True)
    assert store() == ([], before[1])
    officer.post(address, {"act": "whole"})
    do_jobs()
    assert store() == (["HY20"], before[1] + 1)
    assert "已导入" in text_of(officer, address)
