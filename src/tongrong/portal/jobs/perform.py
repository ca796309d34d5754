"""One job done, and what became of it written down."""

from tongrong.actions.jobs import end
from tongrong.portal import clock
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.kinds import KINDS
from tongrong.portal.jobs.work import Work
from tongrong.queries.jobs import DONE, FAILED, job_by_key
from tongrong.vocabulary.errors import TongrongError


def perform(key: str) -> None:
    """Do a job that has begun; what is refused is told to whoever asked for it."""
    job, folder = job_by_key(key), JobFolder(key)
    if job is None:
        return
    folder.make()
    failure = "job.internal"
    try:
        KINDS[job.kind].run(Work(job, folder))
        failure = ""
    except TongrongError as refused:
        failure = refused.problems[0].code
        told = [[one.where, one.found, one.expected, one.remedy] for one in refused.problems]
        folder.write_report({**folder.report(), "refused": told})
    finally:
        end(key=key, state=FAILED if failure else DONE, failure=failure, at=clock.now())
