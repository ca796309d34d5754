"""判定过去某日: one day somebody looks at, or the month ends of a year."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from tongrong.actions.jobs import ask_together
from tongrong.actions.past_days import JUDGING, judge_day
from tongrong.engine.again import norms_of
from tongrong.portal import clock
from tongrong.portal.jobs.keys import new_key
from tongrong.portal.jobs.work import Work
from tongrong.portal.programs import programs
from tongrong.queries.findings import OPEN, stored_states
from tongrong.queries.jobs import JobView, job_wanted
from tongrong.queries.past_days import kept_days, past_key, up_to_date
from tongrong.vocabulary.digests import sm3
from tongrong.vocabulary.errors import TongrongError

DAY, MONTH_ENDS = "past_day", "month_ends"
_DIGITS = 24


@dataclass(frozen=True)
class Wanted:
    """Past days of the verdicts that today are stored under `key`, for a job to judge.

    Those with and without units abroad have keys of their own, and so jobs of their own.
    """

    kind: str
    key: str
    days: tuple[dt.date, ...]

    @classmethod
    def of(cls, kind: str, told: Mapping[str, Any]) -> Self:
        """As it was kept with the job."""
        return cls(kind, told["key"], tuple(map(dt.date.fromisoformat, told["days"])))

    @property
    def told(self) -> dict[str, Any]:
        """As it is kept with the job."""
        return {"key": self.key, "days": [one.isoformat() for one in self.days]}

    @property
    def once(self) -> str:
        """What the job is for: of several who want the same there is one."""
        return f"{self.kind} {sm3(f'{self.key} {self.told}')[:_DIGITS]}"

    def ask(self, owner: int | None) -> None:
        """Ask for them, unless somebody has."""
        ask_together(
            key=new_key(),
            kind=self.kind,
            told=self.told,
            at=clock.now(),
            owner=owner,
            once=self.once,
        )

    def job(self) -> JobView | None:
        """The job that was asked for last."""
        return job_wanted(self.once)

    def left(self) -> Sequence[dt.date]:
        """Those not judged, or of which something was written since; one query."""
        name, keys = (
            self.key.removesuffix(OPEN),
            {day: past_key(self.key, day) for day in self.days},
        )
        good = up_to_date({keys[day]: norms_of(name, day).made_by for day in self.days})
        return [day for day, key in keys.items() if key not in good]


def ask_for_the_last_month_ends() -> None:
    """Ask for the end of the last month of all that is stored, where nobody has looked at it."""
    kept = kept_days()
    for state in stored_states():
        end = state.as_of.replace(day=1) - dt.timedelta(days=1)
        if past_key(state.checklist, end) not in kept and _in_force(state.checklist, end):
            Wanted(MONTH_ENDS, state.checklist, (end,)).ask(owner=None)


def _in_force(checklist: str, day: dt.date) -> bool:
    try:
        norms_of(checklist.removesuffix(OPEN), day)
    except TongrongError:
        return False
    return True


def run(work: Work) -> None:
    """Judge the first day that is left.

    Raises:
        TongrongError: no version of the checklist is in force on the day.
    """
    wanted = Wanted.of(work.job.kind, work.job.told)
    left = wanted.left()
    for day in left[:1]:
        tell = partial(_tell, work, f"{day} 日终的结果{_which(wanted, left)}")
        tell(JUDGING, 0, 0)
        judge_day(key=wanted.key, day=day, at=clock.now(), programs=programs(), progress=tell)


def _which(wanted: Wanted, left: Sequence[dt.date]) -> str:
    """Which of several days it is, in words."""
    of = len(wanted.days)
    return f"（第 {of - len(left) + 1} 个，共 {of} 个）" if of > 1 else ""


def _tell(work: Work, about: str, what: str, done: int, total: int) -> None:
    work.folder.tell(f"{what} {about}", done, total)


def is_more(work: Work) -> bool:
    """Whether further days are left."""
    return bool(Wanted.of(work.job.kind, work.job.told).left())
