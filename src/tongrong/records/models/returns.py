"""Records returned to those who entered them, and what came of it; steps are only ever added."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tongrong.records.models.accounts import CODE_LENGTH
from tongrong.records.models.append_only import AppendOnly
from tongrong.records.models.versions import check
from tongrong.vocabulary.returning import Step

STEPS = tuple(step.value for step in Step)


class ReturnStep(AppendOnly):
    """One step in the course of a record that was returned, by whom, when and in which words.

    `unit` is whose the record is, `side` the unit in whose name it was returned, `version` the one
    returned, looked at or written. `entry` is the number of the audit entry that tells of the step,
    `followed_by_entry` that of the step after it: the one without is how the record stands.
    """

    settable: ClassVar[frozenset[str]] = frozenset({"followed_by_entry"})

    step_id = models.BigAutoField(primary_key=True)
    record = models.TextField()
    step = models.CharField(max_length=10)
    unit = models.CharField(max_length=CODE_LENGTH)
    side = models.CharField(max_length=CODE_LENGTH)
    version = models.PositiveIntegerField()
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.PositiveBigIntegerField()
    followed_by_entry = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "return_steps"
        constraints = (
            check("return_steps_known", Q(step__in=STEPS)),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(followed_by_entry__isnull=True),
                name="return_steps_one_last",
            ),
        )
        indexes = (
            models.Index(fields=["record", "step_id"], name="return_steps_of_a_record"),
            models.Index(
                fields=["unit"],
                condition=Q(followed_by_entry__isnull=True) & ~Q(step=Step.PASSED.value),
                name="return_steps_open",
            ),
        )
