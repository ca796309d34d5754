"""What whoever does a job has at hand."""

from dataclasses import dataclass

from tongrong.portal import clock
from tongrong.portal.jobs.folder import JobFolder
from tongrong.queries.jobs import JobView
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.viewers import viewer_on
from tongrong.vocabulary.errors import refuse


@dataclass(frozen=True)
class Work:
    """A job that is being done, with its folder."""

    job: JobView
    folder: JobFolder

    def viewer(self, permission: Permission) -> Viewer:
        """Who asked for it, with the roles they hold now.

        Raises:
            TongrongError: they hold none any more that may.
        """
        owner = self.job.owner
        found = None if owner is None else viewer_on(owner, clock.today())
        if found is None or not found.may(permission):
            expected = "提交的人现在仍有这项权限"
            raise refuse("job.permission", "任务", "", expected, "重新登录，核对角色是否到期")
        return found
