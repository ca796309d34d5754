"""What was done, when and by whom: rows are added, never changed."""

from django.db import models

from tongrong.records.models.append_only import AppendOnly
from tongrong.records.models.versions import HASH_LENGTH


class AuditEntry(AppendOnly):
    """One write to the database: who did what to what, with the detail a reviewer needs."""

    entry_id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)
    detail = models.JSONField()

    class Meta:
        db_table = "audit_entries"


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
