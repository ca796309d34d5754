"""What was done, when and by whom: rows are added, never changed."""

from django.db import models
from django.db.models import Q

from tongrong.records.models.append_only import AppendOnly
from tongrong.records.models.versions import HASH_LENGTH, check
from tongrong.vocabulary.digests import GENESIS


class AuditEntry(AppendOnly):
    """One write to the database: who did what to what, with the detail a reviewer needs.

    Entries are numbered without gaps, and each holds the SM3 of its own content and of the
    entry before it: a chain that shows when one is changed, removed or put in.
    """

    entry_id = models.BigAutoField(primary_key=True)
    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)
    detail = models.JSONField()
    previous_hash = models.CharField(max_length=HASH_LENGTH)
    entry_hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        db_table = "audit_entries"
        constraints = (
            check("audit_number_from_1", Q(number__gte=1)),
            check("audit_previous_hash_whole", Q(previous_hash__length=HASH_LENGTH)),
            check("audit_hash_whole", Q(entry_hash__length=HASH_LENGTH)),
        )


class AuditHead(models.Model):
    """The last entry of the audit chain, in the table's one row: whoever writes locks it.

    Without it, entries removed from the end would leave a chain without a fault.
    """

    head_id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=HASH_LENGTH, default=GENESIS)

    class Meta:
        db_table = "audit_head"
        constraints = (check("audit_head_one_row", Q(head_id=1)),)

    def __str__(self) -> str:
        return f"{self.number}:{self.entry_hash}"


class ImportRun(AppendOnly):
    """One file taken in: its SHA-256, how many rows it had and what became of them."""

    run_id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=HASH_LENGTH)
    rows = models.PositiveIntegerField()
    counts = models.JSONField()

    class Meta:
        db_table = "import_runs"
