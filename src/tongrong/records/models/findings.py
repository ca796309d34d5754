"""Stored verdicts: derived from the ledgers, rebuilt at any time, and so not kept for ever.

Only that a verdict changed cannot be found again, so it is kept.
"""

from typing import ClassVar

from django.db import models

from tongrong.records.models.derived import Derived

CODE_LENGTH = 64
CLAUSE_LENGTH = 10
CAUSE_LENGTH = 255


class Evaluation(Derived):
    """A checklist whose verdicts are stored: as of which day, and by which text and program."""

    checklist = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    as_of = models.DateField()
    fingerprint = models.CharField(max_length=64)
    judged_at = models.DateTimeField()

    class Meta:
        db_table = "evaluations"


class StoredFinding(Derived):
    """The verdict on one clause for one unit. `missing` and `records` are JSON lists.

    `records` has the first of them only, `counted` says how many there are.
    """

    finding_id = models.BigAutoField(primary_key=True)
    checklist = models.CharField(max_length=CODE_LENGTH)
    unit = models.CharField(max_length=CODE_LENGTH)
    clause = models.CharField(max_length=CLAUSE_LENGTH)
    severity = models.SmallIntegerField()
    part = models.IntegerField()
    num = models.BigIntegerField(null=True)
    den = models.BigIntegerField(null=True)
    single = models.BooleanField()
    due = models.DateField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    missing = models.TextField()
    records = models.TextField()
    counted = models.PositiveIntegerField()

    class Meta:
        db_table = "findings"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checklist", "unit", "clause"], name="findings_one_verdict"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["checklist", "-severity", "due", "unit", "clause"],
                name="findings_by_urgency",
            ),
        ]


class UnitTally(Derived):
    """How many of a unit's verdicts in a section stand how, encouraged clauses left out.

    Of the unit alone, or `below`: with those of all units below it. It follows from the stored
    verdicts and is written with them. `soon`: open, and due within 30 days of the day judged.
    """

    tally_id = models.BigAutoField(primary_key=True)
    checklist = models.CharField(max_length=CODE_LENGTH)
    unit = models.CharField(max_length=CODE_LENGTH)
    below = models.BooleanField()
    section = models.CharField(max_length=CLAUSE_LENGTH)
    applying = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    unmet = models.PositiveIntegerField()
    no_data = models.PositiveIntegerField()
    at_risk = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()

    class Meta:
        db_table = "unit_tallies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checklist", "unit", "below", "section"],
                name="unit_tallies_one_a_section",
            ),
        ]


class Stale(Derived):
    """What a write may have changed and nobody has judged again yet; no unit: everything."""

    stale_id = models.BigAutoField(primary_key=True)
    checklist = models.CharField(max_length=CODE_LENGTH)
    unit = models.CharField(max_length=CODE_LENGTH, blank=True)
    clause = models.CharField(max_length=CLAUSE_LENGTH, blank=True)
    cause = models.CharField(max_length=CAUSE_LENGTH)

    class Meta:
        db_table = "stale_findings"


class FindingChange(Derived):
    """A stored verdict that became another, and by what; empty: there was, or is, none."""

    change_id = models.BigAutoField(primary_key=True)
    checklist = models.CharField(max_length=CODE_LENGTH)
    unit = models.CharField(max_length=CODE_LENGTH)
    clause = models.CharField(max_length=CLAUSE_LENGTH)
    before = models.SmallIntegerField(null=True)
    after = models.SmallIntegerField(null=True)
    as_of = models.DateField()
    at = models.DateTimeField()
    cause = models.CharField(max_length=CAUSE_LENGTH)

    class Meta:
        db_table = "finding_changes"
        indexes: ClassVar = [
            models.Index(fields=["checklist", "unit", "clause"], name="finding_changes_of_a_unit"),
        ]
