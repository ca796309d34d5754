"""Long work that somebody or the schedule asked for, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tongrong.records.models.accounts import Account
from tongrong.records.models.versions import check

KEY_LENGTH = 43
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
JOB_STATES = (WAITING, RUNNING, DONE, FAILED, CANCELLED)


class Job(models.Model):
    """One job. `key` is its address and names its folder; nobody can guess it.

    `owner` is who asked for it, none: the schedule. `once` says for what, where the schedule asks
    once, or whoever wants it one at a time. `told` is what it was asked with, `outcome` what of
    it stands whatever comes after. What records say is in the folder only.
    """

    job_id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    kind = models.CharField(max_length=20)
    owner = models.ForeignKey(Account, models.CASCADE, null=True, related_name="jobs")
    once = models.CharField(max_length=40, blank=True)
    told = models.JSONField()
    state = models.CharField(max_length=10)
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField()
    failure = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "jobs"
        constraints: ClassVar = [
            check("jobs_state_known", Q(state__in=JOB_STATES)),
            check(
                "jobs_end_when_over",
                Q(state__in=(WAITING, RUNNING), ended_at__isnull=True)
                | (~Q(state__in=(WAITING, RUNNING)) & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=RUNNING), name="jobs_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["once"], condition=Q(once__gt=""), name="jobs_of_the_schedule_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "kind"], name="jobs_of_somebody")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
