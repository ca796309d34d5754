"""Jobs in words: what state one is in, why it came to nothing, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongrong.actions.jobs import INTERRUPTED
from tongrong.portal.jobs.folder import HowFar, JobFolder
from tongrong.portal.jobs.kinds import TURNS
from tongrong.portal.jobs.lock import is_taken
from tongrong.queries.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, JobView, ahead_of

STATES: Mapping[str, str] = {
    WAITING: "排队",
    RUNNING: "进行中",
    DONE: "完成",
    FAILED: "没有完成",
    CANCELLED: "已取消",
}
_FAILURES: Mapping[str, tuple[str, str]] = {
    INTERRUPTED: (
        "中断：执行的进程两次意外结束",
        "缩小文件或范围再试；还不行，把时间告诉系统管理员。",
    ),
    "job.internal": ("系统内部出错，没有写入任何内容", "稍后再试；还不行，把时间告诉系统管理员。"),
    "job.unjudged": ("已经写入，判定没有做完", "一小时内自动补做，不用再导入。"),
    "import.busy": ("另一写入没有结束，没有写入任何内容", "稍后再试。"),
}


@dataclass(frozen=True)
class JobState:
    """A job as its page says it; `said` and `act` where something is to be told."""

    state: str
    over: bool
    how_far: HowFar | None
    ahead: int
    nobody: bool
    said: str = ""
    act: str = ""


def state_of(job: JobView) -> JobState:
    """How far a job is, or what became of it."""
    said, act = failure_words(job.failure)
    if job.over:
        return JobState(STATES[job.state], True, None, 0, False, said, act)
    folder = JobFolder(job.key)
    return JobState(
        state=STATES[job.state],
        over=False,
        how_far=folder.how_far() if job.state == RUNNING else None,
        ahead=ahead_of(job, TURNS) if job.state == WAITING else 0,
        nobody=not is_taken(),
    )


def failure_words(code: str) -> tuple[str, str]:
    """What a failure is, and what to do; empty for none."""
    if not code:
        return "", ""
    return _FAILURES.get(code, (f"没有通过（{code}）", "按说明改正后再试。"))
