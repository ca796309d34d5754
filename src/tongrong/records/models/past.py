"""Past days whose verdicts are kept beside today's: they follow from the ledgers like these."""

from django.db import models

from tongrong.records.models.derived import Derived
from tongrong.records.models.findings import CODE_LENGTH


class PastDay(Derived):
    """A day whose verdicts stand among the findings, under `key` as their checklist.

    `entry` is the number of the last audit entry they were judged after, `newest` the number of
    the newest version of each ledger then: what was written since is what they may lack. No
    `fingerprint`: they are not all there.
    """

    key = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    entry = models.PositiveBigIntegerField()
    newest = models.JSONField()
    judged_at = models.DateTimeField()

    class Meta:
        db_table = "past_days"
