"""One job done, and what became of it written down."""

import sys

from tongrong.actions.jobs import end, let_wait
from tongrong.portal import clock
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.kinds import KINDS
from tongrong.portal.jobs.work import Work
from tongrong.queries.jobs import DONE, FAILED, job_by_key
from tongrong.vocabulary.errors import TongrongError


def perform(key: str) -> None:
    """Do a job that has begun, or a part of it; what is refused is told to whoever asked for it."""
    job, folder = job_by_key(key), JobFolder(key)
    if job is None:
        return
    folder.make()
    failure, more, kind, work = "job.internal", False, KINDS[job.kind], Work(job, folder)
    try:
        kind.run(work)
        more = kind.is_more(work)
        failure = ""
    except TongrongError as refused:
        failure = refused.problems[0].code
        told = [[one.where, one.found, one.expected, one.remedy] for one in refused.problems]
        folder.write_report({**folder.report(), "refused": told})
        if job.owner is None:  # nobody has a page that says why
            sys.stderr.write(f"{kind.title}：{refused}\n")
    finally:
        if more:
            let_wait(key=key)
        else:
            end(key=key, state=FAILED if failure else DONE, failure=failure, at=clock.now())
