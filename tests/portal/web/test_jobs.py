"""Jobs: asked for once, done one at a time, taken up again, gone after some days."""

import datetime as dt
import os

import pytest
from django.db import IntegrityError
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn, later
from tests.portal.web.test_pages import text_of

from tongrong.actions import refresh as refreshing
from tongrong.actions.jobs import (
    ask_for,
    begin_next,
    cancel_waiting,
    end,
    keep_outcome,
    take_up_again,
)
from tongrong.engine.again import Norms
from tongrong.portal import clock
from tongrong.portal.jobs import judging
from tongrong.portal.jobs.asking import ask_what_is_due, new_folder
from tongrong.portal.jobs.folder import JobFolder, jobs_folder, remove_folders
from tongrong.portal.jobs.lock import is_taken, take_lock
from tongrong.portal.jobs.perform import perform
from tongrong.portal.jobs.runner import settle
from tongrong.portal.jobs.tidying import KIND as TIDY
from tongrong.queries.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, job_by_key, known_keys
from tongrong.queries.viewers import account_of
from tongrong.records.models import Evaluation, Job, Stale, StoredFinding
from tongrong.vocabulary.errors import refuse

pytestmark = pytest.mark.usefixtures("group")


def asked(key: str, minutes: float = 0, kind: str = TIDY, owner: int | None = None) -> str:
    ask_for(key=key, kind=kind, told={}, at=later(minutes=minutes), owner=owner)
    return key


def state(key: str) -> str:
    job = job_by_key(key)
    return "" if job is None else job.state


def due() -> list[str]:
    """The kinds asked for by the schedule, in order."""
    return list(Job.objects.order_by("job_id").values_list("kind", flat=True))


# --- the queue ---------------------------------------------------------------------------------


def test_jobs_are_begun_in_the_order_they_were_asked_for_one_at_a_time() -> None:
    asked("second", minutes=2)
    asked("first", minutes=1)
    begun = begin_next(at=later(minutes=3))
    assert begun is not None
    assert begun.key == "first"
    assert begin_next(at=later(minutes=4)) is None, "one is being done"
    assert end(key="first", state=DONE, at=later(minutes=5))
    assert not end(key="first", state=FAILED, at=later(minutes=6)), "it has ended already"
    following = begin_next(at=later(minutes=7))
    assert following is not None
    assert following.key == "second"


def test_the_database_itself_lets_one_job_run_at_a_time() -> None:
    asked("one")
    asked("two")
    begin_next(at=later(minutes=1))
    with pytest.raises(IntegrityError):
        Job.objects.filter(key="two").update(state=RUNNING)


def test_a_job_cut_off_is_done_again_and_not_for_ever() -> None:
    asked("job")
    for _ in range(2):
        begin_next(at=later(minutes=1))
        take_up_again(at=later(minutes=2))  # as a server does that was killed and starts again
    job = job_by_key("job")
    assert job is not None
    assert (job.state, job.failure, job.tries) == (FAILED, "job.interrupted", 2)


@pytest.mark.parametrize(
    ("stopped", "outcome", "state_", "failure"),
    [
        (True, {}, CANCELLED, ""),
        (True, {"run": 7}, DONE, "job.unjudged"),  # what is written stays written
        (False, {}, WAITING, ""),
        (False, {"run": 7}, WAITING, ""),
    ],
)
def test_what_becomes_of_a_job_whose_process_was_killed(
    *, stopped: bool, outcome: dict[str, int], state_: str, failure: str
) -> None:
    asked("job")
    begin_next(at=later(minutes=1))
    keep_outcome(key="job", outcome=outcome)
    settle("job", stopped=stopped)
    job = job_by_key("job")
    assert job is not None
    assert (job.state, job.failure, job.outcome) == (state_, failure, outcome)


def test_its_owner_alone_cancels_a_job_that_waits() -> None:
    mine, other = account_of("finance"), account_of("discipline")
    asked("job", owner=mine)
    assert not cancel_waiting(key="job", owner=other, at=later(minutes=1))
    assert cancel_waiting(key="job", owner=mine, at=later(minutes=1))
    assert state("job") == CANCELLED
    assert begin_next(at=later(minutes=2)) is None


def test_one_process_does_the_jobs() -> None:
    assert not is_taken()
    lock = take_lock()
    assert lock is not None
    assert is_taken()
    assert take_lock() is None
    os.close(lock)
    assert not is_taken()


# --- the schedule ------------------------------------------------------------------------------


def test_a_new_day_asks_once_for_its_verdicts() -> None:
    ask_what_is_due(a_group.NOON, keep_day=False)
    assert due() == [TIDY], "the verdicts are of this day"
    midnight = dt.datetime(2026, 9, 26, 0, 0, tzinfo=clock.SHANGHAI)
    for moment in (midnight, midnight + dt.timedelta(minutes=1), midnight):
        ask_what_is_due(moment, keep_day=False)
    assert due() == [TIDY, "refresh", TIDY]


def test_the_day_is_kept_where_that_is_asked() -> None:
    ask_what_is_due(later(days=3), keep_day=True)
    assert due() == [TIDY]


def test_what_a_write_left_to_judge_is_judged_within_the_hour() -> None:
    Stale.objects.create(checklist=a_group.FULL, unit="ZB1", clause="11.1.e", cause="试验")
    ask_what_is_due(a_group.NOON, keep_day=True)
    ask_what_is_due(later(minutes=5), keep_day=True)
    assert due() == ["catch_up", TIDY]
    job = begin_next(at=later(minutes=6))
    assert job is not None
    perform(job.key)
    assert state(job.key) == DONE
    assert not Stale.objects.exists()
    assert Evaluation.objects.get(checklist=a_group.FULL).as_of == a_group.AS_OF


def test_after_an_update_everything_is_due_at_once_and_again_each_hour_until_it_is_done() -> None:
    """Also where something else was left in the same hour."""
    Stale.objects.create(checklist=a_group.FULL, unit="ZB1", clause="11.1.e", cause="试验")
    ask_what_is_due(a_group.NOON, keep_day=True)
    Evaluation.objects.update(fingerprint="of a former program")
    for minutes in (1, 2, 61):
        ask_what_is_due(later(minutes=minutes), keep_day=True)
    assert due() == ["catch_up", TIDY, "catch_up", "catch_up"]


def test_a_checklist_that_does_not_read_leaves_its_verdicts_and_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unread(_name: str, _day: dt.date) -> Norms:
        raise refuse("N010", "checklist.yaml:3:1", "judges", "judge", "改正拼写")

    for module in (judging, refreshing):
        monkeypatch.setattr(module, "norms_of", unread)
    before = list(StoredFinding.objects.order_by("pk").values())
    ask_what_is_due(a_group.NOON, keep_day=True)
    job = begin_next(at=later(minutes=1))
    assert job is not None
    perform(job.key)
    told = job_by_key(job.key)
    assert told is not None
    assert (told.kind, told.state, told.failure) == ("catch_up", FAILED, "N010")
    assert list(StoredFinding.objects.order_by("pk").values()) == before
    said = capsys.readouterr().err
    assert said.startswith("补做判定：checklist.yaml:3:1：judges")
    assert said.count("checklist.yaml") == 1, "with and without units abroad it is one text"


def test_jobs_and_their_files_go_after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, JobFolder] = {}
    for name, days in (("old", 0), ("recent", 2)):
        key, folder = new_folder()
        folder.place_for_sent("台账.xlsx").touch()
        kept[name] = folder
        ask_for(key=key, kind="import", told={}, at=later(days=days), owner=account_of("finance"))
        begin_next(at=later(days=days))
        end(key=key, state=DONE, at=later(days=days))
    monkeypatch.setattr(clock, "now", lambda: later(days=8))
    asked("tidy")
    begin_next(at=later(days=8))
    perform("tidy")
    assert kept["recent"].sent() is not None
    assert Job.objects.filter(kind="import").count() == 1
    assert kept["old"].sent() is not None, "a folder of today may be about to get its job"
    remove_folders(known_keys(), before=dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    assert kept["old"].sent() is None
    assert kept["recent"].sent() is not None


def test_a_folder_is_its_owners_alone() -> None:
    new_folder()
    assert jobs_folder().stat().st_mode & 0o077 == 0


# --- the page ----------------------------------------------------------------------------------


def test_the_administrator_sees_what_ran_and_nothing_of_what_it_was_about(
    signed_in: SignedIn,
) -> None:
    told = {"file": "五月台账.xlsx", "ledger": "meetings"}
    ask_for(key="k", kind="import", told=told, at=a_group.NOON, owner=account_of("finance"))
    begin_next(at=later(minutes=1))
    end(key="k", state=FAILED, at=later(minutes=2), failure="job.interrupted")
    text = text_of(signed_in("system_admin"), "/jobs/")
    assert "每日更新判定 每天零时" in text
    assert "导入台账 finance 没有完成" in text
    assert "中断：执行的进程两次意外结束" in text
    assert "后台没有运行" in text
    assert "五月台账" not in text
    assert state("k") != WAITING
